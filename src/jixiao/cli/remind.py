"""`jixiao remind`: whom to remind of what, as sentences or one JSON object a line, for whatever channel the office has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli.options import Org

if TYPE_CHECKING:
    from jixiao.ledger.queries.reminders import Reminder


def remind(
    org: Org,
    within: Annotated[
        int | None, typer.Option(min=0, max=366, help="到期前多少天开始催办；不写则按规则包和设置")
    ] = None,
    format: Annotated[str, typer.Option(help="text（一行一句）或 jsonl（一行一个 JSON）")] = "text",
) -> None:
    """列出逾期和快到期的事项、等谁办理；本程序不发送，交由单位自己的渠道发送。"""
    from jixiao.cli import django_setup
    from jixiao.errors import BadInput

    if format not in ("text", "jsonl"):
        raise BadInput(f"没有格式“{format}”，可用：text、jsonl")
    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.reminders import reminders

    place = queries.org_for(SYSTEM, org)
    for one in reminders(SYSTEM, place, within=within):
        print(_line(one) if format == "jsonl" else one.words)


def _line(one: Reminder) -> str:
    import json

    row = one.task.record
    told: dict[str, Any] = {
        "record": row.id,
        "kind": one.task.kind.full_id,
        "number": row.number,
        "title": row.label,
        "deadline": one.due.deadline,
        "due_on": one.due.on.isoformat(),
        "days_left": one.days_left,
        "provisional": one.due.provisional,
        "waits_for": list(one.task.waits_for),
        "units": list(one.units),
        "words": one.words,
    }
    return json.dumps(told, ensure_ascii=False)
