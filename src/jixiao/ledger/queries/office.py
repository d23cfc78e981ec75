"""The life of an office as people ask for it: a year's periods and closings, what is late, what is carried over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from jixiao.catalogue.kinds import Kind, Shape
from jixiao.catalogue.registers import FiledItem
from jixiao.ledger import clock, permissions, succession
from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.actions.taking_back import against_change, is_undone
from jixiao.ledger.actions.year_opening import plans_of
from jixiao.ledger.carrying import is_carried
from jixiao.ledger.models import (
    Draft,
    FiledValue,
    Issue,
    LateEntry,
    Membership,
    OfficeAct,
    Org,
    OrgChange,
    PackBinding,
    Period,
    Record,
)
from jixiao.ledger.names import names_of
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.tasks import Scope, waiting
from jixiao.ledger.rules import catalogue as rules


@dataclass(frozen=True, slots=True)
class Carried:
    """The cases of one kind that a year took over from the years before."""

    kind: Kind
    rows: Sequence[Record]
    open_now: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A filed item that is a plan: what the year has of it, and the year before."""

    item: FiledItem
    current: FiledValue | None
    before: FiledValue | None


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing or re-opening, as it is told."""

    act: str
    title: str
    label: str
    reason: str
    by: str
    on: date


def periods(user: Actor, org: Org | str, year: int) -> list[Period]:
    """The periods of a year, closed or not. Raises NotFound for a stranger."""
    return list(Period.objects.filter(org=open_org(org, user), year=year).order_by("-to_on", "from_on"))


def closings(user: Actor, org: Org | str, year: int) -> list[Closing]:
    """Who closed or re-opened a period of the year, when and why, latest first."""
    place = open_org(org, user)
    acts = [
        one
        for one in OfficeAct.objects.filter(org=place, act__in=("closed", "reopened"))
        if one.facts.get("year") == year
    ]
    names = names_of({one.done_by for one in acts})
    return [
        Closing(
            one.act, one.get_act_display(), one.facts["label"], one.reason, names[one.done_by],
            one.done_at.date(),
        )
        for one in acts
    ]  # fmt: skip


def late_entries(user: Actor, org: Org | str, year: int) -> list[LateEntry]:
    """What was entered or corrected after the year was closed, latest first; kinds one may not read left out."""
    place = open_org(org, user)
    found = list(LateEntry.objects.filter(period__org=place, year=year).select_related("period"))
    kinds = dict(Record.objects.filter(pk__in=[one.subject for one in found]).values_list("pk", "kind"))
    asked = [rules().kind(kind) for kind in set(kinds.values())]
    closed = {kind.full_id for kind in permissions.closed_to(user, place.pk, asked)} if asked else set()
    return [one for one in found if kinds.get(one.subject) not in closed]


def records_of(late: Iterable[LateEntry]) -> set[str]:
    """The ids of those that are records and have a page; the others are filed values."""
    return set(Record.objects.filter(pk__in=[one.subject for one in late]).values_list("pk", flat=True))


def carried(user: Actor, org: Org | str, year: int) -> list[Carried]:
    """The cases of the org and its predecessors that were open when the year began, kind by kind."""
    place = open_org(org, user)
    first_day = date(year, 1, 1)
    kinds = [kind for kind in rules().kinds.values() if kind.states]
    mine = {kind.full_id: kind for kind in permissions.among(user, "read", kinds, org=place.pk)}
    begun = Record.objects.filter(
        org__in=succession.lineage(place), kind__in=mine, voided=False, root__voided=False
    )
    found: dict[str, list[Record]] = {}
    few = ("id", "kind", "org", "org__title", "number", "label", "state", "path", "root", "parent")
    for row in begun.select_related("org").only(*few).order_by("number", "label", "id").iterator(2000):
        if is_carried(mine[row.kind], row, first_day):
            found.setdefault(row.kind, []).append(row)
    return [
        Carried(kind, found[name], sum(is_carried(kind, row, date.max) for row in found[name]))
        for name, kind in mine.items()
        if name in found
    ]


def plans(user: Actor, org: Org | str, year: int) -> list[Plan]:
    """The plans of a year beside those of the year before."""
    place = open_org(org, user)
    there = list(FiledValue.objects.filter(org=place, year__in=(year - 1, year), superseded_by__isnull=True))

    def latest(item: str, of: int) -> FiledValue | None:
        mine = [one for one in there if (one.item, one.year) == (item, of)]
        return max(mine, key=lambda one: one.stated_on, default=None)

    return [
        Plan(item, latest(item.full_id, year), latest(item.full_id, year - 1)) for item in plans_of(place.pk)
    ]


def changes(user: Actor, org: Org | str) -> list[OrgChange]:
    """What an org came from and what it became, the first change first."""
    place = open_org(org, user)
    both = OrgChange.objects.filter(predecessor=place) | OrgChange.objects.filter(successor=place)
    return list(both.select_related("predecessor", "successor").order_by("on", "pk"))


@dataclass(frozen=True, slots=True)
class Moving:
    """What goes on to a successor, and what stays with the org, counted as it stands."""

    people: int
    packs: int
    periods: tuple[str, ...]
    drafts: int
    open_cases: int
    records: int
    registers: tuple[tuple[str, int, str], ...]  # title, count, unit
    issues: int


def moving(user: Actor, org: Org | str) -> Moving:
    """What a change of the org would move today. Raises NotFound for a stranger's org."""
    place = open_org(org, user)
    today = clock.today()
    rows = Record.objects.filter(org=place, voided=False, root__voided=False)
    kinds = [kind for kind in rules().kinds.values() if kind.shape is Shape.REGISTER and kind.parent is None]
    counted = dict(rows.values_list("kind").annotate(count=Count("pk")).order_by())
    held = Membership.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=today), org=place)
    return Moving(
        people=held.values("user").distinct().count(),
        packs=PackBinding.objects.filter(org=place).count(),
        periods=tuple(Period.objects.filter(org=place, to_on__gte=today).values_list("label", flat=True)),
        drafts=Draft.objects.filter(org=place, record__isnull=True).count(),
        open_cases=waiting(user, place, scope=Scope.ORG),
        records=sum(counted.values()),
        registers=tuple(
            (kind.title, counted[kind.full_id], kind.unit) for kind in kinds if kind.full_id in counted
        ),
        issues=Issue.objects.filter(org=place).count(),
    )


@dataclass(frozen=True, slots=True)
class Made:
    """A change of orgs as it was made; `against` is why it cannot be taken back."""

    act: OfficeAct
    title: str
    before: tuple[Org, ...]
    after: tuple[Org, ...]
    is_undone: bool
    against: tuple[str, ...]


def made_changes(user: Actor, org: Org | str) -> list[Made]:
    """The changes the org was part of, the latest first. Raises NotFound for a stranger's org."""
    place = open_org(org, user)
    found = []
    for act in OfficeAct.objects.filter(org=place, act="became"):
        rows = Org.objects.in_bulk([*act.facts["before"], *act.facts["after"]])
        before = tuple(rows[pk] for pk in act.facts["before"] if pk in rows)
        after = tuple(rows[pk] for pk in act.facts["after"] if pk in rows)
        against = () if (undone := is_undone(act)) else tuple(against_change(act))
        found.append(Made(act, OrgChange.How(act.facts["how"]).label, before, after, undone, against))
    return found
