"""What the records of a year's cycle give a report: their forms as tables, and one sentence for each row, lost point,
measure, score and amount. Nothing is made up: what nobody filled in is said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jixiao.catalogue.cycles import CyclePart, Losses, Measures
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.outlines import Clause, ItemsSpec, Outline
from jixiao.catalogue.registers import FiledItem
from jixiao.forms.cells import State, base_unit, shown
from jixiao.ledger import deadlines, filling
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.models import FiledValue, Org, Record
from jixiao.ledger.queries.cycle import grade_title, records_of, score_of
from jixiao.ledger.queries.filed import FiledRow
from jixiao.ledger.queries.form_told import form_tables, source_name
from jixiao.ledger.queries.losses import Scored, lost_of, scored_of
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports.context import FormTable, Piece, Stated, date_words, item_key
from jixiao.values import Quantity, decimal_text

POINTS = "分"
NUMBER = re.compile(r"-?\d+(\.\d+)?")
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """In the shape of the report's context."""

    forms: dict[str, Sequence[FormTable]] = field(default_factory=dict)
    items: dict[str, Sequence[Pieces]] = field(default_factory=dict)


def parts_of(org: Org) -> list[CyclePart]:
    """The parts of every cycle of the org's packs, in order."""
    catalogue = rules()
    bound = bound_packs(org.pk, catalogue)
    return [part for one in catalogue.cycles.values() if one.pack in bound for part in one.parts]


def told(org: Org, year: int, outline: Outline) -> Told:
    """All that the outline asks of the year's cycle."""
    found = Told()
    parts = {part.id: part for part in parts_of(org)}
    for clause in _asking(outline):
        if clause.table is not None and clause.table.part in parts:
            part = parts[clause.table.part]
            tables = [
                table
                for row in records_of(org, part, year)
                for table in form_tables(row, clause.table.field or "", _several(org, part, year))
            ]
            found.forms[f"{part.id}.{clause.table.field}"] = tables
        if clause.items is None:
            continue
        spec = clause.items
        key = item_key(spec.of, spec.part, spec.cell, spec.filed)
        if spec.filed:
            found.items[key] = list(_filed(org, year, rules().filed_item(spec.filed)))
        elif spec.part in parts:
            found.items[key] = list(_items(org, year, spec, parts[spec.part], list(parts.values())))
    return found


def _asking(outline: Outline) -> Iterator[Clause]:
    yield from outline.clauses
    for one in outline.attachments:
        yield from one.clauses


def _several(org: Org, part: CyclePart, year: int) -> bool:
    return len(records_of(org, part, year)) > 1


def _items(
    org: Org, year: int, spec: ItemsSpec, part: CyclePart, parts: Sequence[CyclePart]
) -> Iterator[Pieces]:
    if spec.of == "measures":
        yield from _measures(org, year, part, parts)
        return
    kind = rules().kind(part.kind)
    for row in records_of(org, part, year):
        if spec.of == "amount":
            yield from _amount(row, spec.cell)
        elif spec.of == "scores":
            yield _score(row, kind, part)
        elif part.losses is not None and spec.of == "rows":
            yield from (_row(one, part.losses) for one in scored_of(row, part.losses))
        elif part.losses is not None and spec.of == "losses":
            yield from (_lost(one, part.losses) for one in lost_of(row, part.losses))


def _score(row: Record, kind: Kind, part: CyclePart) -> Pieces:
    score, grade = score_of(row, kind, part)
    if not score:
        return (f"“{row.label}”自评得分未填报。",)
    adds = kind.fields[part.score or ""].adds
    name = filling.cell_name(row, adds.form if adds else "", part.score or "")
    placed = Stated(f"{score}分", name, f"“{row.label}”自评得分", Quantity(Decimal(score), POINTS))
    graded = (f"，等级为“{grade}”",) if grade else ()
    return (f"“{row.label}”自评得分", placed, *graded, *_checked(row, kind, part), "。")


def _checked(row: Record, kind: Kind, part: CyclePart) -> Pieces:
    """The score that a reviewer put in the place of the office's own, with its grade."""
    score = row.data.get(part.checked or "")
    if not score:
        return ()
    text, adds = decimal_text(Decimal(score)), kind.fields[part.score or ""].adds
    name = filling.cell_name(row, adds.form if adds else "", part.checked or "")
    placed = Stated(f"{text}分", name, f"“{row.label}”复核得分", Quantity(Decimal(score), POINTS))
    grade = grade_title(kind, part, score)
    return ("；经复核，得分", placed, *((f"，等级为“{grade}”",) if grade else ()))


