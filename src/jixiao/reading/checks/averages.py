"""Yearly averages: 由2018年的100亿元增加到2023年的161.05亿元，年均增长10% is held against both ends.

Base and current value stand right before in the same sentence (由 … 到 …), the number of years between them is
told by their years or by words (五年年均).

(1) A span of years may count from the year before its first: 2016年至2020年 are five years of growth. Either
count that fits is enough, and both must fail.
(2) Output and value added grow in constant prices: they may only agree.
(3) Averages told as 年均 … 以上 or 约 have room enough to agree and are held all the same.
Does not see averages whose ends stand in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.changes import CONSTANT_PRICES
from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import RATIO, Verdict

_AVERAGE = re.compile(r"年均(?:复合)?(?:增长|增加|提高|递增|上升)(?:率|率?为|速度)?(?:约为|达到?|约|为)?\Z")
_FALLING = re.compile(r"年均(?:下降|减少|降低|递减)(?:率|率?为)?(?:约为|达到?|约|为)?\Z")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年")
_YEARS = re.compile(r"(?<!\d)(\d{1,2}|[二三四五六七八九十])年(?:[来间内]|年均|，)")
_CHINESE = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}
_ORDER = (Verdict.KEPT, Verdict.ROUNDING, Verdict.NOT_APPLICABLE, Verdict.BROKEN)


def averages(reading: Reading) -> list[Outcome]:
    """Every yearly average with both its ends in the sentence."""
    return [
        found
        for sentence in reading.sentences
        for index, term in enumerate(sentence.terms)
        if index > 1 and term.unit == RATIO
        for found in _judged(reading.document.text, sentence.start, sentence.terms[:index], term)
    ]


def _judged(text: str, start: int, before: Sequence[Term], rate: Term) -> Iterator[Outcome]:
    falling = bool(_FALLING.search(rate.clause))
    if not falling and not _AVERAGE.search(rate.clause):
        return
    base, current = before[-2], before[-1]
    if base.role is not Role.PREVIOUS or current.role is not Role.CURRENT or base.unit != current.unit:
        return
    years = _years(text[start : rate.span[0]])
    if not years:
        return
    judged = [
        (number, judge("average", base=base, current=current, rate=rate, years=number, falling=falling))
        for number in years
    ]
    number, finding = min(judged, key=lambda one: _ORDER.index(one[1].verdict))
    if finding.verdict is Verdict.BROKEN and CONSTANT_PRICES.search(base.full + rate.clause):  # (2)
        return
    words = f"首年读作{printed(base)}，末年读作{printed(current)}，其间读作{number}年"
    yield outcome("change", finding, (base, current, rate), words)


def _years(words: str) -> list[int]:
    """How many years of growth the words may mean (1)."""
    told = [int(year) for year in _YEAR.findall(words)]
    if len(set(told)) > 1:
        span = max(told) - min(told)
        return [span, span + 1] if span < 50 else []
    counted = _YEARS.search(words)
    if counted is None:
        return []
    number = _CHINESE.get(counted[1]) or int(counted[1])
    return [number] if number > 1 else []
