"""Which office's people sit at the desk over an office: it signs the letters they send."""

from __future__ import annotations

from jixiao.ledger import clock
from jixiao.ledger.models import Membership, Org
from jixiao.ledger.rules import catalogue as rules


def bureau_over(org: Org) -> str:
    """Its title; empty where there is none, or more than one could be meant.

    It is the office that those who hold a role with a desk joined first, apart from the office itself.
    """
    roles = [role.full_id for role in rules().roles.values() if "desk" in role.may]
    today = clock.today()
    held = Membership.objects.filter(from_on__lte=today).exclude(to_on__lt=today).order_by("id")
    first: dict[object, str] = {}
    sit = set(held.filter(role__in=roles).values_list("user_id", flat=True))
    for user, place in held.filter(user_id__in=sit).values_list("user_id", "org_id"):
        first.setdefault(user, place)
    offices = Org.objects.filter(pk__in={*first.values()} - {org.pk})
    return offices[0].title if len(offices) == 1 else ""
