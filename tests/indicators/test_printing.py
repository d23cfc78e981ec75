"""What is printed: the rule is followed, and the printed number never excludes the exact one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.catalogue.indicators import PrintRule
from jixiao.indicators import printing
from jixiao.values import RATIO, Qualifier


def rule(**words: object) -> PrintRule:
    return PrintRule.model_validate(words)


@pytest.mark.parametrize(
    ("exact", "unit", "words", "text"),
    [
        (20, "件", {}, "20件"),
        (0, "件", {"qualifier": "over", "to": 10}, "0件"),
        (34, "篇", {"qualifier": "over", "to": 10}, "30余篇"),
        (30, "篇", {"qualifier": "over", "to": 10}, "30篇"),
        (7, "篇", {"qualifier": "over", "to": 10}, "7篇"),
        (1204, "人", {"qualifier": "over", "to": 1000}, "1000余人"),
        (2_163_400, "元", {"qualifier": "approx", "to": 10_000, "scale": "万"}, "约216万元"),
        (730_000, "元", {"scale": "万"}, "73万元"),
        (135_249, "元", {"scale": "万"}, "13.52万元"),
        (3, "元", {"scale": "万"}, "3元"),
        (Fraction(123456, 100), "元", {}, "1234.56元"),
        (1, RATIO, {}, "100%"),
        (Fraction(2, 3), RATIO, {}, "66.67%"),
        (Fraction(2, 3), RATIO, {"places": 0}, "67%"),
        (Fraction(1, 4), RATIO, {}, "25%"),
    ],
)
def test_a_number_by_its_rule(exact: Fraction | int, unit: str, words: dict[str, object], text: str) -> None:
    assert printing.stated(Fraction(exact), unit, rule(**words)).text == text


def test_a_step_is_told_only_where_something_was_rounded() -> None:
    assert printing.stated(Fraction(1, 4), RATIO, rule()).step == 0
    assert printing.stated(Fraction(2, 3), RATIO, rule()).step == Fraction(1, 10_000)
    assert printing.stated(Fraction(135_249), "元", rule(scale="万")).step == 100


def test_over_falls_back_where_the_multiple_would_exclude_the_number() -> None:
    """297 lies outside what 250余 can mean."""
    quantity = printing.stated(Fraction(297), "人", rule(qualifier="over", to=50))
    assert quantity.text == "297人"


def test_a_filed_approximation_keeps_its_own_qualifier() -> None:
    quantity = printing.coarse(Fraction(200_000), "字", Qualifier.OVER, rule(scale="万", places=0))
    assert (quantity.text, quantity.value) == ("20余万字", Decimal(200_000))
    small = printing.coarse(Fraction(8_500), "字", Qualifier.OVER, rule(scale="万", places=0))
    assert small.text == "8500余字"


multiples = st.tuples(
    st.sampled_from([Qualifier.OVER, Qualifier.APPROX]), st.sampled_from([1, 5, 10, 50, 100, 1000, 10_000])
)
rules = st.builds(
    lambda rounding, scale, places: PrintRule(
        qualifier=rounding[0], to=rounding[1], scale=scale, places=places
    ),
    multiples | st.just((Qualifier.EXACT, 1)),
    scale=st.sampled_from(["", "万", "亿"]),
    places=st.integers(0, 4),
)


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**12), 10**12), st.sampled_from([1, 10, 100]), rules)
def test_the_printed_number_can_mean_the_exact_one(top: int, scale: int, found: PrintRule) -> None:
    exact = Fraction(top, scale)
    assert printing.stated(exact, "元", found).interval.contains(exact)


@settings(max_examples=300, deadline=None)
@given(st.integers(-50, 500), st.integers(1, 500), rules)
def test_the_printed_rate_can_mean_the_exact_one(top: int, bottom: int, found: PrintRule) -> None:
    exact = Fraction(top, bottom)
    assert printing.stated(exact, RATIO, found).interval.contains(exact)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), rules)
def test_what_needs_no_rounding_is_printed_as_exact(steps: int, found: PrintRule) -> None:
    step = max(found.to, {"": 1, "万": 10_000, "亿": 100_000_000}[found.scale])
    quantity = printing.stated(Fraction(steps * step), "元", found)
    assert (quantity.qualifier, quantity.value, quantity.step) == (Qualifier.EXACT, steps * step, 0)
