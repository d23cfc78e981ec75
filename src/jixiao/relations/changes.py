"""change: growth, increase and the two years agree."""

from __future__ import annotations

from fractions import Fraction

from jixiao.errors import BadInput
from jixiao.relations import verdicts
from jixiao.relations.operands import (
    Operand,
    largest_step,
    require_one_nature,
    require_one_unit,
    unreported,
)
from jixiao.relations.wording import written
from jixiao.values import POINTS, RATIO, Finding, Interval, Verdict

Claim = tuple[Operand, Interval | None, str]


def change(
    current: Operand,
    previous: Operand | None = None,
    delta: Operand | None = None,
    growth: Operand | None = None,
    falling: bool = False,
) -> Finding:
    """What is printed of current, previous, increase and growth rate hangs together.

    `delta` and `growth` are printed without sign; `falling` says that the words speak of a decrease. (1)
    Growth over a base of zero does not exist: a printed rate is broken, except 0 % for nothing to
    nothing. (2) Between two rates the increase is told in 百分点. (3) Without the previous value the
    growth is held against current and increase.
    """
    operands = tuple(operand for operand in (current, previous, delta, growth) if operand is not None)
    plain = [operand for operand in operands if operand is not growth and operand.unit != POINTS]
    require_one_unit(plain)
    require_one_nature(operands)
    if growth is not None and growth.unit == POINTS:
        raise BadInput(f"“{growth.label}”以百分点计，是增减额而不是增长率，请改作 delta")
    if reason := unreported(operands):
        return verdicts.silent("change", reason, operands)
    claims = _claims(current, previous, delta, growth, falling)
    if not claims:
        return verdicts.silent("change", "数据不足，至少应有本期数、上期数或增减额与增长率", operands)
    computed = "；".join(words for _, _, words in claims)
    judged = [(claim[0], claim[1], _judge(claim)) for claim in claims]
    verdict = verdicts.worst(found for _, _, found in judged)
    breaches = "；".join(
        _breach(stated, result) for stated, result, found in judged if found is Verdict.BROKEN
    )
    reasons = {
        Verdict.KEPT: "增减与前后两期相符",
        Verdict.ROUNDING: f"增减与前后两期{verdicts.ROUNDING}",
        Verdict.BROKEN: f"{breaches}，请核对基数与期间",
    }
    stated = "，".join(operand.text for operand in (delta, growth) if operand is not None)
    return verdicts.finding("change", verdict, reasons[verdict], operands, stated=stated, computed=computed)


def _claims(
    current: Operand, previous: Operand | None, delta: Operand | None, growth: Operand | None, falling: bool
) -> list[Claim]:
    claims: list[Claim] = []
    if previous is not None:
        risen = current.known - previous.known
        if delta is not None:
            shown = _times(risen, 100) if delta.unit == POINTS else risen  # (2)
            words = f"{current.text} - {previous.text} = {written(shown, delta.unit)}"
            claims.append((delta, -shown if falling else shown, words))
        if growth is not None:
            rate = _growth(current.known, previous.known)
            shown_rate = "无从计算" if rate is None else written(rate, RATIO)
            words = f"（{current.text} - {previous.text}）÷ {previous.text} = {shown_rate}"
            claims.append((growth, -rate if rate is not None and falling else rate, words))
    elif delta is not None and growth is not None and delta.unit != POINTS:  # (3)
        rate = _growth_from_delta(current.known, delta.known, falling)
        sign = "+" if falling else "-"
        shown_rate = "无从计算" if rate is None else written(rate, RATIO)
        words = f"{delta.text} ÷（{current.text} {sign} {delta.text}）= {shown_rate}"
        claims.append((growth, rate, words))
    return claims


def _judge(claim: Claim) -> Verdict:
    stated, result, _ = claim
    return Verdict.BROKEN if result is None else verdicts.equal(stated.known, result, largest_step((stated,)))


def _breach(stated: Operand, result: Interval | None) -> str:
    if result is None:  # (1)
        return f"基数为零或负数，“{stated.label}”（{stated.text}）无从计算"
    return (
        f"“{stated.label}”（{stated.text}）与算得的值不符，{verdicts.gap(stated.known, result, stated.unit)}"
    )


def _growth(current: Interval, previous: Interval) -> Interval | None:
    if previous == Interval.point(0) and current == Interval.point(0):
        return Interval.point(0)  # (1)
    quotient = current.over(previous)
    return None if quotient is None else quotient - Interval.point(1)


def _growth_from_delta(current: Interval, delta: Interval, falling: bool) -> Interval | None:
    """delta ÷ (current ∓ delta), through delta ÷ current so that each operand is read once and the range
    stays tight.
    """
    if falling and current == Interval.point(0) and delta.low is not None and delta.low > 0:
        return Interval.point(1)  # all of it is gone
    share = delta.over(current)
    if share is None or share.low is None:
        return None
    sign = 1 if falling else -1
    if not falling and share.low >= 1:
        return None
    low = share.low / (1 + sign * share.low)
    bounded = share.high is not None and (falling or share.high < 1)
    high = share.high / (1 + sign * share.high) if bounded and share.high is not None else None
    return Interval(low, high, share.low_open, share.high_open)


def _times(interval: Interval, factor: int) -> Interval:
    def scale(end: Fraction | None) -> Fraction | None:
        return None if end is None else Fraction(end.numerator * factor, end.denominator)

    return Interval(scale(interval.low), scale(interval.high), interval.low_open, interval.high_open)
