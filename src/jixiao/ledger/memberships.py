"""The only writer of roles and of what the chain knows of people: who was given which role, for whom it speaks, until
when; which account there is, when its password became another. Facts without secrets.

An account is one for all the orgs it works in, so this is one chain beside those of the orgs. What an act finds is told
as it was found: a row changed behind the ledger's back contradicts the chain also after the next act on it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from jixiao.ledger import chain, told
from jixiao.ledger.models import Event, Membership, Org, Record, User
from jixiao.ledger.permissions import Actor

CHAIN = "@people"  # no org can be called so


def membership_facts(one: Membership) -> dict[str, Any]:
    """What the chain says of a role somebody holds."""
    facts = {
        "user": one.user.username,
        "org": one.org_id,
        "role": one.role,
        "from": one.from_on.isoformat(),
        "to": one.to_on.isoformat() if one.to_on else None,
        "subject": one.subject_id,
    }
    return {name: value for name, value in facts.items() if value is not None}


def account_facts(user: User) -> dict[str, Any]:
    """What the chain says of an account. Of its password only which one it is: the digest of what is stored, salt and
    all, from which nobody guesses anything.
    """
    return {
        "username": user.username,
        "display_name": user.display_name,
        "is_active": user.is_active,
        "password": chain.digest(user.password),
    }


def membership_name(one: Membership) -> str:
    return f"membership:{one.pk}"


def account_name(user: User) -> str:
    return f"account:{user.pk}"


def tell_account(user: User, before: told.Facts, *, by: Actor) -> None:
    """Tell what became of an account; `before` is `account_facts` before the act, nothing for a new one."""
    _tell(account_name(user), Event.Act.ACCOUNT, before, account_facts(user), by)


def give(
    *,
    by: Actor,
    user: User,
    org: Org,
    role: str,
    from_on: date,
    to_on: date | None,
    **subject: Record | None,
) -> Membership:
    """Write a role from a day on; one that begins that day is there already gets this end (and `subject`, if given)."""
    meant = Membership.objects.select_for_update().filter(user=user, org=org, role=role, from_on=from_on)
    row = meant.first()
    before = membership_facts(row) if row else {}
    row = row or Membership(user=user, org=org, role=role, from_on=from_on)
    row.to_on = to_on
    for name, value in subject.items():
        setattr(row, name, value)
    row.save()
    _tell(membership_name(row), Event.Act.APPOINTED, before, membership_facts(row), by)
    return row


def end(membership: Membership, to_on: date, *, by: Actor) -> None:
    """Write the last day of a role."""
    before = membership_facts(membership)
    membership.to_on = to_on
    membership.save(update_fields=["to_on"])
    _tell(membership_name(membership), Event.Act.APPOINTED, before, membership_facts(membership), by)


def set_subject(membership: Membership, subject: Record | None, *, by: Actor) -> None:
    """Write for whom the person speaks in this role."""
    before = membership_facts(membership)
    membership.subject = subject
    membership.save(update_fields=["subject"])
    _tell(membership_name(membership), Event.Act.APPOINTED, before, membership_facts(membership), by)


def remove(membership: Membership, *, by: Actor) -> None:
    """Take a role away as if it had never been given; the chain keeps that it was."""
    name, before = membership_name(membership), membership_facts(membership)
    membership.delete()
    _tell(name, Event.Act.APPOINTED, before, {}, by)


def _tell(name: str, act: str, before: told.Facts, after: told.Facts, by: Actor) -> None:
    told.tell(name, before, after, where=CHAIN, act=act, by=by)
