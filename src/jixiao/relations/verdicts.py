"""How two intervals are judged: kept while one number can be meant by both, broken otherwise.

A miss that one unit in the last shown digit explains is `rounding`: usually a truncated figure, never an
alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from jixiao.relations.operands import Operand
from jixiao.relations.wording import amount, nested
from jixiao.values import RATIO, Finding, Interval, Verdict

ROUNDING = "相差不超过末位一个单位，多为舍入或截尾所致，仅作提示"
_GRAVEST_FIRST = (Verdict.BROKEN, Verdict.NOT_APPLICABLE, Verdict.ROUNDING)
_WORLDS_APART = 2  # 200 points: how far exactly tells nobody anything


def equal(one: Interval, other: Interval, slack: Fraction) -> Verdict:
    """Judge one = other, where either may be `slack` off in its last digit."""
    if one.meets(other):
        return Verdict.KEPT
    return Verdict.ROUNDING if widened(one, slack).meets(other) else Verdict.BROKEN


def at_most(smaller: Interval, larger: Interval, slack: Fraction) -> Verdict:
    """Judge smaller ≤ larger; broken only where every reading of it fails."""
    if smaller.can_be_at_most(larger):
        return Verdict.KEPT
    return Verdict.ROUNDING if smaller.can_be_at_most(widened(larger, slack)) else Verdict.BROKEN


def widened(interval: Interval, slack: Fraction) -> Interval:
    return interval + Interval(-slack, slack)


def gap(one: Interval, other: Interval, unit: str) -> str:
    """The least distance between two intervals that do not meet, in words; ratios differ by points of per cent."""
    lower, upper = (one, other) if one.is_below(other) else (other, one)
    if lower.high is None or upper.low is None:
        return ""
    distance = upper.low - lower.high
    if not distance:
        return "两者不能同时成立"
    least = "" if one.is_point and other.is_point else "至少"
    if unit != RATIO:
        return f"相差{least}{amount(distance, unit)}"
    top, bottom = distance.as_integer_ratio()
    if top > _WORLDS_APART * bottom:
        return "相差悬殊"
    top *= 100  # points of per cent
    if least and top >= bottom:  # never more than it is
        top, bottom = top * 100 // bottom, 100
    return f"相差{least}{amount(Fraction(top, bottom), '个百分点')}"


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """A certain breach outweighs a silent operand, a silent operand outweighs a note."""
    found = set(verdicts)
    return next((verdict for verdict in _GRAVEST_FIRST if verdict in found), Verdict.KEPT)


def finding(
    word: str,
    verdict: Verdict,
    reason: str,
    operands: Sequence[Operand],
    *,
    stated: str = "",
    computed: str = "",
) -> Finding:
    """A finding on `operands`; `examine` adds the relation's own id, title and reading."""
    subjects = tuple([operand.name for operand in operands])
    return Finding(word, "", verdict, nested(reason), stated, computed, subjects=subjects)


def silent(word: str, reason: str, operands: Sequence[Operand], *, computed: str = "") -> Finding:
    return finding(word, Verdict.NOT_APPLICABLE, reason, operands, computed=computed)
