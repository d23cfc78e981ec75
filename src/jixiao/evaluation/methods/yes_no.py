"""yes_no: all or nothing."""

from __future__ import annotations

from fractions import Fraction

from jixiao.catalogue.methods import YesNo
from jixiao.evaluation.answers import Actual, Judgement
from jixiao.evaluation.row import Row
from jixiao.values import Score


def yes_no(row: Row, rule: YesNo, answer: Actual | Judgement) -> Score:
    """Yes earns the points, no earns nothing.

    (1) A measured value answers yes when it is above zero: it was done at least once.
    """
    if isinstance(answer, Actual):
        yes = None if answer.value is None else answer.value > 0  # (1)
    else:
        yes = answer.yes
    if yes is None:
        return row.unscored("未填报，不计分")
    return row.score(row.points, f"是，得满分{row.full}") if yes else row.score(Fraction(0), "否，得0分")
