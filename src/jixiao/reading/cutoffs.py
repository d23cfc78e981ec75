"""Up to which day a document, or one of its sentences, counts: 截至10月底, 上半年工作总结, 2020年度.

What is written beside a number goes before what the title says. A document that says nothing has no cut-off.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from jixiao.reading.phrases import plain

_TITLE = 160  # characters in which a document says what it is
_NEAR_TITLE = 600
_LONGEST_LINE, _MOST_LINES = 60, 5
_UNTIL = re.compile(
    r"截[至止]到?(?:(?P<year>(?:19|20)\d{2})年)?(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|[份底末]*)?|(?P<end>年[底末]|目前))"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年")
_PARTS = (("前三季度", 9), ("三季度", 9), ("上半年", 6), ("一季度", 3), ("下半年", 12), ("年", 12))


def year_of(text: str) -> int | None:
    """The year a document is about, as its title or its first lines say; None where they say two."""
    for length in (_TITLE, _NEAR_TITLE):
        years = {int(match["year"]) for match in _YEAR.finditer(plain(text[:length]))}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def cutoff_of(text: str) -> date | None:
    """The day a document as a whole counts up to."""
    year, head = year_of(text), _head(text)
    if found := _UNTIL.search(head):
        return _day(found, year)
    if year is None:
        return None
    month = next(month for word, month in _PARTS if word in head or word == "年")
    return _last(year, month)


def cutoff_near(words: str, year: int | None) -> date | None:
    """The day the words of one sentence name, the last of them where they name several."""
    found = list(_UNTIL.finditer(words))
    return _day(found[-1], year) if found else None


def _head(text: str) -> str:
    """The title: the short lines at the beginning that are no sentences."""
    found = []
    for line in text[:_NEAR_TITLE].splitlines():
        if len(line.strip()) > _LONGEST_LINE or "。" in line:
            break
        found.append(line)
        if len(found) == _MOST_LINES:
            break
    return plain("".join(found))


def _day(found: re.Match[str], year: int | None) -> date | None:
    named = int(found["year"]) if found["year"] else year
    if named is None or found["end"] == "目前":
        return None
    if found["end"]:
        return date(named, 12, 31)
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    if found["day"] and 1 <= int(found["day"]) <= calendar.monthrange(named, month)[1]:
        return date(named, month, int(found["day"]))
    return _last(named, month)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
