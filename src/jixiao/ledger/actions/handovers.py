"""Hand a person's work in an org to another: roles, drafts, what is unfinished; and keep the list of what was handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from jixiao.catalogue.registers import RoleSpec
from jixiao.errors import FieldErrors, NotAllowed
from jixiao.ledger import appointing, checking, clock, memberships, permissions, succession
from jixiao.ledger.actions import moved, office_acts, opening
from jixiao.ledger.models import Draft, Event, Import, Membership, OfficeAct, Org, Paste, Record, User
from jixiao.ledger.queries.tasks import tasks
from jixiao.ledger.rules import catalogue as rules

MOST_TASKS = 5000


@transaction.atomic
def hand_over(
    *, by: permissions.Actor, org: Org | str, giver: User, taker: User, on: date, note: str = ""
) -> OfficeAct:
    """From the day `on` the taker has the giver's roles in the org, and the giver has none.

    Whoever manages the org may do it, and the giver. A role that the taker does not hold is given by it, so it takes the
    right to give that very role. Raises NotFound, NotAllowed, FieldErrors.
    """
    place = opening.open_org(org, by)
    manages = permissions.can(by, "manage", org=place.pk)
    if not manages and by != giver:
        permissions.require(by, "manage", org=place.pk)
    held = _held(giver, place, on)
    _check(giver, taker, held, on, note)
    has = permissions.roles_in(taker, place.pk)
    _check_may_give(by, taker, place, [rules().role(one.role) for one in held if one.role not in has])
    facts = _facts(giver, taker, place, on, held)
    begun, ended = [], [moved.told(one) for one in held]
    for one in held:
        if one.role not in has:
            made = memberships.give(
                by=by, user=taker, org=place, role=one.role, from_on=on, to_on=one.to_on, subject=one.subject
            )
            begun.append(made)
        memberships.end(one, on - timedelta(days=1), by=by)
    facts["moved"] = {
        "begun": [moved.told(Membership.objects.get(pk=one.pk)) for one in begun],
        "ended": ended,
        "drafts": _ids(_unfinished(Draft, place, user=giver)),
        "pastes": _ids(_unfinished(Paste, place, user=giver, is_done=False)),
        "imports": _ids(_imports(giver, place)),
    }
    _unfinished(Draft, place, user=giver).update(user=taker)
    _unfinished(Paste, place, user=giver, is_done=False).update(user=taker)
    _imports(giver, place).update(by=taker.username)
    return office_acts.keep(by=by, org=place.pk, act="handed", facts=facts, reason=note.strip(), on=on)


def _held(giver: User, org: Org, on: date) -> list[Membership]:
    mine = Membership.objects.select_for_update().filter(user=giver, org=org)
    return list(mine.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).order_by("role"))


def _check(giver: User, taker: User, held: Sequence[Membership], on: date, note: str) -> None:
    errors: dict[str, str] = {}
    if giver.pk == taker.pk:
        errors["taker"] = "接收人应是另一个人"
    elif not taker.is_active:
        errors["taker"] = f"{taker.display_name}的账号已停用，不能接收"
    if not held:
        errors["giver"] = f"{giver.display_name}在本单位没有角色可交；请核对移交人"
    if on > clock.today():
        errors["on"] = f"{on} 还没有到；请到那一天再办交接（今天是 {clock.today()}）"
    elif early := [one.from_on for one in held if one.from_on >= on]:
        errors["on"] = f"{giver.display_name}自 {min(early)} 起任职，交接日期应在其后"
    if checking.is_unprintable(note):
        errors["note"] = f"说明{checking.UNPRINTABLE}"
    if errors:
        raise FieldErrors(errors)


def _check_may_give(by: permissions.Actor, taker: User, org: Org, lacking: Sequence[RoleSpec]) -> None:
    """Raises NotAllowed, naming the roles, where the taker would get one that this person may not give."""
    if not lacking or isinstance(by, permissions.System):
        return
    if not permissions.can(by, "manage", org=org.pk):
        raise NotAllowed(
            f"{taker.display_name}在本单位还没有{_named(lacking)}角色，您不能把角色给人；请由管理员办理交接"
        )
    may = {role.full_id for role in appointing.givable(by, org)}
    if beyond := [role for role in lacking if role.full_id not in may]:
        raise NotAllowed(
            f"{_named(beyond)}不是您能给的角色，不能随交接给{taker.display_name}；"
            f"{appointing.ON_THE_MACHINE}，或先结束这个角色再交接其余的"
        )
    appointing.require_person(by, taker)


def _named(roles: Sequence[RoleSpec]) -> str:
    return f"“{'”“'.join(role.title for role in roles)}”"


def _facts(giver: User, taker: User, org: Org, on: date, held: Sequence[Membership]) -> dict[str, Any]:
    """What is handed over, as it stood on that day, in words that can be printed years later."""
    catalogue = rules()
    return {
        "giver": giver.username,
        "giver_name": giver.display_name,
        "taker": taker.username,
        "taker_name": taker.display_name,
        "on": on.isoformat(),
        "roles": [catalogue.role(one.role).title for one in held],
        "tasks": [
            _task(one) for past in (False, True) for one in tasks(giver, org, past=past, limit=MOST_TASKS)
        ],
        "drafts": [_draft(one) for one in _unfinished(Draft, org, user=giver)],
        "imports": [one.file_name for one in _imports(giver, org)],
        "pastes": _unfinished(Paste, org, user=giver, is_done=False).count(),
        "records": _records(giver, org),
    }


def _task(one: Any) -> dict[str, str]:
    row = one.record
    return {
        "record": row.id,
        "kind": one.kind.title,
        "number": row.number,
        "title": row.label,
        "of": row.root.label if row.parent_id else "",
        "state": one.kind.states[row.state].title if row.state in one.kind.states else "",
        "due": one.due_on.isoformat() if one.due_on else "",
    }


def _draft(one: Draft) -> dict[str, str]:
    kind = rules().kind(one.kind)
    return {
        "kind": kind.title,
        "title": one.data.get(kind.label) or f"未命名的{kind.title}",
        "saved_on": one.saved_at.date().isoformat(),
    }


def _records(giver: User, org: Org) -> list[dict[str, Any]]:
    """How many records of each kind the giver entered, in the org and those before it."""
    entered = Event.objects.filter(
        chain__in=succession.lineage(org), by=giver.username, act__in=("create", "imported")
    )
    mine = Record.objects.filter(pk__in=entered.values("record"), voided=False)
    counted = mine.values_list("kind").annotate(count=Count("pk")).order_by("-count", "kind")
    catalogue = rules()
    return [
        {"kind": catalogue.kind(kind).title, "count": count, "unit": catalogue.kind(kind).unit}
        for kind, count in counted
    ]


def _unfinished(model: Any, org: Org, **given: Any) -> Any:
    return model.objects.filter(org=org, **given)


def _ids(rows: Any) -> list[Any]:
    return list(rows.values_list("pk", flat=True))


def _imports(giver: User, org: Org) -> Any:
    return Import.objects.filter(org=org, by=giver.username).exclude(state__in=("done", "cancelled"))
