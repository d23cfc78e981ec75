"""What a year's records lack: deadlines that were missed, papers that are not there.

Chosen in the database, so that a large register costs what it lacks and not what it holds; only kinds that the
person may read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from jixiao.catalogue.kinds import Kind
from jixiao.ledger import deadlines, permissions
from jixiao.ledger.models import Record
from jixiao.ledger.queries.org_year import OrgYear

TOLD = ("kind", "number", "label", "state", "dues", "root")


@dataclass(frozen=True, slots=True)
class LateRecord:
    """A case that was answered late, or is due and still open."""

    record: Record
    kind: Kind
    due: deadlines.Due


def late(user: permissions.Actor, bench: OrgYear) -> tuple[LateRecord, ...]:
    """Deadlines of the year that were missed, as they stood at as_of, the longest overdue first."""
    found = [one for kind in _kinds(user, bench) for one in _late_of(kind, bench)]
    return tuple(sorted(found, key=lambda one: (one.due.on, one.record.id)))


def without_evidence(user: permissions.Actor, bench: OrgYear) -> tuple[Record, ...]:
    """Records of the year behind which no paper stands, where their kind usually has one; kind, number and label
    are loaded.
    """
    found: list[Record] = []
    for kind in _kinds(user, bench):
        if kind.evidence and kind.date and bench.periods:
            rows = _standing(bench, kind).filter(evidence_uses__isnull=True)
            rows = rows.annotate(day=_text(f"data__{kind.date}")).filter(_inside(bench))
            found.extend(rows.only("id", "kind", "number", "label").order_by("label", "id"))
    return tuple(found)


def _kinds(user: permissions.Actor, bench: OrgYear) -> list[Kind]:
    """The kinds of which the org has records that the person may read, by id."""
    there = Record.objects.filter(org=bench.org).order_by("kind").values_list("kind", flat=True).distinct()
    known = [bench.catalogue.kinds[name] for name in there if name in bench.catalogue.kinds]
    return permissions.among(user, "read", known, org=bench.org.pk)


def _standing(bench: OrgYear, kind: Kind) -> QuerySet[Record]:
    return Record.objects.filter(org=bench.org, kind=kind.full_id, voided=False, root__voided=False)


def _late_of(kind: Kind, bench: OrgYear) -> Iterator[LateRecord]:
    first, last = date(bench.year, 1, 1), min(date(bench.year, 12, 31), bench.as_of)
    for name in kind.deadlines:
        missed = Q(met__isnull=True) | Q(met__gt=F("due")) | Q(met__gt=bench.as_of.isoformat())
        rows = _standing(bench, kind).annotate(
            due=_text(f"dues__{name}__on"), met=_text(f"dues__{name}__met_on")
        )
        rows = rows.filter(missed, due__gte=first.isoformat(), due__lte=last.isoformat())
        for row in rows.select_related("root").only(*TOLD, "root__number", "root__label"):
            for due in deadlines.stored(kind, row.dues, row.state):
                if due.deadline == name and due.is_late(bench.as_of):
                    yield LateRecord(row, kind, due)


def _text(path: str) -> Cast:
    """A day inside a JSON column as the text it is; days written so compare as days."""
    return Cast(KT(path), CharField())


def _inside(bench: OrgYear) -> Q:
    """A day inside any of the year's periods."""
    inside = Q()
    for span in bench.periods.values():
        inside |= Q(day__gte=span.from_on.isoformat(), day__lte=span.to_on.isoformat())
    return inside
