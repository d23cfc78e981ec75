"""Scoring methods, one function each: a row of the sheet, the pack's settings and an answer give a Score.

`apply` chooses the function by the settings. Nothing reported leaves the points open, never zero.
"""

from __future__ import annotations

from dataclasses import replace

from jixiao.catalogue.methods import (
    Checkpoints,
    Deduct,
    Execution,
    Judged,
    Manual,
    Measured,
    Method,
    Proportional,
    ThreeBand,
    YesNo,
)
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Actual, Answer, Judgement
from jixiao.evaluation.methods.bands import bands
from jixiao.evaluation.methods.checkpoints import checkpoints
from jixiao.evaluation.methods.deduct import deduct
from jixiao.evaluation.methods.execution import execution
from jixiao.evaluation.methods.given import direct, manual_with_reason
from jixiao.evaluation.methods.proportional import proportional
from jixiao.evaluation.methods.three_band import three_band
from jixiao.evaluation.methods.yes_no import yes_no
from jixiao.evaluation.row import APPROXIMATE, NEEDS_JUDGEMENT, Row
from jixiao.values import Score, Status

__all__ = ["apply"]


def apply(row: Row, rule: Method, answer: Answer | None, full_if_zero: bool = False) -> Score:
    """Score one leaf. `full_if_zero`: a rate of nothing over nothing earns the points.

    Raises BadInput where the answer is not of the sort the method asks for.
    """
    if answer is None:
        return row.unscored("未填报，不计分")
    if isinstance(rule, Measured):
        if not isinstance(answer, Actual):
            raise BadInput(f"“{row.title}”按指标值计分，应给出实际值")
        return _measured(row, rule, answer, full_if_zero)
    if isinstance(rule, YesNo):
        if not isinstance(answer, Actual | Judgement):
            raise BadInput(f"“{row.title}”应给出是或否")
        return yes_no(row, rule, answer)
    if not isinstance(answer, Judgement):
        raise BadInput(f"“{row.title}”由人评定，应给出评定结果")
    return _judged(row, rule, answer)


def _measured(row: Row, rule: Measured, actual: Actual, full_if_zero: bool) -> Score:
    if actual.status is Status.NONE:
        if full_if_zero and actual.top == 0:
            return row.score(row.points, f"分子、分母均为零，按规则得满分{row.full}")
        return row.unscored("分母为零，比率无从计算", NEEDS_JUDGEMENT)
    score = _by_value(row, rule, actual)
    return replace(score, flags=(*score.flags, APPROXIMATE)) if actual.approximate else score


def _by_value(row: Row, rule: Measured, actual: Actual) -> Score:
    if isinstance(rule, Proportional):
        return proportional(row, rule, actual)
    if isinstance(rule, Execution):
        return execution(row, rule, actual)
    if isinstance(rule, Deduct):
        return deduct(row, rule, actual)
    return bands(row, rule, actual)


def _judged(row: Row, rule: Judged, judgement: Judgement) -> Score:
    if isinstance(rule, ThreeBand):
        return three_band(row, rule, judgement)
    if isinstance(rule, Checkpoints):
        return checkpoints(row, rule, judgement)
    if isinstance(rule, Manual):
        return manual_with_reason(row, rule, judgement)
    return direct(row, rule, judgement)
