"""Years and days that cannot be meant: a year compared with itself, one fact told of two years, no such day.

(1) 2024年度 … 与2024年度相比 compares a year with itself, unless a part of the year (年初, 上半年, 预算) is meant.
(2) The same words with the same number of at least four digits, told of two different years: one year is
wrong. Only money and counts told in full; targets and plans may well repeat.
(3) 2月30日 and 13月 do not exist.
(4) A heading that names another year than the report and than its other headings is a note, and so is a
sentence that begins with our own unit in another year; plans for the year to come are left alone.
(5) 上年（2016年） is the year before the one its sentence, or else the title, speaks of.
Does not see a wrong year in a sentence that stands alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from jixiao.reading.checks.outcome import Outcome, judge, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import Finding, Interval, Qualifier, Verdict

_YEAR = re.compile(r"(?<![\d与比较同])(?<![与比较同][ \n])(20\d\d)\s?年")
_COMPARED = re.compile(
    r"(?:与|比|较|同)\s?(?P<year>20\d\d)\s?年(?:度)?(?!末|底|初|同期|[前上下]|以|第|[一二三四]季|\d|预算|年初|的?目标|计划|调整)"
    r"[^，。；\n]{0,16}?(?=相比|决算|支出|收入|增|减|上升|下降|提高|降低|多|少)"
)
_DAY = re.compile(r"(?<!\d)(?:(20\d\d)\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_MONTH = re.compile(r"月\s?\d{1,2}\s?日")  # what such a day ends with: found sooner than the digits before
_FRONT = 10  # and the most that stands before it
_TITLE = re.compile(r"(20\d\d)\s?年(?:度)?[^\n。，；]{0,60}?(?:报告|总结|小结|决算|自评|说明|情况|公报)")
_HEADING = re.compile(
    r"(?m)^[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}部分)"
    r"[^\n。，；]{0,12}?(20\d\d)\s?年[^\n。，；]{0,30}(?:情况|说明|报告|总结|评价)[^\n。，；]{0,6}$"
)
_AHEAD = re.compile(r"上年|比|较|相比|计划|打算|安排|思路|预算|展望|下一步|目标|结转|历年|[至—-]")
_OURS = re.compile(r"\s{0,4}(20\d\d)\s?年(?:度)?，?(?:本|我)(?:单位|部门|局|委|办|中心|院|校|街道|镇|乡)")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年|上年度)\s{0,6}[（(]\s{0,6}(?P<year>20\d\d)\s?年(?:度)?[）)]")
_LEAST = 1000
_AGAIN = frozenset([Role.TARGET, Role.PREVIOUS, Role.BUDGET])  # these may well be told of two years
_FEW = 2
_LEAD = 16  # characters in which the year a sentence speaks of is told


def periods(reading: Reading) -> list[Outcome]:
    """Every year or day of a reading that cannot be meant, and notes on other years."""
    text = reading.document.text
    if "年" not in text and "月" not in text:
        return []
    return [
        *_with_itself(reading),
        *_not_last_year(reading),
        *_of_two_years(reading),
        *_days(text),
        *_other_years(reading),
    ]


def _with_itself(reading: Reading) -> Iterator[Outcome]:
    """(1)"""
    text = reading.document.text
    paragraph, own = -1, ""
    for sentence in reading.sentences:
        lead = min(sentence.end, sentence.start + _LEAD)
        first = _YEAR.search(text, sentence.start, lead) if "年" in text[sentence.start : lead] else None
        if sentence.paragraph != paragraph or first:
            own = first[1] if first else ""
        paragraph = sentence.paragraph
        if not own or own not in text[sentence.start : sentence.end]:
            continue
        for match in _COMPARED.finditer(text, sentence.start, sentence.end):
            between = _YEAR.findall(text, sentence.start, match.start())
            if match["year"] == own and set(between) <= {own}:
                yield _same_year(own, match)


def _not_last_year(reading: Reading) -> Iterator[Outcome]:
    """(5)"""
    text = reading.document.text
    title = _TITLE.search(text, 0, 400)
    for match in _LAST_YEAR.finditer(text):
        number = bisect_right(reading.sentences, match.start(), key=lambda one: one.start) - 1
        inside = number >= 0 and match.start() < reading.sentences[number].end
        start = reading.sentences[number].start if inside else text.rfind("\n", 0, match.start()) + 1
        told = _YEAR.findall(text, start, match.start())
        own = told[-1] if told else title[1] if title else ""
        if not own:
            continue
        finding = judge("repeat", places=[_as_year(str(int(own) - 1)), _as_year(match["year"])])
        message = ""
        if finding.verdict is Verdict.BROKEN:
            message = f"{own}年的上年是{int(own) - 1}年，写作{match['year']}年，请核对年度"
        yield Outcome(
            "period",
            finding.verdict,
            (match.span("year"),),
            match[0],
            f"{int(own) - 1}年",
            f"本年度读作{own}年",
            message or finding.reason,
        )


def _same_year(year: str, match: re.Match[str]) -> Outcome:
    return Outcome(
        "period",
        Verdict.BROKEN,
        (match.span(),),
        match[0],
        f"{year}年与{year}年",
        f"本句所述年度读作{year}年，比较的年度也读作{year}年",
        f"{year}年与其自身相比，比较的年度应为另一年，请核对",
    )


def _of_two_years(reading: Reading) -> Iterator[Outcome]:
    """(2)"""
    text = reading.document.text
    told: dict[tuple[str, str, Role, Decimal], tuple[str, Term]] = {}
    for sentence in reading.sentences:
        own = ""
        for term in sentence.terms:
            begin, end = max(sentence.start, term.span[0] - len(term.gap) - 12), term.span[0]
            if text.find("年", begin, end) >= 0:
                years = _YEAR.findall(text, begin, end)
                own = years[-1] if years else own
            quantity = term.statement.quantity
            if not own or len(term.full) < 6 or not term.is_amount:
                continue
            if quantity.qualifier is not Qualifier.EXACT or term.role in _AGAIN:
                continue
            step, of = quantity.step.as_integer_ratio()
            if quantity.value * of < _LEAST * (step or 1):
                continue
            key = (term.full, term.unit, term.role, quantity.value)
            year, first = told.setdefault(key, (own, term))
            if year != own and str(quantity.value).strip("0.")[1:].strip("0"):
                yield _two_years(first, year, term, own)


def _two_years(one: Term, year: str, other: Term, another: str) -> Outcome:
    finding: Finding = judge("repeat", places=[_as_year(year), _as_year(another)])
    return Outcome(
        "period",
        finding.verdict,
        (one.span, other.span),
        f"{year}年、{another}年",
        f"{year}年 ≠ {another}年",
        f"两处均读作“{other.full}”{printed(other)}，年度分别读作{year}年、{another}年",
        f"“{other.full}”同为{printed(other)}，一处属{year}年，一处属{another}年，请核对年度",
    )


def _as_year(year: str) -> Operand:
    return Operand("", "年度", Interval.point(int(year)), f"{year}年")


def _days(text: str) -> Iterator[Outcome]:
    """(3)"""
    since = 0
    for found in _MONTH.finditer(text):
        match = _DAY.search(text, max(since, found.start() - _FRONT), found.end())
        since = found.end()
        if match is None:
            continue
        year, month, day = int(match[1] or 2024), int(match[2]), int(match[3])
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            continue
        yield Outcome(
            "period",
            Verdict.BROKEN,
            (match.span(),),
            match[0],
            "不存在的日期",
            "读作公历日期",
            f"没有“{match[0]}”这一天，请核对日期",
        )


def _other_years(reading: Reading) -> Iterator[Outcome]:
    """(4)"""
    text = reading.document.text
    title = _TITLE.search(text, 0, 400)
    if title is None:
        return
    own = title[1]
    headings = list(_HEADING.finditer(text))
    years = Counter(match[1] for match in headings)
    odd = [match for match in headings if match[1] != own and not _AHEAD.search(match[0])]
    if years[own] >= _FEW and len(odd) <= _FEW:
        for match in odd:
            yield _other_year(match.span(1), match[1], own, match[0].strip())
    ours = [
        (sentence, begun)
        for sentence in reading.sentences
        if (begun := _OURS.match(text, sentence.start, sentence.end)) and begun[1] != own
    ]
    if len(ours) <= _FEW:
        for sentence, told in ours:
            if not _AHEAD.search(text, sentence.start, sentence.end):
                yield _other_year(told.span(1), told[1], own, told[0].strip())


def _other_year(span: tuple[int, int], year: str, own: str, words: str) -> Outcome:
    return Outcome(
        "period",
        Verdict.NOT_APPLICABLE,
        (span,),
        f"{year}年",
        f"{own}年",
        f"报告的年度读作{own}年",
        f"“{words[:30]}”写的是{year}年，报告年度为{own}年，是否笔误不能判定，请确认",
    )
