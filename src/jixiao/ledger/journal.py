"""The only writer of records and events: an act becomes an event, the row its fold, the projection its image.

`write` takes many acts at once and stays fast for thousands. It must run inside a transaction; the head of
each chain is locked, so that sequence numbers have no gaps and two offices never wait for one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from jixiao.catalogue import Catalogue
from jixiao.catalogue.days import Days
from jixiao.catalogue.kinds import Kind
from jixiao.errors import FieldErrors
from jixiao.ledger import chain, checking, clock, fold, handings, lateness, projection, workdays
from jixiao.ledger.acts import Act
from jixiao.ledger.deadlines import dues_of, entered, first_open, states_entered
from jixiao.ledger.inserting import insert_all
from jixiao.ledger.labels import set_labels
from jixiao.ledger.models import ChainHead, Event, Record
from jixiao.ledger.permissions import Actor


def facts_of(record: Record) -> fold.Facts:
    """The facts a row stands for: what the fold of its events must give again."""
    facts: fold.Facts = {**record.data, **record.attached}
    if record.version:
        facts |= {fold.KIND: record.kind, fold.ORG: record.org_id, fold.ROOT: record.root_id}
        optional = {
            fold.PARENT: record.parent_id,
            fold.STATE: record.state,
            fold.PATH: record.path or None,
            fold.NUMBER: record.number or None,
            fold.SOURCE: record.source_system or None,
            fold.OUTSIDE: record.outside_number or None,
            fold.VOIDED: record.voided or None,
        }
        facts |= {name: value for name, value in optional.items() if value is not None}
    return facts


def write(acts: Sequence[Act], *, by: Actor, catalogue: Catalogue) -> list[Event]:
    """Append one event per act, update or create the rows, and write their projection. Returns the events.

    What falls on a day of a closed period is marked as late. Raises BadInput for who may not enter such.
    """
    _in_transaction()
    now = clock.now()
    late = lateness.late_days(acts, by, catalogue)
    days: dict[str, Days] = {}
    for one in acts:
        _set_row(one, catalogue, now, days)
    events = append(acts, by=by.username, now=now)
    rows = list({one.record.id: one.record for one in acts}.values())
    set_labels(rows, catalogue)
    new = [row for row in rows if row._state.adding]
    for row in rows:
        if not row._state.adding:
            row.save(force_update=True)
    insert_all(new)
    projection.write([row for row in rows if not row.voided], catalogue)
    handings.note(rows, [one.record.id for one in acts if one.act == Event.Act.STEP], catalogue)
    lateness.mark(late, events, {row.id: row.label for row in rows})
    return events


def append(acts: Sequence[Act], *, by: str, now: datetime) -> list[Event]:
    """Append the events of acts whose rows are set, chain by chain in the order given."""
    _in_transaction()
    heads: dict[str, ChainHead] = {}
    events = []
    for one in acts:
        if checking.is_unprintable(one.note):
            raise FieldErrors({"note": f"说明{checking.UNPRINTABLE}"})
        record = one.record
        head = heads.get(record.org_id) or heads.setdefault(record.org_id, _locked_head(record.org_id))
        event = Event(
            id=one.id, chain=record.org_id, sequence=head.sequence + 1, record=record.id, root=record.root_id,
            version=record.version, act=one.act, step=one.step, changes=one.changes, undoes=one.undoes,
            happened_on=one.happened_on, entered_at=now, by=by, note=one.note, digest=record.digest,
            previous=head.hash,
        )  # fmt: skip
        event.hash = chain.event_hash(event)
        head.sequence, head.hash = event.sequence, event.hash
        events.append(event)
    insert_all(events)
    for head in heads.values():
        head.save(update_fields=["sequence", "hash"])
    return events


def tell(
    name: str, facts: Mapping[str, Any], *, org: str, act: str, by: str, now: datetime, on: date | None = None
) -> Event:
    """Append the one event of a row that is no record: a filed value, an issue, words about a report.

    `facts` is all the row says and `name` the id the chain knows it by; audited rows keep `by` and `now`.
    """
    # The event needs a place in the chain, not a row.
    holder = Record(id=name, root_id=name, org_id=org, version=1, digest=chain.digest(facts))
    return append([Act(holder, act, fold.difference({}, facts), on or clock.today())], by=by, now=now)[0]


def _set_row(one: Act, catalogue: Catalogue, now: datetime, days: dict[str, Days]) -> None:
    record = one.record
    folded = fold.Folded(fold.apply(facts_of(record), one.changes), record.version + 1)
    record.data, record.attached, record.path = folded.data, folded.attached, folded.path
    record.state, record.voided, record.number = folded.state, folded.voided, folded.number
    record.source_system, record.outside_number = folded.source_system, folded.outside_number
    record.version, record.digest = folded.version, folded.digest
    record.updated_at = now
    if record.created_at is None:
        record.created_at = now
    kind = catalogue.kind(record.kind)
    record.dues = {}
    if kind.deadlines:
        if record.org_id not in days:
            days[record.org_id] = workdays.days_of(record.org_id, catalogue)
        history = _history(one, kind)
        record.dues = dues_of(kind, record.data, record.path, days[record.org_id], history)
    record.open_deadline, record.open_due_on, record.open_due_stands = first_open(record.dues)


def _history(one: Act, kind: Kind) -> list[tuple[str, date]] | None:
    """The states the case has entered with this act; undone steps are left out."""
    if one.record._state.adding:
        return None
    history = states_entered(kind, one.record.id)
    if history is None:
        return None
    if one.undoes:
        return [*history[:-1]] if fold.STATE in one.changes else history
    return [*history, *entered(one.act, one.changes, one.happened_on)]


def _locked_head(name: str) -> ChainHead:
    ChainHead.objects.bulk_create(
        [ChainHead(chain=name, sequence=0, hash=chain.START)], ignore_conflicts=True
    )
    return ChainHead.objects.select_for_update().get(chain=name)


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("events are written inside a transaction")
