"""grade: the grade named is the grade of the score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, unreported
from jixiao.values import Finding, Interval, Verdict

Bands = Sequence[tuple[Decimal, str]]


def grade(score: Operand, grade: str, bands: Bands) -> Finding:
    """The grade is that of the band the score lies in; `bands` as for `grades_of`.

    (1) A score rounded across an edge may have either grade; no further unit is granted at an edge.
    """
    if reason := unreported((score,)):
        return verdicts.silent("grade", reason, (score,))
    possible = grades_of(score.known, bands)  # (1)
    named = "或".join(possible) or "不在任何档内"
    computed = f"{score.text}：{named}"
    if grade in possible:
        return verdicts.finding(
            "grade", Verdict.KEPT, "等级与得分相符", (score,), stated=grade, computed=computed
        )
    reason = f"得分{score.text}应为“{named}”，写作“{grade}”，请更正"
    return verdicts.finding("grade", Verdict.BROKEN, reason, (score,), stated=grade, computed=computed)


def grades_of(score: Interval, bands: Bands) -> list[str]:
    """The grades a score may have, best first. Bands are half-open: (90, 优), (80, 良) reads [90, ∞) 优,
    [80, 90) 良.
    """
    ordered = sorted(bands, key=lambda band: band[0], reverse=True)
    found: list[str] = []
    upper: Interval | None = None
    for lower, name in ordered:
        edge = Interval.point(lower)
        if not score.is_below(edge) and (upper is None or _can_be_below(score, upper)):
            found.append(name)
        upper = edge
    return found


def _can_be_below(score: Interval, edge: Interval) -> bool:
    return score.low is None or edge.low is None or score.low < edge.low
