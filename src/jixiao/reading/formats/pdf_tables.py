"""Tables of a PDF page → cells of text, row by row, and the text and tables of the document from them.

Characters of a cell are put into lines by their height, so that digits set a little lower or higher than the
Chinese around them stay in their line. A table that goes on at the top of the next page is one table, its
repeated header left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter

from jixiao.reading.document import Writer
from jixiao.reading.formats.pdf_columns import columns_of
from jixiao.reading.formats.pdf_grids import Grid, Rule, grids
from jixiao.reading.formats.pdf_lines import Glyph, Line
from jixiao.reading.formats.pdf_words import Columns
from jixiao.reading.tables import Cell, Sketch
from jixiao.values import Place

_ABOVE = 3  # lines above a table in which its caption is looked for
_SAME = 3.0
_PADDING = 12.0  # of a cell, both sides together
_BLANK_FOOT = 150.0  # a row too tall for the rest of a page may leave as much
_CONTINUED = ("续表", "（续", "(续")


@dataclass(slots=True, eq=False)
class Shown:
    """A cell as it is printed: rows and columns count from 0."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(slots=True, eq=False)
class Found:
    """A table of one page. `edges` are the walls of its columns, `glyphs` the identities of its characters."""

    cells: list[Shown]
    rows: int
    edges: list[float]
    top: float
    bottom: float
    glyphs: set[int]
    columns: Columns | None = None  # where no vertical lines are drawn
    lead: str = ""
    goes_on: bool = False  # with the last table of the page before
    said: list[list[tuple[int, str]]] = field(default_factory=list)  # words by row, for what is repeated

    def __post_init__(self) -> None:
        rows: list[list[tuple[int, str]]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            if words := "".join(cell.text.split()):
                rows[cell.row].append((cell.column, words))
        self.said = rows

    def forget(self) -> None:
        """Let the characters go once the page is laid out."""
        self.glyphs = set()
        if self.columns is not None:
            self.columns.rows = []


def tables_on(
    lines: Sequence[Line], across: list[Rule], down: list[Rule], before: Columns | None
) -> list[Found]:
    """The tables of a page: ruled ones first, then those seen by their columns alone, from the top down."""
    free = [one for line in lines for one in line.glyphs or () if not one.text.isspace()]
    found = []
    for grid in grids(across, down):
        one = _from_grid(grid, free)
        if one is not None:
            found.append(one)
            free = [glyph for glyph in free if id(glyph) not in one.glyphs]
    if not any(one.top - one.bottom > 0 for one in found) or len(free) > 40:
        found += [_from_columns(columns) for columns in columns_of(free, across, before)]
    for one in found:
        one.lead = _lead(one, lines)
    return sorted(found, key=lambda one: -one.top)


def _from_grid(grid: Grid, glyphs: Sequence[Glyph]) -> Found | None:
    inside: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if (cell := grid.cell_at(glyph.x, glyph.y)) is not None:
            inside.setdefault(cell, []).append(glyph)
    if len(inside) < 2:
        return None
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), own in grid.cells.items():
        rows, columns = spans.get(own, (1, 1))
        spans[own] = max(rows, row - own[0] + 1), max(columns, column - own[1] + 1)
    cells = [
        Shown(*own, _words(inside.get(own, []), grid.xs[own[1] + columns] - grid.xs[own[1]]), rows, columns)
        for own, (rows, columns) in sorted(spans.items())
    ]
    own_glyphs = {id(glyph) for some in inside.values() for glyph in some}
    return Found(cells, grid.rows, grid.xs, grid.ys[-1], grid.ys[0], own_glyphs)


def _from_columns(columns: Columns) -> Found:
    cells, glyphs = [], set()
    widths = [columns.width(column) for column in range(columns.columns)]
    for row, placed in enumerate(columns.rows):
        covered = {
            other
            for column in placed
            for other in range(column + 1, column + columns.spans.get((row, column), 1))
        }
        for column in range(columns.columns):
            if column not in covered:
                own = [glyph for word in placed.get(column, ()) for glyph in word.glyphs]
                glyphs |= {id(glyph) for glyph in own}
                text = _words(own, widths[column] + _PADDING - 1)
                cells.append(Shown(row, column, text, 1, columns.spans.get((row, column), 1)))
    return Found(cells, len(columns.rows), columns.edges, columns.top, columns.bottom, glyphs, columns)


def _words(glyphs: list[Glyph], width: float) -> str:
    """The text of a cell; a line that does not reach the wall ends where it ends."""
    lines = _lines(glyphs)
    text = "".join(one.text for one in lines[0]) if lines else ""
    for above, below in pairwise(lines):
        is_full = above[-1].right - above[0].left + below[0].right - below[0].left + _PADDING > width
        text += ("" if is_full else "\n") + "".join(one.text for one in below)
    return text


