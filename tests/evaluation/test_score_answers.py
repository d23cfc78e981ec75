"""Answers as they come from figures and from data files."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.errors import BadInput
from jixiao.evaluation.answers import Actual, Judgement, read_judgement
from jixiao.relations import Operand
from jixiao.values import RATIO, Figure, Interval, Period, Qualifier, Quantity, Status

YEAR = Period("calendar_year", "2020年度", date(2020, 1, 1), date(2020, 12, 31), 2020)


def figure(exact, stated, status=Status.REPORTED, top=None, unit="篇"):
    return Figure(
        "sample/x", "示例", "org", YEAR, date(2020, 12, 31), status, top, None, exact, stated, unit, 0, "d"
    )


COUNTED = figure(Fraction(34), Quantity(Decimal(30), "篇", Qualifier.OVER), top=34)
FILED = figure(None, Quantity(Decimal(200_000), "字", Qualifier.OVER, Fraction(10_000), "万"), unit="字")
SILENT = figure(None, None, Status.NOT_REPORTED)
EMPTY_RATE = figure(None, None, Status.NONE, top=0, unit=RATIO)


def test_a_figure_is_scored_by_what_was_counted_not_by_what_is_printed():
    assert Actual.from_figure(COUNTED) == Actual(Fraction(34), "篇", top=34)
    assert Actual.from_figure(FILED) == Actual(Fraction(200_000), "字", approximate=True)
    assert Actual.from_figure(SILENT) == Actual(None, "篇", Status.NOT_REPORTED)
    assert Actual.from_figure(EMPTY_RATE) == Actual(None, RATIO, Status.NONE, top=0)


def test_a_figure_is_compared_by_what_was_counted_too():
    counted = Operand.from_figure(COUNTED, nature="award")
    assert (counted.interval, counted.step, counted.text) == (Interval.point(34), 0, "30余篇")
    assert counted.nature == "award"
    rounded = Quantity(Decimal("0.9510"), RATIO, step=Fraction(1, 10_000))
    assert Operand.from_figure(figure(Fraction(136, 143), rounded, top=136, unit=RATIO)).step == 0
    filed = Operand.from_figure(FILED)
    assert filed.interval == FILED.stated.interval
    assert filed.step == 10_000
    silent = Operand.from_figure(SILENT)
    assert (silent.interval, silent.text) == (None, "未填报")
    assert Operand.from_figure(EMPTY_RATE).text == "无可计算"


def test_a_judgement_is_read_as_a_data_file_writes_it():
    found = {
        "band": "部分达成",
        "share": "75%",
        "points": "9.5",
        "yes": True,
        "met": [True, None],
        "reason": "见附件",
    }
    assert read_judgement("效益", found) == Judgement(
        (True, None), "部分达成", Fraction(3, 4), Decimal("9.5"), True, "见附件"
    )
    assert read_judgement("效益", {}) == Judgement()


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ({"score": 3}, "不认识 score"),
        ({"share": "大半"}, "应为数字"),
        ({"yes": "是"}, "应为 true、false 或留空"),
        ({"met": "全部"}, "逐点列出"),
    ],
)
def test_a_judgement_that_cannot_be_read_is_named(found, message):
    with pytest.raises(BadInput, match=f"“效益”的评定.*{message}"):
        read_judgement("效益", found)
