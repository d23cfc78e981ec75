"""proportional: full points at the target, points × completion below it (单位自评 定量指标)."""

from __future__ import annotations

from fractions import Fraction

from jixiao.catalogue.methods import Proportional
from jixiao.evaluation.answers import Actual
from jixiao.evaluation.row import NEEDS_CAUSE, Row, measured, percentage
from jixiao.values import Score

SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}


def proportional(row: Row, rule: Proportional, actual: Actual) -> Score:
    """A target reached earns the points; a target missed earns points × completion.

    (1) For ≥ and > completion is actual ÷ target, for ≤ and < target ÷ actual; of negative targets the
    other way round, so that it always falls with the distance. (2) A target of 0 has no completion: met
    or nothing. (3) For = completion is 1 − |actual − target| ÷ |target|, for a range it is that of the
    nearer end; with `all_or_nothing` a miss earns nothing. (4) Below `pass_at` nothing is earned. (5) Far
    above the target the points stay and the cause must be analysed. > and < differ from ≥ and ≤ only at a
    target of 0: on the target itself completion is 100 %.
    """
    value, target = actual.value, row.target
    if value is None or target is None:
        return row.unscored("未填报，不计分")
    met, completion = _compare(row.op, value, target, row.to)
    told = f"实际值{measured(value, actual.unit)}，目标值{_target_text(row, target, actual.unit)}"
    flags = (NEEDS_CAUSE,) if _far_above(row.op, value, target, rule) else ()  # (5)
    if met:
        return row.score(row.points, f"{told}，已达成，得满分{row.full}", *flags)
    if completion is None or (row.op in ("=", "range") and rule.miss == "all_or_nothing"):  # (2) (3)
        return row.score(Fraction(0), f"{told}，未达成，得0分", *flags)
    if rule.pass_at is not None and completion < rule.pass_at:  # (4)
        bound = percentage(Fraction(rule.pass_at))
        return row.score(Fraction(0), f"{told}，完成比例{percentage(completion)}，低于{bound}，得0分", *flags)
    earned = Fraction(row.points) * completion
    share = percentage(completion)
    words = f"{told}，完成比例{share}；{row.full} × {share} = {row.shown(earned)}"
    return row.score(earned, words, *flags)


def _compare(op: str, value: Fraction, target: Fraction, to: Fraction | None) -> tuple[bool, Fraction | None]:
    """Whether the target is met, and the completion in [0, 1], None where it does not exist."""
    if op == "range":
        high = target if to is None else to
        if value < target:
            return False, _toward(value, target)
        return value <= high, _toward(-value, -high)
    if op == "=":
        if target == 0:  # (2)
            return value == 0, None
        return value == target, max(1 - abs(value - target) / abs(target), Fraction(0))  # (3)
    met = {">=": value >= target, ">": value > target, "<=": value <= target, "<": value < target}[op]
    rising = op in (">=", ">")
    return met, _toward(value, target) if rising else _toward(-value, -target)


def _toward(value: Fraction, target: Fraction) -> Fraction | None:
    """Completion of `value` on its way up to `target`; falling targets come negated. None at target 0."""
    if target == 0:  # (2)
        return None
    completion = value / target if target > 0 else target / value if value < 0 else Fraction(1)  # (1)
    return min(max(completion, Fraction(0)), Fraction(1))


def _far_above(op: str, value: Fraction, target: Fraction, rule: Proportional) -> bool:
    if rule.over_by is None or op not in (">=", ">") or target <= 0:
        return False
    return (value - target) / target > rule.over_by


def _target_text(row: Row, target: Fraction, unit: str) -> str:
    if row.op == "range" and row.to is not None:
        return f"{measured(target, unit)}至{measured(row.to, unit)}"
    return f"{SIGNS.get(row.op, '')}{measured(target, unit)}"
