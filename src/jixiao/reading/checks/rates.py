"""Rates told with their counts: 立案率 is 立案 over what was handed in, 完成预算的 13.68 % is 决算 over 预算.

(1) The numerator is the nearest count before whose words hold the name of the rate; the denominator is any
count before it in the same sentence and measure word: one that fits is enough, all must fail.
(2) A rate of several names (立案率、见面率均为100%) is held against each name that has a count.
(3) 完成预算 needs its own budget in the same breath: after 其中 or ；the budget of the whole is not meant.
(4) Rates that are no quotient of counts of the sentence (增长率, 利率, 税率) and rates that changed are left out.
(5) Several counts bear the name of the rate (采用5篇 … 采用8篇 … 采用率): none of them is a denominator, and nobody
can tell which is meant, so a rate that does not fit is not held against the sentence.
Does not see rates whose counts stand in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome, judge, outcome
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import RATIO, Finding, Verdict

_NAME = re.compile(r"([^，。；、：率和及]{2,8}?)率")
_NO_QUOTIENT = re.compile(r"增长|增速|利|税|汇|失业|贡献|占有|年化|收益|变动|覆盖|合格|上升|下降|比")
_OF = re.compile(r"\A(?:已|约)?(?:完成|占)")
_NEW_BREATH = re.compile(r"其中|；|;")


def rates(reading: Reading) -> list[Outcome]:
    """Named rates and completed budgets."""
    found: list[Outcome] = []
    for sentence in reading.sentences:
        for index, term in enumerate(sentence.terms):
            if term.role is Role.RATE:
                found.extend(_named(term, sentence.terms[:index]))
            elif term.role is Role.COMPLETION:
                found.extend(_completed(term, sentence.terms[:index]))
            elif term.unit == RATIO and term.gap == "的":
                found.extend(_of_its_own(term, sentence.terms[:index]))
    return found


def _named(rate: Term, before: Sequence[Term]) -> Iterator[Outcome]:
    for match in _NAME.finditer(rate.gap):  # (2)
        name = match[1]
        if _NO_QUOTIENT.search(name):  # (4)
            continue
        numerators = [term for term in before if term.is_amount and name in term.clause]
        if not numerators:
            continue
        numerator = numerators[-1]
        wholes = [
            term
            for term in before[: numerator.index]
            if term.unit == numerator.unit and term.is_amount and term not in numerators
        ]
        if not wholes:
            continue
        whole, finding = best(numerator, wholes, rate)
        if finding.verdict is Verdict.BROKEN and len(numerators) > 1:  # (5)
            continue
        yield outcome(
            "rate",
            finding,
            (numerator, whole, rate),
            f"“{name}率”读作“{name}”的数除以同一句中在前的数",
        )


def _completed(rate: Term, before: Sequence[Term]) -> Iterator[Outcome]:
    if not before:
        return
    actual = before[-1]
    budgets: list[Term] = []
    for term, following in zip(reversed(before[:-1]), reversed(before), strict=False):
        if _NEW_BREATH.search(following.gap):  # (3)
            break
        if term.role in (Role.BUDGET, Role.TARGET) and term.unit == actual.unit:
            budgets.append(term)
    if _NEW_BREATH.search(rate.gap) or not budgets or not actual.is_amount or actual.role is Role.BUDGET:
        return
    named = [term for term in budgets if rate.base[:2] in term.clause] or budgets
    whole, finding = best(actual, named, rate)
    if finding.verdict is Verdict.BROKEN:
        other, another = best(actual, budgets, rate)
        if another.verdict is not Verdict.BROKEN:
            whole, finding = other, another
    yield outcome(
        "rate", finding, (actual, whole, rate), f"“完成{rate.base}”读作紧邻的实际数除以同一句的预算或目标数"
    )


def _of_its_own(rate: Term, before: Sequence[Term]) -> Iterator[Outcome]:
    """完成目标任务5000人的104.22%, 占总数120件的25%: the denominator stands in the words of the rate."""
    if len(before) < 2 or not _OF.match(before[-1].clause):
        return
    numerator, whole = before[-2], before[-1]
    if numerator.unit == whole.unit and numerator.is_amount and whole.is_amount:
        finding = judge("rate", numerator=numerator, denominator=whole, rate=rate)
        yield outcome("rate", finding, (numerator, whole, rate), "比率读作前一个数除以紧邻的数")


def best(numerator: Term, wholes: Sequence[Term], rate: Term) -> tuple[Term, Finding]:
    """The denominator that fits best (1)."""
    order = (Verdict.KEPT, Verdict.ROUNDING, Verdict.NOT_APPLICABLE, Verdict.BROKEN)
    judged = [(whole, judge("rate", numerator=numerator, denominator=whole, rate=rate)) for whole in wholes]
    return min(judged, key=lambda pair: order.index(pair[1].verdict))
