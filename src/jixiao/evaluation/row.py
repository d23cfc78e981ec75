"""One line of a score sheet: what it is worth, and how points become a Score.

Rounds once, half-up, and never lets a score leave [0, points].
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.values import RATIO, Score, decimal_text, round_half_up

NEEDS_CAUSE = "需分析原因"
APPROXIMATE = "实际值为约数"
NEEDS_JUDGEMENT = "需人工评定"


@dataclass(frozen=True, slots=True)
class Row:
    """What a method scores: `op`, `target` and `to` only where the method compares with a target."""

    leaf: str
    title: str
    points: Decimal
    method: str
    places: int = 2
    op: str = ""
    target: Fraction | None = None
    to: Fraction | None = None

    def score(self, earned: Fraction | Decimal, working: str, *flags: str) -> Score:
        bounded = min(max(Fraction(earned), Fraction(0)), Fraction(self.points))
        given = min(round_half_up(bounded, self.places), self.points)
        return Score(self.leaf, self.title, self.points, given, self.method, working, flags=flags)

    def unscored(self, working: str, *flags: str) -> Score:
        """Nothing to score by: the points stay open, which is not zero."""
        return Score(self.leaf, self.title, self.points, None, self.method, working, flags=flags)

    def shown(self, earned: Fraction | Decimal) -> str:
        """Points as the sheet shows them."""
        return f"{decimal_text(round_half_up(Fraction(earned), self.places))}分"

    @property
    def full(self) -> str:
        return f"{decimal_text(self.points)}分"


def percentage(value: Fraction) -> str:
    """A ratio as score sheets write it: two decimals of a per cent."""
    return f"{round_half_up(value * 100, 2):f}%"


def measured(value: Fraction, unit: str) -> str:
    """An actual or target value with its unit."""
    return percentage(value) if unit == RATIO else f"{decimal_text(round_half_up(value, 4))}{unit}"
