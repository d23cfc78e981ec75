"""Tables without vertical lines: columns seen from how words stand under one another.

A table must vouch for itself: a header, and at least three rows with numbers in two columns or more (in one,
where rules are drawn above and below it). Prose in columns, lists and contents pages do not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from jixiao.reading.formats.pdf_grids import Rule
from jixiao.reading.formats.pdf_lines import Glyph

_NUMBER = re.compile(r"[-－−+]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?[%％‰]?")
_NOTHING = re.compile(r"[-－—–*/]{1,2}")
_LEADER = re.compile(r"[.…·．]{4,}|…{2,}")
_NO_HEADER = re.compile(r"单\s*位\s*[:：]|编制|公开.{0,3}表|部门\s*[:：]|[。；！]|表\d*$")
_NOTE = re.compile(r"^注|[。；：:]$|^[一二三四五六七八九十]{1,3}、")
_FEWEST_ROWS = 3
_MOST_TAIL = 4
_WORD_GAP = 0.8  # of the type size: blanks wider than this part two words
_GUTTER = 2.0
_TEXT_GUTTER = 0.5  # of the type size, between columns of words
_STRAY = 15  # one row in so many may reach over a gutter
_MOST_HEADERS = 6
_MOST_ABOVE = 3  # lines above the rest of a table that goes on
_MOST_WORDS = 6_000
_MOST_COLUMNS = 60


@dataclass(slots=True, eq=False)
class Word:
    """Characters that stand close together on one line."""

    glyphs: list[Glyph]
    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def y(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def size(self) -> float:
        return self.top - self.bottom

    @property
    def is_number(self) -> bool:
        return bool(_NUMBER.fullmatch(self.text))

    @property
    def is_entry(self) -> bool:
        return self.is_number or bool(_NOTHING.fullmatch(self.text))


@dataclass(slots=True, eq=False)
class Row:
    """Words side by side, from the left."""

    words: list[Word]

    @property
    def top(self) -> float:
        return max(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return min(word.bottom for word in self.words)

    @property
    def y(self) -> float:
        return median(word.y for word in self.words)

    @property
    def entries(self) -> int:
        return sum(word.is_entry for word in self.words)

    @property
    def is_amounts(self) -> bool:
        """Several words, at least one of them a number."""
        return len(self.words) > 1 and any(word.is_number for word in self.words)


@dataclass(slots=True, eq=False)
class Columns:
    """A table found by its columns: rows of cells from the top, each the words that stand in it.

    `edges` are the walls between the columns from the left; `spans` tells how many columns a header cell
    covers, by (row, column) from 0.
    """

    edges: list[float]
    rows: list[dict[int, list[Word]]]
    top: float
    bottom: float
    headers: int
    spans: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        return len(self.edges) - 1

    def width(self, column: int) -> float:
        """The room that the words of a column take up."""
        words = [word for row in self.rows[self.headers :] for word in row.get(column, ())]
        return max((word.right for word in words), default=0.0) - min(
            (word.left for word in words), default=0.0
        )


def columns_of(
    glyphs: Sequence[Glyph], across: Sequence[Rule], before: Columns | None = None
) -> list[Columns]:
    """The tables of a page, from the top down. `before` ran to the foot of the page before this one and may go
    on without its header."""
    words = list(_words(glyphs))
    if len(words) > _MOST_WORDS:
        return []
    rows = _rows(words)
    found: list[Columns] = []
    free = 0  # rows above this one belong to a table already
    for first, last in _stretches(rows):
        one = _table(rows, free, first, last, across, before if free == 0 and first <= _MOST_ABOVE else None)
        if one is not None:
            found.append(one)
            free = last
    return found


def _words(glyphs: Sequence[Glyph]) -> Iterator[Word]:
    """Characters in the order they were drawn in, parted where a gap or a new line shows."""
    word: list[Glyph] = []
    for one in glyphs:
        if one.text.isspace():
            continue
        if word:
            last = word[-1]
            gap, size = one.left - last.right, max(last.size, 1.0)
            is_near = -0.5 * size < gap < _WORD_GAP * size and abs(one.y - last.y) < 0.5 * max(one.size, size)
            if not is_near:
                yield _word(word)
                word = []
        word.append(one)
    if word:
        yield _word(word)


def _word(glyphs: list[Glyph]) -> Word:
    tallest, text = max(glyphs, key=lambda one: one.size), "".join(one.text for one in glyphs)
    return Word(glyphs, glyphs[0].left, tallest.bottom, max(one.right for one in glyphs), tallest.top, text)


def _rows(words: list[Word]) -> list[Row]:
    rows: list[Row] = []
    for word in sorted(words, key=lambda one: -one.y):
        if rows and abs(rows[-1].words[0].y - word.y) < 0.45 * min(rows[-1].words[0].size, word.size):
            rows[-1].words.append(word)
        else:
            rows.append(Row([word]))
    for row in rows:
        row.words.sort(key=lambda one: one.left)
    return rows


def _stretches(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """Runs of rows of amounts, from first to behind the last; a few short lines may stand between."""
    start: int | None = None
    last = 0
    for number, row in enumerate(rows):
        if start is not None and (number - last > 4 or _is_apart(rows, number)):
            if last > start:
                yield start, last + 1
            start = None
        if row.is_amounts and not any(_LEADER.search(word.text) for word in row.words):
            start = number if start is None else start
            last = number
    if start is not None:
        yield start, last + 1


def _is_apart(rows: list[Row], number: int) -> bool:
    """A line of prose, or a wide gap, ends a table."""
    row, above = rows[number], rows[number - 1]
    if above.bottom - row.top > 3.5 * row.words[0].size:
        return True
    text = "".join(word.text for word in row.words)
    return not row.is_amounts and (len(text) > 60 or text.endswith("。"))


def _table(
    rows: list[Row], free: int, first: int, last: int, across: Sequence[Rule], before: Columns | None
) -> Columns | None:
    body = [row for row in rows[first:last] if row.is_amounts]
    ruled = _is_ruled(rows[first:last], across)
    if len(body) < _FEWEST_ROWS or len(_number_columns(body)) < (1 if ruled else 2):
        return None
    edges = _edges(body)
    if not 2 <= len(edges) - 1 <= _MOST_COLUMNS:
        return None
    header = _header(rows, free, first, edges)
    if before is not None and not header and _fits(body, before.edges):
        edges, first = before.edges, _without_gap(rows, first, before.edges)
    elif not _is_named(header, body, edges):
        return None
    edges = _joined(edges, header, body)
    if len(edges) < 3:
        return None
    header, first = _without_labels(header, rows, first, edges)
    last = _with_tail(rows, last, edges)
    cells, sunken = _header_cells(header, edges)
    body_cells = _body_cells(rows[first:last], edges)
    found = Columns(edges, [*cells, *body_cells], 0.0, 0.0, len(cells))
    every = [word for row in found.rows for words in row.values() for word in words]
    found.top, found.bottom = max(word.top for word in every), min(word.bottom for word in every)
    plain = sunken | {column for column in range(found.columns) if not _holds_numbers(body, edges, column)}
    _span_headers(found, across, plain)
    return found


def _holds_numbers(body: list[Row], edges: list[float], column: int) -> bool:
    words = [word for row in body for word in row.words if edges[column] <= word.x < edges[column + 1]]
    return sum(word.is_entry for word in words) * 2 > len(words)


def _is_ruled(rows: list[Row], across: Sequence[Rule]) -> bool:
    """Whether rules over the whole width are drawn above and below."""
    left, right = min(row.words[0].left for row in rows), max(row.words[-1].right for row in rows)
    wide = [rule for rule in across if rule.low <= left + 4 and rule.high >= right - 4]
    size = rows[0].words[0].size
    is_above = any(rows[0].y < rule.at < rows[0].top + 6 * size for rule in wide)
    return is_above and any(rows[-1].bottom - 2 * size < rule.at < rows[-1].y for rule in wide)


def _number_columns(body: list[Row]) -> list[list[Word]]:
    """Numbers that stand under one another, by a common right edge, left edge or middle."""
    numbers = sorted((word for row in body for word in row.words if word.is_number), key=lambda one: one.left)
    groups: list[list[Word]] = []
    reach = float("-inf")
    for word in numbers:
        if word.left < reach:
            groups[-1].append(word)
        else:
            groups.append([word])
        reach = max(reach, word.right)
    return [group for group in groups if len(group) >= _FEWEST_ROWS and _is_aligned(group)]


def _is_aligned(words: list[Word]) -> bool:
    for places in (
        [word.right for word in words],
        [word.left for word in words],
        [word.x for word in words],
    ):
        middle = median(places)
        near = sum(abs(place - middle) < 0.6 * words[0].size for place in places)
        if near * 5 >= len(places) * 4:
            return True
    return False


def _edges(body: list[Row]) -> list[float]:
    """Walls in the middle of the gutters that (nearly) no row reaches over."""
    steps: list[tuple[float, int]] = []
    for row in body:
        for word in row.words:
            steps += [(word.left, 1), (word.right, -1)]
    steps.sort()
    allowed, inside, begin = len(body) // _STRAY, 0, None
    walls: list[float] = []
    for place, step in steps:
        inside += step
        if begin is not None and step > 0 and inside > allowed:
            if place - begin >= _GUTTER:
                walls.append((begin + place) / 2)
            begin = None
        elif begin is None and step < 0 and inside <= allowed:
            begin = place
    return [steps[0][0] - 1, *walls, steps[-1][0] + 1]


def _header(rows: list[Row], free: int, first: int, edges: list[float]) -> list[Row]:
    """The lines right above the first row of amounts that name its columns."""
    size = rows[first].words[0].size
    found: list[Row] = []
    below = rows[first]
    for number in range(first - 1, max(free, first - 1 - _MOST_HEADERS) - 1, -1):
        row = rows[number]
        gap = row.bottom - below.top
        text = "".join(word.text for word in row.words)
        wide = max(word.right - word.left for word in row.words) > 0.6 * (edges[-1] - edges[0])
        if (
            gap > (2.2 if len(row.words) == 1 else 4) * size
            or wide
            or len(text) > 120
            or _NO_HEADER.search(text)
        ):
            break
        if row.words[0].right < edges[0] or row.words[-1].left > edges[-1]:
            break
        found.insert(0, row)
        below = row
    while found and len(found[0].words) == 1 and _is_title(found, edges):
        del found[0]
    return found


def _without_gap(rows: list[Row], first: int, edges: list[float]) -> int:
    """Where the rest of a table begins that a page break parts, maybe amid a row: lines right above belong."""
    while first:
        row, below = rows[first - 1], rows[first]
        fits = all(
            any(low <= word.left and word.right <= high for low, high in pairwise(edges))
            for word in row.words
        )
        if not fits or row.bottom - below.top > 2 * row.words[0].size:
            break
        first -= 1
    return first


def _is_title(header: list[Row], edges: list[float]) -> bool:
    """A single word over the middle of the table that no second line of the header hangs from."""
    word = header[0].words[0]
    is_central = abs(word.x - (edges[0] + edges[-1]) / 2) < 1.5 * word.size
    is_larger = len(header) > 1 and word.size > 1.15 * header[1].words[0].size
    return len(header) == 1 or is_larger or (is_central and len(edges) > 3)


def _is_named(header: list[Row], body: list[Row], edges: list[float]) -> bool:
    """Whether words stand over half of the columns, and over at least one of numbers."""
    over = {column for row in header for column in _placed(row.words, edges)}
    numbers = {
        column for row in body for column, words in _placed(row.words, edges).items() if words[0].is_number
    }
    return len(over) >= 2 and len(over) * 2 >= len(edges) - 1 and bool(over & numbers)


def _fits(body: list[Row], edges: list[float]) -> bool:
    """Whether the numbers of these rows stand inside the columns of the table before."""
    numbers = [word for row in body for word in row.words if word.is_number]
    inside = sum(
        any(low - 2 <= word.left and word.right <= high + 2 for low, high in pairwise(edges))
        for word in numbers
    )
    return inside * 10 >= len(numbers) * 9


def _joined(edges: list[float], header: list[Row], body: list[Row]) -> list[float]:
    """Walls between two columns of words go where the gutter is slight or one header names both."""
    kept = list(edges)
    for wall in edges[1:-1]:
        index = kept.index(wall)
        left, right = kept[index - 1], kept[index + 1]
        sides = [
            [word for row in body for word in row.words if low <= word.x < high]
            for low, high in ((left, wall), (wall, right))
        ]
        if any(sum(word.is_entry for word in words) * 2 > len(words) for words in sides):
            continue
        size = body[0].words[0].size
        gutter = min((word.left for word in sides[1]), default=wall) - max(
            (word.right for word in sides[0]), default=wall
        )
        named = [
            [word for row in header for word in row.words if low <= word.x < high]
            for low, high in ((left, wall), (wall, right))
        ]
        if gutter < _TEXT_GUTTER * size or not all(named):
            kept.remove(wall)
    return kept


def _placed(words: Sequence[Word], edges: list[float]) -> dict[int, list[Word]]:
    """Words by the column they share most with."""
    found: dict[int, list[Word]] = {}
    for word in words:
        shares = [min(word.right, high) - max(word.left, low) for low, high in pairwise(edges)]
        found.setdefault(shares.index(max(shares)), []).append(word)
    return found


def _without_labels(
    header: list[Row], rows: list[Row], first: int, edges: list[float]
) -> tuple[list[Row], int]:
    """The header without the upper lines of the first row's own label, and where the body then begins."""
    while len(header) > 1:
        row, below = header[-1], rows[first]
        columns = _placed(row.words, edges)
        is_label = len(columns) == 1 and not any(
            word.is_entry for word in below.words if _over(word, columns, edges)
        )
        is_named = any(set(columns) <= set(_placed(above.words, edges)) for above in header[:-1])
        if not (is_label and is_named and row.y - below.y < header[-2].y - row.y):
            break
        header, first = header[:-1], first - 1
    return header, first


