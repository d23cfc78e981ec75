"""partition: classes that do not overlap and together are the whole."""

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


def partition(whole: Operand, parts: Sequence[Operand], union: Operand | None = None) -> Finding:
    """The parts add up to the whole; counted together without repeats (`union`) they are the whole too.

    (1) Parts that exceed their union overlap. (2) A union that differs from the whole leaves members
    unclassified.
    """
    operands = (whole, *parts) if union is None else (whole, *parts, union)
    require_one_unit(operands)
    require_one_nature(operands)
    if reason := unreported(operands):
        return verdicts.silent("partition", reason, operands)
    added = Interval.total(part.known for part in parts)
    claims = [(whole.known, added, f"各类之和与“{whole.label}”不符")]
    if union is not None:
        claims += [
            (union.known, added, "各类之和与去重总数不符，各类之间有重复或遗漏"),  # (1)
            (whole.known, union.known, f"去重总数与“{whole.label}”不符，有未归类或范围外的对象"),  # (2)
        ]
    unit, slack = common_unit(operands), largest_step(operands)
    judged = [(verdicts.equal(one, other, slack), one, other, words) for one, other, words in claims]
    verdict = verdicts.worst(found for found, _, _, _ in judged)
    breaches = "；".join(
        f"{words}，{verdicts.gap(one, other, unit)}"
        for found, one, other, words in judged
        if found is Verdict.BROKEN
    )
    computed = f"{' + '.join(part.text for part in parts)} = {written(added, unit)}"
    if union is not None:
        computed += f"；去重后{union.text}"
    reasons = {
        Verdict.KEPT: f"各类互不重复，合为“{whole.label}”",
        Verdict.ROUNDING: f"各类之和与“{whole.label}”{verdicts.ROUNDING}",
        Verdict.BROKEN: f"{breaches}，请核对分类",
    }
    return verdicts.finding(
        "partition", verdict, reasons[verdict], operands, stated=whole.text, computed=computed
    )
