"""`jixiao score`: the self-evaluation of an org's year, leaf by leaf, with the reason of each lost point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli.options import FormatOption, Org, PeriodLabel

if TYPE_CHECKING:
    from jixiao.cli.output import Format
    from jixiao.evaluation.assessment import Assessment
    from jixiao.values import Score

TITLES = {"title": "评分项", "points": "分值", "earned": "得分", "working": "算式", "reason": "扣分原因"}


def score(
    org: Org,
    period: PeriodLabel,
    scheme: Annotated[str | None, typer.Option(help="评价方案编号；不写则列出全部")] = None,
    format: FormatOption = "table",
) -> int:
    """按评价方案自评打分，每处扣分都写明原因；还缺原因或未填报的返回 1。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import form

    django_setup.ready()
    return 0 if show_scores(org, period, form(format), scheme) else 1


def show_scores(org: str, period: str, format: Format, scheme: str | None = None) -> bool:
    """Print the score sheets; True when every point is scored and every loss explained."""
    from jixiao.cli.output import Format, emit
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    found = queries.scores(SYSTEM, org, queries.year_named(SYSTEM, org, period), scheme)
    if not found and format is Format.TABLE:
        print(f"{queries.org_for(SYSTEM, org).title}的规则包里没有评价方案，没有可评的分")
    rows: list[dict[str, Any]] = []
    for assessment in found:
        whole = {"scheme": assessment.scheme, **_whole(assessment)}
        sheet = [{**whole, **_row(one)} for one in assessment.scores]
        rows += sheet
        if format is Format.TABLE:
            emit(sheet, TITLES, format, f"{assessment.title}：{assessment.text}")
            for missing in assessment.unexplained:
                print(f"△ {missing.title}：失分或远超目标，还没有写原因")
    if format is not Format.TABLE:
        emit(rows, TITLES, format)
    return all(assessment.is_complete and not assessment.unexplained for assessment in found)


def _whole(assessment: Assessment) -> dict[str, Any]:
    """What the scheme came to as a whole; it stands in every row, so that a row can be read by itself."""
    from jixiao.values import decimal_text

    return {
        "scheme_total": decimal_text(assessment.total),
        "scheme_earned": decimal_text(assessment.earned),
        "scheme_open": decimal_text(assessment.open),
        "grade": assessment.grade,
    }


def _row(score: Score) -> dict[str, Any]:
    from jixiao.values import decimal_text

    return {
        "leaf": score.leaf,
        "title": score.title,
        "points": decimal_text(score.points),
        "earned": "未填报" if score.earned is None else decimal_text(score.earned),
        "method": score.method,
        "working": score.working,
        "reason": score.reason,
    }
