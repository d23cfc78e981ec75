"""`jixiao figures`: every figure of an org and year, as a table, JSON or CSV."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jixiao.cli.options import FormatOption, Org, PeriodLabel, Until

if TYPE_CHECKING:
    from jixiao.cli.output import Format

TITLES = {
    "id": "编号", "title": "数据", "text": "报告写法", "exact": "精确值", "period": "口径期间", "records": "记录",
}  # fmt: skip


def figures(org: Org, period: PeriodLabel, as_of: Until = None, format: FormatOption = "table") -> None:
    """列出单位一年的全部数据：报告写法、精确值、口径期间、背后有多少条记录。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import day, form

    django_setup.ready()
    show_figures(org, period, day(as_of), form(format))


def show_figures(org: str, period: str, as_of: date | None, format: Format) -> None:
    """Print the figures of a year. Raises NotFound for an unknown org or period."""
    from jixiao.cli.output import emit
    from jixiao.ledger import plain, queries
    from jixiao.ledger.permissions import SYSTEM

    view = queries.year(SYSTEM, org, queries.year_named(SYSTEM, org, period), as_of=as_of)
    rows = [plain.figure(figure) for figure in view.figures]
    emit(rows, TITLES, format, f"{view.org.title} {view.year}年度 数据 {len(rows)} 项（示例数据）" if view.org.is_example
         else f"{view.org.title} {view.year}年度 数据 {len(rows)} 项")  # fmt: skip
