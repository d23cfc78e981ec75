"""A document as paragraphs with its figures marked: checked, broken or unchecked, each with its place on the page.

Long documents are shown in part, the paragraphs with something to see first; what is left out is counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from jixiao.reading import Reading
from jixiao.reading.checks import Outcome
from jixiao.values import Verdict

MOST_TEXT = 120_000
MOST_MARKS = 6_000
LONGEST_PARAGRAPH = 2_000
UNCHECKED = "unchecked"
GRAVEST_FIRST = (Verdict.BROKEN, Verdict.ROUNDING, Verdict.KEPT, Verdict.NOT_APPLICABLE)
WORDS = {
    Verdict.BROKEN: "不一致",
    Verdict.ROUNDING: "舍入",
    Verdict.KEPT: "已核对",
    Verdict.NOT_APPLICABLE: "未判",
    UNCHECKED: "未核对",
}

Span = tuple[int, int]
T = TypeVar("T")


@dataclass(slots=True)
class Mark:
    """A figure of the text, or the first words of what a check points to. `number` is its anchor: f12."""

    number: int
    start: int
    end: int
    text: str
    state: str = UNCHECKED
    finding: int = 0  # where its arithmetic stands on the page, if anywhere

    @property
    def word(self) -> str:
        return WORDS[self.state]


@dataclass(slots=True)
class Paragraph:
    """A line of the document as pieces, each plain text or a mark; `left_out` lines before it are not shown."""

    start: int
    end: int
    marks: list[Mark] = field(default_factory=list)
    pieces: list[str | Mark] = field(default_factory=list)
    left_out: int = 0

    @property
    def is_urgent(self) -> bool:
        return any(mark.state in (Verdict.BROKEN, Verdict.ROUNDING) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a document stands on the page. `left_out` lines after the last paragraph are not shown."""

    paragraphs: list[Paragraph]
    left_out: int
    is_whole: bool

    def numbers(self) -> frozenset[int]:
        """The marks one can jump to."""
        return frozenset(mark.number for paragraph in self.paragraphs for mark in paragraph.marks)


class Marks:
    """Every mark of a document in the order of the text, and which mark a span of an outcome is found at.

    `listed` are the outcomes on the page, the first as finding 1: a mark leads to the gravest that speaks of it.
    """

    def __init__(self, reading: Reading, outcomes: Sequence[Outcome], listed: Sequence[Outcome] = ()) -> None:
        figures = [(one.place.start, one.place.end) for one in reading.statements]
        self._spans = _apart(figures, sorted({span for one in outcomes for span in one.spans}))
        self._starts = [start for start, _ in self._spans]
        states: dict[int, str] = self._gravest([(one, one.verdict) for one in outcomes])
        findings = self._gravest([(one, number) for number, one in enumerate(listed, 1)])
        text = reading.document.text
        self.every = [
            Mark(at + 1, start, end, text[start:end], states.get(at, UNCHECKED), findings.get(at, 0))
            for at, (start, end) in enumerate(self._spans)
        ]

    def at(self, span: Span) -> Mark:
        """The mark that stands where the span begins."""
        return self.every[self._index(span)]

    def _index(self, span: Span) -> int:
        return bisect_right(self._starts, span[0]) - 1

    def _gravest(self, told: Sequence[tuple[Outcome, T]]) -> dict[int, T]:
        """What is told of each mark, by its index: the gravest verdict counts, then the first."""
        found: dict[int, T] = {}
        for one, value in sorted(told, key=lambda one: GRAVEST_FIRST.index(one[0].verdict)):
            for span in one.spans:
                found.setdefault(self._index(span), value)
        return found


def _apart(figures: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The figures, and of what else is pointed to the words before the next mark: no two marks overlap."""
    found: list[Span] = []
    taken = 0
    for start, end in others:
        while taken < len(figures) and figures[taken][0] <= start:
            found.append(figures[taken])
            taken += 1
        if found and (found[-1][0] == start or found[-1][1] > start):
            continue
        after = figures[taken][0] if taken < len(figures) else end
        found.append((start, min(end, after)))
    return [*found, *figures[taken:]]


def show(text: str, marks: Sequence[Mark]) -> Shown:
    """Choose the paragraphs to show and cut them into pieces."""
    every = list(_paragraphs(text, marks))
    chosen = _chosen(every)
    shown: list[Paragraph] = []
    left_out = 0
    for index, paragraph in enumerate(every):
        if index not in chosen:
            left_out += 1
            continue
        paragraph.left_out, left_out = left_out, 0
        paragraph.pieces = list(_pieces(text, paragraph))
        shown.append(paragraph)
    return Shown(shown, left_out, len(shown) == len(every))


def _chosen(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The paragraphs there is room for: those with something to see, then the others from the beginning."""
    chosen: set[int] = set()
    text, marks = MOST_TEXT, MOST_MARKS
    for index in sorted(range(len(paragraphs)), key=lambda index: not paragraphs[index].is_urgent):
        one = paragraphs[index]
        if one.end - one.start <= text and len(one.marks) <= marks:
            chosen.add(index)
            text -= one.end - one.start
            marks -= len(one.marks)
    return chosen


def _paragraphs(text: str, marks: Sequence[Mark]) -> Iterator[Paragraph]:
    """The lines that hold anything; no break falls into a mark, and endless lines are cut."""
    start, next_mark = 0, 0
    while start < len(text):
        end = _line_end(text, start, start)
        taken = []
        while next_mark < len(marks) and marks[next_mark].start < end:
            taken.append(marks[next_mark])
            if marks[next_mark].end > end:
                end = _line_end(text, start, marks[next_mark].end)
            next_mark += 1
        if text[start:end].strip():
            yield Paragraph(start, end, taken)
        start = end + (text[end : end + 1] == "\n")


def _line_end(text: str, start: int, begin: int) -> int:
    """Where the line ends that is under way at `begin` and began at `start`."""
    most = max(begin, start + LONGEST_PARAGRAPH)
    found = text.find("\n", begin, most)
    return found if found >= 0 else min(most, len(text))


def _pieces(text: str, paragraph: Paragraph) -> Iterator[str | Mark]:
    at = paragraph.start
    for mark in paragraph.marks:
        if mark.start > at:
            yield text[at : mark.start]
        yield mark
        at = mark.end
    if at < paragraph.end:
        yield text[at : paragraph.end]
