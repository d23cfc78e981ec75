"""Does one line of chat tell several facts? It is divided where each part speaks of something by itself; else it stays whole.

Told apart are numbered items, parts that open with a day or a half of it, several days of one fact, and a count with the
list of what was counted. Nothing is dropped: what stands before the items goes with each of them. A proposal: whoever
confirms may divide otherwise or join the parts again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from jixiao.ledger.pasting.days import Day, find_day
from jixiao.reading import quantities

MOST_PARTS = 30
LONGEST = 2000  # signs of a line that is looked through; what is longer is a document
LONGEST_ITEM = 60
_ITEM = re.compile(
    r"(?:(?<=[：:；;。，,\s])|^)(?:(\d{1,2})(?:[、．)）]|[.](?!\d)|[.](?=\d{1,2}月|\d{4}[年.]))|[（(](\d{1,2})[）)]|([①-⑳]))\s*"
)
_BOUNDARY = re.compile(r"[，,。；;、\s]+(?:另外?|还有?|又|并)?")
_HALF = re.compile(r"(?:同[日天]|当[日天])?(?:上午|下午|晚上|傍晚|中午)")
_UNTIL = re.compile(r"\s*(?:之?前|以前|截止|为止|起)")
_AND = re.compile(r"\s*[、和及,，]\s*(?:(\d{1,2})月)?(\d{1,2})[日号]")
_LIST = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{0,4}?)(?:[，,]?(?:分别(?:是|为)|即))?(?:[：:]\s*(?P<after>[^。！!\n]+?)|[（(](?P<inside>[^（()）]+)[)）])[。！!；;，,、\s]*$"
)
_BETWEEN_ITEMS = (re.compile(r"[、，,；;]"), re.compile(r"[、，,；;]|和|及"))
_EDGES = "，,。；;、 \t\u3000"
_HALF_BEFORE = re.compile(r"^[上下]午")

Kind = Callable[[str], str]  # the kind a text speaks of, empty for none
Unit = Callable[[str], str]  # the unit that kind is counted in


@dataclass(frozen=True, slots=True)
class Part:
    """What one row is read from, and the day it is of where it names none itself."""

    text: str
    otherwise: date


def divide(text: str, said_on: date, until: date, kind_of: Kind, unit_of: Unit) -> list[Part]:
    """The parts of a line, one where it is whole. `kind_of` says what a text speaks of, `unit_of` what that counts."""
    if len(text) > LONGEST:
        return [Part(text, said_on)]
    found = _numbered(text, kind_of) or [text]
    found = [part for one in found for part in _opened(one, said_on, until, kind_of)]
    found = [part for one in found for part in _of_days(one, said_on, until, kind_of)]
    found = [part for one in found for part in _listed(one, kind_of, unit_of)]
    if len(found) == 1 or len(found) > MOST_PARTS:
        return [Part(text, said_on)]
    return in_turn(found, said_on, until, first=find_day(text, said_on, until))


def in_turn(texts: list[str], said_on: date, until: date, *, first: Day | None = None) -> list[Part]:
    """The parts as they follow each other: one without a day has that of the one before it."""
    parts, otherwise = [], first.on if first else said_on
    for text in texts:
        parts.append(Part(text, otherwise))
        if day := find_day(text, said_on, until):
            otherwise = day.on
    return parts


def _numbered(text: str, kind_of: Kind) -> list[str]:
    """本周：1.走访甲；2.走访乙. The items must speak for themselves, or what leads them in does."""
    marks = list(_ITEM.finditer(text))
    numbers = [int(one[1] or one[2] or ord(one[3]) - 0x245F) for one in marks]
    if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)):
        return []
    ends = [*(one.start() for one in marks[1:]), len(text)]
    items = [text[one.end() : end].strip(_EDGES) for one, end in zip(marks, ends, strict=True)]
    lead = text[: marks[0].start()].strip(_EDGES)
    if all(map(kind_of, items)):
        return [
            f"{lead}{item}" if kind_of(lead) and not lead.endswith(("：", ":")) else item for item in items
        ]
    if lead.endswith(("：", ":")) and kind_of(lead) and not re.search(r"[，,；;。]", lead):
        return [f"{lead}{item}" for item in items]
    return []


def _opened(text: str, said_on: date, until: date, kind_of: Kind) -> list[str]:
    """3月5日走访甲，3月8日走访乙: cut before a day or a half of one, where what is cut off speaks of something."""
    cuts = [0, *(one for one in _openings(text, said_on, until)), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(cuts)]
    first, _, rest = pieces[0].partition("：")
    stem = f"{first}：" if rest and find_day(rest, said_on, until) and kind_of(first) else ""
    found: list[str] = []
    for piece in pieces:
        if found and not (stem or (kind_of(piece) and kind_of(found[-1]))):
            found[-1] += piece
        else:
            found.append(piece)
    cut = [one.strip(_EDGES) for one in found]
    return [one if number == 0 else f"{stem}{one}" for number, one in enumerate(cut)]


def _openings(text: str, said_on: date, until: date) -> Iterator[int]:
    for boundary in _BOUNDARY.finditer(text):
        here = text[boundary.end() : boundary.end() + 30]
        day = find_day(here, said_on, until)
        if (day and day.start == 0 and not _UNTIL.match(here, day.end)) or (
            _HALF.match(here) and not boundary[0].isspace()
        ):
            yield boundary.end()


def _of_days(text: str, said_on: date, until: date, kind_of: Kind) -> list[str]:
    """3月5日、8日走访甲: a part for each of the days."""
    day = find_day(text, said_on, until)
    if day is None or day.start > 0 or _HALF_BEFORE.match(text[day.end :]):
        return [text]
    days, end, month = [day.on], day.end, day.on.month
    while match := _AND.match(text, end):
        month = int(match[1] or month)
        try:
            days.append(date(day.on.year, month, int(match[2])))
        except ValueError:
            return [text]
        end = match.end()
    rest = text[end:].strip(_EDGES)
    if len(days) == 1 or not kind_of(rest) or days != sorted(set(days)):
        return [text]
    return [f"{one.year}年{one.month}月{one.day}日{rest}" for one in days]


def _listed(text: str, kind_of: Kind, unit_of: Unit) -> list[str]:
    """走访企业3家：甲、乙、丙: as many rows as were counted, where the list is as long as the count."""
    unit = unit_of(kind_of(text))
    for mention in quantities.find(text):
        told = mention.quantity
        if mention.kind != "count" or told.qualifier != "exact" or not 1 < told.value <= MOST_PARTS:
            continue
        if not unit or unit not in (told.unit, f"{told.unit}次"):
            continue
        if found := _LIST.match(text, mention.end):
            lead = f"{text[: mention.start].rstrip(_EDGES)}{found['what']}"
            if items := _items(found["after"] or found["inside"], int(told.value)):
                return [f"{lead}：{item}" for item in items]
    return [text]


def _items(listed: str, count: int) -> list[str]:
    for between in _BETWEEN_ITEMS:
        items = [one.strip(_EDGES) for one in between.split(listed)]
        if len(items) == count and all(0 < len(one) <= LONGEST_ITEM for one in items):
            return items
    return []
