"""A record's form as a report prints it: its grids as tables, every number with what gives it, and the form's legal basis."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jixiao.forms.cells import Content, State, base_unit, printed
from jixiao.forms.fill import TOTAL, Filled, Grid, Line
from jixiao.forms.line_rules import titled
from jixiao.ledger import filling
from jixiao.ledger.models import Record
from jixiao.ledger.queries.cell_deviations import deviations_of
from jixiao.ledger.queries.confirmations import confirmations
from jixiao.reports.context import FormTable, Piece, Stated
from jixiao.reports.placing import NOT_REPORTED
from jixiao.values import RATIO, Quantity

BOUND = ("figure:", "filed:")


def form_tables(row: Record, name: str, with_title: bool) -> list[FormTable]:
    """The grids of one form of a record; below the last one what the form rests on."""
    filled = filling.filled_form(row, name)
    tables = [_table(row, name, filled, grid, row.label if with_title else "") for grid in filled.grids]
    note = confirmations(row.org_id).told(filled.form) + "".join(one.told for one in deviations_of(row, name))
    return [*tables[:-1], replace(tables[-1], note=note)]


def source_name(row: Record, field: str, address: str, content: Content) -> str:
    """What gives a cell: the indicator or filed item it is bound to, else the cell of the record's own form."""
    origin, _, name = content.origin.partition(":")
    if name:
        return name if origin == "figure" else f"filed.{name}"
    return filling.cell_name(row, field, address)


def _table(row: Record, field: str, filled: Filled, grid: Grid, title: str) -> FormTable:
    block = grid.block
    names = list(block.columns)
    head = [block.columns[name].title for name in names]
    numeric = [not block.columns[name].text for name in names]
    units = {grid.unit(line, name) for line in grid.lines for name in names}
    rows: list[tuple[Piece, ...]] = []
    for line in grid.lines:
        cells = [_piece(row, field, grid, line, name) for name in names]
        if line.key == TOTAL and not cells[0]:
            cells[0] = line.title
        rows.append(tuple(cells if block.list else ["　" * line.indent + line.title, *cells]))
    if not block.list:
        head, numeric = [block.head or "项目", *head], [False, *numeric]
    caption = "：".join(part for part in (title, block.caption or filled.form.title) if part)
    return FormTable(
        f"{caption}（{filled.year}年度）",
        filled.form.unit if filled.form.unit in units else "",
        tuple(head),
        tuple(numeric),
        tuple(rows),
    )


def _piece(row: Record, field: str, grid: Grid, line: Line, name: str) -> Piece:
    """A number is placed as it is printed: in a cell it stands without its unit, which the label tells. A bound cell whose
    source is silent is placed too: it is not reported, and will be refreshed.
    """
    content, unit, column = line.cells[name], grid.unit(line, name), grid.block.columns[name]
    text = printed(content, unit, column.decimals)
    is_silent = content.state is State.BLANK and content.origin.startswith(BOUND)
    if not content.is_number and not is_silent:
        return text
    label = titled(grid, line, name) + (f"（{unit}）" if unit and unit not in column.title else "")
    source = source_name(row, field, f"{grid.block.id}.{line.key}.{name}", content)
    if is_silent:
        return Stated(NOT_REPORTED, source, label, None)
    is_share = base_unit(unit) == RATIO
    said = Quantity(Decimal(text) / 100, RATIO) if is_share else Quantity(Decimal(text), "")
    return Stated(f"{text}%" if is_share else text, source, label, said)
