"""The figures of a document as marks: checked, broken or unchecked, each with its anchor and its finding."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from jixiao.reading.marked.checked import Checked, Finding
from jixiao.values import Verdict

UNCHECKED = "unchecked"
DISMISSED = "dismissed"
WORDS = {
    Verdict.BROKEN: "不一致",
    Verdict.ROUNDING: "舍入",
    DISMISSED: "已有意见",
    Verdict.KEPT: "已核对",
    Verdict.NOT_APPLICABLE: "未判",
    UNCHECKED: "未核对",
}
GRAVEST_FIRST = tuple(WORDS)

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


def state_of(finding: Finding) -> str:
    return DISMISSED if finding.is_dismissed else finding.outcome.verdict


class Marks:
    """Every mark of a document in the order of the text, and which mark a span of a finding is found at.

    `listed` are the findings on the page, the first as number 1: a mark leads to the gravest that speaks of it.
    """

    def __init__(self, checked: Checked, listed: Sequence[Finding] = ()) -> None:
        figures = [(one.place.start, one.place.end) for one in checked.reading.statements]
        told = {span for one in checked.findings for span in one.outcome.spans}
        self._spans = _apart(figures, sorted(told))
        self._starts = [start for start, _ in self._spans]
        states: dict[int, str] = self._gravest([(one, state_of(one)) for one in checked.findings])
        findings = self._gravest([(one, number) for number, one in enumerate(listed, 1)])
        text = checked.reading.document.text
        self.every = [
            Mark(at + 1, start, end, text[start:end], states.get(at, UNCHECKED), findings.get(at, 0))
            for at, (start, end) in enumerate(self._spans)
        ]

    def at(self, span: Span) -> Mark:
        """The mark that stands where the span begins."""
        return self.every[self._index(span)]

    def _index(self, span: Span) -> int:
        return bisect_right(self._starts, span[0]) - 1

    def _gravest(self, told: Sequence[tuple[Finding, T]]) -> dict[int, T]:
        """What is told of each mark, by its index: the gravest state counts, then the first."""
        found: dict[int, T] = {}
        for one, value in sorted(told, key=lambda one: GRAVEST_FIRST.index(state_of(one[0]))):
            for span in one.outcome.spans:
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
