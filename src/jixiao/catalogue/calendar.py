"""When something is due, and why: Civil Code arts. 201–203, extension, clock stops, holidays.

The start day is not counted; months end on the corresponding day or the month's last; days inside a stop
[from, to) are not counted; a due day on a holiday moves to the next workday. Every result carries its
trace in plain sentences.
"""

from __future__ import annotations

import calendar as months_of_a_year
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jixiao.catalogue.days import ONE_DAY, Days, said
from jixiao.catalogue.kinds import DeadlineSpec, Kind, Span

WEEKEND = ("周六", "周日")

__all__ = [
    "Days",
    "Due",
    "Stop",
    "add_months",
    "after",
    "due",
    "dues",
    "merged",
    "met_on",
    "said",
    "stops_in",
]

DAYS, WORKDAYS, MONTHS = "天", "个工作日", "个月"
Stop = tuple[date, date | None]  # from (not counted) to (counted again); None: the clock still stands


@dataclass(frozen=True, slots=True)
class Due:
    """A due day with its reasons. `provisional`: it rests on holidays not yet announced; `stopped`: the
    clock stands.
    """

    on: date
    trace: tuple[str, ...]
    provisional: bool
    stopped: bool = False


def due(spec: DeadlineSpec, start: date, days: Days, extension: int = 0, stops: Sequence[Stop] = ()) -> Due:
    """The due day of a deadline that starts on `start`; `extension` counts in the deadline's own unit."""
    trace = [f"自{said(start)}起算，当日不计入（民法典第二百零一条）"]
    length, unit = _length(spec)
    extended = max(extension, 0)
    if not length:
        length, extended = extended, 0  # how long it is the matter itself says
    closed = merged(stops)
    if unit == WORKDAYS:
        on = _after_workdays(start, length + extended, days, closed)
        trace += _workday_words(length, extended, closed, on)
    else:
        trace.append(_period_words(start, length, unit))
        on = _plain_end(start, length + extended, unit)
        trace += [f"延期{extended}{unit}，至{said(on)}"] if extended else []
        on = _pushed(start, on, closed, trace)
    standing = [begun for begun, ended in stops if ended is None and begun <= on]
    if standing:
        trace.append(f"自{said(min(standing))}起停止计算，尚未恢复；恢复后按停止的天数顺延")
    asked = list(_years_between(start, on)) if unit == WORKDAYS else []
    if spec.rolls:
        asked.append(on)
        on = _rolled(on, days, trace)
    unsure = sorted({day.year for day in (*asked, *([on] if spec.rolls else [])) if days.is_provisional(day)})
    if unsure:
        trace.append(f"{'、'.join(map(str, unsure))}年放假安排尚未公布，此期限为暂定")
    return Due(on, tuple(trace), bool(unsure), bool(standing))


def after(span: Span, start: date, days: Days) -> date:
    """The day a stretch of time that begins on `start` ends, by itself: no extension, no stop, no rolling."""
    if span.workdays is not None:
        return _after_workdays(start, span.workdays, days, [])
    return (
        add_months(start, span.months) if span.months is not None else start + timedelta(days=span.days or 0)
    )


def _length(spec: DeadlineSpec) -> tuple[int, str]:
    if spec.period.workdays is not None:
        return spec.period.workdays, WORKDAYS
    if spec.period.months is not None:
        return spec.period.months, MONTHS
    return spec.period.days or 0, DAYS


def _plain_end(start: date, length: int, unit: str) -> date:
    return add_months(start, length) if unit == MONTHS else start + timedelta(days=length)


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, or that month's last day where there is none.

    >>> add_months(date(2020, 11, 30), 3)
    datetime.date(2021, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, months_of_a_year.monthrange(year, month + 1)[1]))


def _period_words(start: date, length: int, unit: str) -> str:
    end = _plain_end(start, length, unit)
    if unit == DAYS:
        return f"期限{length}天，期满日为{said(end)}"
    if end.day == start.day:
        return f"期限{length}个月，对应日为{said(end)}（第二百零二条）"
    return f"期限{length}个月，当月没有对应日，以月末{said(end)}为期满日（第二百零二条）"


