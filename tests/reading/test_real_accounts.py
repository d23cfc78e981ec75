"""Accounts that really stood in reports: what checks is left alone, and one figure changed is found."""

from __future__ import annotations

import pytest

from jixiao.reading import read
from jixiao.reading.checks import examine
from jixiao.values import Verdict

ACCOUNT = (
    "2021年收入792.22万元，比上年增加189.25万元，增长31.39%。其中财政拨款792.22万元，比上年增加209.28万元，增长35.90%。"
    "2021年支出799.12万元，其中人员经费434.89万元，公用经费77.40万元，项目支出286.83万元。"
)


def broken(text: str) -> list[str]:
    return [
        one.message for one in examine(read(text.encode(), "决算说明.txt")) if one.verdict is Verdict.BROKEN
    ]


def test_two_rises_over_two_bases_both_check_and_are_left_alone() -> None:
    assert broken(ACCOUNT) == []


@pytest.mark.parametrize(
    ("figure", "changed"),
    [("31.39%", "35.39%"), ("35.90%", "31.90%"), ("286.83", "268.83"), ("434.89", "443.89")],
)
def test_one_figure_turned_round_is_found(figure: str, changed: str) -> None:
    assert len(broken(ACCOUNT.replace(figure, changed))) == 1
