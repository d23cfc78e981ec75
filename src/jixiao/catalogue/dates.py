"""Dates as office people type them: 2020年3月5日, 2020-3-5, 2020/3/5, 2020.3.5, 20200305, 3月5日."""

from __future__ import annotations

import re
from datetime import date, datetime

from jixiao.catalogue.numbers import half_width

_FORMS = (
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"),
)


def read_date(raw: object, today: date | None = None) -> date:
    """The day meant; a day without year is of `today`'s year. Raises ValueError in Chinese."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = re.sub(r"[ T]0{1,2}:00(:00)?(\.0+)?$", "", half_width(str(raw))).replace(" ", "")
    for form in _FORMS:
        if match := form.fullmatch(text):
            found = match.groupdict()
            if "year" not in found and today is None:
                raise ValueError(f"“{raw}”没有写年份；请写全，如 2020年{found['month']}月{found['day']}日")
            year = int(found["year"]) if "year" in found else today.year  # type: ignore[union-attr]
            try:
                return date(year, int(found["month"]), int(found["day"]))
            except ValueError:
                raise ValueError(f"“{raw}”不是日历上有的日子；请核对月和日") from None
    raise ValueError(f"“{raw}”不是日期；请写成 2020-03-05 或 2020年3月5日")
