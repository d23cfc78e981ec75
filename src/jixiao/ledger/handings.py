"""Keeps the table of handings in step with the records: who has a case now, and who had it and may still read it.

A handing that a step ends stays to be read; one that is corrected by an edit, or undone, was a mistake and is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.conditions import Condition, holds
from jixiao.catalogue.kinds import Kind, NeutralState
from jixiao.catalogue.parties import HandSpec
from jixiao.ledger import fold
from jixiao.ledger.models import Event, Handing, Org, Record
from jixiao.ledger.standing import RecordView

BATCH = 500
ENDS = frozenset({NeutralState.PASSED_ON, NeutralState.WITHDRAWN, NeutralState.NOT_DONE})
Has = dict[tuple[str, str], bool]  # (field, org) → whether the org has the case now


def note(rows: Sequence[Record], stepped: Iterable[str], catalogue: Catalogue) -> None:
    """Bring the handings of these rows, just written, up to date; `stepped` are the ids of those that took a step."""
    mine = {row.id: row for row in rows if catalogue.kind(row.kind).hands_to}
    if not mine:
        return
    steps = set(stepped)
    before: dict[str, Has] = {id_: {} for id_ in mine}
    ids = list(mine)
    for start in range(0, len(ids), BATCH):
        for one in Handing.objects.filter(record__in=ids[start : start + BATCH]):
            before[one.record_id][one.field, one.org_id] = one.is_current
    after = {
        id_: _after(before[id_], catalogue.kind(row.kind), row.data, row.state, is_step=id_ in steps)
        for id_, row in mine.items()
    }
    for id_ in ids:
        for field, org in before[id_].keys() - after[id_].keys():
            Handing.objects.filter(record=id_, field=field, org=org).delete()
    _write([(row, after[id_]) for id_, row in mine.items()], catalogue)


def ensure(catalogue: Catalogue) -> None:
    """Fill in the handings of kinds that have none yet, and drop those of kinds that hand nothing on any more."""
    hands = [kind for kind in catalogue.kinds.values() if kind.hands_to]
    Handing.objects.exclude(record__kind__in=[kind.full_id for kind in hands]).delete()
    for kind in hands:
        there = Record.objects.filter(kind=kind.full_id)
        if not Handing.objects.filter(record__kind=kind.full_id).exists() and there.exists():
            rebuild(kind, catalogue)


def rebuild(kind: Kind, catalogue: Catalogue) -> None:
    """Write the handings of a kind anew from the events of its records."""
    Handing.objects.filter(record__kind=kind.full_id).delete()
    for row in Record.objects.filter(kind=kind.full_id).iterator(BATCH):
        _write([(row, _from_events(row, kind))], catalogue)


def mend(catalogue: Catalogue) -> int:
    """Write anew the handings that do not follow from their records; how many records that were."""
    mended = 0
    for kind in catalogue.kinds.values():
        rows = Record.objects.filter(kind=kind.full_id).iterator(BATCH)
        for row in list(wrong(rows, kind, catalogue)):
            Handing.objects.filter(record=row).delete()
            _write([(row, _from_events(row, kind))], catalogue)
            mended += 1
    return mended


def wrong(rows: Iterable[Record], kind: Kind, catalogue: Catalogue) -> Iterator[Record]:
    """Those of a kind's records whose handings are not what their events and the rules of the pack make of them."""
    if not kind.hands_to:
        return
    for row in rows:
        try:
            has = _from_events(row, kind)
        except fold.Conflict:
            continue  # what is wrong with the events themselves is told of them
        leading = _leading(row, catalogue) if has else set()
        should = {(field, org, is_current, field in leading) for (field, org), is_current in has.items()}
        there = Handing.objects.filter(record=row).values_list("field", "org_id", "is_current", "leads")
        if set(there) != should:
            yield row


def _from_events(row: Record, kind: Kind) -> Has:
    has: Has = {}
    facts: fold.Facts = {}
    for event in Event.objects.filter(record=row.id).order_by("version"):
        facts = fold.apply(facts, event.changes)
        has = _after(has, kind, facts, facts.get(fold.STATE), is_step=event.act == Event.Act.STEP)
    return has


def _after(before: Has, kind: Kind, data: Mapping[str, Any], state: str | None, *, is_step: bool) -> Has:
    """Who has the case after an act. Who had it before a step still reads it."""
    now = {
        (name, str(data[name]))
        for name, spec in kind.hands_to.items()
        if data.get(name) and _is_handed(kind, spec, state)
    }
    kept = {pair for pair, had in before.items() if is_step or not had}
    return {pair: pair in now for pair in kept | now}


def _is_handed(kind: Kind, spec: HandSpec, state: str | None) -> bool:
    if spec.during:
        return state in spec.during
    return state not in kind.states or kind.states[state].type not in ENDS


def _write(found: Sequence[tuple[Record, Has]], catalogue: Catalogue) -> None:
    named = {org for _, has in found for _, org in has}
    known = set(Org.objects.filter(pk__in=named).values_list("pk", flat=True))
    made = []
    for row, has in found:
        leading = _leading(row, catalogue) if has else set()
        made += [
            Handing(record=row, field=field, org_id=org, is_current=is_current, leads=field in leading)
            for (field, org), is_current in has.items()
            if org in known
        ]
    Handing.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["record", "field", "org"],
        update_fields=["is_current", "leads"],
    )


def _leading(row: Record, catalogue: Catalogue) -> set[str]:
    """The fields whose org acts on the case above as well."""
    view = RecordView(row, catalogue)
    hands = catalogue.kind(row.kind).hands_to
    return {
        name for name, spec in hands.items() if isinstance(spec.leads, Condition) and holds(spec.leads, view)
    }
