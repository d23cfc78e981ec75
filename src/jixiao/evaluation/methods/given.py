"""manual_with_reason and direct: points a person gives outright."""

from __future__ import annotations

from jixiao.catalogue.methods import Direct, Manual
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Judgement
from jixiao.evaluation.row import Row
from jixiao.values import Score, decimal_text


def manual_with_reason(row: Row, rule: Manual, judgement: Judgement) -> Score:
    """The points given, with the reason for them; without the reason nothing is scored."""
    if judgement.points is not None and not judgement.reason.strip():
        return row.unscored("缺少评定理由，不计分")
    return direct(row, Direct(), judgement)


def direct(row: Row, rule: Direct, judgement: Judgement) -> Score:
    """The points given. More than the leaf is worth, or less than nothing, is refused."""
    if judgement.points is None:
        return row.unscored("未评定，不计分")
    if not 0 <= judgement.points <= row.points:
        raise BadInput(f"“{row.title}”应在0至{row.full}之间，现为{decimal_text(judgement.points)}分")
    reason = f"：{judgement.reason}" if judgement.reason.strip() else ""
    return row.score(judgement.points, f"评定{row.shown(judgement.points)}{reason}")
