"""Lists of records: filtered, searched and ordered on the projection's typed columns, whatever the number of
rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform

from jixiao.catalogue.columns import Column, columns_of
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.errors import BadInput
from jixiao.ledger import handed, permissions, succession
from jixiao.ledger.models import Org, Record
from jixiao.ledger.rules import catalogue as rules

WRITTEN = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.SERIAL)
ELSEWHERE = ("source_system", "outside_number")
ROW_COLUMNS = ("state", "number", "label", "org", "created_at", "updated_at")


def records(
    user: permissions.Actor,
    kind: str,
    org: Org | str | None = None,
    *,
    filters: Mapping[str, Any] | None = None,
    search: str = "",
    order: str = "",
    voided: bool = False,
    with_predecessors: bool = False,
    with_handed: bool = False,
) -> QuerySet[Record]:
    """The records of a kind that the user may read; lazy, fit for a paginator, org loaded.

    `filters`: column → a value, a list (one of), or a pair (low, high) with None for an open end; `state`
    too. `order`: a column, with - in front for the reverse; the default is the kind's date, latest first, or
    the name where there is no date. `voided` shows the voided ones instead; `with_predecessors` those of the orgs
    before this one too, `with_handed` what other offices handed to it, or to any of the user's. Raises NotFound for an unknown
    kind, BadInput for an unknown column.
    """
    spec = rules().kind(kind)
    visible = permissions.orgs_where(user, "read", kind=spec.full_id)
    if org is not None:
        mine = {org.pk if isinstance(org, Org) else str(org)}
        visible &= succession.lineage(org) if with_predecessors else mine
    whose = Q(org_id__in=visible)
    if with_handed and not voided:
        whose |= handed.readable(user, org.pk if isinstance(org, Org) else org)
    found = Record.objects.filter(whose, kind=spec.full_id, voided=voided).select_related("org")
    columns = {column.name: column for column in columns_of(spec)}
    for name, wanted in (filters or {}).items():
        found = _filtered(found, spec, columns, name, wanted)
    if search.strip():
        found = searched(found, spec, search.split())
    return _ordered(found, spec, columns, order)


def counts(user: permissions.Actor, kinds: Iterable[Kind], org: Org | str) -> Counter[str]:
    """How many records of each kind `records` would list, those handed to the org among them; one query for all."""
    asked = list(kinds)
    place = org.pk if isinstance(org, Org) else str(org)
    free = [kind.full_id for kind in permissions.among(user, "read", asked, org=place)]
    handed_on = handed.readable(user, place) & Q(kind__in=[kind.full_id for kind in asked])
    found = Record.objects.filter(Q(kind__in=free, org_id=place) | handed_on, voided=False)
    return Counter(dict(found.values_list("kind").annotate(Count("pk")).order_by()))


def _filtered(
    found: QuerySet[Record], kind: Kind, columns: Mapping[str, Column], name: str, wanted: Any
) -> QuerySet[Record]:
    if name == "state":
        return found.filter(state__in=wanted if isinstance(wanted, list) else [wanted])
    _check(kind, columns, name)
    if isinstance(wanted, tuple):
        parts = [(f'"{name}" >= %s', wanted[0]), (f'"{name}" <= %s', wanted[1])]
        given = [(sql, value) for sql, value in parts if value is not None]
        for sql, value in given:
            found = _where(found, kind, sql, [value])
        return found
    if wanted is None:
        return _where(found, kind, f'"{name}" IS NULL', [])
    several = list(wanted) if isinstance(wanted, list) else [wanted]
    return _where(found, kind, f'"{name}" IN ({", ".join(["%s"] * len(several))})', several)


def searched(found: QuerySet[Record], kind: Kind, words: Sequence[str]) -> QuerySet[Record]:
    """Those of the kind's records in which every word occurs: in the name, the number or some text field."""
    texts = {f"text_{name}": KeyTextTransform(name, "data") for name in text_fields(kind)}
    found = found.alias(**texts)
    for word in words:
        somewhere = [Q(**{f"{place}__icontains": word}) for place in ("label", "number", *ELSEWHERE, *texts)]
        found = found.filter(reduce(or_, somewhere))
    return found


def text_fields(kind: Kind) -> list[str]:
    """The fields whose words can be searched for; the name is searched as the record's label."""
    return [name for name, spec in kind.fields.items() if spec.type in WRITTEN and name != kind.label]


def _ordered(
    found: QuerySet[Record], kind: Kind, columns: Mapping[str, Column], order: str
) -> QuerySet[Record]:
    name, backwards = order.removeprefix("-"), order.startswith("-")
    if not name:
        name, backwards = (kind.date, True) if kind.date else ("label", False)
    key: Any
    if name in ROW_COLUMNS:
        key = F(name)
    else:
        _check(kind, columns, name)
        key = RawSQL(f'(SELECT p."{name}" FROM "{kind.table}" p WHERE p."id" = "ledger_record"."id")', [])
    return found.order_by(key.desc(nulls_last=True) if backwards else key.asc(nulls_last=True), "id")


def _where(found: QuerySet[Record], kind: Kind, condition: str, values: Sequence[Any]) -> QuerySet[Record]:
    return found.filter(pk__in=_ids(kind, condition, values))


def _ids(kind: Kind, condition: str, values: Sequence[Any]) -> RawSQL:
    return RawSQL(f'SELECT "id" FROM "{kind.table}" WHERE {condition}', list(values))


def _check(kind: Kind, columns: Mapping[str, Column], name: str) -> None:
    """Only names the catalogue knows become part of SQL."""
    if name not in columns:
        titles = "、".join(column.title for column in columns.values())
        raise BadInput(f"“{kind.title}”没有“{name}”这一列；可用：{titles}")
