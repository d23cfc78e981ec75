"""checkpoints: a list of conditions, each worth a share."""

from __future__ import annotations

from fractions import Fraction

from jixiao.catalogue.methods import Checkpoints
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Judgement
from jixiao.evaluation.row import Row
from jixiao.values import Score, decimal_text


def checkpoints(row: Row, rule: Checkpoints, judgement: Judgement) -> Score:
    """Each point met earns an equal share of the points.

    (1) With `minus`, each point missed costs that much instead, down to zero. (2) While one point is not
    answered nothing is scored.
    """
    if len(judgement.met) not in (0, len(rule.checkpoints)):
        raise BadInput(
            f"“{row.title}”有{len(rule.checkpoints)}个评价要点，填了{len(judgement.met)}个，请逐点填写"
        )
    if not judgement.met or None in judgement.met:  # (2)
        return row.unscored("评价要点未填全，不计分")
    met = sum(answer is True for answer in judgement.met)
    missed = [text for text, answer in zip(rule.checkpoints, judgement.met, strict=True) if not answer]
    shortfall = f"；未达到：{'、'.join(missed)}" if missed else ""
    if rule.minus is not None:  # (1)
        earned = max(Fraction(row.points) - Fraction(rule.minus) * len(missed), Fraction(0))
        each = f"{row.full} - {decimal_text(rule.minus)}分 × {len(missed)}，扣完为止"
    else:
        earned = Fraction(row.points) * met / len(rule.checkpoints)
        each = f"{row.full} × {met}/{len(rule.checkpoints)}"
    return row.score(earned, f"{each} = {row.shown(earned)}{shortfall}")
