"""In which states cases wait, and for whose steps: in one's own roles, in one org, in all one looks after, by a handing.

A case waits where a step leads on (or out of a state that waits for an answer) and it is not over. What a case may do
besides (be disclosed, redone, given up) is a choice and no task; a child without a deadline waits for nobody once
its root is over.
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Q

from jixiao.catalogue.kinds import Kind, NeutralState, StepSpec
from jixiao.ledger import deadlines, handed, own, permissions, succession
from jixiao.ledger.models import Org, Record
from jixiao.ledger.rules import catalogue as rules

OVER = frozenset({NeutralState.DONE, NeutralState.NOT_DONE, NeutralState.PASSED_ON, NeutralState.WITHDRAWN})


class Scope(StrEnum):
    """Whose steps are meant: the user's own, anybody's in one org, anybody's in all orgs the user reaches."""

    MINE = "mine"
    ORG = "org"
    REACH = "reach"


ByState = dict[str, tuple[StepSpec, ...]]
Ways = dict[tuple[str, str], ByState]  # (kind, org) → state → steps
Given = list[
    tuple[str, ByState, Q]
]  # kind, state → steps, the records another office handed to the user's own


def ways_of(user: permissions.Actor, org: Org | str | None, scope: Scope, only_kind: str = "") -> Ways:
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


def takes_steps(user: permissions.Actor) -> bool:
    """Whether the user holds a role in which anything is to be done; an inspector only looks."""
    held = {role for role, _ in permissions.reaches(user)}
    return any(held & set(step.roles) for kind in rules().kinds.values() for step in kind.steps.values())


def given_to(user: permissions.Actor, org: Org | str | None, only_kind: str = "") -> Given:
    """The steps on what other offices handed to the org, or to any of the user's: theirs whatever the scope."""
    place = org.pk if isinstance(org, Org) else org
    return [
        (kind.full_id, by_state, which)
        for kind in rules().kinds.values()
        if kind.steps and only_kind in ("", kind.full_id)
        for role, which in handed.waiting_for(user, kind, place)
        if (by_state := _steps_by_state(kind, frozenset({role})))
    ]


def steps_of(row: Record, ways: Ways, given: Given) -> tuple[StepSpec, ...]:
    """The steps for which a waiting row waits."""
    if here := ways.get((row.kind, row.org_id), {}).get(row.state or ""):
        return here
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
            if state in step.from_
            and step.to is not None
            and step.follows is None  # it comes with a step below
            and (roles is None or roles & set(step.roles))
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


def not_below_what_is_over(kind: str) -> Q:
    """A child kind without deadlines of its own rests when its root does."""
    catalogue = rules()
    spec = catalogue.kind(kind)
    if spec.parent is None or spec.deadlines:
        return Q()
    root = catalogue.root_of(kind)
    over = [name for name, state in root.states.items() if state.type in OVER]
    return ~Q(root__state__in=over) | Q(root__state__isnull=True) if over else Q()
