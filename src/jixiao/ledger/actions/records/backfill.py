"""Record a past that is already over: one `imported` event per record, no reminders, thousands in one
transaction.

Example data, imports and the page for back-filling a whole case all come through here. Records are idempotent
on their ids: one that is there already is left as it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction

from jixiao.catalogue import Catalogue, lifecycle
from jixiao.catalogue.dates import read_date
from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import (
    checking,
    clock,
    filed_twice,
    fold,
    journal,
    numbers,
    permissions,
    projection,
    standing,
)
from jixiao.ledger.actions import opening
from jixiao.ledger.actions.evidence import fact_of
from jixiao.ledger.actions.records.create import blank, check, first_day, identity
from jixiao.ledger.actions.records.origin import origin_facts
from jixiao.ledger.acts import Act
from jixiao.ledger.inserting import insert_all
from jixiao.ledger.models import EvidenceUse, Link, Org, Record
from jixiao.ledger.one_reading import reading
from jixiao.ledger.rules import catalogue as rules

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document behind a past record, known by its number or title."""

    title: str
    grade: str = "internal"
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One past record with what hangs on it. `path` maps states to days; `links` are (role, target id[,
    day]).
    """

    kind: str
    values: Mapping[str, Any]
    path: Mapping[str, date | str] = field(default_factory=dict)
    children: Sequence[Past] = ()
    links: Sequence[tuple[Any, ...]] = ()
    evidence: Sequence[Paper] = ()
    number: str | None = None
    id: str | None = None
    source: str = ""  # where it was imported from, kept as the event's note
    source_system: str = ""
    outside_number: str = ""
    place: str = ""  # where it stands in the source, said in front of what is wrong with it


@dataclass(slots=True)
class _Batch:
    """What one transaction is about to write."""

    org: Org
    by: permissions.Actor
    catalogue: Catalogue
    known: dict[str, str]
    rows: dict[str, Record] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    uses: list[EvidenceUse] = field(default_factory=list)
    given: dict[str, list[str]] = field(default_factory=dict)
    unique: set[tuple[str, str, Any]] = field(default_factory=set)


def backfill(
    *,
    by: permissions.Actor,
    org: Org | str,
    kind: str,
    values: Mapping[str, Any],
    path: Mapping[str, date | str] | None = None,
    children: Sequence[Past] = (),
    links: Sequence[tuple[Any, ...]] = (),
    evidence: Sequence[Paper] = (),
    number: str | None = None,
    id: str | None = None,
    source: str = "",
    source_system: str = "",
    outside_number: str = "",
) -> Record:
    """Record one past case whole. Raises NotFound, NotAllowed, FieldErrors, BadInput."""
    past = Past(
        kind=kind, values=values, path=path or {}, children=children, links=links, evidence=evidence,
        number=number, id=id, source=source, source_system=source_system, outside_number=outside_number,
    )  # fmt: skip
    return backfill_all(by=by, org=org, cases=[past])[0]


@transaction.atomic
def backfill_all(
    *,
    by: permissions.Actor,
    org: Org | str,
    cases: Iterable[Past],
    progress: Callable[[int], None] | None = None,
) -> list[Record]:
    """Record many past cases, all or none; fields and links may point to records of the same call.

    Returns the rows of `cases` in their order. `progress` is told how many records are written.
    """
    catalogue = rules()
    place = opening.open_org(org, by)
    pasts = [_with_id(past) for past in cases]
    _check_kinds(pasts, place, by, catalogue)
    everything = [past for past, _ in _with_parents(pasts)]
    known = {past.id or "": catalogue.kind(past.kind).full_id for past in everything}
    there = _there(known, place)
    batch = _Batch(place, by, catalogue, known)
    with reading():  # nothing is written yet: what many records point to is looked up once
        for past, parent in _with_parents(pasts):
            if past.id not in there:
                _add(batch, past, batch.rows.get(parent or "") or there.get(parent or ""))
    _write(batch, progress)
    filed_twice.refuse(
        ((batch.rows[past.id or ""], past.place) for past in everything if past.id in batch.rows), catalogue
    )
    rows = there | batch.rows
    return [rows[past.id or ""] for past in pasts]


def _add(batch: _Batch, past: Past, parent: Record | None) -> None:
    kind = batch.catalogue.kind(past.kind)
    event = str(uuid.uuid4())
    try:
        _check_parent(kind, parent, batch.catalogue)
        row, facts, on = _facts(batch, kind, past, parent)
        facts |= _links(batch, kind, past) | _papers(batch, past, event)
    except FieldErrors as error:
        raise FieldErrors({name: f"{past.place}{text}" for name, text in error.errors.items()}) from error
    except (BadInput, ValueError) as error:
        raise BadInput(f"{past.place}{error}") from error
    batch.acts.append(Act(row, "imported", fold.difference({}, facts), on, note=past.source, id=event))
    batch.rows[row.id] = row


def _facts(batch: _Batch, kind: Kind, past: Past, parent: Record | None) -> tuple[Record, fold.Facts, date]:
    data = checking.clean(kind, past.values, catalogue=batch.catalogue)
    data = {name: value for name, value in data.items() if value is not None}
    row = blank(kind, batch.org.pk, parent, past.id or "")
    origin = origin_facts(past.source_system, past.outside_number)
    facts: fold.Facts = {**data, **identity(row), **origin}
    on = first_day(kind, data)
    if kind.initial:
        path = {state: _day(day) for state, day in past.path.items()} or {kind.initial: on}
        stand = lifecycle.from_dates(kind, path)
        facts |= {fold.STATE: stand.state, fold.PATH: standing.stored_path(stand)}
        on = stand.path[0][1]
    if kind.number and (number := past.number or data.get(kind.number.field)):
        facts |= {fold.NUMBER: number, kind.number.field: number}
        batch.given.setdefault(kind.full_id, []).append(number)
    _check_unique_in(batch, kind, data)
    check(kind, batch.org, facts, batch.catalogue, on, batch.by, batch.known)
    return row, facts, on


def _check_unique_in(batch: _Batch, kind: Kind, data: Mapping[str, Any]) -> None:
    """Raises FieldErrors where a value that must be unique comes twice in the same batch."""
    for name, spec in kind.fields.items():
        if spec.unique and data.get(name) is not None:
            key = (kind.full_id, name, data[name])
            if key in batch.unique:
                raise FieldErrors({name: f"{spec.title}：“{data[name]}”在本批中重复出现"})
            batch.unique.add(key)


def _links(batch: _Batch, kind: Kind, past: Past) -> fold.Facts:
    facts: fold.Facts = {}
    for role, target, *day in past.links:
        on = _day(day[0]) if day and day[0] else None
        link_id = str(uuid.uuid5(uuid.UUID(past.id), f"{role}/{target}"))
        full = f"{kind.full_id}.{role}"
        batch.links.append(
            Link(id=link_id, role=full, source_id=past.id, target_id=str(target), linked_on=on,
                 linked_by=batch.by.username, linked_at=clock.now())
        )  # fmt: skip
        _check_target(batch, kind, role, str(target))
        facts[fold.LINK + link_id] = {
            "role": full,
            "target": str(target),
            "on": on.isoformat() if on else None,
        }
    return facts


def _check_target(batch: _Batch, kind: Kind, role: str, target: str) -> None:
    if role not in kind.links:
        raise BadInput(f"“{kind.title}”没有关联“{role}”；可用：{'、'.join(kind.links) or '无'}")
    wanted = kind.links[role].to
    found = batch.known.get(target) or checking.reachable_kind(target, by=batch.by, org=batch.org.pk)
    if found != wanted:
        raise BadInput(f"关联“{kind.links[role].title}”应指向一条“{batch.catalogue.kind(wanted).title}”记录")


def _check_parent(kind: Kind, parent: Record | None, catalogue: Catalogue) -> None:
    if kind.parent != (parent.kind if parent else None):
        above = f"登记在“{catalogue.kind(kind.parent).title}”之下" if kind.parent else "独立登记"
        raise BadInput(f"“{kind.title}”应{above}")


def _papers(batch: _Batch, past: Past, event: str) -> fold.Facts:
    facts: fold.Facts = {}
    for at, paper in enumerate(past.evidence):
        if paper.grade not in EvidenceUse.Grade.values:
            raise BadInput(f"佐证等级“{paper.grade}”不认得；可用：{'、'.join(EvidenceUse.Grade.values)}")
        use = str(uuid.uuid5(uuid.UUID(past.id), f"evidence/{at}"))
        made = EvidenceUse(
            id=use, record_id=past.id, event=event, document_number=paper.document_number, grade=paper.grade,
            title=paper.title or paper.document_number, added_by=batch.by.username, added_at=clock.now(),
        )  # fmt: skip
        batch.uses.append(made)
        facts[fold.EVIDENCE + use] = fact_of(made) | {"title": paper.title}
    return facts


def _write(batch: _Batch, progress: Callable[[int], None] | None) -> None:
    for start in range(0, len(batch.acts), BATCH):
        part = batch.acts[start : start + BATCH]
        journal.write(part, by=batch.by, catalogue=batch.catalogue)
        if progress:
            progress(start + len(part))
    insert_all(batch.links)
    insert_all(batch.uses)
    for link in batch.links:
        link.source = batch.rows[link.source_id]
    projection.write_links(batch.links)
    for kind, given in batch.given.items():
        numbers.keep_clear_of(batch.catalogue.kind(kind), batch.org.pk, given)


def _check_kinds(pasts: Sequence[Past], org: Org, by: permissions.Actor, catalogue: Catalogue) -> None:
    permissions.require(by, "backfill", org=org.pk)
    for kind in dict.fromkeys(past.kind for past in pasts):
        opening.check_bound(org, catalogue.kind(kind), catalogue)


def _with_id(past: Past, place: str = "") -> Past:
    """The same past, every record of it with an id and a place to be named by."""
    where = past.place or place
    children = tuple(_with_id(child, where) for child in past.children)
    return replace(past, id=str(past.id or uuid.uuid4()), place=where, children=children)


def _with_parents(pasts: Iterable[Past], parent: str | None = None) -> Iterator[tuple[Past, str | None]]:
    for past in pasts:
        yield past, parent
        yield from _with_parents(past.children, past.id)


def _there(known: Mapping[str, str], org: Org) -> dict[str, Record]:
    """What was recorded before under these ids. Raises BadInput where that is something else altogether."""
    found: dict[str, Record] = {}
    ids = list(known)
    for start in range(0, len(ids), BATCH):
        found |= Record.objects.in_bulk(ids[start : start + BATCH])
    for name, row in found.items():
        if (row.org_id, row.kind) != (org.pk, known[name]):
            raise BadInput(f"编号 {name} 已经用在别处，没有补录；请重新打开补录页，或在来源中换一个编号")
    return found


def _day(day: date | str) -> date:
    return read_date(day)
