"""Who works in an org, in which role."""

from __future__ import annotations

from django.db.models import QuerySet

from jixiao.errors import NotFound
from jixiao.ledger import permissions
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


def names_of(usernames: set[str]) -> dict[str, str]:
    """Display names by username; who has no account any more keeps the username."""
    found = dict(User.objects.filter(username__in=usernames).values_list("username", "display_name"))
    return {
        name: found.get(name, "系统" if name == permissions.SYSTEM.username else name) for name in usernames
    }
