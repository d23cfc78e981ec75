"""A document as lines in which every quantity stands by itself, so that its number can be taken out.

The measure word and its scale stay: 约216万元 becomes 《　　》万元. Headings are known by their numbering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.reading.read import Reading
from jixiao.values import Statement

BLANK = "《　　》"
_LONGEST_HEADING = 40
_HEADINGS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}(?:[、．]|[.](?!\d))"),
)
_NUMBER = re.compile(r"[0-9０-９.,，％%〇零一二三四五六七八九十百千两半几多余/\s]+(?=[^0-9０-９]*\Z)")
_SENTENCE_END = re.compile(r"[。；！？]")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as plain words and statements. `level` is 1 to 3 for a heading, whose number is left out."""

    level: int
    pieces: tuple[str | Statement, ...]

    @property
    def text(self) -> str:
        """The line with the numbers taken out."""
        return "".join(blank(one.text) if isinstance(one, Statement) else one for one in self.pieces)


def lines(reading: Reading) -> Iterator[Line]:
    """Every paragraph that holds anything, rows of tables left out."""
    text, statements, at = reading.document.text, reading.statements, 0
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        inside: list[Statement] = []
        while at < len(statements) and statements[at].place.start < end:
            if statements[at].place.start >= start:
                inside.append(statements[at])
            at += 1
        if line.strip() and "\t" not in line:
            yield _line(text, start, end, inside)
        start = end


def blank(text: str) -> str:
    """The blank that stands for a printed quantity.

    >>> blank("约216万元"), blank("20余万字"), blank("四类"), blank("100%")
    ('《　　》万元', '《　　》万字', '《　　》类', '《　　》%')
    """
    plain = "".join(text.split())
    if plain.endswith(("%", "％")):
        return f"{BLANK}%"
    found = _NUMBER.search(plain)
    return BLANK + (plain[found.end() :] if found else "")


def _line(text: str, start: int, end: int, inside: list[Statement]) -> Line:
    level, skipped = _heading(text[start:end])
    pieces: list[str | Statement] = []
    at = start + skipped
    for one in inside:
        if one.place.start < at:
            continue
        if one.place.start > at:
            pieces.append(text[at : one.place.start])
        pieces.append(one)
        at = one.place.end
    if at < end:
        pieces.append(text[at:end].rstrip())
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    return Line(level, tuple(one for one in pieces if one))


def _heading(line: str) -> tuple[int, int]:
    """The level of a heading and how many characters its number takes; (0, 0) for a paragraph."""
    shown = line.strip()
    if len(shown) > _LONGEST_HEADING or _SENTENCE_END.search(shown):
        return 0, 0
    indent = len(line) - len(line.lstrip())
    for level, pattern in enumerate(_HEADINGS, 1):
        if found := pattern.match(shown):
            return level, indent + found.end()
    return 0, 0
