"""chain: each stage of a process holds no more than the stage before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, largest_step, require_one_unit, unreported
from jixiao.values import Finding, Verdict


def chain(stages: Sequence[Operand]) -> Finding:
    """Stage by stage the numbers do not grow: submitted ≥ filed ≥ assigned ≥ closed.

    (1) A stage that is not reported is stepped over, so that a breach between the others is still told.
    (2) Amounts applied for, approved and drawn differ in nature and may be compared; they are not added.
    """
    require_one_unit(stages)
    reported = [stage for stage in stages if stage.interval is not None]  # (1)
    judged = [
        (before, after, verdicts.at_most(after.known, before.known, largest_step((before, after))))
        for before, after in pairwise(reported)
    ]
    verdict = verdicts.worst(found for _, _, found in judged)
    computed = " ≥ ".join(stage.text for stage in stages)
    if verdict is not Verdict.BROKEN and (reason := unreported(stages)):
        return verdicts.silent("chain", reason, stages, computed=computed)
    breaches = "；".join(
        f"“{after.label}”（{after.text}）多于“{before.label}”（{before.text}）"
        for before, after, found in judged
        if found is Verdict.BROKEN
    )
    reasons = {
        Verdict.KEPT: "逐级不增，相符",
        Verdict.ROUNDING: f"相邻两级{verdicts.ROUNDING}",
        Verdict.BROKEN: f"{breaches}，请核对",
    }
    return verdicts.finding("chain", verdict, reasons[verdict], stages, computed=computed)
