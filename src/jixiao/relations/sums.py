"""sum: the parts make the total."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.relations import verdicts
from jixiao.relations.operands import (
    Operand,
    common_unit,
    largest_step,
    require_one_nature,
    require_one_unit,
    unreported,
)
from jixiao.relations.wording import written
from jixiao.values import Finding, Interval, Verdict


def sum_of(total: Operand, parts: Sequence[Operand]) -> Finding:
    """The total equals the sum of its parts.

    (1) Printed numbers are compared as the ranges they stand for, so parts rounded each on its own may
    add up a little off. (2) Money of two natures is never added.
    """
    operands = (total, *parts)
    require_one_unit(operands)
    require_one_nature(operands)  # (2)
    if reason := unreported(operands):
        return verdicts.silent("sum", reason, operands)
    unit = common_unit(operands)
    added = Interval.total(part.known for part in parts)
    verdict = verdicts.equal(total.known, added, largest_step(operands))  # (1)
    computed = f"{' + '.join(part.text for part in parts)} = {written(added, unit)}"
    distance = verdicts.gap(total.known, added, unit) if verdict is Verdict.BROKEN else ""
    reasons = {
        Verdict.KEPT: f"各项之和与“{total.label}”相符",
        Verdict.ROUNDING: f"各项之和与“{total.label}”{verdicts.ROUNDING}",
        Verdict.BROKEN: f"各项之和与“{total.label}”不符，{distance}，请核对各项与合计",
    }
    return verdicts.finding("sum", verdict, reasons[verdict], operands, stated=total.text, computed=computed)
