"""Words and rows of a PDF page, and where in a table's columns they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from jixiao.reading.formats.pdf_lines import Glyph

_NUMBER = re.compile(r"[-－−+]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?[%％‰]?")
_NOTHING = re.compile(r"[-－—–*/]{1,2}")
_WORD_GAP = 0.8  # of the type size: blanks wider than this part two words


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


def words_of(glyphs: Sequence[Glyph]) -> Iterator[Word]:
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


def rows_of(words: list[Word]) -> list[Row]:
    """Words side by side are a row, from the top down; a little higher or lower is the same height."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda one: -one.y):
        if rows and abs(rows[-1].words[0].y - word.y) < 0.45 * min(rows[-1].words[0].size, word.size):
            rows[-1].words.append(word)
        else:
            rows.append(Row([word]))
    for row in rows:
        row.words.sort(key=lambda one: one.left)
    return rows


def placed(words: Sequence[Word], edges: list[float]) -> dict[int, list[Word]]:
    """Words by the column they share most with."""
    found: dict[int, list[Word]] = {}
    for word in words:
        shares = [min(word.right, high) - max(word.left, low) for low, high in pairwise(edges)]
        found.setdefault(shares.index(max(shares)), []).append(word)
    return found


def stands_over(word: Word, columns: Collection[int], edges: list[float]) -> bool:
    """Whether a word stands in one of these columns."""
    return any(column in columns for column in placed([word], edges))
