"""A working sheet: the rows of a record's form as they stand, with columns that are filled by hand where things are looked at."""

from __future__ import annotations

from jixiao.catalogue.prints import Sheet, SheetColumn
from jixiao.forms.cells import printed
from jixiao.forms.fill import TOTAL, Grid, Line
from jixiao.ledger import filling
from jixiao.ledger.models import Record
from jixiao.reports.document import Column, Row, Table
from jixiao.values import round_half_up


def working_sheet(row: Record, sheet: Sheet, clause: str) -> Table:
    """The block as a table; a block of fixed rows begins each with its title."""
    grid = filling.filled_form(row, sheet.field).grid(sheet.block)
    columns = [Column(one.title, one.width) for one in sheet.columns]
    if not grid.block.list:
        columns.insert(0, Column(grid.block.head or "项目", 3))
    rows = []
    for line in grid.lines:
        if grid.block.list and line.key == TOTAL:
            continue
        words = [_words(grid, line, one) for one in sheet.columns]
        if not grid.block.list:
            words.insert(0, line.title)
        rows.append(Row(tuple((word,) if word else () for word in words)))
    return Table(grid.block.caption, "", tuple(columns), tuple(rows), clause)


def _words(grid: Grid, line: Line, column: SheetColumn) -> str:
    if column.less is not None:
        whole, reached = (line.cells[name] for name in column.less)
        if not (whole.is_number and reached.is_number):
            return ""
        places = grid.block.columns[column.less[0]].decimals
        lost = round_half_up(whole.value - reached.value, places)
        return f"{lost:.{places}f}" if lost else ""
    if column.cell is None:
        return ""
    return printed(
        line.cells[column.cell], grid.unit(line, column.cell), grid.block.columns[column.cell].decimals
    )
