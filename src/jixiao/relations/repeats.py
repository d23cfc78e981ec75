"""repeat: the same fact told in several places is the same number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from jixiao.relations import verdicts
from jixiao.relations.operands import (
    Operand,
    common_unit,
    largest_step,
    require_one_nature,
    require_one_unit,
    unreported,
)
from jixiao.values import Finding, Verdict


def repeat(places: Sequence[Operand]) -> Finding:
    """All places can mean one and the same number.

    (1) Places that surely disagree are told even while another is empty. (2) One amount of money has one
    nature.
    """
    require_one_unit(places)
    require_one_nature(places)  # (2)
    reported = [place for place in places if place.interval is not None]
    judged = [
        (one, other, verdicts.equal(one.known, other.known, largest_step((one, other))))
        for one, other in combinations(reported, 2)
    ]
    verdict = verdicts.worst(found for _, _, found in judged)
    computed = " = ".join(place.text for place in places)
    if verdict is not Verdict.BROKEN and (reason := unreported(places)):  # (1)
        return verdicts.silent("repeat", reason, places, computed=computed)
    breaches = "；".join(_breach(one, other) for one, other, found in judged if found is Verdict.BROKEN)
    reasons = {
        Verdict.KEPT: "各处一致",
        Verdict.ROUNDING: f"各处{verdicts.ROUNDING}",
        Verdict.BROKEN: f"同一事项各处不一致：{breaches}，请统一",
    }
    return verdicts.finding("repeat", verdict, reasons[verdict], places, computed=computed)


def _breach(one: Operand, other: Operand) -> str:
    distance = verdicts.gap(one.known, other.known, common_unit((one, other)))
    return f"“{one.label}”作{one.text}，“{other.label}”作{other.text}，{distance}"
