"""Exact numbers as pack authors write them: 8, 0.8, "95%", "5pp", "1/2". Nothing passes through a binary
float.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from jixiao.values import Interval, decimal_text

PERCENT_MARKS = ("个百分点", "百分点", "pp", "%", "％")


def read_exact(found: object) -> Decimal:
    """Read a whole number, a decimal, a percentage or percentage points (5pp is 0.05).

    A number YAML already took for a float is read by its shortest decimal form, which is what was typed.
    """
    if isinstance(found, bool) or not isinstance(found, int | float | str | Decimal):
        raise ValueError(f"应为数字，如 8、0.8、95%、5pp，现为 {found!r}")
    text = str(found).strip().replace("％", "%")
    mark = next((mark for mark in PERCENT_MARKS if text.endswith(mark)), "")
    try:
        number = Decimal(text.removesuffix(mark).strip())
    except InvalidOperation:
        raise ValueError(f"应为数字，如 8、0.8、95%、5pp，现为“{text}”") from None
    if not number.is_finite():
        raise ValueError(f"应为有限的数字，现为“{text}”")
    return number / 100 if mark else number


def read_fraction(found: object) -> Fraction:
    """Read what `read_exact` reads, and quotients such as 136/143."""
    if isinstance(found, Fraction):
        return found
    if isinstance(found, str) and "/" in found:
        top, _, bottom = found.partition("/")
        divisor = Fraction(read_exact(bottom))
        if divisor == 0:
            raise ValueError(f"分母不能为零：{found}")
        return Fraction(read_exact(top)) / divisor
    return Fraction(read_exact(found))


Exact = Annotated[Decimal, BeforeValidator(read_exact), PlainSerializer(decimal_text, when_used="json")]
Share = Annotated[Fraction, BeforeValidator(read_fraction), PlainSerializer(str, when_used="json")]


def read_span(text: str, percent: bool = False) -> Interval:
    """Read "=0", ">30", "<=5%", "(0,10%]", "[80,90)"; with `percent` bare numbers are per cent.

    >>> read_span("(0,10]", percent=True) == Interval(Fraction(0), Fraction(1, 10), low_open=True)
    True
    """
    plain = text.strip().replace("，", ",").replace("≥", ">=").replace("≤", "<=").replace("＝", "=")
    if plain[:1] in "([" and plain[-1:] in ")]" and plain.count(",") == 1:
        low, high = (_bound(end, percent) for end in plain[1:-1].split(","))
        if low >= high:
            raise ValueError(f"区间“{text}”的下限应小于上限")
        return Interval(low, high, plain[0] == "(", plain[-1] == ")")
    for sign in (">=", "<=", ">", "<", "="):
        if plain.startswith(sign):
            edge = _bound(plain.removeprefix(sign), percent)
            return {
                ">=": Interval(edge, None),
                "<=": Interval(None, edge),
                ">": Interval(edge, None, low_open=True),
                "<": Interval(None, edge, high_open=True),
                "=": Interval.point(edge),
            }[sign]
    raise ValueError(f"区间应写成 =0、>30%、(0,10%] 或 [80,90) 的样子，现为“{text}”")


def _bound(text: str, percent: bool) -> Fraction:
    value = Fraction(read_exact(text))
    marked = text.strip().replace("％", "%").endswith(PERCENT_MARKS)
    return value / 100 if percent and not marked else value
