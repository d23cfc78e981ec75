"""Which day does a line of chat speak of? Days as they are written and as they are said, seen from a chosen day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jixiao.reading.numerals import chinese

_DIGITS = r"\d{1,2}"
_NUMERALS = "一二三四五六七八九十"
_COUNTED = "[的万亿千百元%％‰倍个件条次人篇期家场名户项部份套亩公平吨度分小折成]"
_FULL = re.compile(rf"(?<!\d)(\d{{4}})(?:年|[-/.])({_DIGITS})(?:月|[-/.])({_DIGITS})(?!\d)[日号]?")
_OPENING = re.compile(
    rf"({_DIGITS})[./-]({_DIGITS})(?![\d./-])(?=[\s:：]|[上下]午|[\u4e00-\u9fff])(?!\s*(?:{_COUNTED}))"
)
_OPENING_SPAN = re.compile(
    rf"({_DIGITS})[./]({_DIGITS})\s*[-—–~～至到]\s*(?:{_DIGITS}[./])?{_DIGITS}(?![\d./-])(?=[\s:：]|[上下]午|[\u4e00-\u9fff])(?!\s*(?:{_COUNTED}))"
)
_WRITTEN = re.compile(rf"([{_NUMERALS}]{{1,3}})月([{_NUMERALS}]{{1,3}})[日号]")
_MONTH_DAY = re.compile(rf"(?<![\d年])({_DIGITS})月({_DIGITS})(?!\d)[日号]?")
_DAY = re.compile(rf"(?<![\d月.])({_DIGITS})[日号](?!\w*[楼院店路])")
_SAID = {"大前天": 3, "前天": 2, "昨天": 1, "昨日": 1, "昨晚": 1, "今天": 0, "今日": 0, "今早": 0, "今晚": 0}
_SAID_DAY = re.compile("|".join(_SAID) + r"|(?<![\u4e00-\u9fff])[今昨](?=[下上]午)")
_WEEKDAY = re.compile(r"(上上|上|本|这)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEK = "一二三四五六日"
_TO = re.compile(rf"\s*(?:至|到|[-—–~～])\s*(?:{_DIGITS}月)?{_DIGITS}[日号]")


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where the text names it."""

    on: date
    start: int
    end: int


def find_day(text: str, seen_from: date, until: date | None = None) -> Day | None:
    """The first day the text names, of a span its beginning. A day without its year is the nearest such day to
    `seen_from` that is not after `until`, which is `seen_from` itself where nothing else is said.
    """
    until = until or seen_from
    found = [day for day in (_full(text), _short(text, seen_from, until), _said(text, seen_from)) if day]
    first = min(found, key=lambda day: (day.start, -day.end), default=None)
    if first and (rest := _TO.match(text, first.end)):
        return Day(first.on, first.start, rest.end())
    return first


def _full(text: str) -> Day | None:
    for match in _FULL.finditer(text):
        if on := _date(*map(int, match.groups())):
            return Day(on, match.start(), match.end())
    return None


def _short(text: str, seen_from: date, until: date) -> Day | None:
    for match, month, day in _months_and_days(text):
        years = range(seen_from.year + 1, seen_from.year - 5, -1)
        days = [one for year in years if (one := _date(year, month, day)) and one <= until]
        if days:
            on = min(days, key=lambda one: abs(one - seen_from))
            return Day(on, match.start(), match.end())
    for match in _DAY.finditer(text):
        on = _date(seen_from.year, seen_from.month, int(match[1]))
        if on and on > seen_from:
            before = seen_from.replace(day=1) - timedelta(days=1)
            on = _date(before.year, before.month, int(match[1]))
        if on:
            return Day(on, match.start(), match.end())
    return None


def _months_and_days(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """3月5日 anywhere, 三月五日 anywhere, 3.5 or 3/5 or 3-5 only where a line opens with it and counts nothing;
    of 3.1-3.5 the first.
    """
    if opening := _OPENING_SPAN.match(text) or _OPENING.match(text):
        yield opening, int(opening[1]), int(opening[2])
    for match in _MONTH_DAY.finditer(text):
        yield match, int(match[1]), int(match[2])
    for match in _WRITTEN.finditer(text):
        month, day = chinese(match[1]), chinese(match[2])
        if month and day and month[1] is None and day[1] is None:
            yield match, int(month[0]), int(day[0])


def _said(text: str, seen_from: date) -> Day | None:
    if match := _SAID_DAY.search(text):
        back = _SAID.get(match[0], 1 if match[0] == "昨" else 0)
        return Day(seen_from - timedelta(days=back), match.start(), match.end())
    if match := _WEEKDAY.search(text):
        weekday = _WEEK.index(match[2].replace("天", "日"))
        monday = seen_from - timedelta(days=seen_from.weekday())
        weeks = {"上上": 2, "上": 1}.get(match[1] or "", 0)
        on = monday + timedelta(days=weekday - 7 * weeks)
        if not match[1] and on > seen_from:
            on -= timedelta(days=7)
        return Day(on, match.start(), match.end())
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