def _over(word: Word, columns: Collection[int], edges: list[float]) -> bool:
    return any(column in columns for column in _placed([word], edges))


def _with_tail(rows: list[Row], last: int, edges: list[float]) -> int:
    """Where the table ends, with the lower lines of its last row's label."""
    step = float("inf")
    for number in range(last, min(len(rows), last + _MOST_TAIL)):
        row, above = rows[number], rows[number - 1]
        word = row.words[0]
        is_inside = any(low <= word.left and word.right <= high for low, high in pairwise(edges))
        is_near = above.bottom - row.top < 0.6 * word.size and above.y - row.y < 1.1 * step
        if len(row.words) > 1 or word.is_entry or not is_inside or not is_near or _NOTE.search(word.text):
            return number
        step = above.y - row.y
    return min(len(rows), last + _MOST_TAIL)


def _header_cells(header: list[Row], edges: list[float]) -> tuple[list[dict[int, list[Word]]], set[int]]:
    """Header lines as rows; words set half a line lower, as over two lines, stand with the line beside.

    The second are the columns of such words: no other header stands over them.
    """
    cells: list[dict[int, list[Word]]] = []
    sunken: set[int] = set()
    for number, row in enumerate(header):
        placed = _placed(row.words, edges)
        near = number and header[number - 1].y - row.y < 0.8 * row.words[0].size
        if near and not placed.keys() & cells[-1].keys():
            sunken |= set(placed if len(placed) < len(cells[-1]) else cells[-1])
            cells[-1] |= placed
            continue
        cells.append(placed)
    return cells, sunken


