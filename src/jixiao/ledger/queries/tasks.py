"""What waits: cases that someone has to move on, for a person, an office or all the offices they look after.

Who moves what is said by `ways`. A past that was entered afterwards and is older than a year waits apart. Everything is
counted, sorted and cut in the database: a page costs what it shows, not what waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from jixiao.catalogue.kinds import Kind, StepSpec
from jixiao.ledger import carrying, clock, deadlines, permissions
from jixiao.ledger.models import Draft, Event, Org, Record, User
from jixiao.ledger.queries.ways import (
    OVER,
    Given,
    Scope,
    Ways,
    given_to,
    leads_on,
    not_below_what_is_over,
    steps_of,
    takes_steps,
    ways_of,
)
from jixiao.ledger.rules import catalogue as rules

__all__ = [
    "OVER",
    "Number",
    "Scope",
    "Task",
    "Term",
    "Waiting",
    "drafts",
    "leads_on",
    "takes_steps",
    "tasks",
    "waiting",
]

RECENT = timedelta(days=366)
SUNDAY = 6
NEEDED = (
    "id", "kind", "org", "org__title", "state", "dues", "number", "label", "created_at", "parent", "path",
    "root", "root__label",
)  # fmt: skip
OLDEST = ("created_at", "id")
SOONEST = (F("open_due_on").asc(nulls_last=True), *OLDEST)


class Term(StrEnum):
    """When something is due; a clock that stands is never late."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True)
class Task:
    """A case that waits. `due` is its next open deadline; `steps` are the titles of the steps meant by the scope, those that
    lead on first; `roles` are the full ids of the roles that may take one that leads on.
    """

    record: Record
    kind: Kind
    steps: tuple[str, ...]
    roles: tuple[str, ...]
    due: deadlines.Due | None
    is_handed: bool = False  # another office's, handed to one's own

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due.is_late()

    @property
    def is_carried(self) -> bool:
        """Begun in a year before and still open: 上年结转."""
        return carrying.is_carried(self.kind, self.record)

    @property
    def due_on(self) -> date | None:
        return None if self.due is None else self.due.on

    @cached_property
    def waits_for(self) -> tuple[str, ...]:
        """The titles of the roles that may move it on."""
        known = rules().roles
        return tuple(dict.fromkeys(known[role].title for role in self.roles if role in known))


@dataclass(frozen=True, slots=True)
class Number:
    """How many of a kind wait in a state and are due then."""

    kind: str
    state: str
    term: Term
    count: int


class Waiting:
    """What waits under one question. `org` narrows to one org, `kind` to one kind (full id); `past` asks instead for what
    was entered afterwards and nobody has carried on.
    """

    def __init__(
        self,
        user: permissions.Actor,
        org: Org | str | None = None,
        *,
        scope: Scope = Scope.MINE,
        kind: str = "",
        past: bool = False,
    ) -> None:
        self.past = past
        self._user = user
        self._ways, self._given = ways_of(user, org, scope, kind), given_to(user, org, kind)
        self.rows = _waiting_rows(self._ways, self._given, past)

    @cached_property
    def _home(self) -> set[str]:
        """The orgs whose records are one's own."""
        return permissions.orgs_where(self._user, "read")

    def count(self, which: Q | None = None) -> int:
        """How many there are; one count, whatever their number."""
        return (self.rows if which is None else self.rows.filter(which)).count()

    def numbers(self) -> list[Number]:
        """How many of each kind wait in each state, and when they are due; one query for all."""
        term = Value(str(Term.NONE)) if self.past else _term()
        grouped = (
            self.rows.annotate(term=term).order_by().values("kind", "state", "term").annotate(n=Count("pk"))
        )
        told = grouped.values_list("kind", "state", "term", "n").order_by("kind", "state")
        return [Number(kind, state or "", Term(term), count) for kind, state, term, count in told]

    def tasks(
        self,
        *,
        kind: str = "",
        term: Term | None = None,
        which: Q | None = None,
        start: int = 0,
        stop: int | None = None,
    ) -> list[Task]:
        """Late ones first, then by due day, then those without a deadline, oldest first; from `start` to `stop`."""
        rows = self.rows if which is None else self.rows.filter(which)
        if kind:
            rows = rows.filter(kind=kind)
        if term is not None:
            rows = rows.annotate(term=_term()).filter(term=term)
        return self._told(rows.order_by(*(OLDEST if self.past else SOONEST))[start:stop])

    def firsts(self, most: int) -> list[Task]:
        """Of each kind the first so many that have no deadline."""
        rows = self.rows if self.past else self.rows.filter(open_due_on__isnull=True)
        place = Window(RowNumber(), partition_by=F("kind"), order_by=OLDEST)
        ids = rows.annotate(place=place).filter(place__lte=most).values_list("pk", flat=True)
        return self._told(Record.objects.filter(pk__in=list(ids)).order_by(*OLDEST))

    def _told(self, rows: QuerySet[Record]) -> list[Task]:
        catalogue = rules()
        found = []
        for row in rows.select_related("org", "root").only(*NEEDED):
            task = _task(row, catalogue.kind(row.kind), steps_of(row, self._ways, self._given), self.past)
            is_here = (row.kind, row.org_id) in self._ways or row.org_id in self._home
            found.append(replace(task, is_handed=not is_here))
        return found


