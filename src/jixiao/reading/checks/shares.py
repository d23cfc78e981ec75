"""Shares told in an enumeration: each is its part over the whole, and together they make 100 %.

(1) Where several numbers before may be the whole, one that fits is enough.
(4) Where the parts add up to one of them, or it fits all but one of four or more shares, it is the whole of all.
(6) 收入14亿元，其中税收9亿元，占64%；支出50亿元，四项支出30亿元，占60%: a share may be of a number told since.
(5) Three or more shares in a row of things that end alike (咨询类, 求助类, 建议类) make no more than 100 %.
(2) Shares after parts that are not known to be all parts may make less than 100 %, never more.
(3) Answers from 满意 to 不满意, each told once in a row, are at most all the answers; 不了解 may be left out.
Does not see other shares outside an enumeration, which are another check, nor shares of a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from jixiao.reading.checks.outcome import Outcome, judge, outcome
from jixiao.reading.enumerations import Enumeration
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.values import RATIO, Verdict

_DEGREE = re.compile(
    r"(?:\A|[^非较基本不很太])((?:非常|很|较|比较|基本|不太|不够|不)?满意|一般)(?:的|率|度)?(?:均|各)?(?:占|占比)?(?:为|达|是)?\Z"
)
_SORT = re.compile(
    r"\A(?:其中|从[^，。]{2,10}看)*(?P<name>[^，。；0-9]{1,9}(?P<end>类|方面|产业增加值|等次))"
    r"(?:诉求|提案|问题)?(?:占比?|比重)(?:为|达)?\Z"
)
_DEGREES = 3
_MANY = 4
_FEW = 1


def shares(reading: Reading) -> list[Outcome]:
    """Shares of enumerated wholes; sums of shares."""
    found: list[Outcome] = []
    for one in reading.enumerations:
        wholes = [*reversed(one.others), one.whole]
        agreed = _agreed(one, wholes)
        for place, share in one.shares:
            words = "其占比读作占前文总数的比例"
            judged = _of(one.parts[place], agreed or wholes, share, words)
            if judged.verdict is Verdict.BROKEN and place:  # (6)
                nearer = _of(one.parts[place], one.parts[:place], share, "其占比读作占紧邻前数的比例")
                judged = judged if nearer.verdict is Verdict.BROKEN else nearer
            if agreed or one.near or not one.others or judged.verdict is not Verdict.BROKEN:
                found.append(judged)
        found.extend(_together(one))
    for sentence in reading.sentences:
        if len(sentence.terms) >= _DEGREES:
            found.extend(_answers(sentence.terms))
            found.extend(_of_sorts(sentence.terms))
    return found


def _agreed(one: Enumeration, wholes: Sequence[Term]) -> list[Term]:
    """(4)"""
    if not one.others or len(one.shares) < _FEW:
        return []
    sums = [whole for whole in wholes if judge("sum", total=whole, parts=one.parts).verdict is Verdict.KEPT]
    if len(sums) == 1 or len(one.shares) < _MANY:
        return sums if len(sums) == 1 else []
    for missed in (0, 1):
        fitting = [whole for whole in wholes if _fitting(one, whole) == len(one.shares) - missed]
        if fitting:
            return fitting if len(fitting) == 1 else []
    return []


def _fitting(one: Enumeration, whole: Term) -> int:
    told = (
        judge("rate", numerator=one.parts[place], denominator=whole, rate=share)
        for place, share in one.shares
    )
    return sum(finding.verdict in (Verdict.KEPT, Verdict.ROUNDING) for finding in told)


def _answers(terms: Sequence[Term]) -> Iterator[Outcome]:
    """(3)"""
    run: dict[str, Term] = {}
    for term in terms:
        degree = _DEGREE.search(term.clause) if term.unit == RATIO else None
        if degree is None or degree[1] in run:
            run = {}
            continue
        run[degree[1]] = term
        if degree[1].startswith("不满") and len(run) >= _DEGREES:
            told = list(run.values())
            finding = judge("shares", shares=told)
            above = finding.verdict is Verdict.BROKEN and _sum(told) > 1
            if finding.verdict is not Verdict.BROKEN or above:
                yield outcome("sum", finding, told, "从满意到不满意的各项占比读作全部答卷")


def _of_sorts(terms: Sequence[Term]) -> Iterator[Outcome]:
    """(5)"""
    names = [_SORT.search(term.clause) if term.unit == RATIO else None for term in terms]
    for end, some in groupby(zip(terms, names, strict=True), lambda pair: pair[1] and pair[1]["end"]):
        told = [(term, name["name"]) for term, name in some if name]
        if end and len(told) >= _DEGREES and len({name for _, name in told}) == len(told):
            run = [term for term, _ in told]
            finding = judge("shares", shares=run)
            if finding.verdict is not Verdict.BROKEN or _sum(run) > 1:
                yield outcome("sum", finding, run, f"各“{end}”的占比读作同一总数的组成部分")


def _sum(shares: Sequence[Term]) -> Decimal:
    return sum((share.statement.quantity.value for share in shares), Decimal(0))


def _together(one: Enumeration) -> Iterator[Outcome]:
    """(2)"""
    told = [share for _, share in one.shares]
    if len(told) < 2 or len(told) < len(one.parts):
        return
    finding = judge("shares", shares=told)
    if finding.verdict is Verdict.BROKEN:
        whole = judge("sum", total=one.whole, parts=one.parts)
        if whole.verdict is not Verdict.KEPT:
            return
    yield outcome("sum", finding, told, "各占比读作同一总数的组成部分")


def _of(part: Term, wholes: Sequence[Term], share: Term, words: str) -> Outcome:
    """(1)"""
    judged = [
        (whole, judge("rate", numerator=part, denominator=whole, rate=share)) for whole in reversed(wholes)
    ]
    order = (Verdict.KEPT, Verdict.ROUNDING, Verdict.NOT_APPLICABLE, Verdict.BROKEN)
    whole, finding = min(judged, key=lambda pair: order.index(pair[1].verdict))
    return outcome("rate", finding, (part, whole, share), words)
