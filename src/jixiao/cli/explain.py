"""`jixiao explain`: why a figure is what it is: in words, in SQL, and as the records behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli.options import FormatOption, Org, PeriodLabel, Until

if TYPE_CHECKING:
    from jixiao.ledger.queries import FigureView
    from jixiao.ledger.queries.figures import FigureRow

RECORD_TITLES = {"number": "编号", "label": "记录", "counted": "计入", "key": "区分", "evidence": "佐证"}


def explain(
    indicator: Annotated[str, typer.Argument(help="指标编号，如 filing_rate")],
    org: Org,
    period: PeriodLabel,
    as_of: Until = None,
    format: FormatOption = "table",
) -> None:
    """解释一个数据：怎么算、依据、背后的记录和佐证、换一种算法是多少。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import day, form
    from jixiao.cli.output import Format, emit

    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    view = queries.figure(SYSTEM, org, indicator, queries.year_named(SYSTEM, org, period), day(as_of))
    chosen = form(format)
    if chosen is Format.JSON:
        emit([as_data(view)], {}, chosen)
        return
    rows = [_row(row) for row in view.rows]
    if chosen is Format.TABLE:
        _tell(view)
    emit(rows, RECORD_TITLES, chosen, f"背后的记录 {len(rows)} 条" if rows else "没有记录")


def as_data(view: FigureView) -> dict[str, Any]:
    """The whole explanation as data."""
    from jixiao.ledger import plain

    return {
        **plain.figure(view.figure),
        "words": dict(view.words),
        "sql": view.sql,
        "alternatives": [{"title": title, **plain.figure(figure)} for title, figure in view.alternatives],
        "relations": [
            {"title": one.title, "verdict": str(one.verdict), "reason": one.reason} for one in view.relations
        ],
        "behind": [_row(row) for row in view.rows],
    }


def _tell(view: FigureView) -> None:
    figure = view.figure
    exact = as_exact(view)
    print(f"{figure.title}：{figure.text}{exact}")
    print(f"口径期间：{figure.period.text}，数据时点 {figure.as_of.isoformat()}")
    for label, sentence in view.words:
        print(f"{label}：{sentence}")
    for title, other in view.alternatives:
        print(f"换一种算法　{title}：{other.text}")
    for finding in view.relations:
        print(f"勾稽　{finding.title}：{finding.reason}")
    print(f"\n{view.sql}\n")


def as_exact(view: FigureView) -> str:
    """The counted number in brackets, where the printed form does not show it."""
    from jixiao.values import decimal_text

    figure = view.figure
    if figure.exact is None or figure.stated is None:
        return ""
    if figure.bottom is not None:
        return f"（{decimal_text(figure.exact)}）"
    return "" if figure.exact == figure.stated.value else f"（精确值 {decimal_text(figure.exact)}）"


def _row(row: FigureRow) -> dict[str, Any]:
    sides = [name for name, counted in (("分子", row.in_top), ("分母", row.in_bottom)) if counted]
    record, filed = row.record, row.filed
    return {
        "number": record.number if record else "",
        "label": record.label if record else f"填报：{filed.source if filed else ''}",
        "id": str(record.pk if record else filed.pk if filed else ""),
        "counted": "、".join(sides),
        "key": row.key,
        "evidence": "；".join(use.title or use.document_number for use in row.evidence),
    }
