"""Roles as an act that moves them writes them down, so that it can be taken back exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from jixiao.ledger import memberships, permissions
from jixiao.ledger.models import Membership, Org, Record, User

Moved = dict[str, Any]  # one role: user, org, role, from, to, subject


def told(one: Membership) -> Moved:
    """A membership as plain values."""
    return {
        "user": one.user.username,
        "org": one.org_id,
        "role": one.role,
        "from": one.from_on.isoformat(),
        "to": one.to_on.isoformat() if one.to_on else None,
        "subject": one.subject_id,
    }


def find(one: Moved) -> Membership | None:
    """The membership meant, whenever it ends."""
    meant = {"user__username": one["user"], "org": one["org"], "role": one["role"], "from_on": one["from"]}
    return Membership.objects.select_related("user").filter(**meant).first()


def changed(begun: Iterable[Moved], ended: Iterable[Moved], last: date) -> Iterator[str]:
    """Whose roles are no longer as the act left them: begun as written down, ended on the day `last` or gone."""
    for one in begun:
        now = find(one)
        if now is None or told(now) != one:
            yield one["user"]
    for one in ended:
        now = find(one)
        if now is not None and now.to_on != last:
            yield one["user"]


def take_back(begun: Iterable[Moved], ended: Iterable[Moved], *, by: permissions.Actor) -> None:
    """End what begun and begin what ended, as if there had been no act."""
    for one in begun:
        if (now := find(one)) is not None:
            memberships.remove(now, by=by)
    for one in ended:
        to_on = date.fromisoformat(one["to"]) if one["to"] else None
        subject = Record.objects.filter(pk=one["subject"]).first() if one["subject"] else None
        memberships.give(
            by=by, user=User.objects.get(username=one["user"]), org=Org.objects.get(pk=one["org"]), role=one["role"],
            from_on=date.fromisoformat(one["from"]), to_on=to_on, subject=subject,
        )  # fmt: skip


def users(found: Iterable[Mapping[str, Any]]) -> set[str]:
    """The usernames of the roles."""
    return {one["user"] for one in found}
