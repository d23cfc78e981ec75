"""list: the number announced is the number of things then listed."""

from __future__ import annotations

from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, require_one_unit, unreported
from jixiao.values import Finding, Verdict


def list_of(count: Operand, items: Operand, exhaustive: bool = True) -> Finding:
    """The count equals the number of listed items.

    (1) A list that only gives instances (等, 如, 包括) may be shorter than the count, never longer.
    """
    operands = (count, items)
    require_one_unit(operands)
    if reason := unreported(operands):
        return verdicts.silent("list", reason, operands)
    if exhaustive:
        verdict = verdicts.equal(count.known, items.known, count.step)
    else:
        verdict = verdicts.at_most(items.known, count.known, count.step)  # (1)
    reasons = {
        Verdict.KEPT: "所列项数与所述数目相符" if exhaustive else "所列各项未超出所述数目",
        Verdict.ROUNDING: f"所列项数与所述数目{verdicts.ROUNDING}",
        Verdict.BROKEN: f"所述为{count.text}，实际列出{items.text}，请补齐、删减或更正数目",
    }
    return verdicts.finding(
        "list", verdict, reasons[verdict], operands, stated=count.text, computed=items.text
    )
