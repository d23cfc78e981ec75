"""Chinese and Arabic numerals to numbers, against a writer of numerals that knows nothing of the reader."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.reading import numerals


def written(number: int) -> str:
    """The usual Chinese numeral of a whole number below 10^12."""
    if number >= 10**8:
        head, rest = divmod(number, 10**8)
        return written(head) + "亿" + _rest(rest, 10**7)
    if number >= 10**4:
        head, rest = divmod(number, 10**4)
        return written(head) + "万" + _rest(rest, 10**3)
    for size, word in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            return "零一二三四五六七八九"[head] + word + _rest(rest, size // 10)
    return "零一二三四五六七八九"[number]


def _rest(number: int, expected: int) -> str:
    if not number:
        return ""
    return written(number) if number >= expected else "零" + written(number)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_a_written_numeral_reads_back(number: int) -> None:
    assert numerals.chinese(written(number)) == (Decimal(number), None)


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("两千三百", 2300),
        ("一万二", 12_000),
        ("三百五", 350),
        ("三万五", 35_000),
        ("一千零五", 1005),
        ("二〇二〇", 2020),
        ("千万", 10**7),
        ("万亿", 10**12),
        ("百", 100),
        ("三点五", Decimal("3.5")),
        ("一点二亿", 120_000_000),
        ("壹佰贰拾", 120),
    ],
)
def test_usual_and_short_forms(numeral: str, number: int | Decimal) -> None:
    read = numerals.chinese(numeral)
    assert read is not None
    assert (read[0], read[1]) == (Decimal(number), None)


@pytest.mark.parametrize("text", ["五一", "十十", "百千", "两两", "一点"])
def test_a_run_that_is_no_number_is_refused(text: str) -> None:
    assert numerals.chinese(text) is None


def test_arabic_numerals_keep_their_decimals() -> None:
    assert numerals.arabic("1,234.50") == (Decimal("1234.50"), 2)
    assert numerals.arabic("０．３９") == (Decimal("0.39"), 2)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="零〇一二三五九两十百千万亿点壹佰萬", max_size=12))
def test_any_run_is_a_number_or_none(text: str) -> None:
    read = numerals.chinese(text) if text else None
    assert read is None or read[0] >= 0
