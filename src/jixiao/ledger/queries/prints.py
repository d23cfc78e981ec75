"""An official paper about one record: its words filled in, as a document that the report writers print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from jixiao.catalogue import fields
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.catalogue.prints import SLOT, Print
from jixiao.errors import NotFound, StepNotLegal
from jixiao.ledger import clock, deadlines
from jixiao.ledger.models import Record
from jixiao.ledger.names import labels
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.bureaus import bureau_over
from jixiao.ledger.queries.records import children, record
from jixiao.ledger.queries.working_sheets import working_sheet
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports.context import date_words
from jixiao.reports.document import Block, Column, Document, Paragraph, Row, Table
from jixiao.reports.titles import break_title

BLANK = "＿＿＿＿"
EXAMPLE = "示例数据"


@dataclass(frozen=True, slots=True)
class Paper:
    """A print with its document; `blanks` are the titles of what is to be filled by hand."""

    definition: Print
    document: Document
    blanks: tuple[str, ...]


def prints_for(row: Record) -> list[Print]:
    """The papers that may be printed of a record as it stands."""
    return [
        one
        for one in rules().prints.values()
        if one.kind == row.kind and (not one.when or row.state in one.when) and not row.voided
    ]


def paper(user: Actor, id: str, name: str) -> Paper:
    """Raises NotFound for a stranger's record and for a print the kind does not have; StepNotLegal where the record is not
    so far.
    """
    row = record(user, id)
    found = rules().prints.get(name)
    if found is None or found.kind != row.kind:
        raise NotFound("这条记录没有这种印发件")
    if found not in prints_for(row):
        raise StepNotLegal(f"现在还不能印“{found.title}”", ("先把该办的步骤办完，再回到这里打印",))
    writer = _Writer(user, row)
    blocks: list[Block] = []
    if found.number:
        blocks.append(Paragraph((writer.words(found.number),), "number"))
    if found.to:
        blocks.append(Paragraph((f"{writer.words(found.to)}：",), "to", flush=True))
    for place, line in enumerate(found.lines):
        blocks += writer.line(line, f"line{place}")
    document = Document(
        title_lines=break_title([writer.words(found.heading)]),
        org=writer.words(found.signed),
        year=clock.today().year,
        as_of=clock.today(),
        date_text=date_words(clock.today()),
        marks=(EXAMPLE,) if row.org.is_example else (),
        blocks=tuple(blocks),
        attachments=(),
        clauses=(),
    )
    return Paper(found, document, tuple(dict.fromkeys(writer.blanks)))


class _Writer:
    """Puts the facts of one record into the slots of words."""

    def __init__(self, user: Actor, row: Record) -> None:
        self.user, self.row = user, row
        self.catalogue = rules()
        self.kind = self.catalogue.kind(row.kind)
        self.blanks: list[str] = []

    def words(self, text: str) -> str:
        return SLOT.sub(lambda match: self._slot(match[1]), text)

    def line(self, line: Any, clause: str) -> list[Block]:
        if line.text:
            return [Paragraph((part,), clause) for part in self.words(line.text).split("\n") if part.strip()]
        if line.form:
            columns = (Column("项目", 1), Column("内容", 3))
            rows = tuple(Row(((title,), (self.words(text),))) for title, text in line.form)
            return [Table("", "", columns, rows, clause)]
        if line.sheet:
            return [working_sheet(self.row, line.sheet, clause)]
        return self._children(line, clause)

    def _children(self, line: Any, clause: str) -> list[Block]:
        for kind, rows in children(self.user, self.row):
            if kind.full_id == line.of:
                columns = tuple(Column(kind.fields[name].title) for name in line.columns)
                told = tuple(
                    Row(tuple((self._value(kind, row, name) or "—",) for name in line.columns))
                    for row in rows
                )
                return [Table(kind.title, "", columns, told, clause)]
        return []

    def _slot(self, slot: str) -> str:
        head, _, rest = slot.replace(":", ".").partition(".")
        if head == "parent" and self.row.parent is not None:
            above = self.catalogue.kind(self.row.parent.kind)
            found = (
                self.row.parent.number or ""
                if rest == "number"
                else self._value(above, self.row.parent, rest)
            )
            title = above.fields[rest].title if rest in above.fields else "编号"
        elif head == "day":
            days = dict(self.row.path)
            found, title = _day(days.get(rest)), f"{self.kind.states[rest].title}日期"
        elif head == "due":
            dues = {one.deadline: one for one in deadlines.stored(self.kind, self.row.dues, self.row.state)}
            found = date_words(dues[rest].on) if rest in dues else ""
            title = f"{self.kind.deadlines[rest].title}期限"
        else:
            found, title = self._plain(slot)
        if not found:
            self.blanks.append(title)
        return found or BLANK

    def _plain(self, slot: str) -> tuple[str, str]:
        plain = {
            "org": (self.row.org.title, "单位"),
            "number": (self.row.number or "", "编号"),
            "year": (str(clock.today().year), "年度"),
            "today": (date_words(clock.today()), "日期"),
        }
        if slot == "bureau":
            return bureau_over(self.row.org), "印发单位"
        if slot in plain and slot not in self.kind.fields:
            return plain[slot]
        return self._value(self.kind, self.row, slot), self.kind.fields[slot].title

    def _value(self, kind: Kind, row: Record, name: str) -> str:
        stored, spec = row.data.get(name), kind.fields[name]
        if stored is None or stored == "":
            return ""
        if spec.type is FieldType.DATE:
            return _day(stored)
        if spec.type in (FieldType.REF, FieldType.ORG):
            return labels([stored]).get(stored, "")
        return fields.show(spec, stored, self.catalogue)


def _day(stored: str | None) -> str:
    return date_words(date.fromisoformat(stored)) if stored else ""
