"""What waits: cases that someone has to move on, for a person, an office or all the offices they look after.

A case waits where a step leads on (or out of a state that waits for an answer) and it is not over. What a case may do
besides (be disclosed, redone, given up) is a choice and no task; a child without a deadline waits for nobody once
its root is over; a past that was entered afterwards and is older than a year waits apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from jixiao.catalogue.kinds import Kind, NeutralState, StepSpec
from jixiao.ledger import carrying, clock, deadlines, handed, own, permissions, succession
from jixiao.ledger.models import Draft, Event, Org, Record, User
from jixiao.ledger.rules import catalogue as rules

OVER = frozenset({NeutralState.DONE, NeutralState.NOT_DONE, NeutralState.PASSED_ON, NeutralState.WITHDRAWN})
RECENT = timedelta(days=366)
NEEDED = (
    "id", "kind", "org", "org__title", "state", "dues", "number", "label", "created_at", "parent", "root", "path",
)  # fmt: skip


class Scope(StrEnum):
    """Whose steps are meant: the user's own, anybody's in one org, anybody's in all orgs the user reaches."""

    MINE = "mine"
    ORG = "org"
    REACH = "reach"


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


ByState = dict[str, tuple[StepSpec, ...]]
Ways = dict[tuple[str, str], ByState]  # (kind, org) → state → steps
Given = list[
    tuple[str, ByState, Q]
]  # kind, state → steps, the records another office handed to the user's own


def tasks(
    user: permissions.Actor,
    org: Org | str | None = None,
    *,
    scope: Scope = Scope.MINE,
    kind: str = "",
    past: bool = False,
    limit: int | None = 200,
) -> list[Task]:
    """Late ones first, then by due day, then those without a deadline, oldest first.

    `org` narrows to one org, `kind` to one kind (full id); `past` gives instead what was entered afterwards and
    nobody has carried on.
    """
    ways, given = _ways(user, org, scope, kind), _given(user, org, kind)
    rows = _waiting_rows(ways, given, past).select_related("org").only(*NEEDED).order_by("created_at", "id")
    catalogue, home = rules(), permissions.orgs_where(user, "read")
    found = []
    for row in rows:
        task = _task(row, catalogue.kind(row.kind), _steps_of(row, ways, given), past)
        found.append(replace(task, is_handed=(row.kind, row.org_id) not in ways and row.org_id not in home))
    found.sort(key=lambda task: task.due_on or date.max)
    return found[:limit]


def waiting(
    user: permissions.Actor,
    org: Org | str | None = None,
    *,
    scope: Scope = Scope.MINE,
    past: bool = False,
) -> int:
    """How many tasks there are; one count, whatever their number."""
    return _waiting_rows(_ways(user, org, scope), _given(user, org), past).count()


def drafts(user: User) -> QuerySet[Draft]:
    """The user's own drafts, latest first."""
    return Draft.objects.filter(user=user).select_related("org", "record")


def _task(row: Record, kind: Kind, steps: tuple[StepSpec, ...], past: bool) -> Task:
    onward = [step for step in steps if leads_on(kind, row.state or "", step)]
    others = [step for step in steps if step not in onward]
    roles = tuple(dict.fromkeys(role for step in onward for role in step.roles))
    titles = tuple(step.title for step in (*onward, *others))
    return Task(row, kind, titles, roles, None if past else _next_due(row, kind))


def _ways(user: permissions.Actor, org: Org | str | None, scope: Scope, only_kind: str = "") -> Ways:
    """The steps that matter, in one org with what went before it, or in all of the user's."""
    only = None if org is None else succession.lineage(org)
    catalogue = rules()
    kinds = [one for one in catalogue.kinds.values() if one.steps and only_kind in ("", one.full_id)]
    found: Ways = {}
    for place in sorted(permissions.orgs_where(user, "read")):
        if only is None or place in only:
            mine = permissions.roles_in(user, place) if scope is Scope.MINE else None
            readable = kinds if scope is Scope.MINE else permissions.among(user, "read", kinds, org=place)
            for kind in readable:
                held = own.free(mine, kind) if mine is not None else None
                if by_state := _steps_by_state(kind, held):
                    found[kind.full_id, place] = by_state
    return found


