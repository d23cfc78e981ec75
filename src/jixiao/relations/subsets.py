"""subset: what is named as part of a whole is no larger than the whole."""

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


def subset(whole: Operand, parts: Sequence[Operand], disjoint: bool = False) -> Finding:
    """Each part is at most the whole; parts that do not overlap are so together.

    (1) With `disjoint` the parts are added and so must be money of one nature. (2) A part that is surely
    too large is told even while another is not reported. Whether the parts belong to the whole is for the
    caller to declare; sizes prove nothing.
    """
    operands = (whole, *parts)
    require_one_unit(operands)
    if disjoint:
        require_one_nature(operands)  # (1)
    is_known = all(part.interval is not None for part in parts)
    added = Interval.total(part.known for part in parts) if disjoint and is_known else None
    computed = _arithmetic(whole, parts, disjoint, added)
    if whole.interval is None:
        return verdicts.silent("subset", unreported(operands), operands)
    slack = largest_step(operands)
    judged = [
        (name, verdicts.at_most(size, whole.interval, slack))
        for name, size in _sizes(parts, disjoint, added)
        if size is not None
    ]
    verdict = verdicts.worst(found for _, found in judged)
    if verdict is not Verdict.BROKEN and (reason := unreported(operands)):  # (2)
        return verdicts.silent("subset", reason, operands, computed=computed)
    excess = "、".join(f"“{name}”" for name, found in judged if found is Verdict.BROKEN)
    reasons = {
        Verdict.KEPT: f"均不大于“{whole.label}”",
        Verdict.ROUNDING: f"与“{whole.label}”{verdicts.ROUNDING}",
        Verdict.BROKEN: f"{excess}大于其所属的“{whole.label}”（{whole.text}），请核对口径",
    }
    return verdicts.finding(
        "subset", verdict, reasons[verdict], operands, stated=whole.text, computed=computed
    )


def _sizes(
    parts: Sequence[Operand], disjoint: bool, added: Interval | None
) -> list[tuple[str, Interval | None]]:
    """`added` is the sum of disjoint parts where all are known."""
    if not disjoint:
        return [(part.label, part.interval) for part in parts]
    return [] if added is None else [("、".join(part.label for part in parts), added)]


def _arithmetic(whole: Operand, parts: Sequence[Operand], disjoint: bool, added: Interval | None) -> str:
    if not disjoint or len(parts) < 2:
        return "；".join(f"{part.text} 对 {whole.text}" for part in parts)
    joined = " + ".join(part.text for part in parts)
    if added is None:
        return f"{joined} 对 {whole.text}"
    return f"{joined} = {written(added, common_unit((whole, *parts)))} 对 {whole.text}"