def _lines(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters by lines from the top, each from the left."""
    lines: list[list[Glyph]] = []
    tallest: Glyph | None = None
    for one in sorted(glyphs, key=lambda one: -one.y):
        if tallest is not None and abs(tallest.y - one.y) <= 0.6 * max(tallest.size, one.size):
            lines[-1].append(one)
            tallest = max(tallest, one, key=attrgetter("size"))
        else:
            lines.append([one])
            tallest = one
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _lead(found: Found, lines: Sequence[Line]) -> str:
    """The lines right above a table."""
    above = [line for line in lines if line.y > found.top - 1 and not _is_inside(line, found)]
    nearest = sorted(above, key=lambda line: line.y)[:_ABOVE]
    return "\n".join(line.text for line in reversed(nearest))


def _is_inside(line: Line, found: Found) -> bool:
    return any(id(one) in found.glyphs for one in line.glyphs or ())


def mark_continued(pages: Sequence[Sequence[Line | Found]]) -> None:
    """Say of each page's first table whether it goes on with the one that fills the page before to its foot."""
    foot = min((item.bottom for items in pages for item in items), default=0.0)
    for earlier, later in pairwise(pages):
        last = min(earlier, key=lambda one: one.bottom, default=None)
        tables = [item for item in later if isinstance(item, Found)]
        if not tables or not isinstance(last, Found) or last.bottom - foot > _BLANK_FOOT:
            continue
        found = max(tables, key=lambda one: one.top)
        between = [item for item in later if item is not found and item.top > found.top]
        if _are_one(last, found) and all(_is_repeated(line, last) for line in between):
            found.goes_on = True


def _is_repeated(line: Line | Found, table: Found) -> bool:
    return isinstance(line, Line) and (
        line.text in table.lead.splitlines() or any(words in line.text for words in _CONTINUED)
    )


def _are_one(earlier: Found, later: Found) -> bool:
    if len(earlier.edges) != len(later.edges) or (earlier.columns is None) != (later.columns is None):
        return False
    if later.columns is not None and earlier.columns is not None:
        return not later.columns.headers or _repeated(earlier, later) >= min(1, earlier.columns.headers)
    pairs = zip(earlier.edges, later.edges, strict=True)
    return all(abs(one - other) <= _SAME for one, other in pairs)


def _repeated(earlier: Found, later: Found) -> int:
    """How many rows at the top of the later page repeat those of the earlier one.

    A tagged document calls its repeated header no content: the row is there and empty.
    """
    count = 0
    while count < min(earlier.rows, later.rows) and later.said[count] in ([], earlier.said[count]):
        count += 1
    return count


def _is_torn(earlier: Found, later: Found, row: int) -> bool:
    """Whether a page break parts a row: what follows is words alone, each under words of the last row."""
    if row >= later.rows or not later.said[row] or not earlier.said[-1]:
        return False
    above = dict(earlier.said[-1])
    rest = later.said[row]
    return len(rest) < len(above) and all(
        column and column in above and not words[-1].isdigit() and not above[column][-1].isdigit()
        for column, words in rest
    )


@dataclass(slots=True, eq=False)
class TableWriter:
    """Writes tables into a document, parts of one table after one another."""

    writer: Writer
    sketches: list[Sketch] = field(default_factory=list)
    last: Found | None = None
    first: Found | None = None  # the part that holds the header

    def write(self, found: Found, page: int) -> None:
        skipped = 0
        if found.goes_on and self.first is not None:
            skipped = _repeated(self.first, found)
        else:
            self.sketches.append(Sketch(len(self.sketches) + 1, lead=found.lead))
            self.first = found
        sketch = self.sketches[-1]
        if found.goes_on and self.last is not None and _is_torn(self.last, found, skipped):
            self._finish_row(sketch, found.said[skipped])
            skipped += 1
        self.last = found
        before = sketch.row - skipped
        self.writer.break_line()
        row = -1
        for cell in found.cells:
            if cell.row < skipped:
                continue
            if cell.row != row:
                self.writer.break_line()
                row = cell.row
            elif self.writer.last not in ("", "\n") or cell.column:
                self.writer.write("\t")
            self._cell(sketch, replace(cell, row=cell.row + before), page)
        sketch.row = before + found.rows
        self.writer.write("" if self.writer.last == "\n" else "\n")

    def _finish_row(self, sketch: Sketch, rest: list[tuple[int, str]]) -> None:
        """Write the end of a row that a page break parts; its cells keep the places they began at."""
        for column, words in rest:
            self.writer.break_line()
            self.writer.write(words)
            for number, cell in enumerate(sketch.cells):
                if cell.column == column + 1 and cell.row + cell.rows - 1 == sketch.row:
                    sketch.cells[number] = replace(cell, text=cell.text + words)
        self.writer.break_line()

    def _cell(self, sketch: Sketch, cell: Shown, page: int) -> None:
        start = self.writer.length
        self.writer.write(cell.text)
        label = f"第{page}页 表{sketch.number} 第{cell.row + 1}行第{cell.column + 1}列"
        self.writer.block(start, label)
        place = Place(start, self.writer.length, label)
        sketch.cells.append(Cell(cell.row + 1, cell.column + 1, cell.text, place, cell.rows, cell.columns))

    def close(self) -> None:
        for sketch in self.sketches:
            self.writer.table(sketch)
