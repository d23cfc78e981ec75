"""What rows point to, by name, and the rows' own types: for faces, which never touch the tables themselves.

Whoever may read a record may read the names of what its fields point to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger import fold
from jixiao.ledger.models import Draft, Event, EvidenceUse, Org, Record, User
from jixiao.ledger.names import labels
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.records import record as find

OrgRow, RecordRow, UserRow, DraftRow = Org, Record, User, Draft


def pointed_to(kind: Kind, rows: Iterable[Record]) -> dict[str, str]:
    """The names of the records and orgs that fields of these rows point to, by id."""
    fields = [name for name, spec in kind.fields.items() if spec.type in (FieldType.REF, FieldType.ORG)]
    return labels(row.data[name] for row in rows for name in fields if row.data.get(name))


def directory(day: date | None = None, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Every org by id and title, or those that live on the day with those of `also`; one that is gone says so.

    Names of offices are no secret between offices.
    """
    found = Org.objects.order_by("title")
    if day is not None:
        lives = Q(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
        found = found.filter(lives | Q(pk__in=[one for one in also if len(one) <= 64]))
    return [(one.pk, f"{one.title}（至 {one.valid_to}）" if one.valid_to else one.title) for one in found]


def grades() -> list[tuple[str, str]]:
    """The grades of evidence with their words."""
    return [(grade.value, str(grade.label)) for grade in EvidenceUse.Grade]


def data_at(user: Actor, record: Record | str, version: int) -> dict[str, object]:
    """The fields of a record as they stood at a version. Raises NotFound."""
    row = find(user, record)
    changes = Event.objects.filter(record=row.id, version__lte=version).order_by("version")
    return fold.fold(changes.values_list("changes", flat=True)).data
