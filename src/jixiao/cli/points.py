"""`jixiao points`: what the subjects of an org earned under a points scheme, and what a draft rule would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli.options import FormatOption, Org, PeriodLabel

if TYPE_CHECKING:
    from jixiao.ledger.queries.points import PointsView

RANKS = {"rank": "名次", "subject": "对象", "total": "得分", "grade": "等级", "remark": "说明"}
LINES = {"title": "条款", "clause": "依据", "points": "分", "working": "算式", "records": "记录"}
OTHERS = "自己的分没有变，是名额或他人的变动"
MOVES = {"subject": "对象", "move": "变化", "why": "因为"}


def points(
    scheme: Annotated[str, typer.Argument(help="积分方案编号")],
    org: Org,
    period: PeriodLabel,
    subject: Annotated[str | None, typer.Option(help="只看一个对象，逐条列出")] = None,
    draft: Annotated[
        Path | None, typer.Option("--try", help="规则草案（YAML）：按同样的记录试算，看谁的名次会变、为什么")
    ] = None,
    format: FormatOption = "table",
) -> int:
    """按积分方案给委员、活动组、党派组织等逐一计分；每一分都注明条款和记录。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import form
    from jixiao.cli.output import emit

    django_setup.ready()
    view = _view(scheme, org, period, draft)
    shape = form(format)
    if draft is not None:
        emit(_moves(view), MOVES, shape, f"{view.scheme.title}：按草案试算，{len(view.moves)}个对象有变化")
    elif subject is not None:
        one = view.of(subject)
        emit(
            _lines(view, subject),
            LINES,
            shape,
            f"{view.labels[one.subject]}：{_plain(one.total)}分，第{one.rank}名",
        )
    else:
        emit(_ranks(view), RANKS, shape, f"{view.scheme.title}（{view.year}年度）")
    return 0


def _view(scheme: str, org: str, period: str, draft: Path | None) -> PointsView:
    from jixiao.catalogue.trial import read_scheme
    from jixiao.errors import BadInput
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.points import points as ask
    from jixiao.ledger.rules import catalogue

    year = queries.year_named(SYSTEM, org, period)
    if draft is None:
        return ask(SYSTEM, org, year, scheme)
    try:
        text = draft.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadInput(f"读不了规则草案 {draft}：请给出 UTF-8 编码的 YAML 文件") from wrong
    rules = catalogue()
    return ask(SYSTEM, org, year, scheme, read_scheme(text, rules.scheme(scheme), rules))


def _ranks(view: PointsView) -> list[dict[str, Any]]:
    return [
        {
            "rank": one.rank,
            "subject": view.labels[one.subject],
            "total": _plain(one.total),
            "grade": one.grade or "",
            "remark": "；".join(filter(None, [one.still_open, one.held_back, *one.follows])),
        }
        for one in view.standings
    ]


def _lines(view: PointsView, subject: str) -> list[dict[str, Any]]:
    return [
        {
            "title": line.title,
            "clause": line.clause,
            "points": _plain(line.points),
            "working": line.working,
            "records": "；".join(view.labels[record] for record in line.records),
        }
        for line in view.of(subject).lines
    ]


def _moves(view: PointsView) -> list[dict[str, Any]]:
    return [
        {
            "subject": view.labels[one.subject],
            "move": one.text,
            "why": "；".join(f"{title} {_plain(old)}分→{_plain(new)}分" for title, old, new in one.why)
            or OTHERS,
        }
        for one in view.moves
    ]


def _plain(points: Any) -> str:
    from jixiao.values import decimal_text

    return decimal_text(points)
