"""Due days by the Civil Code, with extension, stops and holidays, each explained."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.catalogue import load
from jixiao.catalogue.calendar import Days, add_months, due, dues, merged, met_on, stops_in
from jixiao.catalogue.kinds import DeadlineSpec
from jixiao.catalogue.registers import Calendar

DAYS = Days()


def spec(rolls: bool = True, **period: int) -> DeadlineSpec:
    return DeadlineSpec.model_validate(
        {
            "title": "答复",
            "starts": "a",
            "met_by": "b",
            "period": period,
            "rolls": rolls,
            "source": [{"title": "例"}],
        }
    )


def calendar(**days: Any) -> Calendar:
    return Calendar.model_validate(
        {"pack": "p", "id": "c", "title": "历", "source": [{"title": "例"}], **days}
    )


def test_announced_holidays_and_make_up_workdays() -> None:
    assert DAYS.holiday(date(2020, 1, 31)) == "春节"  # the extension of 2020
    assert DAYS.holiday(date(2020, 10, 8)) == "国庆节"
    assert DAYS.is_workday(date(2020, 10, 10))  # a Saturday worked instead
    assert DAYS.holiday(date(2020, 3, 7)) == "周六"
    assert not DAYS.is_provisional(date(2020, 3, 7))


def test_a_year_nobody_announced_is_provisional_and_never_an_error() -> None:
    for year in (1990, 2099, 9999):
        assert DAYS.is_provisional(date(year, 5, 1))
        assert DAYS.holiday(date(year, 5, 1)) == "劳动节"
    assert DAYS.is_workday(date(2099, 5, 4))


def test_a_pack_calendar_goes_before_the_library() -> None:
    days = Days(
        [
            calendar(
                holidays={date(2020, 3, 5): "示例节"},
                workdays={date(2020, 3, 7): "调休"},
                confirmed_to=2098,
            )
        ]
    )
    assert days.holiday(date(2020, 3, 5)) == "示例节"
    assert days.is_workday(date(2020, 3, 7))
    assert not days.is_provisional(date(2098, 1, 1))
    assert days.is_provisional(date(2099, 1, 1))


def test_months_end_on_the_corresponding_day_or_the_last_of_the_month() -> None:
    assert due(spec(months=3), date(2020, 3, 5), DAYS).on == date(2020, 6, 5)
    found = due(spec(months=1), date(2020, 8, 31), DAYS)
    assert found.on == date(2020, 9, 30)
    assert "以月末2020年9月30日为期满日" in found.trace[1]


def test_the_start_day_does_not_count() -> None:
    assert due(spec(days=1), date(2020, 3, 5), DAYS).on == date(2020, 3, 6)
    assert due(spec(workdays=3), date(2020, 1, 22), DAYS).on == date(2020, 2, 4)  # over Spring Festival


def test_a_due_day_on_a_holiday_moves_to_the_next_workday() -> None:
    found = due(spec(months=3), date(2020, 7, 2), DAYS)
    assert found.on == date(2020, 10, 9)
    assert found.trace[-1] == "2020年10月2日是国庆节，顺延至其后第一个工作日2020年10月9日（第二百零三条）"
    assert due(spec(rolls=False, months=3), date(2020, 7, 2), DAYS).on == date(2020, 10, 2)


def test_extension_counts_in_the_same_unit() -> None:
    found = due(spec(months=3), date(2020, 3, 5), DAYS, extension=1)
    assert found.on == date(2020, 7, 6)  # the 5th is a Sunday
    assert "延期1个月，至2020年7月5日" in found.trace


def test_stopped_days_are_not_counted() -> None:
    stops = [(date(2020, 3, 10), date(2020, 3, 20))]
    found = due(spec(days=30), date(2020, 3, 5), DAYS, stops=stops)
    assert found.on == date(2020, 4, 14)
    assert "2020年3月10日至2020年3月19日停止计算（10天），顺延至2020年4月14日" in found.trace
    assert due(
        spec(days=30), date(2020, 3, 5), DAYS, stops=[(date(2020, 5, 1), date(2020, 6, 1))]
    ).on == date(2020, 4, 7)
    counted = due(spec(workdays=5), date(2020, 3, 5), DAYS, stops=stops)
    assert counted.on == date(2020, 3, 24)  # 6 and 9 March, then 20, 23 and 24


def test_a_clock_that_still_stands_is_told() -> None:
    found = due(spec(days=30), date(2020, 3, 5), DAYS, stops=[(date(2020, 3, 10), None)])
    assert found.stopped
    assert "尚未恢复" in " ".join(found.trace)


def test_unannounced_years_make_a_due_day_provisional() -> None:
    found = due(spec(months=3), date(2098, 3, 5), DAYS)
    assert found.provisional
    assert found.trace[-1] == "2098年放假安排尚未公布，此期限为暂定"
    assert not due(spec(rolls=False, months=3), date(2098, 3, 5), DAYS).provisional
    assert due(spec(workdays=3, rolls=False), date(2098, 3, 5), DAYS).provisional


def test_stops_are_read_from_the_uncut_history() -> None:
    history = [("open", date(2020, 1, 1)), ("asked", date(2020, 1, 5)), ("open", date(2020, 1, 9))]
    assert stops_in(history, {"asked"}) == ((date(2020, 1, 5), date(2020, 1, 9)),)
    assert stops_in(history[:2], {"asked"}) == ((date(2020, 1, 5), None),)


def test_the_deadlines_of_a_record(write_pack: Any) -> None:
    kind = load([], [write_pack()]).kind("letter")
    opened = (("open", date(2020, 3, 6)),)
    assert dues(kind, {}, opened, DAYS) == {}
    data = {"received_on": "2020-03-05", "extra_months": 1}
    assert dues(kind, data, opened, DAYS)["answer"].on == date(2020, 7, 6)
    history = [*opened, ("asked", date(2020, 3, 10)), ("open", date(2020, 3, 20))]
    assert dues(kind, data, opened, DAYS, history)["answer"].on == date(2020, 7, 15)
    assert met_on(kind, "answer", data, opened) is None
    assert met_on(kind, "answer", data, [*opened, ("answered", date(2020, 4, 1))]) == date(2020, 4, 1)


starts = st.dates(date(2005, 1, 1), date(2025, 12, 31))
periods = st.one_of(
    st.integers(1, 120).map(lambda n: {"days": n}),
    st.integers(1, 60).map(lambda n: {"workdays": n}),
    st.integers(1, 24).map(lambda n: {"months": n}),
)


@st.composite
def stop_lists(draw: st.DrawFn) -> list[tuple[date, date]]:
    return [
        (begun, begun + timedelta(days=draw(st.integers(0, 40))))
        for begun in draw(st.lists(st.dates(date(2005, 1, 1), date(2026, 12, 31)), max_size=4))
    ]


@settings(max_examples=80, deadline=None)
@given(starts, periods, st.integers(0, 3), stop_lists(), stop_lists())
def test_due_days_keep_their_promises(
    start: date,
    period: dict[str, int],
    extension: int,
    stops: list[tuple[date, date]],
    more: list[tuple[date, date]],
) -> None:
    near = [
        (start + (begun - date(2005, 1, 1)) % timedelta(days=200), until - begun) for begun, until in stops
    ]
    close = [(begun, begun + length) for begun, length in near]
    found = due(spec(**period), start, DAYS, extension, close)
    assert found.on > start
    assert DAYS.is_workday(found.on)
    assert due(spec(rolls=False, **period), start, DAYS, extension, close).on <= found.on
    assert found.on <= due(spec(**period), start, DAYS, extension + 1, close).on
    assert found.on <= due(spec(**period), start, DAYS, extension, close + more).on
    assert due(spec(**period), start, DAYS, extension, list(reversed(close))).on == found.on
    assert due(spec(**period), start, DAYS, extension, merged(close)).on == found.on
    assert found.trace
    assert not found.provisional or found.on.year > 2026


@given(starts, st.integers(0, 60))
def test_adding_months_keeps_the_day_or_ends_the_month(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


def test_a_length_that_the_matter_tells_is_no_extension() -> None:
    found = due(spec(days=0), date(2026, 11, 2), DAYS, extension=45)
    assert found.on == date(2026, 12, 17)
    assert "期限45天，期满日为2026年12月17日" in found.trace
    assert not any("延期" in words for words in found.trace)
