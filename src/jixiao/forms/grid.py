"""A filled form as printed cells: rows of texts with their spans, the same for the workbook and the paper.

Answers where every cell of the form stands: the first rows are the title, the office and the unit; each block
follows with its heading row; the closing words come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jixiao.forms.cells import base_unit, printed
from jixiao.forms.fill import TOTAL, WHOLE, Filled, Grid, Line
from jixiao.values import RATIO


@dataclass(slots=True)
class Printed:
    """One printed cell. `address` names a form cell, empty for headings and titles."""

    text: str
    address: str = ""
    across: int = 1
    down: int = 1
    heading: bool = False
    numeric: bool = False
    indent: int = 0


@dataclass(slots=True)
class Strip:
    """A printed row. Cells covered by a span from above or the left are left out; `places` are the columns
    (from 0) in which the cells begin.
    """

    cells: list[Printed] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    heading: bool = False

    def put(self, place: int, cell: Printed) -> None:
        self.cells.append(cell)
        self.places.append(place)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`width` columns; every strip covers all of them."""

    title: str
    number: str
    org: str
    unit: str
    year: int
    width: int
    strips: tuple[Strip, ...]
    closing: tuple[str, ...]


def sheet(filled: Filled, org_title: str) -> Sheet:
    """Lay a filled form out."""
    form = filled.form
    width = max(_width(grid) for grid in filled.grids)
    strips = [strip for grid in filled.grids for strip in _strips(grid, width)]
    title = f"{form.title}（{filled.year}年度）"
    return Sheet(title, form.number, org_title, form.unit, filled.year, width, tuple(strips), form.closing)


def _width(grid: Grid) -> int:
    return len(grid.block.columns) + (0 if grid.block.list else 1)


def _strips(grid: Grid, width: int) -> Iterator[Strip]:
    block = grid.block
    if block.caption:
        caption = Strip(heading=True)
        caption.put(0, Printed(block.caption, across=width, heading=True))
        yield caption
    yield _heading(grid, width)
    columns = list(block.columns)
    runs = _runs(grid, columns)
    for place, line in enumerate(grid.lines):
        yield _row(grid, line, columns, width, runs, place)
    if grid.whole:
        yield _row(grid, grid.whole, columns, width, {}, len(grid.lines))


def _spread(grid: Grid, width: int) -> list[tuple[int, int]]:
    """(begin, span) of a row's cells over `width` columns: the row's title takes one, the others share the rest."""
    title, count = (0, len(grid.block.columns)) if grid.block.list else (1, len(grid.block.columns))
    share, over = divmod(width - title, count)
    spans = [1] * title + [share + (1 if place >= count - over else 0) for place in range(count)]
    return [(sum(spans[:place]), span) for place, span in enumerate(spans)]


def _heading(grid: Grid, width: int) -> Strip:
    strip = Strip(heading=True)
    titles = [column.title for column in grid.block.columns.values()]
    shown = titles if grid.block.list else [grid.block.head, *titles]
    for (place, across), text in zip(_spread(grid, width), shown, strict=True):
        strip.put(place, Printed(text, across=across, heading=True))
    return strip


def _row(
    grid: Grid, line: Line, columns: Sequence[str], width: int, runs: dict[tuple[int, str], int], number: int
) -> Strip:
    strip = Strip()
    spans = _spread(grid, width)
    if not grid.block.list:
        place, across = spans.pop(0)
        address = f"{grid.block.id}.{line.key}.title" if line.definition and line.definition.repeat else ""
        strip.put(place, Printed(line.title, address, across, indent=line.indent))
    for (place, across), name in zip(spans, columns, strict=True):
        down = runs.get((number, name), 1)
        if not down:
            continue
        column, content = grid.block.columns[name], line.cells[name]
        text = printed(content, grid.unit(line, name), column.decimals)
        if content.is_number and base_unit(grid.unit(line, name)) == RATIO:
            text += "%"
        if line.key in (TOTAL, WHOLE) and place == 0 and not text:
            text = line.title
        address = f"{grid.block.id}.{line.key}.{name}"
        strip.put(place, Printed(text, address, across, down, numeric=not column.text))
    return strip


def _runs(grid: Grid, columns: Sequence[str]) -> dict[tuple[int, str], int]:
    """How far equal words below each other reach: (line, column) → rows, 0 where covered from above.

    An inner column never reaches beyond the outer one beside it.
    """
    runs: dict[tuple[int, str], int] = {}
    borders = {0, len(grid.lines)}
    for name in (name for name in columns if grid.block.columns[name].merge):
        texts = [line.cells[name].words for line in grid.lines]
        begin = 0
        while begin < len(texts):
            end = begin + 1
            while end < len(texts) and texts[begin] and texts[end] == texts[begin] and end not in borders:
                end += 1
            runs[begin, name] = end - begin
            runs.update({(covered, name): 0 for covered in range(begin + 1, end)})
            begin = end
        borders |= {line for (line, column), rows in runs.items() if column == name and rows}
    return runs