def _given(user: permissions.Actor, org: Org | str | None, only_kind: str = "") -> Given:
    """The steps on what other offices handed to the org, or to any of the user's: theirs whatever the scope."""
    place = org.pk if isinstance(org, Org) else org
    return [
        (kind.full_id, by_state, which)
        for kind in rules().kinds.values()
        if kind.steps and only_kind in ("", kind.full_id)
        for role, which in handed.waiting_for(user, kind, place)
        if (by_state := _steps_by_state(kind, frozenset({role})))
    ]


def _steps_of(row: Record, ways: Ways, given: Given) -> tuple[StepSpec, ...]:
    """The steps for which a waiting row waits."""
    if own := ways.get((row.kind, row.org_id), {}).get(row.state or ""):
        return own
    found = [by_state.get(row.state or "", ()) for kind, by_state, _ in given if kind == row.kind]
    return tuple(step for steps in found for step in steps)


def _steps_by_state(kind: Kind, roles: frozenset[str] | None) -> ByState:
    """State → the steps these roles (None: any) may take, for the states in which the case waits for them."""
    found: ByState = {}
    for state, spec in kind.states.items():
        if spec.type in OVER:
            continue  # it may be reopened, but it waits for nobody
        steps = tuple(
            step
            for step in kind.steps.values()
            if state in step.from_ and step.to is not None and (roles is None or roles & set(step.roles))
        )
        if any(leads_on(kind, state, step) for step in steps):
            found[state] = steps
    return found


def leads_on(kind: Kind, state: str, step: StepSpec) -> bool:
    """Whether the case waits for this step: it goes on, or out of waiting; to give up or do again is a choice."""
    if step.to is None or kind.states[state].rests or kind.states[step.to].type in deadlines.ENDED:
        return False
    order = list(kind.states)
    return order.index(step.to) > order.index(state) or kind.states[state].type is NeutralState.WAITING


def _waiting_rows(ways: Ways, given: Given, past: bool) -> QuerySet[Record]:
    wanted = Q(pk__in=[])
    by_states: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (kind, org), by_state in ways.items():
        by_states.setdefault((kind, tuple(by_state)), []).append(org)
    for (kind, states), orgs in by_states.items():
        wanted |= Q(kind=kind, org_id__in=orgs, state__in=states) & _not_below_what_is_over(kind)
    for kind, by_state, which in given:
        wanted |= which & Q(state__in=list(by_state)) & _not_below_what_is_over(kind)
    rows = Record.objects.filter(wanted, voided=False, root__voided=False)
    return rows.exclude(Exists(_alive())) if past else rows.filter(Exists(_alive()))


def _alive() -> QuerySet[Event]:
    """What shows that a case is being worked on: begun or carried on here, or entered within a year of its beginning."""
    recent = Q(act="imported", happened_on__gte=clock.today() - RECENT)
    return Event.objects.filter(Q(act__in=("create", "step")) | recent, record=OuterRef("pk"))


def _not_below_what_is_over(kind: str) -> Q:
    """A child kind without deadlines of its own rests when its root does."""
    catalogue = rules()
    spec = catalogue.kind(kind)
    if spec.parent is None or spec.deadlines:
        return Q()
    root = catalogue.root_of(kind)
    over = [name for name, state in root.states.items() if state.type in OVER]
    return ~Q(root__state__in=over) | Q(root__state__isnull=True) if over else Q()


def _next_due(row: Record, kind: Kind) -> deadlines.Due | None:
    """The open deadline that comes first."""
    open_ones = [due for due in deadlines.stored(kind, row.dues, row.state) if not due.is_met]
    return min(open_ones, key=lambda due: due.on, default=None)
