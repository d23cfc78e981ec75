"""Working days and holidays: what the State Council announced, what a pack adds, and what is only expected.

Announced years are confirmed; for others weekends and the holidays with fixed dates are taken, marked
provisional. Never raises for a year nobody has announced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from jixiao.catalogue.registers import Calendar

ONE_DAY = timedelta(days=1)
_FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
_WEEKDAYS = "一二三四五六日"
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利七十周年纪念日",
}


@dataclass(frozen=True, slots=True)
class Local:
    """A day an office itself has put right."""

    name: str
    is_workday: bool


class Days:
    """Tells holidays from workdays. What an office has put right goes before pack calendars, these before the holiday
    library, later ones before earlier ones.
    """

    def __init__(self, calendars: Iterable[Calendar] = (), local: Mapping[date, Local] | None = None) -> None:
        self._holidays: dict[date, str] = {}
        self._workdays: dict[date, str] = {}
        self._confirmed_to: int | None = None
        for calendar in calendars:
            for day, name in calendar.holidays.items():
                self._holidays[day] = name
                self._workdays.pop(day, None)
            for day, name in calendar.workdays.items():
                self._workdays[day] = name
                self._holidays.pop(day, None)
            self._confirmed_to = max(self._confirmed_to or 0, calendar.confirmed_to)
        for day, own in (local or {}).items():
            told, other = (
                (self._workdays, self._holidays) if own.is_workday else (self._holidays, self._workdays)
            )
            told[day] = own.name
            other.pop(day, None)

    def holiday(self, day: date) -> str | None:
        """The name of the holiday (周六, 周日 for a plain weekend); None on a workday."""
        if day in self._workdays:
            return None
        if day in self._holidays:
            return self._holidays[day]
        holidays, workdays, _, _ = _announced()
        if day in workdays:
            return None
        if day in holidays:
            return holidays[day]
        if not self._is_announced(day.year) and (day.month, day.day) in _FIXED:
            return _FIXED[(day.month, day.day)]
        return f"周{_WEEKDAYS[day.weekday()]}" if day.weekday() >= 5 else None

    def is_workday(self, day: date) -> bool:
        return self.holiday(day) is None

    def next_workday(self, day: date) -> date:
        """The day itself where it is a workday, else the first one after it."""
        while not self.is_workday(day) and day < date.max:
            day += ONE_DAY
        return day

    def is_provisional(self, day: date) -> bool:
        """True in a year whose holidays are not known to be announced."""
        return not self._is_announced(day.year) and not (self._confirmed_to or 0) >= day.year

    @staticmethod
    def _is_announced(year: int) -> bool:
        _, _, first, last = _announced()
        return first <= year <= last


@cache
def _announced() -> tuple[Mapping[date, str], Mapping[date, str], int, int]:
    """The library's holidays, make-up workdays, first and last year. Read only when a day is first asked."""
    from chinese_calendar.constants import holidays, workdays

    named = {day: _NAMES.get(str(name), str(name)) for day, name in holidays.items()}
    worked = {day: _NAMES.get(str(name), str(name)) for day, name in workdays.items()}
    years = {day.year for day in named}
    return MappingProxyType(named), MappingProxyType(worked), min(years), max(years)


def said(day: date) -> str:
    """A day as sentences say it: 2020年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
