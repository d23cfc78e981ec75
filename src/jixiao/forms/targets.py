"""What a cell of targets or results says: ≥1,200人次, 95%以上, 约30件, 3000余人次. Words without a number say no amount.

Knows whether a result misses a target; where that cannot be known (no direction, another unit, about) it does not say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from jixiao.catalogue.numbers import half_width

_TOLD = re.compile(
    r"(?P<sign>≥|≤|>=|<=|[=<>]|不低于|不少于|不高于|不超过|至少|达到)?\s*(?P<near>大约|约|近)?\s*"
    r"(?P<number>-?\d+(?:,\d{3})*(?:\.\d+)?)(?P<more>余|多|%?\s*(?:-|~|—|至|到)\s*\d[\d,.]*)?"
    r"(?P<unit>[^(,;:]*?)(?P<end>以上|以下|以内|左右)?(?:[(,;:].*)?"
)
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "不低于": ">=",
    "不少于": ">=",
    "至少": ">=",
    "达到": ">=",
    "不高于": "<=",
    "不超过": "<=",
}
_ENDS = {"以上": ">=", "以下": "<=", "以内": "<="}


@dataclass(frozen=True, slots=True)
class Told:
    """`sign` is one of >= <= > < = or empty; `about` where the number commits itself to nothing exact."""

    sign: str
    number: Fraction
    unit: str
    about: bool


def amount(words: str) -> Told | None:
    """The amount a cell begins with; None where it begins with words.

    >>> amount("≥1,200人次"), amount("明显提高")
    (Told(sign='>=', number=Fraction(1200, 1), unit='人次', about=False), None)
    """
    match = _TOLD.fullmatch(half_width(words))
    if match is None:
        return None
    sign = match["sign"] or ""
    return Told(
        _SIGNS.get(sign, sign) or _ENDS.get(match["end"] or "", ""),
        Fraction(match["number"].replace(",", "")),
        match["unit"].strip(),
        bool(match["near"] or match["more"] or match["end"] == "左右"),
    )


def missed(target: str, actual: str) -> bool:
    """Whether the result certainly misses the target."""
    aim, done = amount(target), amount(actual)
    if aim is None or done is None or aim.unit != done.unit or aim.about or done.about:
        return False
    match aim.sign:
        case ">=":
            return done.number < aim.number
        case ">":
            return done.number <= aim.number
        case "<=":
            return done.number > aim.number
        case "<":
            return done.number >= aim.number
        case "=":
            return done.number != aim.number
    return False


def share(target: str, actual: str) -> Fraction | None:
    """How much of a target with a direction was reached, between 0 and 1; None where a ratio says nothing."""
    aim, done = amount(target), amount(actual)
    if aim is None or done is None or not aim.sign or aim.number <= 0 or done.number < 0:
        return None
    if not missed(target, actual):
        return Fraction(1)
    if aim.sign in (">=", ">"):
        return done.number / aim.number
    return aim.number / done.number if aim.sign in ("<=", "<") else None
