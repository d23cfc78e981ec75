"""Grids of a PDF page and the characters in them → tables whose cells are stretches of the text.

Characters of a cell are put into lines by their height, so that digits set a little lower or higher than the
Chinese around them stay in their line. A table that goes on at the top of the next page is one table, its
repeated header left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jixiao.reading.formats.pdf_grids import Grid
from jixiao.reading.tables import Cell, Table, table
from jixiao.values import Place

_ABOVE = 3  # lines above a grid in which its caption is looked for
_SAME = 3.0


@dataclass(frozen=True, slots=True)
class Character:
    """A character of the text with its offset and its box on the page."""

    offset: int
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(slots=True)
class _Found:
    grid: Grid
    page: int
    lead: str
    cells: list[Cell]
    rows: int


def tables_of(
    pages: Mapping[int, tuple[Sequence[Grid], Sequence[Sequence[Character]]]], text: str
) -> list[Table]:
    """The tables of a document from the grids and the lines of characters of each page that has grids."""
    found: list[_Found] = []
    for page, (grids, lines) in sorted(pages.items()):
        for grid in grids:
            cells = _cells(grid, [one for line in lines for one in line], text, page)
            if sum(bool(cell.text) for cell in cells) < 2:
                continue
            one = _Found(grid, page, _lead(grid, lines), cells, grid.rows)
            if not (found and _goes_on(found[-1], one, text)):
                found.append(one)
    return [
        table(number, [_numbered(cell, number) for cell in one.cells], one.lead)
        for number, one in enumerate(found, start=1)
    ]


def _cells(grid: Grid, characters: Sequence[Character], text: str, page: int) -> list[Cell]:
    inside: dict[tuple[int, int], list[Character]] = {}
    for character in characters:
        if (cell := grid.cell_at(character.x, character.y)) is not None:
            inside.setdefault(cell, []).append(character)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), own in grid.cells.items():
        rows, columns = spans.get(own, (1, 1))
        spans[own] = max(rows, row - own[0] + 1), max(columns, column - own[1] + 1)
    found, last = [], 0
    for own, (rows, columns) in sorted(spans.items()):
        shown = "".join(one.text for line in _lines(inside.get(own, [])) for one in line)
        start, end = _stretch([one.offset for one in inside.get(own, [])], text) or (last, last)
        last = end
        place = Place(start, end, f"第{page}页")
        found.append(Cell(own[0] + 1, own[1] + 1, shown, place, rows, columns))
    return found


def _lines(characters: list[Character]) -> list[list[Character]]:
    """Characters by lines from the top, each from the left."""
    lines: list[list[Character]] = []
    for one in sorted(characters, key=lambda one: -one.y):
        if lines:
            tallest = max(lines[-1], key=lambda other: other.top - other.bottom)
            height = max(tallest.top - tallest.bottom, one.top - one.bottom)
            if abs(tallest.y - one.y) <= 0.6 * height:
                lines[-1].append(one)
                continue
        lines.append([one])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _stretch(offsets: list[int], text: str) -> tuple[int, int] | None:
    """The first run of the cell's characters in the text; a cell of several lines may lie in several."""
    if not offsets:
        return None
    ordered = sorted(offsets)
    end = ordered[0] + 1
    for offset in ordered[1:]:
        if text[end:offset].strip():
            break
        end = offset + 1
    return ordered[0], end


def _lead(grid: Grid, lines: Sequence[Sequence[Character]]) -> str:
    """The lines right above a grid."""
    above = [line for line in lines if line and line[0].y > grid.ys[-1]]
    nearest = sorted(above, key=lambda line: line[0].y)[:_ABOVE]
    return "\n".join("".join(one.text for one in line) for line in reversed(nearest))


def _goes_on(earlier: _Found, later: _Found, text: str) -> bool:
    """Append the rows of a table that goes on from the page before: same columns, nothing between."""
    xs = earlier.grid.xs, later.grid.xs
    if later.page != earlier.page + 1 or len(xs[0]) != len(xs[1]):
        return False
    if any(abs(one - other) > _SAME for one, other in zip(*xs, strict=True)):
        return False
    end = max(cell.place.end for cell in earlier.cells)
    begin = min(cell.place.start for cell in later.cells if cell.text)
    if text[end:begin].strip():
        return False
    repeated = _repeated_rows(earlier, later)
    earlier.cells += [
        replace(cell, row=cell.row - repeated + earlier.rows) for cell in later.cells if cell.row > repeated
    ]
    earlier.rows += later.rows - repeated
    earlier.page, earlier.grid = later.page, later.grid
    return True


def _repeated_rows(earlier: _Found, later: _Found) -> int:
    """How many rows at the top of the later page repeat those of the earlier one.

    A tagged document calls its repeated header no content: the row is there and empty.
    """
    rows = [_by_row(one.cells) for one in (earlier, later)]
    count = 0
    while count < min(map(len, rows)) and _is_said_before(rows[1][count], rows[0][count]):
        count += 1
    return count


def _is_said_before(row: list[tuple[int, str]], earlier: list[tuple[int, str]]) -> bool:
    return row == earlier or not any(words for _, words in row)


def _by_row(cells: list[Cell]) -> list[list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for cell in cells:
        found.setdefault(cell.row, []).append((cell.column, cell.words))
    return [found[row] for row in sorted(found)]


def _numbered(cell: Cell, number: int) -> Cell:
    label = f"{cell.place.label} 表{number} 第{cell.row}行第{cell.column}列"
    return replace(cell, place=replace(cell.place, label=label))
