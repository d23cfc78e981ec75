"""three_band: a qualitative indicator, scored by a chosen band and a percentage within it."""

from __future__ import annotations

from fractions import Fraction

from jixiao.catalogue.methods import Grade, ThreeBand
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Judgement
from jixiao.evaluation.row import Row, percentage
from jixiao.values import Score


def three_band(row: Row, rule: ThreeBand, judgement: Judgement) -> Score:
    """The points × the percentage chosen within the band.

    (1) The lower end belongs to a band, the upper end to the one above; 100 % belongs to the top. (2) The
    choice needs its reason.
    """
    if not judgement.band or judgement.share is None:
        return row.unscored("未评定，不计分")
    grade = next((grade for grade in rule.grades if grade.name == judgement.band), None)
    if grade is None:
        names = "、".join(grade.name for grade in rule.grades)
        raise BadInput(f"“{row.title}”没有“{judgement.band}”这一档，应为：{names}")
    if not _within(grade, judgement.share):
        low, high = percentage(Fraction(grade.at_least)), percentage(Fraction(grade.below))
        raise BadInput(
            f"“{row.title}”选“{grade.name}”，比例应在{low}（含）至{high}之间，现为{percentage(judgement.share)}"
        )
    if not judgement.reason.strip():  # (2)
        return row.unscored("缺少评定理由，不计分")
    earned = Fraction(row.points) * judgement.share
    return row.score(
        earned, f"{grade.name}，{row.full} × {percentage(judgement.share)} = {row.shown(earned)}"
    )


def _within(grade: Grade, share: Fraction) -> bool:
    return grade.at_least <= share < grade.below or (share == 1 and grade.below == 1)  # (1)
