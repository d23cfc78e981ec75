"""Printed numbers on a page: digits large, unit small, and words instead of a number where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.values import RATIO, Figure, Qualifier, Quantity, decimal_text, round_half_up

LARGEST_BOTTOM = 9999  # a quotient of sums of money says nothing to the eye


@dataclass(frozen=True, slots=True)
class Number:
    """约 216 万元, 30余 篇: `before` and `after` are the qualifier's words, `unit` carries the scale."""

    text: str
    digits: str = ""
    before: str = ""
    after: str = ""
    unit: str = ""

    @property
    def is_silent(self) -> bool:
        return not self.digits


def number_of(figure: Figure) -> Number:
    """The printed form of a figure, taken apart."""
    return Number(figure.text) if figure.stated is None else parts_of(figure.stated)


def parts_of(quantity: Quantity) -> Number:
    unit = "%" if quantity.unit == RATIO else f"{quantity.scale}{quantity.unit}"
    number = quantity.text
    before = "约" if quantity.qualifier is Qualifier.APPROX else ""
    after = {Qualifier.OVER: "余", Qualifier.AT_LEAST: "以上", Qualifier.AT_MOST: "以下"}.get(
        quantity.qualifier, ""
    )
    digits = number.removeprefix(before)
    for ending in (after, unit, after):
        digits = digits.removesuffix(ending)
    return Number(number, grouped(digits), before, after, unit)


def exact_beside(figure: Figure) -> str:
    """The counted number, where it differs from what is printed; else nothing."""
    if figure.exact is None or figure.stated is None or Fraction(figure.stated.value) == figure.exact:
        return ""
    if figure.unit == RATIO:
        return f"{figure.top}/{figure.bottom}" if (figure.bottom or 0) <= LARGEST_BOTTOM else ""
    return f"{grouped(decimal_text(figure.exact))}{figure.unit}"


def whole(figure: Figure, number: int | None) -> str:
    """A numerator or denominator as people read it: money from 分 into 元."""
    if number is None:
        return ""
    value = Fraction(number)
    if figure.bottom is None and figure.exact is not None:
        value = figure.exact
    return grouped(decimal_text(value))


def grouped(digits: str) -> str:
    """Thousands apart from five digits on: 730000 → 730,000."""
    head, point, tail = digits.partition(".")
    if not head.lstrip("-").isdigit() or len(head.lstrip("-")) < 5:
        return digits
    return f"{int(head):,}{point}{tail}"


def percent(part: Decimal, of: Decimal) -> int | None:
    """How full a meter is, in whole per cent; None where it cannot be said."""
    return None if not of else int(round_half_up(Fraction(part) / Fraction(of) * 100))
