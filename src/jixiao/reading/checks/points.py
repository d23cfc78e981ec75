"""A stated count and the numbered points after it: 四个方面问题：（一）… （二）… （三）… are three.

The count is followed by a colon or a full stop and then by the first point of one of these sorts: 一是, 一要, （一）,
一、, 1., 1、, （1）, ①, 第一，. Points of one sort are counted until the next one is missing.

(1) A count contradicts only as a Chinese numeral, or before 问题, 方面, 措施, 任务 and the like; other counts may
count something else.
(2) Points must run on without a gap, or nothing is said: one may be printed in another sort.
(3) The points end where the same sort begins anew. One that comes only after a long section proves nothing.
(4) 1条建议 may have several points; 1个方面 has one.
Does not see points without numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.reading.checks.outcome import Outcome, judge, operand, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.relations import Operand
from jixiao.values import Interval

_DIGITS = "一二三四五六七八九十"
_NOUN = re.compile(
    r"(?:方面|问题|措施|任务|经验|做法|原因|建议|特点|成效|环节|举措|抓手|行动|要求|要点|重点|步骤|意见|不足|困难|短板|难点|亮点"
    r"|(?:重点|主要|突出|具体)?(?:方面|问题|工作|任务|措施|举措|做法|原因|建议))"
)
_FOLLOWS = re.compile(r"[^，。；：]{0,14}?[：:。\n]\s{0,6}(?=[一1１（(①第])")
_CHINESE = re.compile(r"\A[两二三四五六七八九十]{1,2}")
# What must not stand before a mark is looked at behind its first character: then that is quickly found.
_SORTS: tuple[tuple[str, ...], ...] = (
    tuple(rf"{digit}(?<!第{digit})\s{{0,2}}是" for digit in _DIGITS),
    tuple(rf"{digit}(?<!第{digit})\s{{0,2}}要" for digit in _DIGITS),
    tuple(rf"[（(]{digit}[）)]" for digit in _DIGITS),
    tuple(rf"{digit}(?<![^\s。；：:;]{digit})、" for digit in _DIGITS),
    tuple(rf"{number}(?<![\d.．年月]{number})[.．、](?!\d)" for number in range(1, 11)),
    tuple(rf"[（(]{number}[）)]" for number in range(1, 11)),
    tuple("①②③④⑤⑥⑦⑧⑨⑩"),
    tuple(rf"第{digit}[，、：是]" for digit in _DIGITS),
)
_MARKS = tuple(tuple(re.compile(mark) for mark in sort) for sort in _SORTS)
_APART = 1500
_FAR = 20_000
_LARGEST = 9


def points(reading: Reading) -> list[Outcome]:
    """Counts with numbered points right behind."""
    text = reading.document.text
    return [
        found
        for sentence in reading.sentences
        for term in sentence.terms
        if term.statement.kind == "count" and 1 <= term.statement.quantity.value <= _LARGEST
        for found in _judged(text, term)
    ]


def _judged(text: str, term: Term) -> Iterator[Outcome]:
    match = _FOLLOWS.match(text, term.span[1])
    if match is None or not term.statement.quantity.interval.is_point:
        return
    for marks in _MARKS:
        if marks[0].match(text, match.end()):
            counted, end, gap = _count(text, match.end(), marks)
            agrees = counted == term.statement.quantity.value
            noun = _NOUN.match("".join(text[term.span[1] : term.span[1] + 12].split()))
            if noun and counted > 1 == term.statement.quantity.value and noun[0] != "方面":  # (4)
                return
            sure = (
                bool(noun or _CHINESE.match(printed(term))) and not gap and counted < len(marks)
            )  # (1), (2)
            if counted > 1 and (agrees or sure):
                yield _told(term, counted, (match.end(), end))
            return


def _count(text: str, start: int, marks: Sequence[re.Pattern[str]]) -> tuple[int, int, bool]:
    """How many points run on from the first, where the last begins, and whether a later number follows."""
    counted, last = 1, start
    limit = _next(text, marks[0], start + 1, start + _APART * len(marks))
    limit = len(text) if limit is None else limit
    for mark in marks[1:]:
        place = _next(text, mark, last + 1, min(limit, last + _APART))
        if place is None:
            break
        counted, last = counted + 1, place
    later = any(_next(text, mark, last + 1, min(limit, last + _FAR)) is not None for mark in marks[counted:])
    return counted, last + 2, later


def _next(text: str, mark: re.Pattern[str], start: int, end: int) -> int | None:
    found = mark.search(text, start, min(end, len(text)))
    return None if found is None else found.start()


def _told(term: Term, counted: int, span: tuple[int, int]) -> Outcome:
    items = Operand("", "所列各项", Interval.point(counted), f"{counted}项")
    count = replace(operand(term), unit="")
    words = "把其后依次编号的各点读作所述各项"
    return outcome("list", judge("list", count=count, items=items), (term, span), words)
