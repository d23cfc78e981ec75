"""So much a head: 培训1440人次，支出43.20万元，人均300元 is the money over the people; 24期1440人次，平均每期60人次 likewise.

(1) The sum and the count stand before in the same sentence, the only ones of their measure words; the count is of
what the average is told for (人均 of 人, 人次 or 名, 户均 of 户, 车均 of 辆, 每期 of 期).
(2) Incomes, areas, standards and averages for a day or a year have another base and are left out.
(3) Only exact numbers contradict, and 人均1.5次 is of those who may come, not of how often they came.
Does not see averages whose sum or count stands in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome, distinct, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import POINTS, RATIO, Qualifier, Verdict

_EACH = re.compile(
    r"(?:\A|[^\u4e00-\u9fff])(?:(?P<head>[人户车])均|(?:平均)?每(?P<each>批次|[期场次批个件项户人名所家辆])(?:平均)?)"
    r"(?P<what>[^，。；]{0,4}?)(?:约?为|达到?|约|是)?\Z"
)
_COUNTED = {
    "人": ("人", "人次", "名"),
    "名": ("名", "人"),
    "次": ("次", "场次"),
    "个": ("个",),
    "车": ("辆",),
}
_OTHER_BASE = re.compile(
    r"收入|生产总值|GDP|面积|标准|补助|定额|每[天日月年]|[日月年]均|可支配|上年|去年|预算"
)
_NOT_SHARED = frozenset([Role.BUDGET, Role.TARGET, Role.PREVIOUS, Role.DELTA])
_PLAIN = frozenset([Role.NONE, Role.TOTAL, Role.PART, Role.FINAL])


def quotients(reading: Reading) -> list[Outcome]:
    """Every average told behind its sum and its count."""
    return [
        found
        for sentence in reading.sentences
        for index, term in enumerate(sentence.terms)
        if index > 1 and ("均" in term.clause or "每" in term.clause)
        for found in _judged(sentence.terms[:index], term)
    ]


def _judged(before: Sequence[Term], average: Term) -> Iterator[Outcome]:
    match = _EACH.search(average.clause)
    if match is None or average.unit in (RATIO, POINTS) or _OTHER_BASE.search(average.gap):  # (2)
        return
    each = match["head"] or match["each"]
    if each == "人" and average.unit in ("次", "场", "个", "件", "篇"):  # 视察18次372人次，人均1.5次
        return
    sums = [term for term in before if term.unit == average.unit and _may_be_shared(term)]
    counts = [
        term for term in before if term.unit in _COUNTED.get(each, (each,)) and term.unit != average.unit
    ]
    sums = distinct(sums)  # 用车费24.30万元，其中购置费0万元、运行费24.30万元
    if len(sums) != 1 or len(counts) != 1:  # (1)
        return
    whole, count = sums[0], counts[0]
    if not all(term.is_amount and term.role in _PLAIN for term in (whole, count)):
        return
    exact = all(term.statement.quantity.qualifier is Qualifier.EXACT for term in (whole, count, average))
    finding = judge("rate", numerator=whole, denominator=count, rate=average)
    if finding.verdict is Verdict.BROKEN and (not exact or _OTHER_BASE.search(whole.clause)):  # (3)
        return
    words = f"“{average.clause[-8:]}”读作{printed(whole)}除以{printed(count)}"
    yield outcome("rate", finding, (whole, count, average), words)


def _may_be_shared(term: Term) -> bool:
    """Not nothing, nor what was planned for it or is told of another year."""
    return bool(term.statement.quantity.value) and term.role not in _NOT_SHARED
