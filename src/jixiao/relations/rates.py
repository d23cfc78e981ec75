"""rate: a printed rate is its numerator over its denominator."""

from __future__ import annotations

from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, require_one_unit, unreported
from jixiao.relations.wording import written
from jixiao.values import RATIO, Finding, Verdict


def rate(numerator: Operand, denominator: Operand, rate: Operand) -> Finding:
    """The rate equals numerator ÷ denominator.

    (1) A rate over a denominator of zero does not exist, whatever is printed. (2) Shares in per cent need
    both counts in one unit; other quotients (元 per 件) carry a unit of their own.
    """
    operands = (numerator, denominator, rate)
    if rate.unit in ("", RATIO):  # (2)
        require_one_unit((numerator, denominator))
    if reason := unreported(operands):
        return verdicts.silent("rate", reason, operands)
    quotient = numerator.known.over(denominator.known)
    if quotient is None:  # (1)
        return verdicts.silent("rate", f"“{denominator.label}”为零或负数，比率无从计算", operands)
    verdict = verdicts.equal(rate.known, quotient, rate.step)
    computed = f"{numerator.text} ÷ {denominator.text} = {written(quotient, rate.unit or RATIO)}"
    distance = verdicts.gap(rate.known, quotient, rate.unit or RATIO) if verdict is Verdict.BROKEN else ""
    reasons = {
        Verdict.KEPT: f"“{rate.label}”与分子、分母相符",
        Verdict.ROUNDING: f"“{rate.label}”与按分子、分母算得的值{verdicts.ROUNDING}",
        Verdict.BROKEN: f"“{rate.label}”与按分子、分母算得的值不符，{distance}，请核对三个数的口径",
    }
    return verdicts.finding("rate", verdict, reasons[verdict], operands, stated=rate.text, computed=computed)
