"""Chat as it is copied: who spoke when stands before what was said. When is kept as the day it is seen from; who is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jixiao.ledger.pasting.days import find_day

_CLOCK = r"(?:[上下]午|晚上|凌晨)?\s*\d{1,2}:\d{2}(?::\d{2})?"
_DATE = r"(?:\d{4}(?:年|[-/.]))?\d{1,2}(?:月|[-/.])\d{1,2}日?|昨天|前天|(?:星期|周)[一二三四五六日天]"
_HEAD = re.compile(
    rf"[\[【(]?(?P<who>[^\d\[\]【】]{{0,20}}?)[\s\]】)]*(?P<day>{_DATE})?\s*{_CLOCK}[\]】)]?\s*(?P<after>[^\d\s:：]{{1,12}})?[:：]?\s*$"
)
_LEAD = re.compile(rf"^[\[【(]?(?P<day>{_DATE})\s+{_CLOCK}[\]】)]?\s*(?P<who>[^\d\s:：]{{1,12}})[:：]\s*")
_NAME = re.compile(r"^@?[\u4e00-\u9fffA-Za-z·]{2,6}\s*[:：]\s*")
_BULLET = re.compile(
    r"^\s*(?:[-*•·●○◆]|\d{1,2}[.、）)](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
_IDLE = re.compile(r"@所有人|@全体|\[[\u4e00-\u9fffA-Za-z]{1,4}\]|请各|各位|收到[。！!]*$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One thing said: where it stands in the paste, on which day it was said, without who said it."""

    number: int
    text: str
    said_on: date


def said(text: str, on: date, keeps: frozenset[str] = frozenset()) -> Iterator[Speaker]:
    """The lines that say something. `on` is the day of lines without one; a lead that holds one of `keeps` (走访：)
    is no name.
    """
    day = on
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        line = line.strip().strip("\u200b\ufeff")
        if not line:
            continue
        if (head := _HEAD.fullmatch(line)) and not any(word in head["who"] for word in keeps):
            day = _day(head["day"], on, day)
            continue
        if lead := _LEAD.match(line):
            day, line = _day(lead["day"], on, day), line[lead.end() :]
        line = _BULLET.sub("", line)
        if (name := _NAME.match(line)) and not any(word in name[0] for word in keeps):
            line = line[name.end() :]
        if line:
            yield Speaker(number, line, day)


def is_idle(text: str) -> bool:
    """A picture's place, a call to everybody, an acknowledgement: nothing that was done."""
    return bool(_IDLE.match(text))


def _day(text: str | None, seen_from: date, otherwise: date) -> date:
    found = find_day(text, seen_from) if text else None
    return found.on if found else otherwise
