"""average: a yearly average rate leads from the base to the current value."""

from __future__ import annotations

from fractions import Fraction

from jixiao.errors import BadInput
from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, largest_step, require_one_unit, unreported
from jixiao.relations.wording import written
from jixiao.values import Finding, Interval, Verdict

MOST_YEARS = 60


def average(base: Operand, current: Operand, rate: Operand, years: int, falling: bool = False) -> Finding:
    """The base, grown by the rate year after year, is the current value.

    (1) The average is geometric: 100 → 121 in two years is 10 %. (2) From nothing nothing grows: over a base
    of zero no rate exists. `falling` says that the rate is printed without its sign.
    """
    operands = (base, current, rate)
    require_one_unit((base, current))
    if not 0 < years <= MOST_YEARS:
        raise BadInput(f"年数应在1至{MOST_YEARS}之间，写作{years}")
    if reason := unreported(operands):
        return verdicts.silent("average", reason, operands)
    if base.known.low is None or base.known.low <= 0:  # (2)
        return verdicts.silent("average", f"“{base.label}”为零或负数，年均增速无从计算", operands)
    exact = verdicts.equal(
        current.known, _grown(base.known, rate.known, years, falling), largest_step((current,))
    )
    loose = verdicts.widened(rate.known, rate.step)
    verdict = exact
    if exact is Verdict.BROKEN and _grown(base.known, loose, years, falling).meets(current.known):
        verdict = Verdict.ROUNDING
    shown = written(_grown(base.known, rate.known, years, falling), current.unit)  # (1)
    sign = "-" if falling else "+"
    computed = f"{base.text} ×（1 {sign} {rate.text}）的{years}次方 = {shown}"
    reasons = {
        Verdict.KEPT: f"年均增速与首尾两年相符（{years}年）",
        Verdict.ROUNDING: f"年均增速与首尾两年{verdicts.ROUNDING}",
        Verdict.BROKEN: f"按“{rate.label}”推算，{years}年后应为{shown}，与{current.text}不符，请核对增速与年数",
    }
    return verdicts.finding(
        "average", verdict, reasons[verdict], operands, stated=rate.text, computed=computed
    )


def _grown(base: Interval, rate: Interval, years: int, falling: bool) -> Interval:
    low, high = (rate.low or Fraction(0)), rate.high
    if falling:
        low, high = (Fraction(0) if high is None else -high), -low
    factors = (
        max(1 + low, Fraction(0)) ** years,
        None if high is None else max(1 + high, Fraction(0)) ** years,
    )
    least = (base.low or Fraction(0)) * factors[0]
    most = None if base.high is None or factors[1] is None else base.high * factors[1]
    return Interval(least, most)
