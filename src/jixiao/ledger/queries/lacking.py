"""What a year's records lack: deadlines that were missed, papers that are not there.

Chosen in the database, so that a large register costs what it lacks and not what it holds; only kinds that the
person may read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, Q, QuerySet, Window
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, RowNumber

from jixiao.catalogue.kinds import Kind
from jixiao.ledger import deadlines, permissions
from jixiao.ledger.models import Record
from jixiao.ledger.one_reading import once
from jixiao.ledger.queries.org_year import OrgYear

FIRST = 50  # records without a paper that are told of each kind
TOLD = ("id", "number", "label", "kind", "state", "dues", "root_id", "root__number", "root__label")


class Called(NamedTuple):
    """A record by its names."""

    id: str
    number: str
    label: str


class Told(NamedTuple):
    """A record by its names, with the case it belongs to: there may be very many of them."""

    id: str
    number: str
    label: str
    root: Called


@dataclass(frozen=True, slots=True)
class LateRecord:
    """A case that was answered late, or is due and still open."""

    record: Told
    kind: Kind
    due: deadlines.Due


@dataclass(frozen=True, slots=True)
class Paperless:
    """The records of one kind without a paper: how many, and the first of them by name, with number and label."""

    kind: str
    count: int
    first: tuple[Record, ...]


def late(user: permissions.Actor, bench: OrgYear) -> tuple[LateRecord, ...]:
    """Deadlines of the year that were missed, as they stood at as_of, the longest overdue first."""
    first, last = date(bench.year, 1, 1), min(date(bench.year, 12, 31), bench.as_of)
    kinds = {kind.full_id: kind for kind in _kinds(user, bench) if kind.deadlines}
    found = [
        LateRecord(Told(id, number, label, Called(*root)), kinds[kind], due)
        for id, number, label, kind, state, dues, *root in _missed(kinds.values(), bench, first, last)
        for due in deadlines.stored(kinds[kind], dues, state or "")
        if first <= due.on <= last and due.is_late(bench.as_of)
    ]
    return tuple(sorted(found, key=lambda one: (one.due.on, one.record.id)))


def without_evidence(user: permissions.Actor, bench: OrgYear) -> tuple[Paperless, ...]:
    """Records of the year behind which no paper stands, where their kind usually has one."""
    kinds = [kind for kind in _kinds(user, bench) if kind.evidence and kind.date]
    if not kinds or not bench.periods:
        return ()
    rows = _standing(bench).filter(pk__in=_dated(kinds, bench), evidence_uses__isnull=True)
    rows = rows.annotate(
        together=Window(Count("id"), partition_by="kind"),
        place=Window(RowNumber(), partition_by="kind", order_by=("label", "id")),
    )
    told = rows.filter(place__lte=FIRST).only("id", "kind", "number", "label").order_by("kind", "label", "id")
    parts = ((kind, tuple(found)) for kind, found in groupby(told, key=lambda row: row.kind))
    return tuple(Paperless(kind, found[0].together, found) for kind, found in parts)  # type: ignore[attr-defined]


def _kinds(user: permissions.Actor, bench: OrgYear) -> list[Kind]:
    """The kinds of which the org has records that the person may read."""
    there = kinds_there(bench.org.pk)
    known = [bench.catalogue.kinds[name] for name in there if name in bench.catalogue.kinds]
    return permissions.among(user, "read", known, org=bench.org.pk)


@once
def kinds_there(org: str) -> frozenset[str]:
    """The kinds of which an org has records."""
    return frozenset(Record.objects.filter(org=org).values_list("kind", flat=True).distinct())


def _standing(bench: OrgYear) -> QuerySet[Record]:
    return Record.objects.filter(org=bench.org, voided=False, root__voided=False)


def _missed(kinds: Iterable[Kind], bench: OrgYear, first: date, last: date) -> Iterable[tuple[Any, ...]]:
    """The records with some deadline due in these days that was met late or is not met, all kinds at once."""
    by_name: dict[str, list[str]] = {}
    for kind in kinds:
        for name in kind.deadlines:
            by_name.setdefault(name, []).append(kind.full_id)
    days, missed = {}, Q(pk__in=[])
    for name, named in by_name.items():
        due, met = f"due_{name}", f"met_{name}"
        days |= {due: _text(f"dues__{name}__on"), met: _text(f"dues__{name}__met_on")}
        inside = Q(**{f"{due}__gte": first.isoformat(), f"{due}__lte": last.isoformat()})
        not_in_time = Q(**{f"{met}__isnull": True}) | Q(**{f"{met}__gt": F(due)})
        missed |= Q(kind__in=named) & inside & not_in_time
    return _standing(bench).alias(**days).filter(missed).values_list(*TOLD)


def _text(path: str) -> Cast:
    """A day inside a JSON column as the text it is; days written so compare as days."""
    return Cast(KT(path), CharField())


def _dated(kinds: Iterable[Kind], bench: OrgYear) -> RawSQL:
    """The ids of the records whose day lies inside any of the year's periods, from the typed columns."""
    spans = sorted({(span.from_on, span.to_on) for span in bench.periods.values()})
    parts, given = [], []
    for kind in kinds:
        inside = " OR ".join(f'"{kind.date}" BETWEEN %s AND %s' for _ in spans)
        parts.append(f'SELECT "id" FROM "{kind.table}" WHERE "org" = %s AND ({inside})')
        given += [bench.org.pk, *(day.isoformat() for span in spans for day in span)]
    return RawSQL(" UNION ALL ".join(parts), given)
