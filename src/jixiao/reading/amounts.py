"""What number does a match write? Scales, compounds (3万4000), ranges, shares; exact throughout."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from re import Match
from typing import NamedTuple

from jixiao.reading import numerals
from jixiao.reading.context import is_arabic
from jixiao.reading.pattern import unit_of
from jixiao.values import SCALES

_ROUGH = -2  # 三分之二 is said of 66.5 % as well
_SHORT = 3
_IN_FULL = frozenset(("count", "score"))  # kinds whose whole numbers are not rounded
_SHARES = Context(prec=40)
_LONG = Context(prec=80)  # no numeral the pattern takes has as many digits


class Number(NamedTuple):
    """A number as it is written: value, last printed unit as a power of ten, multiplier word, upper end.

    `last` is None where the number is printed in full.
    """

    value: Decimal
    last: int | None = None
    scale: str = ""
    high: Decimal | None = None


def amount(match: Match[str], start: int, kind: str, power: int = 0) -> Number | None:
    """The number a match of `pattern.QUANTITY` writes, from `start` on, times ten to the `power` of its unit;
    None where its words write none.
    """
    read = _written(match, start)
    return None if read is None else _in_base_units(read, kind, power)


def lone_amount(number: str, kind: str, power: int = 0, scale: str = "") -> Number | None:
    """The same for a number without second numbers and the like."""
    if not (power or scale) and number.isdecimal() and number.isascii():  # a whole number, as most are
        return Number(Decimal(number), None if kind in _IN_FULL else 0)
    read = _plain(number)
    if scale and read is not None:
        read = _scaled(read, scale)
    return None if read is None else _in_base_units(read, kind, power)


def _in_base_units(read: Number, kind: str, power: int) -> Number:
    if not power and read.last == 0 and read.high is None:  # a whole number, as most are
        return Number(read.value, None, read.scale) if kind in _IN_FULL else read
    printed_in_full = read.last is None or (read.last == 0 and kind in _IN_FULL)
    last = None if printed_in_full or read.last is None else read.last + power
    high = None if read.high is None else exact(read.high, power)
    return Number(exact(read.value, power), last, read.scale, high)


def _written(match: Match[str], start: int) -> Number | None:
    number, join, high, scale, more = match.group("number", "join", "high", "scale", "more")
    if number is None:
        return _shared(match)
    if more:  # 1千余万
        scale = (scale or "") + more
    read = _plain(match.string[start : match.end("number")])
    if read is None:
        return None
    if join:
        return _joined(read, join, match["rest"], scale or "")
    if high:
        return _ranged(read, match["low_scale"] or scale or "", high, scale or "")
    return _scaled(read, scale) if scale else read


def _shared(match: Match[str]) -> Number | None:
    """百分之五, 三分之一, 1/3"""
    of, top, above = match.group("of", "top", "above")
    if of:
        read = _plain(of)
        return None if read is None else Number(read.value, read.last, "", read.high)
    if top:
        return _share(_plain(top), _plain(match["bottom"]))
    return _share(_plain(above), _plain(match["below"]))


def _plain(text: str) -> Number | None:
    """One numeral without multiplier words of its own scale group."""
    return _short(text) if len(text) <= _SHORT else _alone(text)


@lru_cache(maxsize=1024)
def _short(text: str) -> Number | None:
    """Numerals of few characters come again and again."""
    return _alone(text)


def _alone(text: str) -> Number | None:
    if is_arabic(text):
        value, decimals = numerals.arabic(text)
        return Number(value, -decimals)
    read = numerals.chinese(text)
    if read is None:
        return None
    low, high = read
    large = text[-1] if text[-1] in "万亿" else ""
    return Number(low, numerals.leading_power(low) if large else 0, large, high)


def _scaled(number: Number, scale: str) -> Number:
    power = numerals.power(scale)
    high = None if number.high is None else number.high.scaleb(power, _LONG)
    return Number(number.value.scaleb(power, _LONG), _sum(number.last, power), _printable_scale(scale), high)


def _sum(last: int | None, power: int) -> int | None:
    return None if last is None else last + power


def _joined(head: Number, join: str, rest: str, scale: str) -> Number | None:
    """3万4000元, 1亿2千万元: the second number must be smaller than the first one's multiplier."""
    second = _plain(rest)
    if second is None:
        return None
    first, second = _scaled(head, join), _scaled(second, scale)
    if second.value >= numerals.multiplier(join):
        return None
    return Number(_LONG.add(first.value, second.value), second.last, second.scale)


def _ranged(low: Number, low_scale: str, high: str, scale: str) -> Number | None:
    upper = _plain(high)
    if upper is None:
        return None
    if not low_scale and not low.scale and upper.scale and not scale:  # 十六至二十万: both in 万
        low_scale = upper.scale
    lower, upper = _scaled(low, low_scale), _scaled(upper, scale)
    if lower.value >= upper.value:
        return None
    return Number(lower.value, lower.last, upper.scale, upper.value)


def _share(top: Number | None, bottom: Number | None) -> Number | None:
    if top is None or bottom is None or not bottom.value or top.value > bottom.value:
        return None
    share = _SHARES.divide(top.value, bottom.value)
    return Number(share, _ROUGH)


def exact(value: Decimal, power: int = 0) -> Decimal:
    """The value times a power of ten, without an exponent and without zeros behind the point."""
    moved = value.scaleb(power, _LONG) if power else value
    return Decimal(int(moved)) if moved == moved.to_integral_value() else moved.normalize(_LONG)


@cache
def last_unit(power: int | None) -> Fraction:
    """The size of the last printed unit; nought where a number is printed in full."""
    return Fraction(0) if power is None else Fraction(10) ** power


def _printable_scale(scale: str) -> str:
    """The multiplier `Quantity.text` can write back: 万亿 is written in 亿."""
    return scale if scale in SCALES else scale[-1:].replace("十", "")


def is_compound(match: Match[str]) -> bool:
    """3万4000元 is one number; 390万65岁以上 are two, as what follows 万 fills its places."""
    rest, scale = match["rest"].replace(",", ""), match["scale"] or ""
    fills = len(rest) == numerals.power(match["join"])  # 3百45, 2千300
    return bool(scale) or "." in rest or len(rest) >= 3 or fills or unit_of(match) == "元"


def is_range(match: Match[str]) -> bool:
    """A range unless it is a course (从26%到52%), or its ends stand in two cells (90.00, —, 100.00%) or measure
    different things.
    """
    text, start = match.string, match.start()
    if "\t" in text[match.end("number") : match.start("high")]:
        return False
    if match["to"] in ("到", "至") and re.search("[从由自]", text[max(0, start - 12) : start]):
        return False
    low_unit, unit = unit_of(match, "low_unit"), unit_of(match)
    if low_unit and low_unit != unit and not (low_unit == "个" and (unit or "").startswith("个")):
        return False
    return bool(unit) and _ranged_values_rise(match)


def _ranged_values_rise(match: Match[str]) -> bool:
    low, scale = _plain(match["number"]), match["scale"] or ""
    return low is not None and _ranged(low, match["low_scale"] or scale, match["high"], scale) is not None
