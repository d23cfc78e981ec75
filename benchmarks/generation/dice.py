"""Seeded choice: everything a report is made of comes from one of these, so a seed is a report."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from math import log10
from typing import TypeVar

T = TypeVar("T")


class Exhausted(Exception):
    """Nothing is left to tell of; the piece is to be left out."""


class Dice:
    """A stream of choices that depends on its seed alone."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(f"reports {seed}")
        self._told: set[object] = set()

    def fresh(self, choices: Sequence[T]) -> T:
        """One that was not chosen before: two facts of one name would contradict each other."""
        return self.fresh_some(choices, 1)[0]

    def fresh_some(self, choices: Sequence[T], number: int) -> list[T]:
        left = [one for one in choices if one not in self._told]
        if len(left) < number:
            raise Exhausted
        chosen = self.some(left, number)
        self._told.update(chosen)
        return chosen

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self._random.randrange(len(choices))]

    def some(self, choices: Sequence[T], number: int) -> list[T]:
        """So many different ones, in the order in which they stand."""
        places = sorted(self._random.sample(range(len(choices)), number))
        return [choices[place] for place in places]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        return self._random.sample(list(things), len(things))

    def whole(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def size(self, low: int, high: int) -> int:
        """A number whose order of size is as likely as any other between the two."""
        return min(high, max(low, int(10 ** self._random.uniform(log10(max(low, 1)), log10(high)))))

    def chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def split(self, total: int, number: int, least: int = 1) -> list[int]:
        """So many parts, none below `least`, that make the total."""
        weights = [self._random.uniform(0.2, 1) for _ in range(number)]
        free = total - least * number
        parts = [least + int(free * weight / sum(weights)) for weight in weights]
        parts[self.whole(0, number - 1)] += total - sum(parts)
        return parts

    def factor(self, low: float, high: float) -> Fraction:
        return Fraction(self._random.randint(int(low * 10_000), int(high * 10_000)), 10_000)
