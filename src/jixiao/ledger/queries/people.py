"""Who works in an org, in which role."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from jixiao.catalogue.registers import RoleSpec
from jixiao.errors import NotFound
from jixiao.ledger import appointing, permissions
from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.models import Membership, Org, User


def people_in(user: permissions.Actor, org: Org | str) -> QuerySet[Membership]:
    """The memberships of an org with their users. Raises NotFound for a stranger."""
    return (
        Membership.objects.filter(org=open_org(org, user))
        .select_related("user", "subject")
        .order_by("user__username", "role")
    )


def people_anywhere(user: permissions.Actor) -> QuerySet[Membership]:
    """The memberships of every org that the user manages, org by org."""
    return (
        Membership.objects.filter(org__in=permissions.orgs_where(user, "manage"))
        .select_related("user", "org", "subject")
        .order_by("org", "user__username", "role")
    )


def membership(user: permissions.Actor, id: int) -> Membership:
    """One membership of an org the user manages. Raises NotFound."""
    found = Membership.objects.select_related("user", "org", "subject").filter(pk=id).first()
    if found is None or not permissions.can(user, "manage", org=found.org_id):
        raise NotFound("没有找到这项任职，或者您无权管理这个单位的人员")
    return found


def person(user: permissions.Actor, username: str) -> User:
    """The account of this name. Raises NotFound where there is none, or none in an org the user manages."""
    found = User.objects.filter(username=username).first()
    if found is not None and not isinstance(user, permissions.System):
        managed = permissions.orgs_where(user, "manage")
        found = found if found.memberships.filter(org__in=managed).exists() else None
    if found is None:
        raise NotFound(f"没有用户“{username}”；请核对用户名")
    return found


@dataclass(frozen=True, slots=True)
class Account:
    """One person of an org for who manages it: the terms there, and what this manager may not do with the account."""

    user: User
    terms: list[Membership]
    against_switching: str
    against_new_password: str


def account(user: permissions.Actor, org: Org | str, id: int) -> Account:
    """Somebody who has or had a role in the org. Raises NotFound, NotAllowed for who does not manage it."""
    place = open_org(org, user)
    permissions.require(user, "manage", org=place.pk)
    terms = list(people_in(user, place).select_related("org").filter(user_id=id).order_by("-from_on", "role"))
    if not terms:
        raise NotFound("本单位没有这个人；请从人员列表中进入")
    found = terms[0].user
    against = appointing.against_touching(user, found), appointing.against_new_password(user, found)
    return Account(found, terms, *against)


def roles_to_give(user: permissions.Actor, org: Org | str) -> list[RoleSpec]:
    """The roles this person may give in the org; none for who does not manage it."""
    return appointing.givable(user, open_org(org, user))
