"""Scores in prose: nothing earns more points than it is worth, and what is earned adds up.

满分 10 分，得 8 分 and 得 8 分（满分 10 分), side by side in one sentence. Two or more such pairs make a score sheet: their
worth adds up to the 总分 or 满分 told in the sentence, their points to the 自评得分.

(1) Something between them that ends the thought (；) parts them.
(2) Points after a score belong to it only in a bracket right behind; else they begin the next item.
(3) 预算执行率96.5%，分值10分，得9.65分: the score of execution is the rate times its worth, at most its worth.
(5) 产出指标50分，得48分 tells the worth by its place.
(6) The 综合得分 may open the next sentence, or stand in the one before 其中, where the items are worth 100 together.
(4) A sheet of two items may be part of a larger one: its sums only agree.
(7) 自评总分95.5分 is what was earned, 评价总分100分 either: it is held against the points only where the worths do not
make it and it is called 自评, 得 or the like.
(8) 满分25分，扣1.5分、扣0.8分，得22.7分: the worth less what was taken between is what was earned.
(9) 分值100分，综合得分88.6分，其中 … : the first pair is the whole sheet where its worth is that of all others.
(10) 得分率 behind a pair is what was earned over the worth.
Does not see bonus points (加分), nor score tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from jixiao.reading.checks.outcome import Outcome, judge, operand, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import RATIO, Interval, Verdict, decimal_text, round_half_up

_FARTHEST = 16
_SHEET = 3
_HUNDRED = 100
_NEXT = 4  # characters between the sheet and the sentence of its total
_FULL = re.compile(r"总分|满分|总分值|总权重|分值合计|权重合计")
_TOTAL = re.compile(
    r"\A小计(?:得分?)?\Z|(?:自评|综合|评价|最终|实际|合计|总|共|累计)[^，。；]{0,6}?(?:得|分)[^，。；]{0,4}\Z|\A(?:合计|共计|总计)\Z"
)
_OPENS = re.compile(r"其中|(?:得分|指标|评分)情况")
_TAKEN = re.compile(r"扣|加分|减分|加[0-9]?\Z")
_OWN = re.compile(r"自评|自查|得|最终|实际|实得")
_EXECUTION = re.compile(r"(?:预算执行|资金执行|支出执行|执行)率")


def scores(reading: Reading) -> list[Outcome]:
    """Points earned against points to be had, sheets against their totals."""
    found: list[Outcome] = []
    for number, sentence in enumerate(reading.sentences):
        matched = pairs(sentence)
        found.extend(_rated(sentence, matched))
        for worth, earned in matched:
            finding = judge("subset", whole=worth, parts=[earned])
            message = ""
            if finding.verdict is Verdict.BROKEN:
                message = f"得分{printed(earned)}高于分值{printed(worth)}，请更正"
            found.append(outcome("score", finding, (worth, earned), "相邻的分值与得分读作同一项", message))
            found.extend(_of_execution(sentence, worth, earned))
            found.extend(_less_taken(sentence, worth, earned))
        if len(matched) > 1:
            found.extend(
                _sheet(sentence, matched)
                or _told_next(reading.sentences[number + 1 :], matched)
                or _told_before(reading.sentences[max(0, number - 1) : number], sentence, matched)
            )
    return found


def pairs(sentence: Sentence) -> list[tuple[Term, Term]]:
    """(worth, earned) of every item of a sentence."""
    found: list[tuple[Term, Term]] = []
    if not any(term.unit == "分" for term in sentence.terms):
        return found
    told = [
        term for term in sentence.terms if term.role is not Role.RATE and not _TAKEN.search(term.clause)
    ]  # 分值10分，执行率91%，得9.1分
    for one, other in pairwise(told):
        if found and one in found[-1]:  # 得9.8分（满分10分），产出指标得49分（满分50分）
            continue
        if _by_place(one, other):  # (5)
            found.append((one, other))
            continue
        if {_role(one), _role(other)} != {Role.WORTH, Role.EARNED}:
            continue
        if len(other.gap) > _FARTHEST or "；" in other.gap or "加分" in one.clause + other.clause:  # (1)
            continue
        if _role(one) is Role.EARNED and not other.gap.startswith("（"):  # (2)
            continue
        found.append((one, other) if _role(one) is Role.WORTH else (other, one))
    return found


def _role(term: Term) -> Role:
    """产出（50分）得48分: points alone in a bracket are what the item is worth."""
    alone = term.unit == "分" and term.depth == 1 and not term.clause
    return Role.WORTH if alone else term.role


def _by_place(one: Term, other: Term) -> bool:
    """(5)"""
    told = one.unit == other.unit == "分" and other.gap in ("，得", "，实得", "，自评得")
    return told and one.role is Role.NONE and one.depth == other.depth and len(one.subject) > 1


def _told_next(following: Sequence[Sentence], matched: Sequence[tuple[Term, Term]]) -> list[Outcome]:
    """(6)"""
    worths, earned = [worth for worth, _ in matched], [score for _, score in matched]
    if not following or len(matched) < _SHEET or following[0].terms[0].unit != "分":
        return []
    total = following[0].terms[0]
    full = sum(worth.statement.quantity.value for worth in worths)
    if full != _HUNDRED or following[0].start - earned[-1].span[1] > _NEXT or not _TOTAL.search(total.clause):
        return []
    finding = judge("sum", total=total, parts=earned)
    told = f"把上一句的{len(earned)}项得分读作“{total.clause[-8:]}”{printed(total)}的全部组成部分"
    return [outcome("sum", finding, (total, *earned), told)]


def _told_before(
    earlier: Sequence[Sentence], sentence: Sentence, matched: Sequence[tuple[Term, Term]]
) -> list[Outcome]:
    """(6)"""
    worths, earned = [worth for worth, _ in matched], [score for _, score in matched]
    full = sum(worth.statement.quantity.value for worth in worths)
    if not earlier or len(matched) < _SHEET or full != _HUNDRED or matched[0][0].index:
        return []
    totals = [term for term in earlier[0].terms if term.unit == "分" and _TOTAL.search(term.clause)]
    if len(totals) != 1 or earlier[0].paragraph != sentence.paragraph or not _OPENS.search(worths[0].gap):
        return []
    finding = judge("sum", total=totals[0], parts=earned)
    told = f"把下一句的{len(earned)}项得分读作“{totals[0].clause[-8:]}”{printed(totals[0])}的全部组成部分"
    return [outcome("sum", finding, (totals[0], *earned), told)]


def _sheet(sentence: Sentence, matched: Sequence[tuple[Term, Term]]) -> list[Outcome]:
    return list(_sums(sentence, matched))


def _sums(sentence: Sentence, matched: Sequence[tuple[Term, Term]]) -> Iterator[Outcome]:
    inside = {term.span for pair in matched for term in pair}
    others = [term for term in sentence.terms if term.unit == "分" and term.span not in inside]
    worths, earned = [worth for worth, _ in matched], [score for _, score in matched]
    fulls = [term for term in others if _FULL.search(term.clause) and not _is_earned(term, worths)]
    totals = [term for term in others if term not in fulls and _TOTAL.search(term.clause)]
    if not totals and len(matched) > _SHEET and _is_sum(worths[0], worths[1:]) and not fulls:  # (9)
        fulls, totals, worths, earned = worths[:1], earned[:1], worths[1:], earned[1:]
    for wholes, parts, words in ((fulls, worths, "分值"), (totals, earned, "得分")):
        if len(wholes) != 1:
            continue
        finding = judge("sum", total=wholes[0], parts=parts)
        if finding.verdict is Verdict.BROKEN and len(parts) < _SHEET:  # (4)
            continue
        told = f"把{len(parts)}项{words}读作“{wholes[0].clause[-8:]}”{printed(wholes[0])}的全部组成部分"
        yield outcome("sum", finding, (wholes[0], *parts), told)


def _is_sum(whole: Term, parts: Sequence[Term]) -> bool:
    return whole.statement.quantity.value == sum(part.statement.quantity.value for part in parts)


def _rated(sentence: Sentence, matched: Sequence[tuple[Term, Term]]) -> Iterator[Outcome]:
    """(10)"""
    for worth, earned in matched:
        rate = next(iter(sentence.terms[max(worth.index, earned.index) + 1 :]), None)
        if rate is not None and rate.unit == RATIO and rate.clause.startswith("得分率"):
            finding = judge("rate", numerator=earned, denominator=worth, rate=rate)
            words = f"得分率读作得分{printed(earned)}除以分值{printed(worth)}"
            yield outcome("rate", finding, (earned, worth, rate), words)


def _is_earned(total: Term, worths: Sequence[Term]) -> bool:
    """(7)"""
    full = sum(worth.statement.quantity.value for worth in worths)
    own = _OWN.search(total.clause) and "满分" not in total.clause
    return total.statement.quantity.value != full and bool(own)


def _less_taken(sentence: Sentence, worth: Term, earned: Term) -> Iterator[Outcome]:
    """(8)"""
    between = sentence.terms[worth.index + 1 : earned.index]
    if not between or not all(term.unit == "分" and "扣" in term.clause for term in between):
        return
    finding = judge("sum", total=worth, parts=[earned, *between])
    words = f"得分与其间{len(between)}项扣分之和读作分值{printed(worth)}"
    message = ""
    if finding.verdict is Verdict.BROKEN:
        message = f"分值{printed(worth)}减去所扣各分，不等于得分{printed(earned)}，请核对"
    yield outcome("score", finding, (worth, earned, *between), words, message)


def _of_execution(sentence: Sentence, worth: Term, earned: Term) -> Iterator[Outcome]:
    """(3)"""
    around = sentence.terms[max(0, worth.index - 1) : worth.index + 2]
    rate = next((term for term in around if term.role is Role.RATE and term.index < earned.index), None)
    if rate is None or rate.unit != RATIO or not _EXECUTION.search(rate.clause) or earned.index < worth.index:
        return
    points = Fraction(worth.statement.quantity.value)
    value = min(Fraction(rate.statement.quantity.value), Fraction(1)) * points
    half = rate.statement.quantity.step * points / 2
    room, shown = Interval(value - half, value + half), decimal_text(round_half_up(value, 2))
    expected = Operand("", "按执行率折算的得分", room, f"{shown}分", "分")
    finding = judge("repeat", places=[expected, replace(operand(earned), title="得分")])
    message = ""
    if finding.verdict is Verdict.BROKEN:
        message = f"执行率{printed(rate)}乘以分值{printed(worth)}应得{shown}分，写作{printed(earned)}，请核对"
    computed = f"{printed(rate)} × {printed(worth)} = {shown}分"
    words = "执行率一项的得分读作执行率乘以分值，以分值为限"
    yield outcome("score", replace(finding, computed=computed), (rate, worth, earned), words, message)
