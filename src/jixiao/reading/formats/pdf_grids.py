"""Ruling lines of a PDF page → grids of cells: where the rows and columns of its tables are.

A grid is a group of lines that touch one another and make at least two rows and two columns; a missing wall
between two cells merges them. Sides left open are closed where the horizontal lines end. Tables without
vertical lines are found in `pdf_columns`.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jixiao.reading.formats.pdf_lines import Turn

_THIN = 2.5
_SHORTEST = 4.0
_NEAR = 3.0
_MOST_LINES = 3_000
_MOST_CROSSINGS = 1_000_000
_MOST_CELLS = 20_000
_MOST_SEGMENTS = 2_000
_MOST_OBJECTS = 30_000
_OPEN_SIDE = 8.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an axis: at `at`, from `low` to `high`."""

    at: float
    low: float
    high: float

    def reaches(self, place: float) -> bool:
        return self.low - _NEAR <= place <= self.high + _NEAR


@dataclass(slots=True)
class Grid:
    """Columns by the x of their walls from the left; rows by the y of theirs from the bottom.

    `cells` gives for each (row, column), counted from the top left with 0, the upper left one of the merged
    cell it belongs to.
    """

    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell a point lies in."""
        column = bisect_right(self.xs, x) - 1
        row = self.rows - bisect_right(self.ys, y)
        if 0 <= row < self.rows and 0 <= column < self.columns:
            return self.cells[row, column]
        return None


def grids(across: list[Rule], down: list[Rule]) -> list[Grid]:
    """The grids that horizontal and vertical lines make, from the top down."""
    if not across or not down or len(across) * len(down) > _MOST_CROSSINGS:
        return []
    found = [grid for group in _touching(across, down) if (grid := _grid(*group)) is not None]
    return sorted(found, key=lambda grid: (-grid.ys[-1], grid.xs[0]))


def rules(page: Any, turn: Turn) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical lines; none where a page has more than a table could (drawings)."""
    import pypdfium2.raw as pdfium

    across: list[Rule] = []
    down: list[Rule] = []
    if pdfium.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
        return across, down
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = turn(*item.get_bounds())
        if top - bottom <= _THIN and right - left >= _SHORTEST:
            across.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= _THIN and top - bottom >= _SHORTEST:
            down.append(Rule((left + right) / 2, bottom, top))
        elif right - left > _SHORTEST and top - bottom > _SHORTEST:
            for stroke in _strokes(item):
                x, y, to_x, to_y = turn(*stroke)
                if abs(y - to_y) < 0.5 and abs(x - to_x) >= _SHORTEST:
                    across.append(Rule(y, min(x, to_x), max(x, to_x)))
                elif abs(x - to_x) < 0.5 and abs(y - to_y) >= _SHORTEST:
                    down.append(Rule(x, min(y, to_y), max(y, to_y)))
        if len(across) > _MOST_LINES or len(down) > _MOST_LINES:
            return [], []
    return across, down


def _strokes(item: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a drawn outline, on the page."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    count = pdfium.FPDFPath_CountSegments(item.raw)
    if not stroke.value or count > _MOST_SEGMENTS:
        return
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            yield (*last, *point)
        elif pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield (*last, *begin)


def _touching(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that cross or meet."""
    group = list(range(len(across) + len(down)))

    def head(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for first, rule in enumerate(across):
        for second, other in enumerate(down, start=len(across)):
            if rule.reaches(other.at) and other.reaches(rule.at):
                group[head(second)] = head(first)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number in range(len(group)):
        lines = found.setdefault(head(number), ([], []))
        if number < len(across):
            lines[0].append(across[number])
        else:
            lines[1].append(down[number - len(across)])
    yield from found.values()


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    if not across or not down:
        return None
    xs, ys = _places([rule.at for rule in down]), _places([rule.at for rule in across])
    left, right = min(rule.low for rule in across), max(rule.high for rule in across)
    xs = ([left] if left < xs[0] - _OPEN_SIDE else []) + xs + ([right] if right > xs[-1] + _OPEN_SIDE else [])
    grid = Grid(xs, ys)
    if grid.rows < 2 or grid.columns < 2 or grid.rows * grid.columns > _MOST_CELLS:
        return None
    _merge(grid, across, down)
    return grid


def _places(values: list[float]) -> list[float]:
    """Lines drawn twice, or a little off, are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _merge(grid: Grid, across: list[Rule], down: list[Rule]) -> None:
    """Cells without a wall between them are one, told by its upper left place."""
    walls_down = _walls(grid.xs, down)
    walls_across = _walls(grid.ys, across)
    for row in range(grid.rows):
        middle_y = (grid.ys[grid.rows - row] + grid.ys[grid.rows - row - 1]) / 2
        for column in range(grid.columns):
            middle_x = (grid.xs[column] + grid.xs[column + 1]) / 2
            own = (row, column)
            if column and not _covers(walls_down[column], middle_y):
                own = grid.cells[row, column - 1]
            elif row and not _covers(walls_across[grid.rows - row], middle_x):
                own = grid.cells[row - 1, column]
            grid.cells[row, column] = own


def _walls(places: list[float], rules: list[Rule]) -> list[list[Rule]]:
    found: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        nearest = min(range(len(places)), key=lambda index: abs(places[index] - rule.at))
        found[nearest].append(rule)
    return found


def _covers(rules: list[Rule], place: float) -> bool:
    return any(rule.low <= place <= rule.high for rule in rules)
