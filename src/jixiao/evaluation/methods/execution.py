"""execution: the points of the budget execution rate."""

from __future__ import annotations

from fractions import Fraction

from jixiao.catalogue.methods import Execution
from jixiao.evaluation.answers import Actual
from jixiao.evaluation.row import Row, percentage
from jixiao.values import Score


def execution(row: Row, rule: Execution, actual: Actual) -> Score:
    """Points × executed ÷ whole-year budget.

    (1) Execution above the budget earns the points and no more.
    """
    if actual.value is None:
        return row.unscored("未填报，不计分")
    earned = Fraction(row.points) * min(actual.value, Fraction(1))  # (1)
    capped = "，以满分为限" if actual.value > 1 else ""
    return row.score(earned, f"{row.full} × {percentage(actual.value)}{capped} = {row.shown(earned)}")
