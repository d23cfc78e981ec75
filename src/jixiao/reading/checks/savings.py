"""What was planned, what was spent, what was saved: 采购预算360万元，实际采购318.40万元，节约41.60万元.

The three stand side by side in one sentence, the plan (预算, 概算, 控制价, 送审) first or, with 较 and 比, second; the
difference last, told as 节约, 核减 and the like, or as 超支, 超出.

(1) Increases and decreases (增加, 减少) against last year are another check; 较年初预算150万元增加14万元 is one here.
(2) Only exact numbers contradict.
(3) 收入12.36亿元，支出10.98亿元，当年结余1.38亿元 and 差值为0.9万元 are differences too.
Does not see what was saved of several plans together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.values import RATIO, Qualifier, Verdict

_PLANNED = re.compile(r"(?:预算|概算|控制价|拦标价|标底|送审|限额|计划)[^，。；实中成审]{0,8}\Z")
_DONE = re.compile(r"实际|支出|执行|成交|中标|审定|结算|使用|采购")
_AGAINST = re.compile(r"\A[，；]?(?:比|较|与)")
_SAVED = re.compile(
    r"\A，?(?:共|累计|实际|合计)?(?:节约|节省|节支|核减|审减|少支出?|压减)(?:了|资金|经费|财政资金|支出|开支)*(?:共|约)?(?:为|达)?\Z"
)
_LEFT = re.compile(
    r"\A，?(?:(?:当年|当期|本年|本期|年内)(?:收支)?(?:结余|节余|结存)|收支结余|(?P<apart>差值|差额|相差|二者之差|缺编|空编|缺额))(?:为|是|达|约)?\Z"
)
_MORE = re.compile(r"\A(?:增加|超出|多)了?(?:支出)?\Z")
_TAKEN = re.compile(r"(?:收入|征缴|征收|筹集)[^，。；支]{0,4}\Z")
_GIVEN = re.compile(r"(?:支出|支付|发放)[^，。；收]{0,4}\Z")
_OVER = re.compile(r"\A，?(?:共|累计|实际)?(?:超支|超出|超过)(?:了|预算|概算|资金|经费)*(?:为|达)?\Z")


def savings(reading: Reading) -> list[Outcome]:
    """Every difference told behind a plan and what came of it."""
    return [
        found
        for sentence in reading.sentences
        for one, other, last in _threes(sentence.terms)
        if one.unit == other.unit == last.unit and one.is_amount and other.is_amount
        for found in _judged(one, other, last)
    ]


def _threes(terms: Sequence[Term]) -> Iterator[tuple[Term, Term, Term]]:
    """Neighbours, rates between them aside."""
    told = [term for term in terms if term.unit != RATIO]
    return zip(told, told[1:], told[2:], strict=False)


def _judged(one: Term, other: Term, last: Term) -> Iterator[Outcome]:
    saved = bool(_SAVED.match(last.gap))
    left = _LEFT.match(last.gap)
    if not (saved or left or _OVER.match(last.gap) or _MORE.match(last.gap)):  # (1)
        return
    if left:  # (3)
        apart = left["apart"] is not None
        if not apart and not (_TAKEN.search(one.clause) and _GIVEN.search(other.clause)):
            return
        ordered = sorted((one, other), key=lambda term: term.statement.quantity.value)
        plan, spent = ordered[::-1] if apart else (one, other)
        saved = True
    elif _MORE.match(last.gap):
        if not (
            _AGAINST.match(other.gap) and _PLANNED.search(other.clause) and not _PLANNED.search(one.clause)
        ):
            return
        plan, spent = other, one
    elif _PLANNED.search(one.clause) and _DONE.search(other.clause) and not _AGAINST.match(other.gap):
        plan, spent = one, other
    elif _AGAINST.match(other.gap) and _PLANNED.search(other.clause) and not _PLANNED.search(one.clause):
        plan, spent = other, one
    else:
        return
    larger, smaller = (plan, spent) if saved else (spent, plan)
    finding = judge("sum", total=larger, parts=[smaller, last])
    exact = all(term.statement.quantity.qualifier is Qualifier.EXACT for term in (one, other, last))
    if finding.verdict is Verdict.BROKEN and not exact:  # (2)
        return
    message = ""
    if finding.verdict is Verdict.BROKEN:
        message = f"{printed(larger)}减去{printed(smaller)}，不等于{printed(last)}，请核对三个数"
    words = f"计划读作{printed(plan)}，实际读作{printed(spent)}，差额读作{printed(last)}"
    yield outcome("sum", finding, (larger, smaller, last), words, message)
