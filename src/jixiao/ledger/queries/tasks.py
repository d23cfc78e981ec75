"""What waits for a person: cases with a step that is theirs to take, the due ones first; and their drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from jixiao.catalogue.kinds import Kind, NeutralState
from jixiao.ledger import deadlines, permissions
from jixiao.ledger.models import Draft, Event, Org, Record, User
from jixiao.ledger.rules import catalogue as rules

OVER = frozenset({NeutralState.DONE, NeutralState.NOT_DONE, NeutralState.PASSED_ON, NeutralState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Task:
    """A case waiting for the user. `due` is its next open deadline."""

    record: Record
    kind: Kind
    steps: tuple[str, ...]  # titles of the user's steps from this state
    due: deadlines.Due | None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due.is_late()

    @property
    def due_on(self) -> date | None:
        return None if self.due is None else self.due.on


Steps = dict[tuple[str, str], dict[str, tuple[str, ...]]]  # (kind, org) → state → titles of the user's steps


def tasks(user: User, org: Org | str | None = None, *, limit: int = 200) -> list[Task]:
    """Late ones first, then by due day, then those without a deadline, oldest first. Needs the user's step
    role.
    """
    mine = _steps_of(user, org)
    touched = Event.objects.filter(record=OuterRef("pk"), act__in=("create", "step"))
    rows = _waiting_rows(mine).select_related("org").annotate(is_current=Exists(touched))
    catalogue = rules()
    found = [
        Task(
            row,
            catalogue.kind(row.kind),
            mine[row.kind, row.org_id][row.state],
            _next_due(row, catalogue.kind(row.kind)),
        )
        for row in rows.order_by("created_at", "id")
    ]
    found.sort(key=lambda task: task.due_on or date.max)
    return found[:limit]


def waiting(user: User, org: Org | str | None = None) -> int:
    """How many tasks there are; one count, whatever their number."""
    return _waiting_rows(_steps_of(user, org)).count()


def drafts(user: User) -> QuerySet[Draft]:
    """The user's own drafts, latest first."""
    return Draft.objects.filter(user=user).select_related("org", "record")


def _roles_by_org(user: User) -> dict[str, set[str]]:
    return {org: set(permissions.roles_in(user, org)) for org in sorted(permissions.orgs_where(user, "read"))}


def _steps_of(user: User, org: Org | str | None) -> Steps:
    """What the user may do next, in one org or in all of theirs."""
    only = org.pk if isinstance(org, Org) else org
    return {
        (kind.full_id, place): by_state
        for place, roles in _roles_by_org(user).items()
        if only in (None, place)
        for kind in rules().kinds.values()
        if (by_state := _steps_by_state(kind, roles))
    }


def _waiting_rows(mine: Steps) -> QuerySet[Record]:
    wanted = Q(pk__in=[])
    for (kind, org), by_state in mine.items():
        wanted |= Q(kind=kind, org_id=org, state__in=list(by_state))
    return Record.objects.filter(wanted, voided=False, root__voided=False)


def _steps_by_state(kind: Kind, roles: set[str]) -> dict[str, tuple[str, ...]]:
    """State → the titles of the steps these roles may take, for the states in which the case waits for them."""
    found: dict[str, tuple[str, ...]] = {}
    waits: set[str] = set()
    for spec in kind.steps.values():
        # A step that leaves the state as it is adds to a case; it does not wait for anyone.
        if spec.to is not None and roles & set(spec.roles):
            for state in spec.from_:
                if kind.states[state].type in OVER:
                    continue  # it may be reopened, but it waits for nobody
                found[state] = (*found.get(state, ()), spec.title)
                if kind.states[spec.to].type not in deadlines.ENDED:
                    waits.add(state)  # to give a case up is a choice, not a task
    return {state: titles for state, titles in found.items() if state in waits}


def _next_due(row: Record, kind: Kind) -> deadlines.Due | None:
    """The open deadline that comes first; none for an imported past that nobody has carried on."""
    if not row.is_current:
        return None
    open_ones = [due for due in deadlines.stored(kind, row.dues, row.state) if not due.is_met]
    return min(open_ones, key=lambda due: due.on, default=None)
