"""deduct: points lost step by step as a rate leaves its bound (共性指标)."""

from __future__ import annotations

import math
from fractions import Fraction

from jixiao.catalogue.methods import Deduct
from jixiao.evaluation.answers import Actual
from jixiao.evaluation.row import Row, measured
from jixiao.relations.wording import amount
from jixiao.values import Interval, Score, decimal_text


def deduct(row: Row, rule: Deduct, actual: Actual) -> Score:
    """Full points while the condition holds; beyond it `minus` for each `per`, never below `floor`.

    (1) Whole steps only (step_floor), every step begun (step_ceil), or in proportion (linear): the same
    words of a rule are read differently, so the pack says how. (2) With "=" both sides cost.
    """
    if actual.value is None:
        return row.unscored("未填报，不计分")
    beyond = _beyond(rule.full, actual.value)  # (2)
    told = f"实际值{measured(actual.value, actual.unit)}，满分条件{rule.full_if}"
    if beyond == 0:
        return row.score(row.points, f"{told}，得满分{row.full}")
    ratio = beyond / Fraction(rule.per)
    whole = {"step_floor": math.floor(ratio), "step_ceil": math.ceil(ratio)}
    steps = Fraction(whole.get(rule.mode, ratio))  # (1)
    earned = max(Fraction(row.points) - Fraction(rule.minus) * steps, Fraction(rule.floor))
    counted = amount(steps)
    minus = decimal_text(rule.minus)
    rate = f"超出{measured(beyond, actual.unit)}，每{measured(Fraction(rule.per), actual.unit)}扣{minus}分"
    bound = f"扣至{decimal_text(rule.floor)}分为止"
    sums = f"{row.full} - {minus}分 × {counted}，{bound} = {row.shown(earned)}"
    words = f"{told}，{rate}，计{counted}个；{sums}"
    return row.score(earned, words)


def _beyond(full: Interval, value: Fraction) -> Fraction:
    above = Fraction(0) if full.high is None else max(value - full.high, Fraction(0))
    below = Fraction(0) if full.low is None else max(full.low - value, Fraction(0))
    return above + below