def _workday_words(length: int, extended: int, stops: list[tuple[date, date]], on: date) -> list[str]:
    words = f"期限{length}个工作日" + (f"，延期{extended}个工作日" if extended else "")
    told = [_stop_words(stop, None) for stop in stops if stop[0] <= on]
    return [words, *told, f"只数工作日，期满日为{said(on)}"]


def merged(stops: Sequence[Stop]) -> list[tuple[date, date]]:
    """The ended stops in order, overlapping ones joined, empty ones left out."""
    ended = sorted((begun, until) for begun, until in stops if until is not None and until > begun)
    joined: list[tuple[date, date]] = []
    for begun, until in ended:
        if joined and begun <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((begun, until))
    return joined


def _pushed(start: date, on: date, stops: list[tuple[date, date]], trace: list[str]) -> date:
    """Move the end by every stopped day after the start, as long as the clock had not run out before."""
    for begun, until in stops:
        first = max(begun, start + ONE_DAY)
        if first > on or until <= first:
            continue
        on += until - first
        trace.append(_stop_words((begun, until), (until - first).days) + f"，顺延至{said(on)}")
    return on


def _stop_words(stop: tuple[date, date], counted: int | None) -> str:
    until = stop[1] - ONE_DAY
    words = f"{said(stop[0])}至{said(until)}停止计算"
    return words if counted is None else f"{words}（{counted}天）"


def _after_workdays(start: date, length: int, days: Days, stops: list[tuple[date, date]]) -> date:
    here, left = start, length
    while left > 0:
        here += ONE_DAY
        stopped = any(begun <= here < until for begun, until in stops)
        if not stopped and days.is_workday(here):
            left -= 1
    return here


def _rolled(on: date, days: Days, trace: list[str]) -> date:
    holiday = days.holiday(on)
    if holiday is None:
        return on
    rolled = days.next_workday(on)
    passed = _passed(on, rolled, days, holiday)
    trace.append(f"{said(on)}是{holiday}，{passed}顺延至其后第一个工作日{said(rolled)}（第二百零三条）")
    return rolled


def _passed(on: date, rolled: date, days: Days, told: str) -> str:
    """The other holidays between, by name; plain weekends need no telling."""
    between = [on + ONE_DAY * count for count in range(1, (rolled - on).days)]
    named = [(day, name) for day in between if (name := days.holiday(day)) not in (None, told, *WEEKEND)]
    return "".join(f"{said(day)}是{name}，" for day, name in named)


def _years_between(start: date, on: date) -> Iterator[date]:
    yield start
    for year in range(start.year + 1, on.year + 1):
        yield date(year, 1, 1)


def stops_in(history: Sequence[tuple[str, date]], states: Collection[str]) -> tuple[Stop, ...]:
    """The times a case stood in one of `states`; `history` is every state entered in order, nothing cut
    out.
    """
    found: list[Stop] = []
    for place, (state, entered) in enumerate(history):
        if state in states:
            left = history[place + 1][1] if place + 1 < len(history) else None
            found.append((entered, left))
    return tuple(found)


def dues(
    kind: Kind,
    data: Mapping[str, Any],
    path: Sequence[tuple[str, date]],
    days: Days,
    history: Sequence[tuple[str, date]] | None = None,
) -> dict[str, Due]:
    """The deadlines of a record that have started, by id. `data` is as stored; `history` is the uncut
    path.
    """
    found = {}
    entered = dict(path)
    for name, spec in kind.deadlines.items():
        start = _day(spec.starts, data, entered)
        if start is None:
            continue
        extension = data.get(spec.extended_by) if spec.extended_by else None
        stops = stops_in(path if history is None else history, spec.stops)
        found[name] = due(spec, start, days, int(extension or 0), stops)
    return found


def met_on(
    kind: Kind, deadline: str, data: Mapping[str, Any], path: Sequence[tuple[str, date]]
) -> date | None:
    """The day a deadline was met (first, where that is kept), if it was; lateness is derived from it and never stored."""
    spec, entered = kind.deadlines[deadline], dict(path)
    first = _day(spec.first_met, data, {}) if spec.first_met else None
    return first or _day(spec.met_by, data, entered)


def _day(name: str, data: Mapping[str, Any], entered: Mapping[str, date]) -> date | None:
    if name in entered:
        return entered[name]
    value = data.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None
