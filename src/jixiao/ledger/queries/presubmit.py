"""The self-check of a year's report before it is handed in, and of a stranger's file by the same table."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.catalogue.outlines import Outline
from jixiao.evaluation.presubmission import Sheet
from jixiao.ledger import permissions, presubmitting
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.models import EvidenceUse, Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.presubmitting import Note
from jixiao.ledger.queries.cycle import is_over, year_of
from jixiao.ledger.queries.cycle_told import parts_of
from jixiao.ledger.queries.issued import FILED, basis_of
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.reports import ReportView, report
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports import write_docx
from jixiao.reports.document import placed


@dataclass(frozen=True, slots=True)
class Checked:
    """The report that was checked, and its sheet."""

    view: ReportView
    sheet: Sheet


def presubmit(user: Actor, org: Org | str, year: int, outline: str | None = None) -> Checked:
    """Mark the report of a year as it would be handed in today. Raises NotFound, BadInput."""
    view = report(user, org, cycle_outline(user, org, year, outline), year)
    catalogue = rules()
    table = presubmitting.rules_in(catalogue, bound_packs(view.org.pk, catalogue))
    content = write_docx.write(view.document, None)
    notes, carried = rectifications(user, view.org, year)
    sheet = presubmitting.mark_file(
        content, "report.docx", table, unproved=unproved(view), carried=carried, notes=notes
    )
    return Checked(view, sheet)


def rectifications(user: Actor, org: Org, year: int) -> tuple[list[Note], tuple[str, ...]]:
    """What the year's rectifications say, and the titles of those that earlier years left open; readable ones alone."""
    notes: list[Note] = []
    carried: list[str] = []
    for part in parts_of(org):
        kind = rules().kind(part.kind)
        if part.measures is None or not permissions.among(user, "read", [kind], org=org.pk):
            continue
        for row in Record.objects.filter(org=org, kind=part.kind, voided=False).order_by("created_at", "id"):
            of = year_of(row, part)
            if of == year:
                notes.append(_note(row, kind, year))
            elif of is not None and of < year and not is_over(row, kind):
                carried.append(row.label)
    return notes, tuple(carried)


def _note(row: Record, kind: Kind, year: int) -> Note:
    """A rectification as a paper: its texts, a line each, under a line with the year."""
    words = [
        str(row.data[name])
        for name, spec in kind.fields.items()
        if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT) and row.data.get(name)
    ]
    text = "\n".join([f"{year}年度{kind.title}", *(f"{one.rstrip('。')}。" for one in words)])
    return Note(f"{kind.title}“{row.label}”", text.encode(), "note.txt")


def presubmit_file(
    user: Actor, org: Org | str, content: bytes, name: str, notes: tuple[bytes, str] | None = None
) -> Sheet:
    """Mark a file somebody wrote elsewhere by the table of the org's packs, held against a rectification paper where one
    is given. Raises NotFound, BadInput.
    """
    from jixiao.ledger.actions.opening import open_org

    presubmitting.only_report(name)
    catalogue = rules()
    packs = bound_packs(open_org(org, user).pk, catalogue)
    if notes is not None:
        presubmitting.only_report(notes[1])
    beside = None if notes is None else [Note(f"“{notes[1]}”", *notes)]
    return presubmitting.mark_file(content, name, presubmitting.rules_in(catalogue, packs), notes=beside)


def cycle_outline(user: Actor, org: Org | str, year: int, named: str | None = None) -> str | None:
    """The outline that is handed in: the one named, else the one that places most forms of the year's cycle."""
    if named:
        return named
    bench = OrgYear.open(user, org, year)
    placing = {
        one.full_id: _forms_in(one)
        for one in bench.catalogue.outlines.values()
        if one.pack in bench.packs and not one.on_request
    }
    most = max(placing.values(), default=0)
    return next((name for name, count in placing.items() if most and count == most), None)


def _forms_in(outline: Outline) -> int:
    """How many forms of the cycle an outline attaches."""
    return sum(
        bool(clause.table and clause.table.of == "form")
        for part in outline.attachments
        for clause in part.clauses
    )


def unproved(view: ReportView) -> tuple[tuple[str, str], ...]:
    """(where, what) of every placed figure behind which stands a record without evidence."""
    behind = basis_of(view.bench).behind
    proved = set(EvidenceUse.objects.filter(record__org=view.org).values_list("record_id", flat=True))
    found: dict[str, tuple[str, str]] = {}
    for run in placed(view.document):
        for name in run.figures:
            if name.startswith(FILED) or name in found or run.quantity is None:
                continue
            indicator = view.bench.catalogue.indicators.get(name)
            records = behind.get(name, ())
            if indicator is None or indicator.rows is None:
                continue  # a filed value names its source
            lacking = [one for one in records if one not in proved]
            if lacking:
                found[name] = (f"报告“{run.label}”", f"背后 {len(records)} 条记录，{len(lacking)} 条没有佐证")
    return tuple(found.values())
