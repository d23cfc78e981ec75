"""The desk of somebody who speaks for a subject: its own matters, what waits for its word, its own points. Nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.catalogue.kinds import Kind, NeutralState
from jixiao.catalogue.schemes import Scheme
from jixiao.errors import NotFound
from jixiao.evaluation.standings import Standing
from jixiao.ledger import deadlines, own, permissions, succession
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.models import Org, Record
from jixiao.ledger.own import Voice
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.orgs import org_for
from jixiao.ledger.queries.points import PointsView, of_subject
from jixiao.ledger.queries.records import StepView, steps
from jixiao.ledger.rules import catalogue as rules

MOST = 200
GIVEN_UP = frozenset({NeutralState.NOT_DONE, NeutralState.PASSED_ON, NeutralState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Asked:
    """A record that waits for the subject's word. `about` is the case it belongs to."""

    record: Record
    kind: Kind
    about: str
    steps: tuple[StepView, ...]
    due: deadlines.Due | None


@dataclass(frozen=True, slots=True)
class OwnRows:
    """What is the subject's own in one register, the latest first; `count` of them all."""

    kind: Kind
    rows: tuple[Record, ...]
    count: int


def speaks_for(user: Actor, org: Org | str) -> list[Voice]:
    """For whom the user speaks in the org. Raises NotFound for a stranger's org."""
    return own.voices(user, org_for(user, org).pk)


def speaks_only(user: Actor, org: str) -> bool:
    """Whether everything the user does in the org is done for a subject."""
    held = permissions.roles_in(user, org)
    return bool(held) and all(rules().role(role).speaks_for for role in held)


def asked(user: Actor, org: Org | str) -> list[Asked]:
    """What only the subject can say and has not said, those due first; what was given up waits no more, nor what stands below
    a case that is over.
    """
    found = []
    for kind in rules().kinds.values():
        words = {name: step for name, step in kind.steps.items() if step.own}
        begins = {state for step in words.values() for state in step.from_} - _ended(kind, GIVEN_UP)
        over = _ended(rules().root_of(kind.full_id), own.OVER) if kind.parent else set()
        for voice in speaks_for(user, org) if words else ():
            rows = Record.objects.filter(voice.own(kind), state__in=begins).select_related("root")
            for row in rows.exclude(root__state__in=over).order_by("created_at", "id")[:MOST]:
                open_ones = tuple(
                    one
                    for one in steps(user, row)
                    if one.step in words and one.legal and voice.role in one.spec.roles and _unsaid(one, row)
                )
                if open_ones:
                    found.append(Asked(row, kind, _about(row), open_ones, _due(kind, row)))
    return sorted(found, key=lambda one: one.due.on if one.due else date.max)


def own_rows(user: Actor, org: Org | str) -> list[OwnRows]:
    """The cases that name the subject, register by register; the register of the subjects itself left out."""
    heard = speaks_for(user, org)
    registers = {voice.register for voice in heard}
    found = []
    for kind in rules().kinds.values():
        if kind.parent is None and kind.own is not None and kind.full_id not in registers:
            which = [voice.own(kind) for voice in heard if voice.may("read", kind)]
            ids = [pk for one in which for pk in Record.objects.filter(one).values_list("pk", flat=True)]
            if ids:
                day = f"data__{kind.date}" if kind.date else "created_at"
                rows = Record.objects.filter(pk__in=ids).order_by(f"-{day}", "id")[:MOST]
                found.append(OwnRows(kind, tuple(rows), len(set(ids))))
    return found


def own_schemes(user: Actor, org: Org | str) -> list[Scheme]:
    """The points schemes of the org's packs that rank subjects of the user's."""
    place = org_for(user, org)
    registers = {voice.register for voice in speaks_for(user, place)}
    packs = bound_packs(place.pk, rules())
    schemes = [one for one in rules().schemes.values() if one.pack in packs and one.subjects]
    return [one for one in schemes if one.subjects and one.subjects.kind in registers]


def own_points(user: Actor, org: Org | str, year: int, scheme: str) -> tuple[PointsView, Sequence[Standing]]:
    """The scheme's view and in it the lines of the user's own subjects alone. Raises NotFound where there is none."""
    bench = OrgYear.open(user, org, year)
    found = next((one for one in own_schemes(user, org) if one.full_id == scheme), None)
    if found is None or found.subjects is None:
        raise NotFound("没有这个积分方案，或者您无权查看")
    register = found.subjects.kind
    mine = [voice.subject for voice in speaks_for(user, org) if voice.register == register]
    return of_subject(bench, found, mine)


def _ended(kind: Kind, types: frozenset[NeutralState]) -> set[str]:
    return {name for name, state in kind.states.items() if state.type in types}


def _unsaid(view: StepView, row: Record) -> bool:
    return not view.spec.needs or any(row.data.get(name) is None for name in view.spec.needs)


def _about(row: Record) -> str:
    return "" if row.root_id == row.pk else row.root.label


def _due(kind: Kind, row: Record) -> deadlines.Due | None:
    open_ones = [due for due in deadlines.stored(kind, row.dues, row.state) if not due.is_met]
    return min(open_ones, key=lambda due: due.on, default=None)


def subjects_to_choose(org: Org | str, register: str) -> list[tuple[str, str]]:
    """The subjects of a register by id and label, for who says which account speaks for whom."""
    rows = Record.objects.filter(kind=register, org__in=succession.lineage(org), voided=False)
    return list(rows.order_by("label", "id").values_list("id", "label"))
