"""What number does a match write? Scales, compounds (3万4000), ranges, shares; exact fractions throughout."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from re import Match

from jixiao.reading import numerals
from jixiao.reading.context import is_arabic
from jixiao.values import SCALES, leading_step

_SMALLEST = Fraction(1, 10**24)
_LONG = Context(prec=40)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written: value, size of the last printed unit, multiplier word, upper end."""

    value: Fraction
    step: Fraction = Fraction(0)
    scale: str = ""
    high: Fraction | None = None


def amount(match: Match[str], start: int, kind: str) -> Number | None:
    """The number a match of `pattern.QUANTITY` writes, from `start` on; None where its words write none."""
    if match["of"]:
        read = _plain(match["of"])
        return None if read is None else replace(read, scale="")
    if match["top"]:
        return _share(_plain(match["top"]), _plain(match["bottom"]))
    if match["above"]:
        return _share(_plain(match["above"]), _plain(match["below"]))
    read = _plain(match.string[start : match.end("number")])
    if read is None:
        return None
    scale = match["scale"] or ""
    if match["join"]:
        read = _joined(read, match["join"], match["rest"], scale)
    elif match["high"]:
        read = _ranged(read, match["low_scale"] or scale, match["high"], scale)
    elif scale:
        size = numerals.multiplier(scale)
        high = None if read.high is None else read.high * size
        read = Number(read.value * size, read.step * size, _printable_scale(scale), high)
    if read is None:
        return None
    printed_in_full = kind in ("count", "score") and read.step == 1
    return replace(read, step=Fraction(0)) if printed_in_full else read


def _plain(text: str) -> Number | None:
    """One numeral without multiplier words of its own scale group."""
    if is_arabic(text):
        value, decimals = numerals.arabic(text)
        return Number(Fraction(value), Fraction(1, 10**decimals))
    read = numerals.chinese(text)
    if read is None:
        return None
    low, high = read
    large = text[-1] if text[-1] in "万亿" else ""
    step = leading_step(low) if large else Fraction(1)
    return Number(Fraction(low), step, large, None if high is None else Fraction(high))


def _joined(head: Number, join: str, rest: str, scale: str) -> Number | None:
    """3万4000元, 1亿2千万元: the second number must be smaller than the first one's multiplier."""
    second = _plain(rest)
    size, smaller = numerals.multiplier(join), numerals.multiplier(scale)
    if second is None or second.value * smaller >= size:
        return None
    return Number(head.value * size + second.value * smaller, second.step * smaller, _printable_scale(scale))


def _ranged(low: Number, low_scale: str, high: str, scale: str) -> Number | None:
    upper = _plain(high)
    if upper is None:
        return None
    size, low_size = numerals.multiplier(scale), numerals.multiplier(low_scale)
    if low.value * low_size >= upper.value * size:
        return None
    return Number(low.value * low_size, low.step * low_size, _printable_scale(scale), upper.value * size)


def _share(top: Number | None, bottom: Number | None) -> Number | None:
    if top is None or bottom is None or not bottom.value or top.value > bottom.value:
        return None
    share = top.value / bottom.value
    return Number(share, _SMALLEST if Fraction(exact(share)) != share else Fraction(0))


def exact(value: Fraction) -> Decimal:
    """Exact where the decimals end (they do but for shares such as 1/3), else 40 digits."""
    if value.denominator == 1:
        return Decimal(value.numerator)
    return _LONG.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize(_LONG)


def _printable_scale(scale: str) -> str:
    """The multiplier `Quantity.text` can write back: 万亿 is written in 亿."""
    return scale if scale in SCALES else scale[-1:].replace("十", "")


def is_compound(match: Match[str]) -> bool:
    """3万4000元 is one number; 390万65岁以上 are two, as what follows 万 fills its places."""
    rest, scale = match["rest"].replace(",", ""), match["scale"] or ""
    return bool(scale) or "." in rest or len(rest) >= 3 or match["unit"] == "元"


def is_range(match: Match[str]) -> bool:
    """A range unless it is a course (从26%到52%), or its ends measure different things."""
    text, start = match.string, match.start()
    if match["to"] in ("到", "至") and re.search("[从由自]", text[max(0, start - 12) : start]):
        return False
    low_unit, unit = match["low_unit"], match["unit"]
    if low_unit and low_unit != unit and not (low_unit == "个" and (unit or "").startswith("个")):
        return False
    return bool(unit) and _ranged_values_rise(match)


def _ranged_values_rise(match: Match[str]) -> bool:
    low, scale = _plain(match["number"]), match["scale"] or ""
    return low is not None and _ranged(low, match["low_scale"] or scale, match["high"], scale) is not None
