"""What pages are made of, without pages: numbers taken apart, the way of a case, bars of years, error summaries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.ledger.conftest import TRIAL

from jixiao.values import RATIO, Figure, Period, Qualifier, Quantity, Status
from jixiao.web.bars import bars_of
from jixiao.web.entries import Entry, refill, summary, values
from jixiao.web.numbers import exact_beside, grouped, parts_of
from jixiao.web.stops import stops, way_on

CASE = TRIAL.kind("case")


def figure(top, bottom=None, stated=None, year=2020, unit="件"):
    exact = None if top is None else Fraction(top, bottom or 1)
    period = Period("calendar_year", f"{year}年度", date(year, 1, 1), date(year, 12, 31), year)
    status = Status.NOT_REPORTED if top is None else Status.REPORTED
    return Figure(
        "trial/x",
        "示例",
        "office",
        period,
        period.to_on,
        status,
        top,
        bottom,
        exact,
        stated,
        unit,
        1,
        "0" * 64,
    )


@pytest.mark.parametrize(
    ("quantity", "parts"),
    [
        (Quantity(Decimal(20), "件"), ("", "20", "", "件")),
        (Quantity(Decimal(30), "篇", Qualifier.OVER), ("", "30", "余", "篇")),
        (Quantity(Decimal(200000), "字", Qualifier.OVER, scale="万"), ("", "20", "余", "万字")),
        (Quantity(Decimal(2160000), "元", Qualifier.APPROX, scale="万"), ("约", "216", "", "万元")),
        (Quantity(Decimal(300), "人", Qualifier.AT_LEAST), ("", "300", "以上", "人")),
        (Quantity(Decimal("0.9728"), RATIO), ("", "97.28", "", "%")),
        (Quantity(Decimal("-0.0417"), RATIO), ("", "-4.17", "", "%")),
        (Quantity(Decimal(0), "件"), ("", "0", "", "件")),
    ],
)
def test_a_printed_number_comes_apart(quantity, parts):
    found = parts_of(quantity)
    assert (found.before, found.digits, found.after, found.unit) == parts
    assert found.text == quantity.text


@pytest.mark.parametrize(
    ("digits", "shown"), [("9999", "9999"), ("73000", "73,000"), ("-1234567.50", "-1,234,567.50"), ("0", "0")]
)
def test_thousands_stand_apart_from_five_digits_on(digits, shown):
    assert grouped(digits) == shown


def test_the_exact_number_is_said_only_where_it_differs():
    over = Quantity(Decimal(30), "件", Qualifier.OVER)
    assert exact_beside(figure(34, stated=over)) == "34件"
    assert exact_beside(figure(20, stated=Quantity(Decimal(20), "件"))) == ""
    assert exact_beside(figure(10, 12, Quantity(Decimal("0.8333"), RATIO), unit=RATIO)) == "10/12"
    assert exact_beside(figure(None)) == ""


def test_the_way_on_goes_round_waits_and_refusals():
    assert way_on(CASE, "received") == ["filed", "answered", "closed"]
    assert way_on(CASE, "waiting") == ["filed", "answered", "closed"]
    assert way_on(CASE, "closed") == []


def test_a_path_shows_where_it_has_been_and_where_it_leads():
    shown = stops(CASE, [["received", "2020-03-02"], ["filed", "2020-03-05"]])
    assert [(one["title"], one["css"]) for one in shown] == [
        ("已收到", "done"),
        ("已立案", "now"),
        ("已答复", ""),
        ("已办结", ""),
    ]
    assert stops(TRIAL.kind("talk"), []) == []


def test_bars_leave_out_years_without_a_number():
    years = [figure(n, stated=Quantity(Decimal(n), "件"), year=y) for n, y in ((10, 2018), (20, 2020))]
    bars = bars_of([years[0], figure(None, year=2019), years[1]])
    assert [bar["year"] for bar in bars["items"]] == [2018, 2020]
    assert bars["items"][1]["height"] == 2 * bars["items"][0]["height"]
    assert bars["label"] == "2018年 10件，2020年 20件"
    assert bars_of(years[:1]) is None


def test_an_error_without_a_box_still_stands_on_top():
    box = Entry("title", "标题", required=True)
    refill([box], {"title": "  "})
    values([box])
    told = summary("还不能登记", [box], {"elsewhere": "别处不对"})
    assert [(item.text, item.anchor) for item in told.items] == [("请填写标题", "f-title"), ("别处不对", "")]
    assert told.title == "还不能登记，有 2 处要改"