def _row(one: Scored, losses: Losses) -> Pieces:
    return (f"{one.name}：目标{one.target}，完成{one.actual or '未填报'}，得", *_points(one, losses), "。")


def _lost(one: Scored, losses: Losses) -> Pieces:
    reason = (one.reason or "未填报").rstrip("。")
    why = "原因" if one.lost else "偏差说明"
    return (
        f"“{one.name}”目标{one.target}，完成{one.actual or '未填报'}，得", *_points(one, losses), f"。{why}：{reason}。",
    )  # fmt: skip


def _points(one: Scored, losses: Losses) -> Iterator[Piece]:
    """得18.95分（分值20分，失1.05分), the numbers placed."""
    for text, address, title, before, after in (
        (one.score, one.cells[1], "得分", "", ""),
        (one.points, one.cells[0], "分值", "（分值", f"，失{one.lost}分）" if one.lost else "）"),
    ):
        yield before
        name = filling.cell_name(one.record, losses.form, address)
        yield (
            Stated(f"{text}分", name, f"{one.name}·{title}", Quantity(Decimal(text), POINTS))
            if NUMBER.fullmatch(text)
            else f"{text or '未填报'}分"
        )
        yield after


def _measures(org: Org, year: int, part: CyclePart, parts: Sequence[CyclePart]) -> Iterator[Pieces]:
    """One for each loss of the part, in the same order, found by the indicator's id; what nobody has taken up yet is said.

    What is done about anything else is told once, with the first part that has losses.
    """
    taken = [(row, one.measures) for one in parts if one.measures for row in records_of(org, one, year)]
    scored = [one for one in parts if one.losses is not None]
    losses = {
        one.id: [loss for row in records_of(org, one, year) for loss in lost_of(row, one.losses)]
        for one in scored
        if one.losses is not None
    }
    for loss in losses.get(part.id, ()):
        found = [(row, fields) for row, fields in taken if row.data.get(fields.indicator) == loss.id]
        if not found:
            yield (f"针对“{loss.name}”：措施、责任和时限未填报。",)
        for row, fields in found:
            yield (_measure(row, fields, loss.name),)
    if scored and part.id == scored[0].id:
        known = {loss.id for several in losses.values() for loss in several}
        yield from (
            (_measure(row, fields, str(row.data.get(fields.issue) or "")),)
            for row, fields in taken
            if row.data.get(fields.indicator) not in known
        )


def _measure(row: Record, fields: Measures, name: str) -> str:
    kind = rules().kind(row.kind)
    measure = str(row.data.get(fields.measure) or "措施未填报").rstrip("。")
    owner = row.data.get(fields.owner)
    due = next((one.on for one in deadlines.stored(kind, row.dues) if one.deadline == fields.due), None)
    who = f"由{owner}负责" if owner else "责任未填报"
    return f"针对“{name}”：{measure}，{who}，{_by(due)}。"


def _by(due: date | None) -> str:
    return f"{date_words(due)}前完成" if due else "时限未填报"


def _amount(row: Record, cell: str) -> Iterator[Pieces]:
    """The number of a cell with its row's title; 0 and 不适用 are nothing to tell, an empty cell is said to be empty."""
    form, _, address = cell.partition(".")
    filled = filling.filled_form(row, form)
    block, line_key, column = address.split(".")
    grid = filled.grid(block)
    line = grid.line(line_key)
    content = filled.cell(address)
    if line is None or content.state is State.NOT_APPLICABLE or (content.is_number and content.value == 0):
        return
    title = f"{line.title}{grid.block.columns[column].title}"
    if not content.is_number:
        yield (f"{title}未填报；没有的应在表中填“—”。",)
        return
    unit = grid.unit(line, column)
    said = Quantity(Decimal(decimal_text(content.value)), base_unit(unit))
    yield (title, Stated(shown(content, unit), source_name(row, form, address, content), title, said), "。")


def _filed(org: Org, year: int, item: FiledItem) -> Iterator[Pieces]:
    """The filed number; 0 is nothing to tell, silence is said to be silence."""
    value = FiledValue.objects.filter(org=org, year=year, item=item.full_id, superseded_by=None).first()
    if value is None:
        yield (f"{item.title}未填报；没有的应填报0。",)
        return
    said = FiledRow(item, value, ()).quantity
    if said is not None and said.value != 0:
        yield (item.title, Stated(said.text, f"filed.{item.full_id}", item.title, said), "。")
