"""Many packages beside each other: distribution, ranked defects, medians of peers, a sample that anybody can draw again.

Pure: takes what was kept of each package, asks no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jixiao.catalogue.desks import Desk
from jixiao.ledger.chain import sm3
from jixiao.values import decimal_text

LEAST_PEERS = 3
WHOLE = 100  # points
_STEP = 5  # points of a band of the distribution


@dataclass(slots=True)
class Counted:
    """How many departments, and which: `departments` are their ids; `times` counts every place."""

    key: str
    title: str
    departments: list[str] = field(default_factory=list)
    times: int = 0

    @property
    def count(self) -> int:
        return len(self.departments)


def distribution(scores: Mapping[str, Decimal]) -> list[Counted]:
    """Departments by bands of five points from the lowest that is filled to 100, empty ones between included; those above
    the whole apart.
    """
    if not scores:
        return []
    lowest = min(int(score) // _STEP * _STEP for score in scores.values())
    bands = [
        Counted(str(low), "100" if low == 100 else f"{low}—{low + _STEP}")
        for low in range(min(lowest, 100), 101, _STEP)
    ]
    above = Counted("above", "100以上")
    for department, score in scores.items():
        band = above if score > WHOLE else bands[(int(score) // _STEP * _STEP - int(bands[0].key)) // _STEP]
        band.departments.append(department)
        band.times += 1
    return [*bands, above] if above.count else bands


def by_word(words: Mapping[str, str], order: Sequence[str]) -> list[Counted]:
    """Departments by a word (grade, state), every word of `order` listed."""
    found = {word: Counted(word, word) for word in order}
    for department, word in words.items():
        one = found.setdefault(word, Counted(word, word))
        one.departments.append(department)
        one.times += 1
    return list(found.values())


def ranked(counts: Iterable[tuple[str, Mapping[str, int]]]) -> list[Counted]:
    """What occurs in most departments first; `counts` gives (department, how often each)."""
    found: dict[str, Counted] = {}
    for department, times in counts:
        for title, number in times.items():
            one = found.setdefault(title, Counted(title, title))
            one.departments.append(department)
            one.times += number
    return sorted(found.values(), key=lambda one: (-one.count, -one.times, one.title))


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The middle value; of an even number the mean of the two in the middle."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def medians(leaves: Iterable[Sequence[Mapping[str, Any]]]) -> dict[str, tuple[Fraction, int]]:
    """Leaf key → (median share of its points, departments), where at least three departments have such a leaf."""
    shares: dict[str, list[Fraction]] = {}
    for several in leaves:
        for leaf in {one["key"]: one for one in several}.values():
            points = Fraction(leaf["points"])
            if points:
                shares.setdefault(leaf["key"], []).append(Fraction(leaf["score"]) / points)
    return {
        key: (middle, len(found))
        for key, found in shares.items()
        if len(found) >= LEAST_PEERS and (middle := median(found)) is not None
    }


def sample(seed: str, titles: Iterable[str], count: int) -> list[str]:
    """`count` of the titles, drawn by the SM3 of seed and title: the same seed draws the same ones, everywhere."""
    ordered = sorted(titles, key=lambda title: (sm3(f"{seed}\n{title}".encode()), title))
    return ordered[: max(count, 0)]


def grade_of(score: Decimal | None, desk: Desk) -> str:
    """The name of the half-open band, empty without a score or with one that cannot be."""
    if score is None or not 0 <= score <= WHOLE:
        return ""
    bands = sorted(((Fraction(low), name) for low, name in desk.grades), reverse=True)
    return next((name for low, name in bands if Fraction(score) >= low), "")


def points_text(value: Fraction | Decimal | None) -> str:
    """A score as pages show it."""
    return "" if value is None else decimal_text(value)
