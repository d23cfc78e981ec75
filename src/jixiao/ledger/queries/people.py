"""Who works in an org, in which role."""

from __future__ import annotations

from django.db.models import QuerySet

from jixiao.ledger import permissions
from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.models import Membership, Org, User


def people_in(user: permissions.Actor, org: Org | str) -> QuerySet[Membership]:
    """The memberships of an org with their users. Raises NotFound for a stranger."""
    return (
        Membership.objects.filter(org=open_org(org, user))
        .select_related("user")
        .order_by("user__username", "role")
    )


def names_of(usernames: set[str]) -> dict[str, str]:
    """Display names by username; who has no account any more keeps the username."""
    found = dict(User.objects.filter(username__in=usernames).values_list("username", "display_name"))
    return {
        name: found.get(name, "系统" if name == permissions.SYSTEM.username else name) for name in usernames
    }
