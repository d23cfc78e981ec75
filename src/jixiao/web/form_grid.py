"""A filled form as a page shows it: which cells are boxes, which are what the ledger gives, and what is wrong where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jixiao.catalogue.form_values import ROW_ID
from jixiao.catalogue.forms import CellSpec
from jixiao.forms.cells import printed
from jixiao.forms.fill import STATED, TOTAL, WHOLE, Filled, Grid, Line
from jixiao.ledger.queries.forms import FormView
from jixiao.values import Verdict

MORE_ROWS = 3
MOST_ROWS = 300  # that one page gives to be filled in


@dataclass(slots=True)
class Box:
    """One cell: a box with `name`, or words only. `says` names row and column for who cannot see the grid."""

    text: str
    name: str = ""
    says: str = ""
    is_long: bool = False
    is_number: bool = False
    source: str = ""
    error: str = ""
    bound: str = ""  # its address, where a number of its own may be entered for somebody to approve
    place: str = ""  # its address, to which reports link


@dataclass(slots=True)
class Row:
    title: Box
    cells: list[Box]
    indent: int = 0
    is_total: bool = False


@dataclass(slots=True)
class Part:
    """A block of the form."""

    id: str
    caption: str
    head: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    is_list: bool = False
    note: str = ""


def parts(
    view: FormView, typed: Mapping[str, str] | None = None, *, least: int = MORE_ROWS, further: int = 0
) -> list[Part]:
    """The blocks of a form. `typed` are texts that were sent and not kept; they stand in their boxes again. A list has rows
    to be filled in for all that was typed, at least `least`, and `further` more.
    """
    errors, texts = _errors(view.filled, view), typed or {}
    return [
        _part(grid, view, errors, texts, max(least, _extra(grid, texts)) + further)
        for grid in view.filled.grids
    ]


def _extra(grid: Grid, typed: Mapping[str, str]) -> int:
    """How many rows of a list stand after those it holds, for all that was typed to have its place."""
    held = len([line for line in grid.lines if line.key != TOTAL])
    keys = {name.split(".")[1] for name in typed if name.startswith(f"{grid.block.id}.")}
    rows = [int(key) for key in keys if key.isdecimal() and len(key) < 4] if grid.block.list else []
    return min(max([0, *(row - held for row in rows)]), MOST_ROWS)


def _errors(filled: Filled, view: FormView) -> dict[str, str]:
    told = dict(filled.problems)
    for finding in view.findings:
        if finding.verdict is Verdict.BROKEN and finding.subjects:
            told.setdefault(finding.subjects[0], finding.reason)
    return told


def _part(grid: Grid, view: FormView, errors: Mapping[str, str], typed: Mapping[str, str], more: int) -> Part:
    block = grid.block
    part = Part(
        block.id,
        block.caption,
        block.head,
        [_heading(grid, name) for name in block.columns],
        is_list=bool(block.list),
    )
    locked = view.locked.get(block.list or "", ())
    for number, line in enumerate(grid.lines, start=1):
        part.rows.append(_row(grid, line, number, view, errors, typed, locked))
    if grid.whole:
        part.rows.append(_row(grid, grid.whole, len(grid.lines), view, errors, typed, locked))
    if block.list and view.may_edit and not locked:
        begin = len([line for line in grid.lines if line.key != TOTAL])
        blank = [_blank(grid, begin + extra, typed) for extra in range(1, more + 1)]
        part.rows = part.rows[:begin] + blank + part.rows[begin:]
    if locked:
        titles = "、".join(block.columns[name].title for name in locked)
        part.note = f"{titles}取自已批复的目标，要改先办理目标调整。"
    return part


def _heading(grid: Grid, name: str) -> str:
    column = grid.block.columns[name]
    unit = f"（{column.unit}）" if column.unit and column.unit not in column.title else ""
    return f"{column.title}{unit}"


def _row(
    grid: Grid,
    line: Line,
    number: int,
    view: FormView,
    errors: Mapping[str, str],
    typed: Mapping[str, str],
    locked: tuple[str, ...],
) -> Row:
    cells = [_cell(grid, line, name, view, errors, typed, name in locked) for name in grid.block.columns]
    title = Box(line.title or (grid.block.total_title if line.key == TOTAL else str(number)))
    if line.definition and line.definition.repeat and view.may_edit:
        title.name, title.says = f"{grid.block.id}.{line.key}.title", f"{line.title}的名称"
        title.text = typed.get(title.name, line.title)
    return Row(title, cells, line.indent, line.key in (TOTAL, WHOLE))


def _cell(
    grid: Grid,
    line: Line,
    name: str,
    view: FormView,
    errors: Mapping[str, str],
    typed: Mapping[str, str],
    is_locked: bool,
) -> Box:
    block, column, content = grid.block, grid.block.columns[name], line.cells[name]
    address = f"{grid.block.id}.{line.key}.{name}"
    shown = printed(content, grid.unit(line, name), column.decimals)
    spec = grid.block.cell(line.definition, name) if line.definition else column.cell
    box = Box(
        shown, is_number=not column.text, error=errors.get(address, ""), is_long=column.text, place=address
    )
    is_total = bool(grid.block.list) and line.key in (
        TOTAL,
        WHOLE,
    )  # a row of a fixed block may be called total as well
    if is_total or is_locked or not spec.is_entered or not view.may_edit:
        box.source = "" if is_total else "经批准不取台账数" if content.origin == STATED else _source(spec)
        is_given = block.list or spec.is_entered or spec.fixed is not None or column.text
        if view.may_state and content.is_number and not is_given:
            box.bound, box.says = address, f"{line.title}，{column.title}"
        return box
    box.name, box.says = address, f"{line.title or '第' + line.key + '行'}，{column.title}"
    if content.origin == "formula" and address not in typed:
        box.source, box.text = f"自动合计 {shown}", ""
    box.text = typed.get(address, box.text)
    box.source = box.source or view.ledger.get(address, "")
    return box


def _source(spec: CellSpec) -> str:
    if spec.figure:
        return "由台账算出"
    if spec.fixed is not None:
        return "本表规定"
    return "取自填报数" if spec.filed else ""


def _blank(grid: Grid, number: int, typed: Mapping[str, str]) -> Row:
    """A row to be filled in."""
    cells = []
    for name, column in grid.block.columns.items():
        address = f"{grid.block.id}.{number}.{name}"
        says = f"第{number}行，{column.title}"
        cells.append(Box(typed.get(address, ""), address, says, column.text, not column.text))
    return Row(Box(str(number)), cells)


def stored(view: FormView, sent: Mapping[str, str]) -> dict[str, Any]:
    """What was sent as a record keeps it: entries by address, the rows of lists in order, blank rows left out."""
    entries: dict[str, str] = {}
    lists: dict[str, list[dict[str, str]]] = {}
    for grid in view.filled.grids:
        block = grid.block
        mine = {
            key: text for key, text in sent.items() if key.startswith(f"{block.id}.") and key.count(".") == 2
        }
        if not block.list:
            entries |= {
                key: text for key, text in mine.items() if text.strip() and not _is_own_title(grid, key, text)
            }
            continue
        rows: dict[int, dict[str, str]] = {}
        for key, text in mine.items():
            _, row, column = key.split(".")
            if row.isdecimal() and column in block.columns:
                rows.setdefault(int(row), {})[column] = text.strip()
        ids = {line.key: {ROW_ID: line.id} for line in grid.lines if line.id}
        lists[block.list] = [
            {**rows[number], **ids.get(str(number), {})}
            for number in sorted(rows)
            if any(rows[number].values()) or view.locked.get(block.list)
        ]
    return {"entries": entries, "lists": lists}


def _is_own_title(grid: Grid, key: str, text: str) -> bool:
    """The title a repeated row bears anyway."""
    _, row, column = key.split(".")
    definition = grid.block.rows.get(row.split("#")[0])
    return column == "title" and definition is not None and definition.title == text.strip()
