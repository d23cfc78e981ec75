"""Advice where people work: what may be wrong with records, and the relations a register or a figure takes part in.

Nothing here stands in the way of anything. Many records are looked over with a few queries for all of them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.catalogue import Catalogue, advice
from jixiao.catalogue.advice import Advice
from jixiao.catalogue.days import Days
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.relations import RelationRule
from jixiao.ledger import permissions, standing, workdays
from jixiao.ledger.models import Link, Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.records import record as readable
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Finding

MOST_OF_KIND = 2000  # records of one kind looked over in one go
MOST_IN_YEAR = 500  # of each kind, where the whole year is looked over
AT_ONCE = 500
LOOKED_AT = ("kind", "org", "parent", "root", "number", "label", "state", "path", "data", "dues", "voided")
ABOVE = tuple(f"parent__{name}" for name in LOOKED_AT)


@dataclass(frozen=True, slots=True)
class Advised:
    """A record with what it should be looked over for."""

    record: Record
    kind: Kind
    advice: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What one kind's records of a year say: the first of those with advice, how many there are, whether the kind has more
    records than were looked at.
    """

    kind: Kind
    advised: tuple[Advised, ...]
    count: int
    is_cut: bool


def findings(user: Actor, record: Record | str) -> list[Advice]:
    """What a record should be looked over for, in the order of its kind's file. Raises NotFound."""
    row = readable(user, record)
    return [one for found in of_rows([row]) for one in found.advice]


def of_family(user: Actor, record: Record | str) -> list[Advised]:
    """A record and what hangs below it, as far as there is something to look over and the user may read it.

    Raises NotFound.
    """
    row = readable(user, record)
    below = Record.objects.filter(root_id=row.root_id, voided=False).exclude(pk=row.pk)
    family = _below(row, list(below.select_related("parent").order_by("created_at", "id")))
    known = {kind.full_id for kind in permissions.among(user, "read", _kinds(family), org=row.org_id)}
    return of_rows([row, *(one for one in family if one.kind in known)])


def of_ids(user: Actor, ids: Iterable[str]) -> list[Advised]:
    """Those of the records that should be looked over and that the user may read; at most `MOST_OF_KIND` are looked at."""
    rows: list[Record] = []
    wanted = list(dict.fromkeys(ids))[:MOST_OF_KIND]
    for start in range(0, len(wanted), 500):
        found = Record.objects.filter(pk__in=wanted[start : start + 500], root__voided=False)
        rows += found.select_related("parent").order_by("label", "id")
    may = {
        (org, kind.full_id)
        for org in {row.org_id for row in rows}
        for kind in permissions.among(user, "read", _kinds(rows), org=org)
    }
    return of_rows([row for row in rows if (row.org_id, row.kind) in may])


def of_rows(rows: Sequence[Record]) -> list[Advised]:
    """Those of the records (which the caller may show) that should be looked over, in their order."""
    catalogue = rules()
    days: dict[str, Days] = {}
    checked = [row for row in rows if not row.voided and catalogue.kind(row.kind).checks]
    near = _Near(checked)
    found = []
    for row in checked:
        kind = catalogue.kind(row.kind)
        above = catalogue.kind(kind.parent) if kind.parent else None
        if row.org_id not in days:
            days[row.org_id] = workdays.days_of(row.org_id, catalogue)
        if told := advice.findings(kind, _View(row, catalogue, near), above, days[row.org_id]):
            found.append(Advised(row, kind, tuple(told)))
    return found


def in_year(
    user: Actor, org: Org | str, year: int, *, most: int = MOST_IN_YEAR, shown: int = 50
) -> list[LookedOver]:
    """By kind, the records dated in a reporting year that should be looked over, the latest first. Kinds in order are left
    out. Raises NotFound.
    """
    from jixiao.ledger.queries.org_year import OrgYear

    bench = OrgYear.open(user, org, year)
    there = set(Record.objects.filter(org=bench.org).values_list("kind", flat=True).distinct())
    checked = [
        one for one in bench.catalogue.kinds.values() if one.full_id in there and one.checks and one.date
    ]
    found = []
    for kind in permissions.among(user, "read", checked, org=bench.org.pk):
        rows = _of_year(kind, bench.org.pk, year, most + 1)
        told, count = [], 0
        for start in range(0, min(len(rows), most), AT_ONCE):
            part = of_rows(rows[start : min(start + AT_ONCE, most)])
            count += len(part)
            told += part[: max(shown - len(told), 0)]
        if count:
            found.append(LookedOver(kind, tuple(told), count, len(rows) > most))
    return found


