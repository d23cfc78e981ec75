"""Target, actual and what the text makes of them: 目标不少于20次，实际18次 is not 完成目标.

The target is told with its words (目标, 指标值, 计划, 任务) or as a bound (≥95%), the actual value follows it with words
of its own (实际, 完成, 达到), in its sentence or, with 实际, at the head of the next one. The judgement (已完成,
超额完成, 未完成 …) stands right behind, or at the head of the next sentence (该项目标已完成).

(1) More is better unless the target is an upper bound (不超过, ≤, 控制在); where the target counts costs, time or
complaints without saying so, nobody can tell and nothing is said.
(2) 超额完成 for exactly the target is left alone, and so is 基本完成.
(3) Between actual and judgement no other number may stand. 均已完成 judges every target of its sentence.
Does not see judgements of several targets told in a sentence of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from jixiao.reading.checks.outcome import Outcome, Span, judge, operand, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import Interval, Qualifier, Verdict

_TARGET = re.compile(r"目标|指标值|计划|任务|要求|应达|预期")
_ACTUAL = re.compile(r"实际|完成|达到|达|实现|实有|为")
_JUDGED = (
    r"(?P<no>(?:均|都)?(?:未能?|没有|尚未)(?:如期|按期|按时|全部|全面)?(?:完成|达到|达成|实现|达标)|不达标)"
    r"|(?P<over>(?:均|都)?超额完成|超计划完成|超目标完成|超过(?:年度|预期)?(?:目标|计划|任务))"
    r"|(?P<yes>(?:已|全部|全面|圆满|如期|按期|顺利|较好地?|均|都)*(?:完成|达到|达成|实现)了?(?:年度|预期|既定|全年|绩效|目标|任务|指标|计划"
    r"|预定)++|(?:目标|任务|指标|计划)(?:已|全部|均|都|圆满|如期)?(?:完成|达成|实现)|(?:已|均|都|全部)+经?(?:完成|达标|达到|达成|实现)|达标)"
    r"(?!的)"
)
_WORD = re.compile(rf"(?P<lead>[^0-9。；;]{{0,12}}?)(?:{_JUDGED})")
_NEXT_WORD = re.compile(
    rf"(?P<lead>[^0-9。；;]{{0,12}}。(?:[该此本][项个]?)?(?:绩效|年度|工作)*(?:指标|目标|任务|计划)?值?)(?:{_JUDGED})"
)
_NOT_QUITE = re.compile(r"基本|大体|部分|接近|力争|确保|预计|有望|将|为|以|按")
_ALL = re.compile("[均都]|全部")
_AFTER = 60  # characters in which the judgement stands
_UNCLEAR = re.compile(
    r"成本|费用|经费|支出|时限|时间|工期|投诉(?!处理|办结|办理)|失业|事故|能耗|排放|控制|偏差|差错|率?下降|减少"
)
_UPPER = re.compile(r"不超过|控制在|以内|以下|不高于|低于")
_BOUNDS = frozenset((Qualifier.AT_LEAST, Qualifier.AT_MOST))
_REACHED = frozenset((Qualifier.EXACT, Qualifier.OVER))


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What is said of an actual value: no, over or yes."""

    kind: str
    words: str
    span: Span


def targets(reading: Reading) -> list[Outcome]:
    """Targets with an actual value and a judgement."""
    found: list[Outcome] = []
    for sentence, following in zip_longest(reading.sentences, reading.sentences[1:]):
        pairs = [(one, other) for one, other in pairwise(sentence.terms) if _belong(one, other)]
        if _is_continued(sentence, following) and _belong(sentence.terms[-1], following.terms[0]):
            pairs.append((sentence.terms[-1], following.terms[0]))
        for place, (target, actual) in enumerate(pairs):
            end = reading.sentences[actual.sentence].end
            if (told := _judgement(reading.document.text, actual, end)) is None:
                continue
            earlier = pairs[:place] if _ALL.search(told.words) else []  # (3)
            for one in (*earlier, (target, actual)):
                found.extend(_judged(*one, told))
    return found


def _belong(target: Term, actual: Term) -> bool:
    return target.unit == actual.unit and _is_target(target) and _is_actual(actual)


def _is_continued(sentence: Sentence, following: Sentence | None) -> bool:
    return (
        following is not None
        and following.paragraph == sentence.paragraph
        and "实际" in following.terms[0].clause
        and following.start - sentence.end < 2
    )


def _judgement(text: str, actual: Term, end: int) -> _Judgement | None:
    start = actual.span[1]
    stop = min(len(text), start + _AFTER)
    line = text.find("\n", max(start, min(end, stop)), stop)
    stop = line if line >= 0 else stop
    places = [place for place in range(start, stop) if not text[place].isspace()]
    words = "".join(text[place] for place in places)
    match = _WORD.match(words) or _NEXT_WORD.match(words)
    if match is None or _NOT_QUITE.search(match["lead"]):
        return None
    kind = match.lastgroup or ""
    first, last = match.span(kind)
    return _Judgement(kind, match[kind], (places[first], places[last - 1] + 1))


def _is_target(term: Term) -> bool:
    bound = term.statement.quantity.qualifier in _BOUNDS
    worded = term.role is Role.TARGET or bool(_TARGET.search(term.clause))
    return worded or (bound and bool(_TARGET.search(term.gap)))


def _is_actual(term: Term) -> bool:
    if _TARGET.search(term.clause) and "实际" not in term.clause:
        return False
    plain = term.statement.quantity.qualifier in _REACHED
    return plain and bool(_ACTUAL.search(term.clause)) and len(term.gap) <= 24


def _judged(target: Term, actual: Term, told: _Judgement) -> Iterator[Outcome]:
    upper = target.statement.quantity.qualifier is Qualifier.AT_MOST or bool(_UPPER.search(target.clause))
    if not upper and _UNCLEAR.search(target.gap + actual.gap):  # (1)
        return
    reached = operand(actual)
    goal = replace(_asked(target), step=reached.step)
    stages = [goal, reached] if upper else [reached, goal]
    finding = judge("chain", stages=stages)
    met = finding.verdict is not Verdict.BROKEN
    if (
        told.kind == "over"
        and not upper
        and judge("chain", stages=stages[::-1]).verdict is not Verdict.BROKEN
        and met
    ):
        return  # (2)
    says_met = told.kind != "no"
    if not says_met and met and finding.verdict is not Verdict.KEPT:
        return
    verdict = Verdict.KEPT if met == says_met else Verdict.BROKEN
    message = ""
    if verdict is Verdict.BROKEN:
        fact = "已经达到" if met else "没有达到"
        message = f"目标{printed(target)}，实际{printed(actual)}，{fact}，与“{told.words}”不符，请核对"
    words = f"目标读作{printed(target)}，实际读作{printed(actual)}，判断读作“{told.words}”"
    yield outcome(
        "target", replace(finding, verdict=verdict), (target.span, actual.span, told.span), words, message
    )


def _asked(term: Term) -> Operand:
    """The number itself: 不少于20次 asks for 20, and a target is meant as it is printed."""
    return replace(operand(term), interval=Interval.point(term.statement.quantity.value))
