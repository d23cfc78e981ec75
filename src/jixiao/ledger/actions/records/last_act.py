"""Which act on a record would be taken back next: the last one, unless it was taken back already."""

from __future__ import annotations

from jixiao.ledger.models import Event, Record

TAKEN_BACK = ("step", "edit", "void", "restore")


def last_act(row: Record) -> Event | None:
    """The last act on a record that an undo would take back."""
    undone = set(Event.objects.filter(record=row.id, act="undo").values_list("undoes", flat=True))
    acts = Event.objects.filter(record=row.id, act__in=TAKEN_BACK).order_by("-version")
    return next((event for event in acts if event.id not in undone), None)