def _body_cells(rows: list[Row], edges: list[float]) -> list[dict[int, list[Word]]]:
    """Cells row by row; lines of one label, closer than rows are, make one row with the amounts among them."""
    gaps = [above.y - below.y for above, below in pairwise(rows)]
    steps = [
        gap
        for gap, (above, below) in zip(gaps, pairwise(rows), strict=True)
        if above.is_amounts and below.is_amounts
    ]
    if steps:
        widest = 0.92 * median(steps)
    else:
        low, high = min(gaps, default=0.0), max(gaps, default=0.0)
        widest = (low + high) / 2 if high > 1.08 * low else 0.0
    home = [0] * len(rows)
    amounts: int | None = None  # where the row in the making has its amounts
    for number, row in enumerate(rows):
        is_near = bool(number) and gaps[number - 1] < widest
        if row.is_amounts and amounts is not None:
            if is_near and number - amounts > 1:  # lines between two rows: parted at the widest gap
                cut = max(range(amounts, number), key=lambda one: gaps[one]) + 1
                home[cut:number] = [number] * (number - cut)
            is_near = is_near and number - amounts > 1 and home[number - 1] == number
        if is_near:
            home[number] = home[number - 1]
        else:
            home[number], amounts = number, None
        amounts = number if row.is_amounts else amounts
    cells: dict[int, dict[int, list[Word]]] = {}
    for number, row in enumerate(rows):
        into = cells.setdefault(home[number], {})
        for column, words in _placed(row.words, edges).items():
            into.setdefault(column, []).extend(words)
    return [cells[number] for number in sorted(cells)]


