"""A rate that no whole number of answers can make: 33.4 % of 12 people does not exist.

Holds where a sentence tells one count of answers (发放, 回收, 回访, 抽查, 测评 …) and then a rate of it, and for 12家企业中
33.4 %.

(1) Several counts before the rate: any of them may be its denominator, so all must be impossible.
(2) Satisfaction as a degree (满意度) may be an average of scores and is left out.
Does not see rates of large bodies: once every printed rate has some number that makes it, nothing is said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import MOST_READINGS, Outcome, distinct, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import RATIO, Finding, Interval, Verdict

_ASKED = re.compile(r"发放|回收|收回|回访|抽查|测评|访问|调查|抽取|问卷")
_AMONG = re.compile(r"\A[^，。；、]{0,8}中，?(?:有|的)?\Z")
_OF_ANSWERS = re.compile(r"(?:满意|合格|知晓|支持|参与|通过|优良)率(?:为|达到?|是)?\Z")


def surveys(reading: Reading) -> list[Outcome]:
    """Rates that are impossible for the number asked."""
    return [
        one
        for sentence in reading.sentences
        for index, term in enumerate(sentence.terms)
        if term.unit == RATIO and index
        for one in _judged(sentence.terms[:index], term)
    ]


def _judged(before: Sequence[Term], rate: Term) -> Iterator[Outcome]:
    among = _AMONG.match(rate.gap) and before[-1].statement.kind == "count"
    if not among and not (rate.role is Role.RATE and _OF_ANSWERS.search(rate.clause)):
        return
    counts = [
        term
        for term in before
        if term.statement.kind == "count" and term.statement.quantity.interval.is_point
    ]
    counts = counts[-1:] if among else distinct(reversed(counts))[::-1]
    if len(counts) > MOST_READINGS:
        return
    if (
        not counts
        or not (
            among
            or _ASKED.search(counts[-1].clause)
            or _ASKED.search(counts[-1].statement.after[:12].split("，")[0])
        )
        or not all(term.statement.quantity.value for term in counts)
    ):
        return
    judged: list[tuple[Term, int, Finding]] = []
    for one in counts:
        judged.append((one, *_nearest(one, rate)))
        if judged[-1][2].verdict is Verdict.KEPT:  # (1)
            return
    count, answers, finding = min(judged, key=lambda one: one[2].verdict is Verdict.BROKEN)
    message = f"{printed(count)}中没有哪个整数能得出{printed(rate)}，最近的是{answers}，请核对"
    words = f"比率的分母读作{printed(count)}，分子应为整数"
    yield outcome("rate", finding, (count, rate), words, message)


def _nearest(count: Term, rate: Term) -> tuple[int, Finding]:
    """The whole number of answers that comes nearest to the rate, and how it stands to it."""
    number = count.statement.quantity.value
    wanted = rate.statement.quantity.value * number
    tried = [(answers, _over(answers, count, rate)) for answers in (math.floor(wanted), math.ceil(wanted))]
    tried.sort(key=lambda one: (one[1].verdict is Verdict.BROKEN, abs(one[0] - wanted)))
    return tried[0]


def _over(answers: int, count: Term, rate: Term) -> Finding:
    numerator = Operand("", "答者", Interval.point(answers), str(answers), count.unit)
    return judge("rate", numerator=numerator, denominator=count, rate=rate)
