"""Does a relation hold as printed? Intervals of half a step, told here without the help of the program.

`near` is what one unit in a last shown digit explains: no one may raise an alarm over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from benchmarks.generation.amounts import Amount

KEPT, NEAR, BROKEN = "kept", "near", "broken"
_OF_ONE_UNIT = frozenset({"sum", "subset", "within", "repeat", "chain"})


def state(op: str, amounts: Sequence[Amount], *, rising: bool = True, size: int = 0) -> str:
    """Judge a relation on the amounts of its slots."""
    if op in _OF_ONE_UNIT and len({amount.base for amount in amounts}) > 1:
        return BROKEN
    return _JUDGES[op](amounts, rising, size)


def _half(amounts: Sequence[Amount]) -> Fraction:
    return sum((amount.step for amount in amounts), Fraction(0)) / 2


def _most(amounts: Sequence[Amount]) -> Fraction:
    return max(amount.step for amount in amounts)


def _off(distance: Fraction, room: Fraction, slack: Fraction) -> str:
    if distance <= room:
        return KEPT
    return NEAR if distance <= room + slack else BROKEN


def _sum(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    total, *parts = amounts
    distance = abs(total.value - sum((part.value for part in parts), Fraction(0)))
    return _off(distance, _half(amounts), _most(amounts))


def _hundred(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    whole = Fraction(size or 100) / (100 if amounts[0].base == "ratio" else 1)
    distance = abs(whole - sum((share.value for share in amounts), Fraction(0)))
    return _off(distance, _half(amounts), _most(amounts))


def _subset(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    whole, *parts = amounts
    over = max(part.value for part in parts) - whole.value
    return _off(max(over, Fraction(0)), _half((whole, parts[0])), _most(amounts))


def _within(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    whole, *parts = amounts
    over = sum((part.value for part in parts), Fraction(0)) - whole.value
    return _off(max(over, Fraction(0)), _half(amounts), _most(amounts))


def _rate(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    top, bottom, rate = amounts
    if not bottom.value:
        return BROKEN
    quotient = top.value / bottom.value
    error = (top.step / 2 + quotient * bottom.step / 2) / bottom.value
    slack = Fraction(0) if rate.value == 1 else rate.step  # 100 % says all of them, and no other number does
    return _off(abs(rate.value - quotient), rate.step / 2 + error, slack)


def _growth(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    current, previous, growth = amounts
    if previous.value <= 0:
        return BROKEN
    wanted = (current.value / previous.value - 1) * (1 if rising else -1)
    error = (current.step / 2 + current.value / previous.value * previous.step / 2) / previous.value
    return _off(abs(growth.value - wanted), growth.step / 2 + error, growth.step)


def _delta(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    current, previous, delta = amounts
    factor = 100 if delta.base == "百分点" else 1
    wanted = (current.value - previous.value) * factor * (1 if rising else -1)
    room = (current.step + previous.step) * factor / 2 + delta.step / 2
    return _off(abs(delta.value - wanted), room, delta.step)


def _grown(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    current, delta, growth = amounts
    previous = current.value - delta.value * (1 if rising else -1)
    if previous <= 0:
        return BROKEN
    rate = delta.value / previous
    error = (delta.step / 2 + rate * (current.step + delta.step) / 2) / previous
    return _off(abs(growth.value - rate), growth.step / 2 + error, growth.step)


def _repeat(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    one, other = amounts
    return _off(abs(one.value - other.value), _half(amounts), _most(amounts))


def _list(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    return KEPT if amounts[0].value == size else BROKEN


def _direction(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    before, after = amounts
    risen = (after.value - before.value) * (1 if rising else -1)
    return KEPT if risen >= 0 else BROKEN


def _chain(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    pairs = pairwise(amounts)
    return KEPT if all(first.value >= second.value for first, second in pairs) else BROKEN


def _told(amounts: Sequence[Amount], rising: bool, size: int) -> str:
    """Held by words alone: nothing to compute."""
    return KEPT


_JUDGES = {
    "sum": _sum,
    "hundred": _hundred,
    "subset": _subset,
    "within": _within,
    "rate": _rate,
    "growth": _growth,
    "delta": _delta,
    "grown": _grown,
    "repeat": _repeat,
    "list": _list,
    "direction": _direction,
    "chain": _chain,
    "told": _told,
}
