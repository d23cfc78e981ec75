"""Are two numbers one number with a slip of the pen, or of the unit?

A slip is one digit changed, one left out, two changed about, a decimal point moved, or the same digits under
another unit (元, 万元, 亿元). Long numbers hardly come so near each other by chance; how long they must be is for
the caller to say.
"""

from __future__ import annotations

from fractions import Fraction
from operator import ne

from jixiao.values import Quantity

_UNITS = (3, 4, 8)  # powers of ten between 元, 千元, 万元 and 亿元


def slip(
    one: Quantity,
    other: Quantity,
    *,
    changed: int,
    swapped: int,
    dropped: int = 0,
    digits: tuple[str, str] | None = None,
) -> str:
    """unit, digit, dropped, swapped or point; empty where the numbers are simply different.

    Numbers of at least `changed` digits may have a digit changed, left out or the point moved, those of at least
    `swapped` two changed about; `dropped` lowers how many must stay where one is left out. `digits` saves working
    them out again.
    """
    first, second = digits or (digits_of(one), digits_of(other))
    same = first.rstrip("0")
    if len(same) >= swapped and same == second.rstrip("0") and _is_of_another_unit(one, other):
        return "unit"
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    if len(short) == len(long):
        if sum(map(ne, short, long)) > 2:
            return ""
        unlike = [place for place in range(len(short)) if short[place] != long[place]]
        if len(unlike) == 1 and len(short) >= changed:
            return "digit"
        crossed = len(unlike) == 2 and all(short[unlike[a]] == long[unlike[1 - a]] for a in (0, 1))
        return "swapped" if crossed and len(short) >= swapped and unlike[1] - unlike[0] == 1 else ""
    kind = _slip_in_length(short, long) if len(short) >= (dropped or changed) else ""
    return kind if kind and (one.step is other.step or _step(one) == _step(other)) else ""


def _slip_in_length(short: str, long: str) -> str:
    """point where zeros behind are more or fewer, dropped where one digit is left out."""
    if long.rstrip("0") == short.rstrip("0") and len(long) - len(short) < 4:
        return "point"
    if len(long) - len(short) != 1:
        return ""
    unlike = next((place for place, digit in enumerate(short) if digit != long[place]), len(short))
    return "dropped" if long[unlike + 1 :] == short[unlike:] else ""


def digits_of(quantity: Quantity) -> str:
    """The digits as printed, the decimal point aside: 13.50万元 is 1350."""
    step = quantity.step
    if step.denominator == 1:
        return str(abs(int(quantity.value)) // (step.numerator or 1))
    return str(int(abs(quantity.value) * step.denominator) // step.numerator)


def _step(quantity: Quantity) -> Fraction:
    return quantity.step or Fraction(1)


def _is_of_another_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit != "元" or not one.value or not other.value:
        return False
    small, large = sorted((one.value, other.value))
    return large >= small * 1000 and any(large == small.scaleb(power) for power in _UNITS)
