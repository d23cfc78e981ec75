"""What all pieces of one report share, and how a scene is written: a list of wordings and one maker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.generation.amounts import Amount
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Piece

WORK, ACCOUNT, SELF, CITY = "work", "account", "self", "city"
ALL = frozenset({WORK, ACCOUNT, SELF, CITY})


@dataclass(frozen=True, slots=True)
class Setting:
    """Year, office and style of a report."""

    year: int
    org: str
    style: str

    @property
    def words(self) -> dict[str, Fill]:
        """Slots every template may use."""
        return {"year": str(self.year), "last": str(self.year - 1), "org": self.org}


@dataclass(frozen=True, slots=True)
class Scene:
    """`once` scenes stand at most once in a report, because they tell facts of the whole office."""

    make: Callable[[Dice, Setting], Piece]
    styles: frozenset[str] = ALL
    once: bool = False
    is_table: bool = False
    wordings: int = 1


def joined(dice: Dice, names: Sequence[str], slots: Sequence[str], stop: str = "、") -> str:
    """`甲{p0}、乙{p1}和丙{p2}` in one of the ways to join them."""
    words = [f"{name}{{{slot}}}" for name, slot in zip(names, slots, strict=True)]
    if stop == "、" and dice.chance(20):
        return "、".join(words[:-1]) + "和" + words[-1]
    return stop.join(words)


def named(prefix: str, amounts: Sequence[Amount]) -> dict[str, Fill]:
    """Slots p0, p1, … for amounts."""
    return {f"{prefix}{number}": amount for number, amount in enumerate(amounts)}


def slots(prefix: str, number: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{place}" for place in range(number))
