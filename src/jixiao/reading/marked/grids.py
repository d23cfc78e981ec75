"""Which stretches of a text can be shown as tables: their cells stand apart, in order, and hold every word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.reading.document import Document
from jixiao.reading.marked.marks import Mark
from jixiao.reading.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the reading and the stretch of text it stands for."""

    table: Table
    start: int
    end: int

    def rows(self) -> list[list[Cell]]:
        """The cells by their first row, in the order of the columns."""
        found: list[list[Cell]] = [[] for _ in range(self.table.rows)]
        for cell in self.table.cells:
            found[cell.row - 1].append(cell)
        return found


def grids(document: Document, marks: Sequence[Mark]) -> list[Grid]:
    """The tables that can be shown as such, in order; a table inside a cell stays text, so does a doubtful one."""
    found: list[Grid] = []
    for grid in sorted(_candidates(document), key=lambda one: (one.start, -one.end)):
        begins_after = not found or grid.start >= found[-1].end
        if begins_after and _is_faithful(document.text, grid, marks):
            found.append(grid)
    return found


def _candidates(document: Document) -> Iterator[Grid]:
    for table in document.tables:
        if table.cells and (table.columns > 1 or table.rows > 1):
            starts = [cell.place.start for cell in table.cells]
            yield Grid(table, min(starts), max(cell.place.end for cell in table.cells))


def _is_faithful(text: str, grid: Grid, marks: Sequence[Mark]) -> bool:
    """Every character that shows stands in one cell, and every mark begins in one."""
    starts, ends = [], []
    at = grid.start
    for cell in grid.table.cells:
        if cell.place.start < at or text[at : cell.place.start].strip():
            return False
        at = max(cell.place.start, cell.place.end)
        if at > cell.place.start:
            starts.append(cell.place.start)
            ends.append(at)
    first = bisect_right(marks, grid.start, key=lambda mark: mark.end)
    for mark in marks[first:]:
        if mark.start >= grid.end:
            break
        index = bisect_right(starts, mark.start) - 1
        if index < 0 or mark.start >= ends[index]:
            return False
    return True
