"""What part of a plan was done: 完成年初预算的98%, 完成目标任务5000人的104%, 占目标任务的80%.

Answers for `rates`, whose docstring gives the rules by the numbers used here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.reading.checks.outcome import (
    MOST_READINGS,
    Outcome,
    best,
    distinct,
    judge,
    operand,
    outcome,
    printed,
)
from jixiao.reading.checks.rates_paired import over
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import RATIO, Finding, Interval, Verdict

_NO_BUDGET = re.compile(
    r"((?:年初|全年|调整)预算)(?:数|安排)?\s?[为是]\s?(?P<zero>0(?:\.0+)?)\s?(?=[，,；;])"
)
_NAMED_BUDGETS = frozenset(["年初", "全年", "调整"])
_SAME = 4  # characters in which a plan and what came of it are called alike
AIM = re.compile(r"目标|任务|计划|指标")
_OF = re.compile(r"\A(?:已|约)?(?:完成|占|为|相当于|达到?)")
OF_WORDS = re.compile(r"[^，。；、0-9]{0,8}的")
NEW_BREATH = re.compile(r"其中|；|;")


def completed(rate: Term, before: Sequence[Term]) -> Iterator[Outcome]:
    """(3), (12): 完成预算的… is the actual number right before over its own budget."""
    if not before:
        return
    before = _turned(before)
    actual = before[-1]
    budgets: list[Term] = []
    for term, following in zip(reversed(before[:-1]), reversed(before), strict=False):
        if NEW_BREATH.search(following.gap):  # (3)
            break
        if term.role in (Role.BUDGET, Role.TARGET) and term.unit == actual.unit:
            budgets.append(term)
    budgets = distinct(budgets)
    if not 0 < len(budgets) <= MOST_READINGS:
        return
    if NEW_BREATH.search(rate.gap) or not actual.is_amount or actual.role is Role.BUDGET:
        return
    named = [term for term in budgets if rate.base[:2] in term.clause]
    whole, finding = best_of(actual, named or budgets, rate)
    if finding.verdict is Verdict.BROKEN and not (named and rate.base[:2] in _NAMED_BUDGETS):
        other, another = best_of(actual, budgets, rate)
        if another.verdict is not Verdict.BROKEN:
            whole, finding = other, another
    message = ""
    if not whole.statement.quantity.value and rate.statement.quantity.value:  # (12)
        computed = f"{printed(actual)} ÷ {printed(whole)} 无从计算"
        finding = replace(finding, verdict=Verdict.BROKEN, stated=printed(rate), computed=computed)
        message = f"“{whole.full}”为零，完成比例无从计算，不宜写作{printed(rate)}，请核对分母"
    words = f"“完成{rate.base}”读作紧邻的实际数除以同一句的预算或目标数"
    yield outcome("rate", finding, (actual, whole, rate), words, message)


def has_plan(before: Sequence[Term]) -> bool:
    """True where a budget or target is told among the numbers before."""
    return any(term.role in (Role.BUDGET, Role.TARGET) for term in before)


def as_planned(rate: Term, before: Sequence[Term], near: Sequence[Term]) -> Iterator[Outcome]:
    """(17): the plan stands in the sentence before, under the same name."""
    if not before or not before[-1].is_amount or not any(AIM.search(term.clause) for term in near):
        return
    done = before[-1]
    name = done.subject[-_SAME:]
    plans = [
        term for term in near if term.unit == done.unit and term.subject.endswith(name) and term.is_amount
    ]
    if len(name) == _SAME and len(plans) == 1 and "；" not in rate.gap:
        words = f"“{rate.base}”读作前一句的“{plans[0].clause[-8:]}”{printed(plans[0])}"
        yield outcome("rate", over(done, plans[0], rate), (done, plans[0], rate), words)


def _turned(before: Sequence[Term]) -> Sequence[Term]:
    """支出164万元，较年初预算150万元增加14万元，完成: the budget stands before what was spent."""
    if before[-1].role is not Role.DELTA or len(before) < 3 or before[-2].role is not Role.BUDGET:
        return before
    spent = next((term for term in reversed(before[:-2]) if term.unit == before[-2].unit), None)
    against = before[-2].gap.lstrip("，").startswith(("较", "比", "与"))
    return before if spent is None or not against else [before[-2], spent]


def of_nothing(text: str, sentence: Sentence, rate: Term) -> Iterator[Outcome]:
    """(12): 年初预算为0 without a measure word is no figure, and no base either."""
    nothing = _NO_BUDGET.search(text, sentence.start, rate.span[0])
    if nothing is None or not rate.statement.quantity.value or not rate.base.startswith(nothing[1][:2]):
        return
    zero = Operand("", nothing[1], Interval.point(0), "0", RATIO)
    finding = judge("subset", whole=zero, parts=[rate])
    message = f"“{nothing[1]}”为零，完成比例无从计算，不宜写作{printed(rate)}，请核对分母"
    words = f"“完成{rate.base}”的分母读作零"
    yield outcome("rate", finding, (nothing.span("zero"), rate), words, message)


def of_its_own(rate: Term, before: Sequence[Term]) -> Iterator[Outcome]:
    """完成目标任务5000人的104.22%, 占总数120件的25%: the denominator stands in the words of the rate."""
    if len(before) < 2 or not _OF.match(before[-1].clause):
        return
    numerator, whole = before[-2], before[-1]
    if numerator.unit == whole.unit and numerator.is_amount and whole.is_amount:
        finding = judge("rate", numerator=numerator, denominator=as_aimed(whole), rate=rate)
        yield outcome("rate", finding, (numerator, whole, rate), "比率读作前一个数除以紧邻的数")


def as_aimed(target: Term) -> Term | Operand:
    """3万亩 aimed at is just that."""
    if "." in printed(target) or not AIM.search(target.clause):
        return target
    return replace(operand(target), interval=Interval.point(target.statement.quantity.value))


def best_of(numerator: Term, wholes: Sequence[Term], rate: Term) -> tuple[Term, Finding]:
    """The denominator that fits best (1)."""
    return best(wholes, lambda whole: over(numerator, whole, rate))