def tasks(
    user: permissions.Actor,
    org: Org | str | None = None,
    *,
    scope: Scope = Scope.MINE,
    kind: str = "",
    past: bool = False,
    limit: int | None = 200,
) -> list[Task]:
    """The first of what waits: late ones, then by due day, then those without a deadline, oldest first."""
    return Waiting(user, org, scope=scope, kind=kind, past=past).tasks(stop=limit)


def waiting(
    user: permissions.Actor,
    org: Org | str | None = None,
    *,
    scope: Scope = Scope.MINE,
    past: bool = False,
    most: int | None = None,
) -> int:
    """How many tasks there are; with `most` no more are counted."""
    return Waiting(user, org, scope=scope, past=past).rows[:most].count()


def drafts(user: User) -> QuerySet[Draft]:
    """The user's own drafts, latest first."""
    return Draft.objects.filter(user=user).select_related("org", "record")


def _task(row: Record, kind: Kind, steps: tuple[StepSpec, ...], past: bool) -> Task:
    onward = [step for step in steps if leads_on(kind, row.state or "", step)]
    others = [step for step in steps if step not in onward]
    roles = tuple(dict.fromkeys(role for step in onward for role in step.roles))
    titles = tuple(step.title for step in (*onward, *others))
    return Task(row, kind, titles, roles, None if past else _next_due(row, kind))


def _term() -> Case:
    """When a row is due, as of today."""
    today = clock.today()
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    return Case(
        When(open_due_on__isnull=True, then=Value(str(Term.NONE))),
        When(open_due_on__lt=today, open_due_stands=False, then=Value(str(Term.LATE))),
        When(open_due_on=today, then=Value(str(Term.TODAY))),
        When(open_due_on__range=(today, sunday), then=Value(str(Term.WEEK))),
        default=Value(str(Term.LATER)),
        output_field=CharField(),
    )


def _waiting_rows(ways: Ways, given: Given, past: bool) -> QuerySet[Record]:
    wanted = Q(pk__in=[])
    by_states: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (kind, org), by_state in ways.items():
        by_states.setdefault((kind, tuple(by_state)), []).append(org)
    for (kind, states), orgs in by_states.items():
        wanted |= Q(kind=kind, org_id__in=orgs, state__in=states) & not_below_what_is_over(kind)
    for kind, by_state, which in given:
        wanted |= which & Q(state__in=list(by_state)) & not_below_what_is_over(kind)
    rows = Record.objects.filter(wanted, voided=False, root__voided=False)
    return rows.exclude(Exists(_alive())) if past else rows.filter(Exists(_alive()))


def _alive() -> QuerySet[Event]:
    """What shows that a case is being worked on: begun or carried on here, or entered within a year of its beginning."""
    recent = Q(act="imported", happened_on__gte=clock.today() - RECENT)
    return Event.objects.filter(Q(act__in=("create", "step")) | recent, record=OuterRef("pk"))


def _next_due(row: Record, kind: Kind) -> deadlines.Due | None:
    """The open deadline that comes first."""
    open_ones = [due for due in deadlines.stored(kind, row.dues, row.state) if not due.is_met]
    return min(open_ones, key=lambda due: due.on, default=None)


def late(numbers: Iterable[Number]) -> int:
    """How many of them are late."""
    return sum(one.count for one in numbers if one.term is Term.LATE)
