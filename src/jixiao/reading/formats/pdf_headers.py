"""The header of a PDF table without vertical lines: which lines above it name its columns, and what they span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from jixiao.reading.formats.pdf_grids import Rule
from jixiao.reading.formats.pdf_words import Columns, Row, Word, placed, stands_over

_NO_HEADER = re.compile(r"单\s*位\s*[:：]|编制|公开.{0,3}表|部门\s*[:：]|[。；！]|表\d*$")
_MOST_HEADERS = 6


def header_over(rows: list[Row], free: int, first: int, edges: list[float]) -> list[Row]:
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


def _is_title(header: list[Row], edges: list[float]) -> bool:
    """A single word over the middle of the table that no second line of the header hangs from."""
    word = header[0].words[0]
    is_central = abs(word.x - (edges[0] + edges[-1]) / 2) < 1.5 * word.size
    is_larger = len(header) > 1 and word.size > 1.15 * header[1].words[0].size
    return len(header) == 1 or is_larger or (is_central and len(edges) > 3)


def is_named(header: list[Row], body: list[Row], edges: list[float]) -> bool:
    """Whether words stand over half of the columns, and over at least one of numbers."""
    over = {column for row in header for column in placed(row.words, edges)}
    numbers = {
        column for row in body for column, words in placed(row.words, edges).items() if words[0].is_number
    }
    return len(over) >= 2 and len(over) * 2 >= len(edges) - 1 and bool(over & numbers)


def without_labels(
    header: list[Row], rows: list[Row], first: int, edges: list[float]
) -> tuple[list[Row], int]:
    """The header without the upper lines of the first row's own label, and where the body then begins."""
    while len(header) > 1:
        row, below = header[-1], rows[first]
        columns = placed(row.words, edges)
        is_label = len(columns) == 1 and not any(
            word.is_entry for word in below.words if stands_over(word, columns, edges)
        )
        is_named = any(set(columns) <= set(placed(above.words, edges)) for above in header[:-1])
        if not (is_label and is_named and row.y - below.y < header[-2].y - row.y):
            break
        header, first = header[:-1], first - 1
    return header, first


def header_cells(header: list[Row], edges: list[float]) -> tuple[list[dict[int, list[Word]]], set[int]]:
    """Header lines as rows; words set half a line lower, as over two lines, stand with the line beside.

    The second are the columns of such words: no other header stands over them.
    """
    cells: list[dict[int, list[Word]]] = []
    sunken: set[int] = set()
    for number, row in enumerate(header):
        own = placed(row.words, edges)
        near = number and header[number - 1].y - row.y < 0.8 * row.words[0].size
        if near and not own.keys() & cells[-1].keys():
            sunken |= set(own if len(own) < len(cells[-1]) else cells[-1])
            cells[-1] |= own
            continue
        cells.append(own)
    return cells, sunken


def span_headers(table: Columns, across: Sequence[Rule], plain: set[int]) -> None:
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
