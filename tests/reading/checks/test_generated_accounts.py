"""Accounts written from random amounts: what adds up is never flagged, what is off by more than rounding always."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.reading import read
from jixiao.reading.checks import Outcome, examine
from jixiao.values import Verdict, round_half_up

hundreds = st.integers(min_value=10_000, max_value=9_000_000)


def broken(text: str) -> list[Outcome]:
    return [one for one in examine(read(text.encode(), "a.txt")) if one.verdict is Verdict.BROKEN]


def money(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02}万元"


def share(part: int, whole: int) -> str:
    return f"{round_half_up(Fraction(part * 100, whole), 2)}%"


def account(total: int, basic: int, projects: int, stop: str) -> str:
    whole = basic + projects
    return (
        f"本年支出合计{money(total)}{stop}其中：基本支出{money(basic)}，占{share(basic, whole)}；"
        f"项目支出{money(projects)}，占{share(projects, whole)}。"
    )


def growth(current: int, previous: int, rate: str) -> str:
    told = ("增加", "增长") if current >= previous else ("减少", "下降")
    return (
        f"示例经费收入总计{money(current)}。与上年相比，示例经费收入总计"
        f"{told[0]}{money(abs(current - previous))}，{told[1]}{rate}。"
    )


@settings(max_examples=60, deadline=None)
@given(hundreds, hundreds, st.sampled_from("，。"))
def test_parts_and_shares_that_add_up_are_clean(basic: int, projects: int, stop: str) -> None:
    assert broken(account(basic + projects, basic, projects, stop)) == []


@settings(max_examples=60, deadline=None)
@given(hundreds, hundreds, st.integers(min_value=5, max_value=90), st.sampled_from("，。"))
def test_a_total_that_is_off_is_broken(basic: int, projects: int, percent: int, stop: str) -> None:
    total = basic + projects
    assert broken(account(total + total * percent // 100, basic, projects, stop))


@settings(max_examples=60, deadline=None)
@given(hundreds, hundreds, st.integers(min_value=1, max_value=50))
def test_growth_is_clean_as_computed_and_broken_when_off(current: int, previous: int, points: int) -> None:
    rate = round_half_up(Fraction(abs(current - previous) * 100, previous), 2)
    assert broken(growth(current, previous, f"{rate}%")) == []
    assert broken(growth(current, previous, f"{rate + points + rate // 10}%"))