def _of_year(kind: Kind, org: str, year: int, most: int) -> list[Record]:
    """The records of a kind dated in a year, the latest first."""
    from jixiao.ledger.queries.lists import records

    span = (f"{year}-01-01", f"{year}-12-31")
    rows = records(permissions.SYSTEM, kind.full_id, org, filters={kind.date or "": span})
    rows = rows.exclude(root__voided=True).select_related(None)
    if kind.parent:
        return list(rows.select_related("parent").only(*LOOKED_AT, *ABOVE)[:most])
    return list(rows.only(*LOOKED_AT)[:most])


def _kinds(rows: Iterable[Record]) -> list[Kind]:
    return [rules().kind(name) for name in dict.fromkeys(row.kind for row in rows)]


def _below(top: Record, family: Sequence[Record]) -> list[Record]:
    """Those of the family that hang below the record, at any depth."""
    inside, found = {top.pk}, []
    waiting = list(family)
    while new := [one for one in waiting if one.parent_id in inside]:
        found += new
        inside |= {one.pk for one in new}
        waiting = [one for one in waiting if one.pk not in inside]
    return found


class _Near:
    """The children of records and what they are linked to, fetched for all of them at once."""

    def __init__(self, rows: Sequence[Record]) -> None:
        self.ids = {row.pk for row in rows}
        self.children: dict[tuple[str, str], list[Record]] = {}
        self.linked: dict[tuple[str, str], list[Record]] = {}
        ids = list(self.ids)
        for start in range(0, len(ids), 500):
            self._fetch(ids[start : start + 500])

    def _fetch(self, ids: list[str]) -> None:
        for child in Record.objects.filter(parent_id__in=ids, voided=False).only(*LOOKED_AT):
            self.children.setdefault((child.parent_id or "", child.kind), []).append(child)
        links = Link.objects.filter(source_id__in=ids, target__voided=False).select_related("target")
        for link in links.only("source", "role", *(f"target__{name}" for name in LOOKED_AT)):
            self.linked.setdefault((link.source_id, link.role), []).append(link.target)


class _View(standing.RecordView):
    """A record whose near ones are at hand; what lies farther is asked for when a check looks there."""

    def __init__(self, row: Record, catalogue: Catalogue, near: _Near) -> None:
        super().__init__(row, catalogue)
        self._near = near

    def relatives(self, relative: str) -> Iterable[standing.RecordView]:
        row = self._record
        if "/" in relative:
            found = self._near.children.get((row.pk, relative), [])
        else:
            found = self._near.linked.get((row.pk, f"{row.kind}.{relative}"), [])
        return [standing.RecordView(one, self._catalogue) for one in found]


def of_register(
    user: Actor, org: Org | str, year: int, kind: str, as_of: date | None = None
) -> list[Finding]:
    """The year's relations that count records of this kind, with their verdicts. Raises NotFound."""
    catalogue = rules()
    full = catalogue.kind(kind).full_id
    counted = {
        name for name, one in catalogue.indicators.items() if one.rows is not None and one.rows.kind == full
    }
    return _touching(user, org, year, counted, as_of)


def of_figure(
    user: Actor, org: Org | str, year: int, indicator: str, as_of: date | None = None
) -> list[Finding]:
    """The year's relations this indicator takes part in, with their verdicts. Raises NotFound."""
    return _touching(user, org, year, {rules().indicator(indicator).full_id}, as_of)


def _touching(
    user: Actor, org: Org | str, year: int, indicators: set[str], as_of: date | None
) -> list[Finding]:
    from jixiao.ledger.queries.findings import findings_of
    from jixiao.ledger.queries.org_year import OrgYear

    bench = OrgYear.open(user, org, year, as_of)
    wanted = {name for name, rule in bench.catalogue.relations.items() if named_in(rule) & indicators}
    return [one for one in findings_of(bench, bench.figures) if one.relation in wanted]


def named_in(rule: RelationRule) -> set[str]:
    """The indicators a relation speaks of."""
    found: set[str] = set()
    for operand in rule.operands.values():
        if isinstance(operand, str):
            found.add(operand)
        elif isinstance(operand, tuple):
            found.update(operand)
    return found
