"""Whose business on a record went to whom."""

from __future__ import annotations

from jixiao.ledger.actions.taking_back import is_undone
from jixiao.ledger.models import Event, OfficeAct, Record


def taken_over_from(row: Record) -> list[str]:
    """In words, who took the business of those over who had worked on this record."""
    acts = OfficeAct.objects.filter(org=row.org_id, act="handed").order_by("done_at")
    if not acts:
        return []
    worked = set(Event.objects.filter(record=row.id).values_list("by", flat=True))
    return [
        f"{one.facts['giver_name']}经办的事项自 {one.facts['on']} 起由{one.facts['taker_name']}接办"
        for one in acts
        if one.facts["giver"] in worked and one.done_at >= row.created_at and not is_undone(one)
    ]
