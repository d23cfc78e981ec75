"""What an office has put right in its calendar, and which due days moved by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jixiao.catalogue.days import Local
from jixiao.ledger import fold, permissions, workdays
from jixiao.ledger.models import Event, OfficeAct, Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.orgs import org_for
from jixiao.ledger.rules import catalogue as rules

MOST_ACTS, MOST_MOVED = 50, 200


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day that moved: of which record and deadline, from when to when, and by what note."""

    record: Record
    deadline: str
    old: date
    new: date
    note: str
    by: str
    on: date


def local_days(user: Actor, org: Org | str) -> dict[date, Local]:
    """The days that differ from the packs' calendars. Raises NotFound."""
    return workdays.put_right(org_for(user, org).pk)


def calendar_acts(user: Actor, org: Org | str) -> list[OfficeAct]:
    """Who put what right and why, the latest first. Raises NotFound."""
    found = OfficeAct.objects.filter(org=org_for(user, org), act=OfficeAct.Act.CALENDAR)
    return list(found[:MOST_ACTS])


def moved(user: Actor, org: Org | str) -> list[Moved]:
    """The due days that were computed again and moved, the latest first, of records the user may read. Raises NotFound."""
    place = org_for(user, org)
    events = Event.objects.filter(chain=place.pk, act=Event.Act.RECOMPUTED).order_by("-sequence")[:MOST_MOVED]
    kept = list(events)
    rows = Record.objects.in_bulk([event.record for event in kept])
    catalogue = rules()
    kinds = {row.kind: catalogue.kind(row.kind) for row in rows.values()}
    open_ones = {one.full_id for one in permissions.among(user, "read", kinds.values(), org=place.pk)}
    found = []
    for event in kept:
        row = rows.get(event.record)
        if row is not None and row.kind in open_ones:
            for name, (old, new) in event.changes.items():
                spec = kinds[row.kind].deadlines.get(name.removeprefix(fold.DUE))
                found.append(
                    Moved(
                        row, spec.title if spec else name, date.fromisoformat(old), date.fromisoformat(new),
                        event.note, event.by, event.happened_on,
                    )
                )  # fmt: skip
    return found
