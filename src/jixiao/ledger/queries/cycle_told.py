"""What the records of a year's cycle give a report: their forms as tables, and one sentence for each row, lost point,
measure, score and amount. Nothing is made up: what nobody filled in is said to be missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from jixiao.catalogue.cycles import CyclePart, Losses
from jixiao.catalogue.outlines import Clause, Outline
from jixiao.forms.cells import base_unit, printed, shown
from jixiao.forms.fill import TOTAL, Filled, Grid, Line
from jixiao.ledger import deadlines, filling
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.models import Org, Record
from jixiao.ledger.queries.cycle import records_of, score_of
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports.context import FormTable, date_words, item_key
from jixiao.values import RATIO, decimal_text, round_half_up


@dataclass(frozen=True, slots=True)
class Loss:
    """A scored row: what was aimed at, what came of it, what it cost and why."""

    record: Record
    name: str
    target: str
    actual: str
    points: str
    score: str
    reason: str
    is_lost: bool
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """In the shape of the report's context."""

    forms: dict[str, Sequence[FormTable]] = field(default_factory=dict)
    items: dict[str, Sequence[str]] = field(default_factory=dict)


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
        if clause.items is not None and clause.items.part in parts:
            spec, part = clause.items, parts[clause.items.part]
            key = item_key(spec.of, spec.part, spec.cell)
            found.items[key] = list(_items(org, year, part, spec.of, spec.cell, list(parts.values())))
    return found


def form_tables(row: Record, name: str, with_title: bool) -> list[FormTable]:
    """The grids of one form of a record."""
    filled = filling.filled_form(row, name)
    return [_table(filled, grid, row.label if with_title else "") for grid in filled.grids]


def rows_of(row: Record, losses: Losses) -> list[Loss]:
    """Every scored row of a record's form, in its order."""
    filled = filling.filled_form(row, losses.form)
    grid = filled.grid(losses.list)
    return [
        _loss(row, filled, grid, line, number, losses)
        for number, line in enumerate(grid.lines, 1)
        if line.key != TOTAL
    ]


def lost_of(row: Record, losses: Losses) -> list[Loss]:
    """The rows that lost points, or that somebody had to explain."""
    return [one for one in rows_of(row, losses) if one.is_lost or one.reason]


def _asking(outline: Outline) -> Iterator[Clause]:
    yield from outline.clauses
    for one in outline.attachments:
        yield from one.clauses


def _several(org: Org, part: CyclePart, year: int) -> bool:
    return len(records_of(org, part, year)) > 1


def _loss(row: Record, filled: Filled, grid: Grid, line: Line, number: int, names: Losses) -> Loss:
    def text(column: str) -> str:
        found = printed(line.cells[column], None, 2)
        cell = line.cells[column]
        return decimal_text(round_half_up(cell.value, 2)) if cell.is_number else found

    score, points = line.cells[names.score], line.cells[names.points]
    lost = score.is_number and points.is_number and score.value < points.value
    return Loss(
        row, text(names.name), text(names.target), text(names.actual), text(names.points), text(names.score),
        text(names.reason), lost, f"{filled.form.title}{grid.block.caption}第{number}行",
    )  # fmt: skip


def _items(
    org: Org, year: int, part: CyclePart, of: str, cell: str, parts: Sequence[CyclePart]
) -> Iterator[str]:
    kind = rules().kind(part.kind)
    for row in records_of(org, part, year):
        if of == "amount":
            yield from _amount(row, part, cell)
        elif of == "scores":
            score, grade = score_of(row, kind, part)
            yield (
                f"“{row.label}”自评得分{score}分{f'，等级为“{grade}”' if grade else ''}。"
                if score
                else (f"“{row.label}”自评得分未填报。")
            )
        elif part.losses is not None and of == "rows":
            yield from (_row(one) for one in rows_of(row, part.losses))
        elif part.losses is not None and of == "losses":
            yield from (_lost(one) for one in lost_of(row, part.losses))
        elif part.losses is not None and of == "measures":
            yield from _measures(org, year, lost_of(row, part.losses), parts)


