"""Advice where people work: what may be wrong with records, and the relations a register or a figure takes part in.

Nothing here stands in the way of anything. Many records are looked over with a few queries for all of them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models.expressions import RawSQL

from jixiao.catalogue import Catalogue, advice
from jixiao.catalogue.advice import Advice
from jixiao.catalogue.days import Days
from jixiao.catalogue.kinds import Kind
from jixiao.ledger import permissions, standing, workdays
from jixiao.ledger.models import Link, Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.records import record as readable
from jixiao.ledger.rules import catalogue as rules

MOST_OF_KIND = 2000  # records of one kind looked over in one go
MOST_IN_YEAR = 500  # of each kind, where the whole year is looked over
AT_ONCE = 5000  # records fetched together
NEAR = 500
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
    from jixiao.ledger.queries.lacking import kinds_there
    from jixiao.ledger.queries.org_year import OrgYear

    bench = OrgYear.open(user, org, year)
    there = kinds_there(bench.org.pk)
    checked = [
        one for one in bench.catalogue.kinds.values() if one.full_id in there and one.checks and one.date
    ]
    kinds = permissions.among(user, "read", checked, org=bench.org.pk)
    together = max(AT_ONCE // (most + 1), 1)
    found = []
    for start in range(0, len(kinds), together):
        found += _look_over(kinds[start : start + together], bench.org.pk, year, most, shown)
    return found


def _look_over(kinds: Sequence[Kind], org: str, year: int, most: int, shown: int) -> Iterator[LookedOver]:
    rows = _of_year(kinds, org, year, most + 1)
    told: dict[str, list[Advised]] = {}
    for one in of_rows([row for found in rows.values() for row in found[:most]]):
        told.setdefault(one.kind.full_id, []).append(one)
    for kind in kinds:
        if advised := told.get(kind.full_id):
            is_cut = len(rows[kind.full_id]) > most
            yield LookedOver(kind, tuple(advised[:shown]), len(advised), is_cut)


def _of_year(kinds: Iterable[Kind], org: str, year: int, most: int) -> dict[str, list[Record]]:
    """The records of each kind dated in a year, the latest first; all kinds at once."""
    parts, given = [], []
    for kind in kinds:
        day = f'p."{kind.date}"'
        latest = f'p."org" = %s AND {day} >= %s AND {day} <= %s ORDER BY {day} DESC, p."id" LIMIT {most}'
        parts.append(f'SELECT * FROM (SELECT p."id" FROM "{kind.table}" p WHERE {latest}) AS latest')
        given += [org, f"{year}-01-01", f"{year}-12-31"]
    rows = Record.objects.filter(pk__in=RawSQL(" UNION ALL ".join(parts), given), root__voided=False)
    found: dict[str, list[Record]] = {}
    for row in rows.select_related("parent").only(*LOOKED_AT, *ABOVE).order_by("id"):
        found.setdefault(row.kind, []).append(row)
    for name, some in found.items():
        some.sort(key=partial(_day, rules().kind(name)), reverse=True)
    return found


def _day(kind: Kind, row: Record) -> str:
    """The day a record is dated, as its column of the projection has it."""
    if kind.date and kind.date.removesuffix("_on") not in kind.states:
        return str(row.data.get(kind.date) or "")
    return str(standing.columns_of_row(kind, row.data, row).get(kind.date or "") or "")


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
    """Those children of records, and of what they are linked to, that their checks look at, fetched together."""

    def __init__(self, rows: Sequence[Record]) -> None:
        self.children: dict[tuple[str, str], list[Record]] = {}
        self.linked: dict[tuple[str, str], list[Record]] = {}
        looked_at = {name: advice.looked_at(rules().kind(name)) for name in {row.kind for row in rows}}
        children = {one for names in looked_at.values() for one in names if "/" in one}
        roles = {f"{kind}.{one}" for kind, names in looked_at.items() for one in names if "/" not in one}
        ids = [row.pk for row in rows if looked_at[row.kind]]
        for start in range(0, len(ids), NEAR):
            self._fetch(ids[start : start + NEAR], children, roles)

    def _fetch(self, ids: list[str], children: set[str], roles: set[str]) -> None:
        below = Record.objects.filter(parent_id__in=ids, kind__in=children, voided=False)
        for child in below.only(*LOOKED_AT):
            self.children.setdefault((child.parent_id or "", child.kind), []).append(child)
        links = Link.objects.filter(source_id__in=ids, role__in=roles, target__voided=False)
        for link in links.select_related("target").only(
            "source", "role", *(f"target__{name}" for name in LOOKED_AT)
        ):
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
