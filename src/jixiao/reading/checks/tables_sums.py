"""Sums in a table, tried before they are held: which reading of the parts the numbers themselves support.

A sum is tried line by line (a line is a column for row totals, a row for column totals). Where it mostly
holds, the lines in which it does not are told, unless another reading of the parts makes them right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jixiao.errors import BadInput
from jixiao.frozen import quick
from jixiao.reading.checks.outcome import Outcome, judge
from jixiao.reading.checks.tables_numbers import Entry, Numbers
from jixiao.values import Finding, Verdict

Spot = tuple[int, int]  # row and column
_HELD = frozenset((Verdict.KEPT, Verdict.ROUNDING))


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """One total with the parts found in its line, and what the relation says."""

    total: Entry
    parts: tuple[Entry, ...]
    finding: Finding
    has_gap: bool  # a part is not told

    @property
    def says_something(self) -> bool:
        """Nothing made of nothings proves no reading."""
        return bool(self.total.value) or any(part.value for part in self.parts)

    @property
    def is_kept(self) -> bool:
        return self.finding.verdict in _HELD and self.says_something

    @property
    def is_broken(self) -> bool:
        return self.finding.verdict is Verdict.BROKEN

    @property
    def exceeds(self) -> bool:
        """One part alone is larger than the total, and nothing is negative: no reading saves that."""
        if not self.is_broken:
            return False
        smallest = min([self.total.value, *(part.value for part in self.parts)])
        return smallest >= 0 and max(part.value for part in self.parts) > self.total.value


@dataclass(frozen=True, slots=True)
class Trial:
    """A reading of total and parts with its lines; `words` say the reading."""

    lines: tuple[Line, ...]
    words: str

    @property
    def kept(self) -> int:
        return sum(line.is_kept for line in self.lines)

    @property
    def broken(self) -> int:
        return sum(line.is_broken for line in self.lines)


def trial(numbers: Numbers, spots: Iterable[tuple[Spot, Sequence[Spot]]], words: str) -> Trial:
    """Try a reading: pairs of a total's place and its parts' places."""
    lines = [line for total, parts in spots if (line := _line(numbers, total, parts)) is not None]
    return Trial(tuple(lines), words)


def _line(numbers: Numbers, total: Spot, parts: Sequence[Spot]) -> Line | None:
    whole = numbers.entries.get(total)
    found = tuple(numbers.entries[spot] for spot in parts if spot in numbers.entries)
    if whole is None or not found:
        return None
    try:
        finding = judge("sum", total=whole.operand, parts=[part.operand for part in found])
    except BadInput:  # two units in one line: nothing to add
        return None
    return Line(whole, found, finding, any(spot in numbers.empty for spot in parts))


def settle(trials: Sequence[Trial], *, least: int = 1, vouched: bool = False) -> list[Outcome]:
    """What is told of rival readings of the same totals: the best supported one, if it is supported enough.

    A line is told broken only where no rival reading makes it right and no part is left empty that may hold
    the rest. `vouched` says that other sums of the same table have proved the reading already.
    """
    supported = [one for one in trials if vouched or (one.kept >= least and one.broken * 2 <= one.kept)]
    if not supported:
        return []
    best = max(supported, key=lambda one: (one.kept, -one.broken))
    rivals = [one for one in trials if one is not best]
    right = {line.total.span for one in rivals for line in one.lines if line.is_kept}
    gaps_are_nothing = any(line.is_kept and line.has_gap for line in best.lines)
    return [
        told(line, best.words)
        for line in best.lines
        if not line.is_broken
        or (line.total.span not in right and (not line.has_gap or gaps_are_nothing or line.exceeds))
    ]


def told(line: Line, words: str, type: str = "table_sum") -> Outcome:
    """A line as an outcome, with the places of its cells in the message."""
    found = line.finding
    spans = (line.total.span, *(part.span for part in line.parts))
    message = f"{line.total.cell.place.label}：{found.reason}"
    return Outcome(type, found.verdict, spans, found.stated, found.computed, words, message)
