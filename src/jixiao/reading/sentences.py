"""The sentences of a text and the quantities that stand in each, as terms with the words before them.

A line break ends a sentence, except in plain text that is wrapped at a fixed width. Lines with tabs are rows
of tables, not sentences. Where a line or a blank tears the digits of a number and nobody can tell the number,
the sentence is left out. A sentence holds a bounded number of terms, so that every check stays linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.frozen import quick
from jixiao.reading.document import Document
from jixiao.reading.terms import Term, term
from jixiao.values import Statement

MOST_TERMS = 60
_LONGEST_HEADING = 40
WIDEST_WRAP = 60  # a line of a wrapped file is no longer than this
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BRACKET = re.compile("[（()）]")
_END = re.compile(r"[。！？!?]")
_TORN = re.compile(r"[0-9０-９][.,，．]?[ \t\u3000]*(?:\r\n|\n)[ \t\u3000]*[.,]?[0-9０-９]")
_BLANK = " \u2009\u202f\u00a0"
_APART = re.compile(rf"[0-9０-９][{_BLANK}]{{1,2}}[0-9０-９]{{3}}(?![0-9０-９])")
_GROUP = re.compile(r"[0-9０-９]{3}(?![0-9０-９])")
_HEADING = re.compile(
    r"[ \t]*(?:\u3000|[一二三四五六七八九十]{1,3}[、是]|第[一二三四五六七八九十]{1,3}[章节部]"
    r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|\d{1,2}(?:[、．]|[.](?!\d)))"
)


@quick
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its terms. `paragraph` counts paragraphs; `section` is the last heading before it."""

    number: int
    start: int
    end: int
    paragraph: int
    section: str
    terms: tuple[Term, ...]


def sentences(document: Document, statements: Sequence[Statement]) -> tuple[Sentence, ...]:
    """Every sentence of prose that states a quantity, in order."""
    text, found, position = document.text, list[Sentence](), 0
    starts = [one.place.start for one in statements] + [len(text) + 1]  # none begins there
    for paragraph, section, start, end in _prose(document):
        since = bisect_left(starts, start, position)
        if starts[since] >= end:
            continue
        position = bisect_left(starts, end, since)
        inside = statements[since:position]
        if text.find("\n", start, end) >= 0 and _is_torn(text, start, end, inside):
            continue
        if any(text[one.place.start - 1] in _BLANK and _is_rest(text, one.place.start) for one in inside):
            continue
        for first in range(0, len(inside), MOST_TERMS):
            some = inside[first : first + MOST_TERMS]
            begin = start if first == 0 else inside[first - 1].place.end
            number = len(found)
            found.append(Sentence(number, begin, end, paragraph, section, _terms(text, begin, some, number)))
    return tuple(found)


def is_torn_between(text: str, start: int, end: int) -> bool:
    """True where a sentence that was left out may stand between two places."""
    return _TORN.search(text, start, end) is not None or _APART.search(text, start, end) is not None


def _is_rest(text: str, start: int) -> bool:
    """True where three digits follow others behind a blank: thousands of a number that was not read whole."""
    before = text[max(0, start - 4) : start].rstrip(_BLANK)
    return before[-1:].isdecimal() and _GROUP.match(text, start) is not None


def _is_torn(text: str, start: int, end: int, inside: Sequence[Statement]) -> bool:
    """True where digits meet over the end of a line, and not within one quantity that was read whole."""
    return any(
        not any(one.place.start <= tear.start() and tear.end() <= one.place.end for one in inside)
        for tear in _TORN.finditer(text, start, end)
    )


def _terms(text: str, start: int, statements: Sequence[Statement], sentence: int) -> tuple[Term, ...]:
    terms: list[Term] = []
    depth, topic = 0, ""
    for index, statement in enumerate(statements):
        gap = text[start : statement.place.start]
        if _BRACKET.search(gap):
            depth = max(0, depth + gap.count("（") + gap.count("(") - gap.count("）") - gap.count(")"))
        terms.append(term(statement, gap, depth, topic, sentence, index))
        topic = topic or terms[-1].subject
        start = statement.place.end
    return tuple(terms)


def _prose(document: Document) -> Iterator[tuple[int, str, int, int]]:
    """(paragraph number, section, start, end) of every sentence."""
    text, section = document.text, ""
    for number, (start, end) in enumerate(_paragraphs(document)):
        line = text[start:end]
        if "\t" in line:
            continue
        if len(line) <= _LONGEST_HEADING and _HEADING.match(line) and not _END.search(line):
            section = line.strip()
        for match in _END.finditer(text, start, end):
            yield number, section, start, match.end()
            start = match.end()
        if start < end:
            yield number, section, start, end


def _paragraphs(document: Document) -> Iterator[tuple[int, int]]:
    """Lines, joined where the file is wrapped and a line is full."""
    lines = [match.span() for match in _LINE.finditer(document.text) if match.end() > match.start()]
    full = _full_line(document, lines)
    if full is None:
        yield from lines
        return
    start: int | None = None
    for index, (begin, end) in enumerate(lines):
        start = begin if start is None else start
        following = document.text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        is_full = len(document.text[begin:end].strip()) >= full
        if not is_full or not following.strip() or _HEADING.match(following):
            yield start, end
            start = None
    if start is not None:
        yield start, len(document.text)


def _full_line(document: Document, lines: Sequence[tuple[int, int]]) -> float | None:
    """How long a line must be to go on in the next one; None where the file is not wrapped."""
    if document.form != "txt" or len(lines) < 3:
        return None
    lengths = sorted([len(document.text[start:end].strip()) for start, end in lines])
    wrap = lengths[len(lengths) * 9 // 10]
    return 0.75 * wrap if 12 <= wrap <= WIDEST_WRAP and lengths[-1] <= 1.5 * wrap else None
