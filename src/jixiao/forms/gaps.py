"""Why a cell that the form works out holds no number: the blank cells it is worked out from, by their titles."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.forms.cells import State
from jixiao.forms.fill import TOTAL, Filled, Grid, Line
from jixiao.forms.line_rules import titled

DEEPEST = 6
_GIVEN = {"filed": "（取自填报数，请先填报）", "figure": "（由台账算出，请先登记）"}


def gaps(filled: Filled, address: str) -> list[str]:
    """The titles of the blank cells below this one, in their order, each once."""
    block, row, column = address.split(".")
    grid = filled.grid(block)
    line = grid.line(row)
    return list(dict.fromkeys(_blank(grid, line, column, DEEPEST))) if line else []


def _blank(grid: Grid, line: Line, column: str, depth: int) -> Iterator[str]:
    content = line.cells[column]
    if content.state is not State.BLANK or not depth:
        return
    origin = content.origin.partition(":")[0]
    below = [] if origin in _GIVEN else list(_feeding(grid, line, column))
    if not below:
        yield titled(grid, line, column) + _GIVEN.get(origin, "")
    for other, name in below:
        yield from _blank(grid, other, name, depth - 1)


def _feeding(grid: Grid, line: Line, column: str) -> Iterator[tuple[Line, str]]:
    """The cells that a cell is worked out from."""
    if grid.block.list and line.key == TOTAL:
        yield from ((one, column) for one in grid.lines if one.key != TOTAL)
        return
    row = line.definition
    spec = grid.block.cell(row, column) if row else grid.block.columns[column].cell
    names = spec.award or spec.rate or spec.difference or ()
    yield from ((line, name) for name in names)
    if row and not names:
        yield from ((one, column) for one in grid.lines if one.key.split("#")[0] in row.sum)
