"""Target, actual and what the text makes of them: 目标不少于20次，实际18次 is not 完成目标.

The target is told with its words (目标, 指标值, 计划, 任务) or as a bound (≥95%), the actual value follows it with words
of its own (实际, 完成, 达到), and the judgement (已完成, 超额完成, 未完成 …) stands right behind.

(1) More is better unless the target is an upper bound (不超过, ≤, 控制在); where the target counts costs, time or
complaints without saying so, nobody can tell and nothing is said.
(2) 超额完成 for exactly the target is left alone.
(3) Between actual and judgement no other number may stand.
Does not see judgements of several targets at once, nor those told in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jixiao.reading.checks.outcome import Outcome, judge, operand, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import Interval, Qualifier, Verdict

_TARGET = re.compile(r"目标|指标值|计划|任务|要求|应达|预期")
_ACTUAL = re.compile(r"实际|完成|达到|达|实现|实有|为")
_WORD = re.compile(
    r"[^0-9。；;\n]{0,12}?(?:"
    r"(?P<no>(?:未能?|没有|尚未)(?:如期|按期|按时|全部|全面)?(?:完成|达到|达成|实现|达标)|不达标)"
    r"|(?P<over>超额完成|超计划完成|超目标完成|超过(?:年度|预期)?(?:目标|计划|任务))"
    r"|(?P<yes>(?:已|全部|全面|圆满|如期|按期|顺利|较好地?|均)?(?:完成|达到|达成|实现)了?(?:年度|预期|既定|全年|绩效|目标|任务|指标|计划"
    r"|预定)|(?:目标|任务|指标|计划)(?:已|全部|均|圆满|如期)?(?:完成|达成|实现)|(?:已|均|全部)经?(?:完成|达标|达到|达成|实现)|达标))"
)
_UNCLEAR = re.compile(
    r"成本|费用|经费|支出|时限|时间|工期|投诉(?!处理|办结|办理)|失业|事故|能耗|排放|控制|偏差|差错|率?下降|减少"
)
_UPPER = re.compile(r"不超过|控制在|以内|以下|不高于|低于")


def targets(reading: Reading) -> list[Outcome]:
    """Targets with an actual value and a judgement in their sentence."""
    text = reading.document.text
    return [
        found
        for sentence in reading.sentences
        for target, actual in zip(sentence.terms, sentence.terms[1:], strict=False)
        if target.unit == actual.unit and _is_target(target) and _is_actual(actual)
        for found in _judged(text, target, actual)
    ]


def _is_target(term: Term) -> bool:
    bound = term.statement.quantity.qualifier in (Qualifier.AT_LEAST, Qualifier.AT_MOST)
    worded = term.role is Role.TARGET or bool(_TARGET.search(term.clause))
    return worded or (bound and bool(_TARGET.search(term.gap)))


def _is_actual(term: Term) -> bool:
    if _TARGET.search(term.clause) and "实际" not in term.clause:
        return False
    plain = term.statement.quantity.qualifier in (Qualifier.EXACT, Qualifier.OVER)
    return plain and bool(_ACTUAL.search(term.clause)) and len(term.gap) <= 24


def _judged(text: str, target: Term, actual: Term) -> Iterator[Outcome]:
    match = _WORD.match(text, actual.span[1])
    if match is None:
        return
    upper = target.statement.quantity.qualifier is Qualifier.AT_MOST or bool(_UPPER.search(target.clause))
    if not upper and _UNCLEAR.search(target.gap + actual.gap):  # (1)
        return
    goal, reached = _asked(target), operand(actual)
    stages = [goal, reached] if upper else [reached, goal]
    finding = judge("chain", stages=stages)
    met = finding.verdict is not Verdict.BROKEN
    if (
        match["over"]
        and not upper
        and judge("chain", stages=stages[::-1]).verdict is not Verdict.BROKEN
        and met
    ):
        return  # (2)
    says_met = not match["no"]
    if not says_met and met and finding.verdict is not Verdict.KEPT:
        return
    verdict = Verdict.KEPT if met == says_met else Verdict.BROKEN
    word = (match["no"] or match["over"] or match["yes"] or "").strip()
    message = ""
    if verdict is Verdict.BROKEN:
        fact = "已经达到" if met else "没有达到"
        message = f"目标{printed(target)}，实际{printed(actual)}，{fact}，与“{word}”不符，请核对"
    words = f"目标读作{printed(target)}，实际读作{printed(actual)}，判断读作“{word}”"
    spans = (target.span, actual.span, (match.end() - len(word), match.end()))
    yield outcome("target", replace(finding, verdict=verdict), spans, words, message)


def _asked(term: Term) -> Operand:
    """The number itself: 不少于20次 asks for 20, and a target is meant as it is printed."""
    return replace(operand(term), interval=Interval.point(term.statement.quantity.value))
