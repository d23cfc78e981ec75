"""Tables without vertical lines: columns seen from how words stand under one another.

A table must vouch for itself: a header, and at least three rows with numbers in two columns or more (in one,
where rules are drawn above and below it). Prose in columns, lists and contents pages do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from jixiao.reading.formats.pdf_grids import Rule
from jixiao.reading.formats.pdf_headers import (
    header_cells,
    header_over,
    is_named,
    span_headers,
    without_labels,
)
from jixiao.reading.formats.pdf_lines import Glyph
from jixiao.reading.formats.pdf_words import Columns, Row, Word, placed, rows_of, words_of

_LEADER = re.compile(r"[.…·．]{4,}|…{2,}")
_NOTE = re.compile(r"^注|[。；：:]$|^[一二三四五六七八九十]{1,3}、")
_FEWEST_ROWS = 3
_MOST_TAIL = 4
_GUTTER = 2.0
_TEXT_GUTTER = 0.5  # of the type size, between columns of words
_STRAY = 15  # one row in so many may reach over a gutter
_MOST_ABOVE = 3  # lines above the rest of a table that goes on
_MOST_WORDS = 6_000
_MOST_COLUMNS = 60


def columns_of(
    glyphs: Sequence[Glyph], across: Sequence[Rule], before: Columns | None = None
) -> list[Columns]:
    """The tables of a page, from the top down. `before` ran to the foot of the page before this one and may go
    on without its header."""
    words = list(words_of(glyphs))
    if len(words) > _MOST_WORDS:
        return []
    rows = rows_of(words)
    found: list[Columns] = []
    free = 0  # rows above this one belong to a table already
    for first, last in _stretches(rows):
        one = _table(rows, free, first, last, across, before if free == 0 and first <= _MOST_ABOVE else None)
        if one is not None:
            found.append(one)
            free = last
    return found


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
    header = header_over(rows, free, first, edges)
    if before is not None and not header and _fits(body, before.edges):
        edges, first = before.edges, _without_gap(rows, first, before.edges)
    elif not is_named(header, body, edges):
        return None
    edges = _joined(edges, header, body)
    if len(edges) < 3:
        return None
    header, first = without_labels(header, rows, first, edges)
    last = _with_tail(rows, last, edges)
    cells, sunken = header_cells(header, edges)
    body_cells = _body_cells(rows[first:last], edges)
    found = Columns(edges, [*cells, *body_cells], 0.0, 0.0, len(cells))
    every = [word for row in found.rows for words in row.values() for word in words]
    found.top, found.bottom = max(word.top for word in every), min(word.bottom for word in every)
    plain = sunken | {column for column in range(found.columns) if not _holds_numbers(body, edges, column)}
    span_headers(found, across, plain)
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
        for column, words in placed(row.words, edges).items():
            into.setdefault(column, []).extend(words)
    return [cells[number] for number in sorted(cells)]
