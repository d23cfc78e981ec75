"""The options commands share, and the reading of their values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jixiao.cli.output import Format

Org = Annotated[str, typer.Option(help="单位编号（网页和 jixiao demo 会列出）")]
PeriodLabel = Annotated[str, typer.Option(help="年度，如 2020")]
Until = Annotated[str | None, typer.Option("--as-of", help="数据时点，如 2020-10-31；不写则到期间末")]
FormatOption = Annotated[str, typer.Option(help="table、json 或 csv")]


def day(text: str | None) -> date | None:
    """Raises BadInput for what is no day."""
    from jixiao.errors import BadInput

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(f"日期“{text}”看不懂，应写成 2020-10-31 这样") from wrong


def form(text: str) -> Format:
    """Raises BadInput for an unknown format."""
    from jixiao.cli.output import Format
    from jixiao.errors import BadInput

    try:
        return Format(text)
    except ValueError as wrong:
        raise BadInput(f"没有格式“{text}”，可用：{'、'.join(Format)}") from wrong
