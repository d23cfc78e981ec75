"""Like cases: which earlier records of a kind speak of the same thing, why that may be so, and what came of them.

The machine only points; nothing is joined or merged by it. Of a large register the names are all looked at, the texts only of
those whose name is near, that name the same people, or that hold a stretch of the text word for word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from jixiao.catalogue import fields
from jixiao.catalogue.kinds import FieldType, Kind, SimilarSpec
from jixiao.ledger import permissions
from jixiao.ledger.models import Link, Org, Record
from jixiao.ledger.queries.lists import records
from jixiao.ledger.queries.names import pointed_to
from jixiao.ledger.queries.orgs import org_for
from jixiao.ledger.queries.records import record as readable
from jixiao.ledger.rules import catalogue as rules
from jixiao.reading.likeness import Likeness, Passage, likest, nearest, runs

MOST_NAMES = 20_000
NEAR = 100  # candidates of each sort
SHOWN = 8
LEAST, LEAST_OF_SAME = 0.3, 0.2  # how alike, and how alike where somebody is the same
QUOTED, QUOTES = 8, 4  # signs in a stretch looked for word for word, and how many of them
WHO = (FieldType.REF, FieldType.ORG)


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier record with the reasons to look at it. `percent` is how alike the words are; `outcome` what came of it."""

    record: Record
    percent: int
    words: tuple[str, ...]
    same: tuple[str, ...]  # 第一提案人相同：…
    outcome: str
    is_linked: bool


def similar_to(user: permissions.Actor, record: Record | str) -> list[Similar]:
    """The like of a record, the most alike first. Raises NotFound; empty for kinds that do not say how to look."""
    row = readable(user, record)
    kind = rules().kind(row.kind)
    return _similar(user, row.org_id, kind, row.label, row.data, row)


def similar_to_draft(
    user: permissions.Actor, org: Org | str, kind: Kind, values: Mapping[str, Any]
) -> list[Similar]:
    """The like of what somebody is about to record, as typed. Raises NotFound for a stranger's org."""
    place = org_for(user, org)
    return _similar(user, place.pk, kind, str(values.get(kind.label) or ""), values, None)


def _similar(
    user: permissions.Actor, org: str, kind: Kind, title: str, values: Mapping[str, Any], own: Record | None
) -> list[Similar]:
    spec = kind.similar
    if spec is None or not title.strip():
        return []
    asked = Passage("", title, _text(spec, values))
    there = records(user, kind.full_id, org).exclude(root__voided=True)
    if own is not None:
        there = there.exclude(pk=own.pk)
    rows = _candidates(user, org, there, kind, spec, asked, values)
    passages = [Passage(row.pk, row.label, _text(spec, row.data)) for row in rows.values()]
    found = [
        one
        for one in likest(asked, passages, LEAST_OF_SAME)
        if (one.score >= LEAST and one.words) or _same(kind, spec, values, rows[one.key], WHO)
    ]
    return _told(user, kind, spec, values, rows, found[:SHOWN], own)


def _candidates(
    user: permissions.Actor,
    org: str,
    there: QuerySet[Record],
    kind: Kind,
    spec: SimilarSpec,
    asked: Passage,
    values: Mapping[str, Any],
) -> dict[str, Record]:
    names = there.order_by("-created_at", "id").values_list("id", "label")[:MOST_NAMES]
    ids = nearest(asked, list(names), NEAR)
    for name in spec.same:
        if kind.fields[name].type in WHO and values.get(name):
            same = records(user, kind.full_id, org, filters={name: values[name]})
            ids += list(same.values_list("id", flat=True)[:NEAR])
    if quotes := _quotes(asked.text):
        told = [KeyTextTransform(name, "data") for name in spec.texts]
        aliased = there.alias(**{f"text_{place}": one for place, one in enumerate(told)})
        anywhere = [Q(**{f"text_{place}__contains": quote}) for place in range(len(told)) for quote in quotes]
        ids += list(aliased.filter(reduce(or_, anywhere)).values_list("id", flat=True)[:NEAR])
    kept = there.filter(pk__in=list(dict.fromkeys(ids)))
    return {row.pk: row for row in kept.only("id", "kind", "org", "label", "number", "state", "data", "path")}


def _quotes(text: str) -> list[str]:
    """Stretches from the middle of the longest clauses: what a copied text still has word for word."""
    long = sorted((run for run in set(runs(text)) if len(run) >= QUOTED), key=lambda run: (-len(run), run))
    starts = [(run, (len(run) - QUOTED) // 2) for run in long[:QUOTES]]
    return [run[start : start + QUOTED] for run, start in starts]


def _text(spec: SimilarSpec, values: Mapping[str, Any]) -> str:
    return "\n".join(str(values[name]) for name in spec.texts if values.get(name))


def _same(
    kind: Kind, spec: SimilarSpec, values: Mapping[str, Any], row: Record, types: Sequence[FieldType] = ()
) -> list[str]:
    """The fields whose equality is worth telling in which the two are equal."""
    return [
        name
        for name in spec.same
        if (not types or kind.fields[name].type in types)
        and values.get(name)
        and row.data.get(name) == values[name]
    ]


def _told(
    user: permissions.Actor,
    kind: Kind,
    spec: SimilarSpec,
    values: Mapping[str, Any],
    rows: Mapping[str, Record],
    found: Sequence[Likeness],
    own: Record | None,
) -> list[Similar]:
    shown = [rows[one.key] for one in found]
    called = pointed_to(kind, shown)
    outcomes = _outcomes(user, spec, shown)
    joined = _joined(kind, spec, own)
    return [
        Similar(
            rows[one.key],
            round(100 * one.score),
            one.words,
            tuple(
                f"{kind.fields[name].title}相同：{_shown(kind, name, rows[one.key], called)}"
                for name in _same(kind, spec, values, rows[one.key])
            ),
            outcomes.get(one.key, ""),
            one.key in joined,
        )
        for one in found
    ]


def _shown(kind: Kind, name: str, row: Record, called: Mapping[str, str]) -> str:
    stored = row.data[name]
    return called.get(stored) or fields.show(kind.fields[name], stored, rules())


def _outcomes(user: permissions.Actor, spec: SimilarSpec, rows: Iterable[Record]) -> dict[str, str]:
    """What came of each: the words of the latest child that says so."""
    if spec.outcome is None:
        return {}
    child = rules().kind(spec.outcome.child)
    field, found = child.fields[spec.outcome.field], {}
    ids = [row.pk for row in rows if permissions.can(user, "read", org=row.org_id, kind=child.full_id)]
    children = Record.objects.filter(parent_id__in=ids, kind=child.full_id, voided=False)
    for one in children.order_by("created_at", "id"):
        if one.parent_id and one.data.get(spec.outcome.field):
            found[one.parent_id] = (
                f"{field.title}：{fields.show(field, one.data[spec.outcome.field], rules())}"
            )
    return found


def _joined(kind: Kind, spec: SimilarSpec, own: Record | None) -> set[str]:
    """What the record is joined to already, in either direction."""
    if own is None or spec.link is None:
        return set()
    links = Link.objects.filter(Q(source=own) | Q(target=own), role=f"{kind.full_id}.{spec.link}")
    return {end for pair in links.values_list("source_id", "target_id") for end in pair} - {own.pk}
