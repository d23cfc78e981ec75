"""Does an act fall on a day of a closed period? Then it needs the right to back-fill, and is marked 补录（关账后）.

What counts are the days figures go by: the record's own, those of its path and of the step, and fields an indicator
counts by. Evidence and re-computed deadlines change no figure and are never late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput
from jixiao.ledger import fold, permissions
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Event, LateEntry, Period, Record

NEVER = ("evidence", "recomputed")
ENTRIES = ("create", "imported", "step", "filed")


@dataclass(frozen=True, slots=True)
class Late:
    """One day in a closed period; of several periods of a year the longest."""

    period: Period
    day: date
    is_correction: bool


def late_days(acts: Sequence[Act], by: permissions.Actor, catalogue: Catalogue) -> dict[str, list[Late]]:
    """What is late in each act, by its id; the rows are as they were before. Raises BadInput."""
    closed = closed_periods({act.record.org_id for act in acts})
    if not closed:
        return {}
    found = {}
    counted = {
        name: _counted_by(catalogue.kind(name), catalogue) for name in {act.record.kind for act in acts}
    }
    for act in acts:
        mine = closed.get(act.record.org_id, [])
        days = _days(act, catalogue, counted[act.record.kind]) if mine else ()
        if late := among(mine, days, is_correction=act.act not in ENTRIES):
            require(by, act.record.org_id, late)
            found[act.id] = late
    return found


def closed_periods(orgs: Iterable[str]) -> dict[str, list[Period]]:
    """The closed periods of each org, the longest first."""
    found: dict[str, list[Period]] = {}
    for period in Period.objects.filter(org__in=list(orgs), closed_at__isnull=False):
        found.setdefault(period.org_id, []).append(period)
    for periods in found.values():
        periods.sort(key=lambda one: one.from_on - one.to_on)
    return found


def among(closed: Sequence[Period], days: Iterable[date], *, is_correction: bool) -> list[Late]:
    """The first of the days that lies in a closed period, once for each reporting year."""
    found: dict[int, Late] = {}
    for day in sorted(set(days)):
        for period in closed:
            if period.from_on <= day <= period.to_on and period.year not in found:
                found[period.year] = Late(period, day, is_correction)
    return list(found.values())


def require(by: permissions.Actor, org: str, late: Sequence[Late]) -> None:
    """Raises BadInput, saying what is closed and who may: another day, or another person, would do."""
    if not permissions.can(by, "backfill", org=org):
        first = late[0]
        raise BadInput(
            f"{first.day} 在“{first.period.label}”之内，这个期间已由 {first.period.closed_by} 关账；"
            "请由有补录权限的人员办理，或请管理员写明理由重新开账"
        )


def mark(late: Mapping[str, Sequence[Late]], events: Iterable[Event], titles: Mapping[str, str]) -> None:
    """Keep which events were late."""
    if not late:
        return
    LateEntry.objects.bulk_create(
        LateEntry(
            event=event.id, subject=event.record, title=titles.get(event.record, ""), period=one.period,
            year=one.period.year, day=one.day, is_correction=one.is_correction,
            entered_by=event.by, entered_at=event.entered_at,
        )
        for event in events
        for one in late.get(event.id, ())
    )  # fmt: skip


def _days(act: Act, catalogue: Catalogue, counted: Iterable[str]) -> Iterator[date]:
    if act.act in NEVER:
        return
    if act.act in ENTRIES:
        yield act.happened_on
    if act.act != "step":  # a step adds its own day to a case, whatever year that began in
        yield from _own_days(act, catalogue.kind(act.record.kind), catalogue)
    for name in counted:
        yield from _read(act.changes.get(name, ()))
    before, after = act.changes.get(fold.PATH, (None, None))
    moved = {tuple(stop) for stop in before or ()} ^ {tuple(stop) for stop in after or ()}
    yield from (date.fromisoformat(day) for _, day in moved)


def _own_days(act: Act, kind: Kind, catalogue: Catalogue) -> Iterator[date]:
    """The days of the record itself, before and after; one without a day has that of the record above."""
    row: Record | None = act.record
    if kind.date:
        yield from _read([act.record.data.get(kind.date), *act.changes.get(kind.date, ())])
        return
    while row is not None and row.parent_id:
        row = row.parent
        above = catalogue.kind(row.kind).date if row else None
        if row and above:
            yield from _read([row.data.get(above)])
            return


def _counted_by(kind: Kind, catalogue: Catalogue) -> set[str]:
    """The fields of a kind by whose day some indicator takes a record into a period."""
    found: set[str] = set()
    for indicator in catalogue.indicators.values():
        rows = indicator.rows
        if rows is not None and rows.kind == kind.full_id:
            alive = (rows.alive.from_, rows.alive.to) if rows.alive else ()
            found |= {name for name in (rows.dated, rows.until, rows.latest, *alive) if name in kind.fields}
    return found


def _read(stored: Iterable[Any]) -> Iterator[date]:
    return (date.fromisoformat(text) for text in stored if isinstance(text, str) and text)
