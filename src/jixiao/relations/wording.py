"""Numbers and intervals written for people, for the arithmetic that findings and score sheets show."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from jixiao.values import RATIO, Interval

WAN = 10_000
_PLACES = 10_000
_NESTS = re.compile("“[^”]*“")


def amount(value: Fraction | Decimal | int, unit: str = "") -> str:
    """Write a base-unit value: ratios as per cent, large money in 万元, at most four decimals.

    >>> amount(Fraction(136, 143), "ratio"), amount(634600, "元"), amount(3, "件")
    ('95.1049%', '63.46万元', '3件')
    """
    top, bottom = value.as_integer_ratio()
    if unit == RATIO:
        return f"{_plain(top * 100, bottom)}%"
    if unit == "元" and abs(top) >= WAN * bottom:
        return f"{_plain(top, bottom * WAN)}万元"
    return f"{_plain(top, bottom)}{unit}"


def written(interval: Interval, unit: str = "") -> str:
    """Write what an interval allows: one number, a range, or a bound."""
    if interval.low is not None and interval.high is not None:
        if interval.low is interval.high or interval.low == interval.high:
            return amount(interval.low, unit)
        return f"{amount(interval.low, unit)}至{amount(interval.high, unit)}之间"
    if interval.low is not None:
        return f"{'大于' if interval.low_open else '不少于'}{amount(interval.low, unit)}"
    if interval.high is not None:
        return f"{'小于' if interval.high_open else '不多于'}{amount(interval.high, unit)}"
    return "不定"


def nested(text: str) -> str:
    """Turn quotation marks inside quotation marks into single ones, as Chinese print has them.

    >>> nested("““三公”经费”与分母相符")
    '“‘三公’经费”与分母相符'
    """
    if text.count("“") < 2 or not _NESTS.search(text):
        return text
    written, depth = [], 0
    for sign in text:
        if sign == "“":
            depth += 1
            written.append("‘" if depth % 2 == 0 else sign)
        elif sign == "”":
            written.append("’" if depth and depth % 2 == 0 else sign)
            depth = max(depth - 1, 0)
        else:
            written.append(sign)
    return "".join(written)


def _plain(top: int, bottom: int) -> str:
    """A quotient with at most four decimals, halves away from zero."""
    steps = (2 * abs(top) * _PLACES + bottom) // (2 * bottom)
    whole, rest = divmod(steps, _PLACES)
    digits = f"{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else str(whole)
    return f"-{digits}" if top < 0 and steps else digits
