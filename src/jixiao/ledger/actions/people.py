"""Give a person an account, and a role in an org for a time."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jixiao.errors import FieldErrors
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import Membership, Org, User
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def create(
    *,
    by: permissions.Actor,
    org: Org | str,
    username: str,
    display_name: str,
    password: str,
    is_demonstration: bool = False,
) -> User:
    """Make an account; the org is the one whose manager makes it. Raises FieldErrors, NotAllowed, NotFound.

    Only the published password of a demonstration account may be a weak one.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "manage", org=place.pk)
    errors = {}
    if not username.strip():
        errors["username"] = "请填写用户名"
    elif User.objects.filter(username=username.strip()).exists():
        errors["username"] = f"用户名“{username}”已经有人使用；请换一个"
    if not display_name.strip():
        errors["display_name"] = "请填写姓名"
    user = User(username=username.strip(), display_name=display_name.strip())
    if not is_demonstration:
        errors |= _weak(password, user)
    if errors:
        raise FieldErrors(errors)
    user.set_password(password)
    user.save(force_insert=True)
    return user


def _weak(password: str, user: User) -> dict[str, str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {"password": "；".join(error.messages)}
    return {}


@transaction.atomic
def join(
    *,
    by: permissions.Actor,
    user: User,
    org: Org | str,
    role: str,
    from_on: date | None = None,
    to_on: date | None = None,
) -> Membership:
    """Give a person a pack role in an org, from today unless said otherwise. Raises NotFound, NotAllowed,
    FieldErrors.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "manage", org=place.pk)
    begin = from_on or clock.today()
    if to_on and to_on < begin:
        raise FieldErrors({"to_on": f"结束日期 {to_on} 早于开始日期 {begin}"})
    membership, _ = Membership.objects.update_or_create(
        user=user, org=place, role=rules().role(role).full_id, from_on=begin, defaults={"to_on": to_on}
    )
    return membership


@transaction.atomic
def leave(*, by: permissions.Actor, membership: Membership, on: date | None = None) -> Membership:
    """End a membership on a day (default: yesterday, so that it no longer holds). Raises NotAllowed."""
    permissions.require(by, "manage", org=membership.org_id)
    end = on or date.fromordinal(clock.today().toordinal() - 1)
    membership.to_on = max(end, membership.from_on)
    membership.save(update_fields=["to_on"])
    return membership
