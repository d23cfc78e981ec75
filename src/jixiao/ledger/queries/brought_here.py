"""Why does a case stand where it stands? The reason given with the step that brought it there, where the step asks for one."""

from __future__ import annotations

from jixiao.catalogue.kinds import Kind
from jixiao.ledger import fold
from jixiao.ledger.models import Event, Record
from jixiao.ledger.rules import catalogue as rules


def brought_here(row: Record) -> str:
    """The reason in words; empty where the last step that moved the case asked for none, or was undone."""
    kind = rules().kind(row.kind)
    if not _asks(kind, row.state):
        return ""
    events = list(Event.objects.filter(record=row.id).order_by("-version"))
    undone = {event.undoes for event in events if event.undoes}
    for event in events:
        if event.id not in undone and not event.undoes and fold.STATE in event.changes:
            spec = kind.steps.get(event.step) if event.act == Event.Act.STEP else None
            if spec is None or spec.note != "required" or spec.to != row.state or not event.note:
                return ""
            return f"“{spec.title}”的理由（{event.happened_on}）：{event.note.rstrip('。')}"
    return ""


def _asks(kind: Kind, state: str | None) -> bool:
    return bool(state) and any(
        spec.note == "required" and spec.to == state and spec.to not in spec.from_
        for spec in kind.steps.values()
    )
