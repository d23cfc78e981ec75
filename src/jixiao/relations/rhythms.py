"""rhythm: something happens at least so often in each stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, require_one_unit, unreported
from jixiao.values import Finding, Interval, Verdict


def rhythm(stretches: Sequence[Operand], least: int = 1) -> Finding:
    """Every stretch reaches `least`; a stretch that surely falls short is told even while another is
    empty.
    """
    require_one_unit(stretches)
    bound = Interval.point(least)
    reported = [stretch for stretch in stretches if stretch.interval is not None]
    short = [
        stretch
        for stretch in reported
        if verdicts.at_most(bound, stretch.known, Fraction(0)) is Verdict.BROKEN
    ]
    computed = "，".join(f"{stretch.label}{stretch.text}" for stretch in stretches)
    if short:
        names = "、".join(f"“{stretch.label}”" for stretch in short)
        return verdicts.finding(
            "rhythm", Verdict.BROKEN, f"{names}不足{least}次，请核对", stretches, computed=computed
        )
    if reason := unreported(stretches):
        return verdicts.silent("rhythm", reason, stretches, computed=computed)
    return verdicts.finding("rhythm", Verdict.KEPT, f"每期均不少于{least}次", stretches, computed=computed)
