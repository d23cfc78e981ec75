"""Where a text differs from the issued one: which clause, which words, and whether a figure was touched.

Both texts are in normal form. Clauses that stand once in each hold the two texts together; only what lies
between them is compared character by character.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from jixiao.reports.issue_record import ClauseEntry

LEAST_ANCHOR = 8  # characters; shorter clauses could be met by chance
LARGEST, BUDGET = 250_000, 1_000_000  # pairs of characters of one gap and of all; beyond, gaps are told whole
NUMERIC = frozenset("余约多近逾超百千万亿.,%")


def unmarked(text: str, marks: Sequence[str]) -> str:
    """Without the marks pages carry (示例数据): one format prints them once, another on every page."""
    for mark in sorted(filter(None, marks), key=len, reverse=True):
        text = text.replace(mark, "")
    return text


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the issued text: a clause, or a figure within it."""

    start: int
    end: int
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`span` of the issued text now reads `found` instead of `issued`."""

    span: Span
    issued: str
    found: str


@dataclass(frozen=True, slots=True)
class Edit:
    """issued[start:end] became found[from_:to]."""

    start: int
    end: int
    from_: int
    to: int


class Comparison:
    """The issued clauses against a text read back; differences by clause and by figure."""

    def __init__(self, clauses: Sequence[ClauseEntry], found: str) -> None:
        body = "".join(text for one in clauses if not one["repeats"] for _, text in one["parts"])
        heads = {_text(one) for one in clauses if one["repeats"]}
        skipped = {head for head in heads if head and head not in body and head in found}
        for head in sorted(skipped, key=len, reverse=True):
            found = found.replace(head, "")  # stands again on each page its table runs over
        self.found = found
        self.clauses, self.figures, self.issued = _spans(clauses, skipped)
        self.edits = tuple(_edits(self.issued, found, self.clauses))

    def changed_clauses(self) -> list[Difference]:
        """Clauses some words of which differ; added words belong to the clause they follow."""
        return [found for span in self.clauses if (found := self._difference(span, self._touches_clause))]

    def changed_figures(self) -> list[Difference]:
        """Figures whose printed words differ, or that a digit was put next to."""
        return [found for span in self.figures if (found := self._difference(span, self._touches_figure))]

    def _difference(self, span: Span, touches: Callable[[Edit, Span], bool]) -> Difference | None:
        edits = [edit for edit in self.edits if touches(edit, span)]
        if not edits:
            return None
        return Difference(span, self.issued[span.start : span.end], self._reading(span, edits))

    def _touches_clause(self, edit: Edit, span: Span) -> bool:
        if edit.start == edit.end:
            at_beginning = edit.start == 0 and span.start == 0
            return span.start < edit.start <= span.end or at_beginning
        return edit.start < span.end and span.start < edit.end

    def _touches_figure(self, edit: Edit, span: Span) -> bool:
        if edit.start < span.end and span.start < edit.end:
            return edit.start < edit.end or span.start < edit.start
        if edit.end == span.start:
            return _numeric(self.found[edit.from_ : edit.to][-1:])
        return edit.start == span.end and _numeric(self.found[edit.from_ : edit.to][:1])

    def _reading(self, span: Span, edits: list[Edit]) -> str:
        """What stands now where the span stood."""
        words, at = "", span.start
        for edit in edits:
            words += self.issued[at : max(edit.start, at)] + self.found[edit.from_ : edit.to]
            at = max(at, edit.end)
        return words + self.issued[at : span.end]


def _numeric(character: str) -> bool:
    return bool(character) and (character.isdigit() or character in NUMERIC)


def _text(clause: ClauseEntry) -> str:
    return "".join(text for _, text in clause["parts"])


def _spans(clauses: Sequence[ClauseEntry], skipped: set[str]) -> tuple[list[Span], list[Span], str]:
    of_clauses: list[Span] = []
    of_figures: list[Span] = []
    whole = ""
    for clause in clauses:
        if clause["repeats"] and _text(clause) in skipped:
            continue
        start = len(whole)
        for key, text in clause["parts"]:
            if key:
                of_figures.append(Span(len(whole), len(whole) + len(text), key, clause["label"]))
            whole += text
        of_clauses.append(Span(start, len(whole), clause["id"], clause["label"]))
    return of_clauses, of_figures, whole


def _edits(issued: str, found: str, clauses: list[Span]) -> Iterator[Edit]:
    at, to, spent = 0, 0, 0
    ends = (Span(len(issued), len(issued), "", ""), len(found))
    for span, position in [*_anchors(issued, found, clauses), ends]:
        gap = _trimmed(issued, found, Edit(at, span.start, to, position))
        cost = (gap.end - gap.start) * (gap.to - gap.from_)
        at, to = span.end, position + span.end - span.start
        if cost and cost <= LARGEST and spent + cost <= BUDGET:
            spent += cost
            yield from _matched(issued, found, gap)
        elif gap.start < gap.end or gap.from_ < gap.to:
            yield gap


def _anchors(issued: str, found: str, clauses: list[Span]) -> list[tuple[Span, int]]:
    """Clauses that stand once in both texts, as many as stand in the same order in both."""
    candidates = []
    for span in clauses:
        text = issued[span.start : span.end]
        if len(text) >= LEAST_ANCHOR and found.count(text) == 1 and issued.count(text) == 1:
            candidates.append((span, found.index(text)))
    return _rising(candidates)


def _rising(candidates: list[tuple[Span, int]]) -> list[tuple[Span, int]]:
    """The longest rising run of positions (patience sorting); clauses that were moved fall out."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, (_, position) in enumerate(candidates):
        pile = bisect_left(tails, position)
        before.append(at[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [position]
        at[pile : pile + 1] = [n]
    chosen, n = [], at[-1] if at else -1
    while n >= 0:
        chosen.append(candidates[n])
        n = before[n]
    return chosen[::-1]


def _trimmed(issued: str, found: str, gap: Edit) -> Edit:
    """The gap without what is equal at its ends."""
    start, end, from_, to = gap.start, gap.end, gap.from_, gap.to
    while start < end and from_ < to and issued[start] == found[from_]:
        start, from_ = start + 1, from_ + 1
    while start < end and from_ < to and issued[end - 1] == found[to - 1]:
        end, to = end - 1, to - 1
    return Edit(start, end, from_, to)


def _matched(issued: str, found: str, gap: Edit) -> Iterator[Edit]:
    """The edits within a gap, character by character."""
    theirs = found[gap.from_ : gap.to]
    matcher = SequenceMatcher(None, issued[gap.start : gap.end], theirs, autojunk=False)
    for word, i, j, k, m in matcher.get_opcodes():
        if word != "equal":
            yield Edit(gap.start + i, gap.start + j, gap.from_ + k, gap.from_ + m)
