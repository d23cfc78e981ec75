"""How an exact number is stated: the print rule of an indicator becomes a Quantity.

Nowhere else is a figure rounded. Promises: the interval of what is printed contains the exact number, and a
rule never makes a number vaguer than it is: one that needs no rounding is printed as exact.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from jixiao.catalogue.indicators import PrintRule
from jixiao.values import RATIO, SCALES, Qualifier, Quantity, round_half_up


def stated(exact: Fraction, unit: str, rule: PrintRule) -> Quantity:
    """State a counted number by the rule."""
    for quantity in (_qualified(exact, unit, rule), _rounded(exact, unit, rule)):
        if quantity is not None and quantity.interval.contains(exact):
            return quantity
    return Quantity(_decimal(exact), unit, scale=_scale_for(exact, rule))


def coarse(value: Fraction, unit: str, qualifier: Qualifier, rule: PrintRule) -> Quantity:
    """State a number that was filed as an approximation: its own qualifier, no further rounding."""
    return Quantity(_decimal(value), unit, qualifier, scale=_scale_for(value, rule))


def _qualified(exact: Fraction, unit: str, rule: PrintRule) -> Quantity | None:
    """The number under 余 or 约; None where the rule knows neither or the number needs none."""
    step = _finest(unit, rule) if unit == RATIO else max(Fraction(rule.to), _finest(unit, rule))
    match rule.qualifier:
        case Qualifier.OVER:
            value, shown = math.floor(exact / step) * step, Fraction(0)
        case Qualifier.APPROX:
            value, shown = Fraction(round_half_up(exact / step)) * step, step
        case _:
            return None
    if value in (exact, 0):  # "0余" and "约0" say nothing
        return None
    return Quantity(_decimal(value), unit, rule.qualifier, shown, _scale_for(value, rule))


def _rounded(exact: Fraction, unit: str, rule: PrintRule) -> Quantity | None:
    """The number to the places of its unit; None where it is written in full anyway."""
    step = _finest(unit, rule)
    if unit != RATIO and not rule.scale:
        return None
    value = Fraction(round_half_up(exact / step)) * step
    if value == exact:
        return Quantity(_decimal(exact), unit, scale=_scale_for(exact, rule))
    if value == 0 and unit != RATIO:  # a small amount is written in its base unit rather than as 0万
        return None
    return Quantity(_decimal(value), unit, Qualifier.EXACT, step, _scale_for(value, rule))


def _finest(unit: str, rule: PrintRule) -> Fraction:
    """The size of the last decimal that is written."""
    if unit == RATIO:
        return Fraction(1, 10 ** (rule.places + 2))
    return Fraction(SCALES[rule.scale], 10**rule.places) if rule.scale else Fraction(1)


def _scale_for(value: Fraction, rule: PrintRule) -> str:
    """万 or 亿 where the number can be written with it to the rule's places, else none."""
    if not rule.scale or value % Fraction(SCALES[rule.scale], 10**rule.places):
        return ""
    return rule.scale


def _decimal(value: Fraction) -> Decimal:
    """The same number as a Decimal, without exponent; what is printed always has a finite one."""
    if value.denominator == 1:
        return Decimal(value.numerator)
    return round_half_up(value, 12).normalize() + 0