def _row(one: Loss) -> str:
    return f"{one.name}：目标{one.target}，完成{one.actual or '未填报'}，得{one.score or '未填报'}分（分值{one.points}分）。"


def _lost(one: Loss) -> str:
    reason = one.reason or "未填报"
    return f"“{one.name}”目标{one.target}，完成{one.actual or '未填报'}，得{one.score}分（分值{one.points}分）。原因：{reason.rstrip('。')}。"


def _measures(org: Org, year: int, losses: Sequence[Loss], parts: Sequence[CyclePart]) -> Iterator[str]:
    """One for each loss, in the same order; what nobody has taken up yet is said."""
    taken = [(row, part) for part in parts if part.measures for row in records_of(org, part, year)]
    used: set[str] = set()
    for loss in losses:
        found = next((one for one in taken if loss.name and loss.name in _issue(*one)), None)
        if found is None:
            yield f"针对“{loss.name}”：措施、责任和时限未填报。"
        else:
            used.add(found[0].pk)
            yield _measure(*found, loss.name)
    yield from (_measure(row, part, _issue(row, part)) for row, part in taken if row.pk not in used)


def _issue(row: Record, part: CyclePart) -> str:
    return str(row.data.get(part.measures.issue) or "") if part.measures else ""


def _measure(row: Record, part: CyclePart, name: str) -> str:
    fields = part.measures
    assert fields is not None
    kind = rules().kind(row.kind)
    measure = str(row.data.get(fields.measure) or "措施未填报").rstrip("。")
    owner = row.data.get(fields.owner)
    due = next((one.on for one in deadlines.stored(kind, row.dues) if one.deadline == fields.due), None)
    who = f"由{owner}负责" if owner else "责任未填报"
    return f"针对“{name}”：{measure}，{who}，{_by(due)}。"


def _by(due: date | None) -> str:
    return f"{date_words(due)}前完成" if due else "时限未填报"


def _amount(row: Record, part: CyclePart, cell: str) -> Iterator[str]:
    """The number of a cell with its row's title; 0 and 不适用 are nothing to tell, an empty cell is said to be empty."""
    form, _, address = cell.partition(".")
    filled = filling.filled_form(row, form)
    block, line_key, column = address.split(".")
    grid = filled.grid(block)
    line = grid.line(line_key)
    content = filled.cell(address)
    if line is None or content.state.value == "not_applicable" or (content.is_number and content.value == 0):
        return
    title = f"{line.title}{grid.block.columns[column].title}"
    if not content.is_number:
        yield f"{title}未填报；没有的应在表中填“—”。"
        return
    yield f"{title}{shown(content, grid.unit(line, column))}。"


def _table(filled: Filled, grid: Grid, title: str) -> FormTable:
    block = grid.block
    names = list(block.columns)
    head = [block.columns[name].title for name in names]
    numeric = [not block.columns[name].text for name in names]
    rows = []
    for line in grid.lines:
        texts = [_text(grid, line, name) for name in names]
        if line.key == TOTAL and not texts[0]:
            texts[0] = line.title
        rows.append(tuple(texts if block.list else ["　" * line.indent + line.title, *texts]))
    if not block.list:
        head, numeric = [block.head or "项目", *head], [False, *numeric]
    caption = "：".join(part for part in (title, block.caption or filled.form.title) if part)
    return FormTable(
        f"{caption}（{filled.year}年度）",
        filled.form.unit if any(numeric) else "",
        tuple(head),
        tuple(numeric),
        tuple(rows),
    )


def _text(grid: Grid, line: Line, name: str) -> str:
    content, unit = line.cells[name], grid.unit(line, name)
    text = printed(content, unit, grid.block.columns[name].decimals)
    return f"{text}%" if content.is_number and base_unit(unit) == RATIO else text