def _span_headers(table: Columns, across: Sequence[Rule], plain: set[int]) -> None:
    """A header cell covers the columns its rule runs over, or the nameless ones it stands nearest to.

    `plain` are columns of words and those whose own name stands over both lines: nothing else is over them.
    """
    for number in range(table.headers - 1):
        row = table.rows[number]
        nearest = _nearest(row, table.rows[number + 1], plain)
        for column, words in sorted(row.items()):
            covered = _by_rule(table, number, words, across) or nearest.get(column, [])
            if len(covered) < 2 or any(one in row for one in covered if one != column):
                continue
            row[covered[0]] = row.pop(column)
            table.spans[number, covered[0]] = len(covered)


def _by_rule(table: Columns, number: int, words: list[Word], across: Sequence[Rule]) -> list[int]:
    below = [word for some in table.rows[number + 1].values() for word in some]
    bottom, top = max(word.y for word in below), min(word.y for word in words)
    for rule in across:
        is_partial = rule.low > table.edges[0] + 6 or rule.high < table.edges[-1] - 6
        if bottom < rule.at < top and is_partial and rule.low <= words[0].x <= rule.high:
            return [
                column
                for column, (low, high) in enumerate(pairwise(table.edges))
                if min(rule.high, high) - max(rule.low, low) > 0.5 * (high - low)
            ]
    return []


def _nearest(
    row: dict[int, list[Word]], below: dict[int, list[Word]], plain: set[int]
) -> dict[int, list[int]]:
    """The run of columns below each header, where it stands about over their middle."""
    found: dict[int, list[int]] = {column: [column] for column in row if column in below}
    for column, words in below.items():
        if column not in row and column not in plain:
            parent = min(row, key=lambda one: abs(row[one][0].x - words[0].x))
            found.setdefault(parent, []).append(column)
    kept = {}
    for parent, columns in found.items():
        columns.sort()
        if columns[-1] - columns[0] + 1 != len(columns):
            continue
        left = min(word.left for word in below[columns[0]])
        right = max(word.right for word in below[columns[-1]])
        if 0.1 < (row[parent][0].x - left) / max(right - left, 1.0) < 0.9:
            kept[parent] = columns
    return kept
