"""Who may give which role, to whom, and which role or account an office cannot spare.

Nobody gives a role that reaches farther than their own right to manage, or touches a person of another office; the last
person who manages an office keeps that role. The command line, run on the machine itself, is bound by none of it.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from jixiao.catalogue.registers import RoleSpec
from jixiao.errors import BadInput, FieldErrors, NotAllowed
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.models import Membership, Org, User
from jixiao.ledger.rules import catalogue as rules

WIDTHS = ("own", "subtree", "all")
ON_THE_MACHINE = "请由系统管理人员在服务器上办理"


def givable(by: permissions.Actor, org: Org) -> list[RoleSpec]:
    """The roles of the org's packs that this person may give in it."""
    packs, width = bound_packs(org.pk, rules()), _width(by, org.pk)
    return [
        role for role in rules().roles.values() if role.pack in packs and WIDTHS.index(role.reach) <= width
    ]


def require_role(by: permissions.Actor, org: Org, role: RoleSpec) -> None:
    """Raises FieldErrors for a role the org's packs do not have, NotAllowed for one that reaches too far."""
    if isinstance(by, permissions.System):
        return
    if role.pack not in bound_packs(org.pk, rules()):
        raise FieldErrors({"role": f"{org.title}没有角色“{role.title}”；请从列出的角色中选择"})
    if WIDTHS.index(role.reach) > _width(by, org.pk):
        raise NotAllowed(f"“{role.title}”还管到别的单位，您不能给；{ON_THE_MACHINE}")


def require_person(by: permissions.Actor, user: User) -> None:
    """Raises NotAllowed for somebody who only ever worked in offices this person does not manage."""
    if isinstance(by, permissions.System):
        return
    orgs = _orgs_of(user)
    if orgs and not orgs & permissions.orgs_where(by, "manage"):
        raise NotAllowed(f"{user.display_name}是别的单位的人员；{ON_THE_MACHINE}")


def against_touching(by: permissions.Actor, user: User) -> str:
    """Why this person may not switch the account off or on; empty where they may.

    An account is one for all the orgs it works in; after the last of its roles, for all it ever worked in.
    """
    if isinstance(by, permissions.System):
        return ""
    live = _not_over(user.memberships.all(), clock.today())
    orgs = set(live.values_list("org_id", flat=True)) or _orgs_of(user)
    if not orgs:
        return f"{user.display_name}不在任何单位任职，{ON_THE_MACHINE}"
    if orgs - permissions.orgs_where(by, "manage"):
        return f"{user.display_name}在您不管理的单位也任职（或任过职），账号是同一个；{ON_THE_MACHINE}"
    return ""


def against_new_password(by: permissions.Actor, user: User) -> str:
    """Why this person may not set the account's password: whoever sets it could act in all its roles."""
    if (reason := against_touching(by, user)) or isinstance(by, permissions.System):
        return reason
    for one in _not_over(user.memberships.all(), clock.today()):
        role = rules().roles.get(one.role)
        if role is not None and WIDTHS.index(role.reach) > _width(by, one.org_id):
            return f"{user.display_name}的角色“{role.title}”还管到别的单位；{ON_THE_MACHINE}"
    return ""


def check_can_end(by: permissions.Actor, membership: Membership, end: date) -> None:
    """Raises BadInput where nobody else would manage the org for the time that is given up."""
    if isinstance(by, permissions.System) or not _manages(membership.role) or not membership.user.is_active:
        return
    after, until = max(end, membership.from_on) + timedelta(days=1), membership.to_on
    if (until is None or after <= until) and not _others(membership, after, until):
        raise BadInput(
            f"{membership.user.display_name}是{membership.org.title}最后一位管理单位的人，这个角色不能结束；"
            "请先把它也给别人"
        )


def check_can_switch_off(by: permissions.Actor, user: User) -> None:
    """Raises BadInput for one's own account, and for that of the only person who manages an org."""
    if isinstance(by, permissions.System):
        return
    if by.pk == user.pk:
        raise BadInput("不能停用自己的账号；请由另一位管理员办理")
    today = clock.today()
    for one in _not_over(user.memberships.select_related("org"), today):
        if _manages(one.role) and not _others(one, today, one.to_on):
            raise BadInput(
                f"{user.display_name}是{one.org.title}最后一位管理单位的人，账号不能停用；请先把这个角色也给别人"
            )


def _width(by: permissions.Actor, org: str) -> int:
    """How far this person's right to manage reaches from the org, as a place in WIDTHS; -1 where there is none."""
    if isinstance(by, permissions.System):
        return len(WIDTHS)
    roles = [rules().role(role) for role in permissions.roles_in(by, org)]
    return max((WIDTHS.index(role.reach) for role in roles if "manage" in role.may), default=-1)


def _manages(role: str) -> bool:
    found = rules().roles.get(role)
    return found is not None and "manage" in found.may


def _others(membership: Membership, after: date, until: date | None) -> bool:
    """Whether another person who may sign in manages the org all through that time; their rows are locked."""
    managing = [role.full_id for role in rules().roles.values() if "manage" in role.may]
    rows = Membership.objects.select_for_update().filter(org_id=membership.org_id, role__in=managing)
    there = rows.filter(from_on__lte=after, user__is_active=True).exclude(user_id=membership.user_id)
    long_enough = Q(to_on__isnull=True) if until is None else Q(to_on__isnull=True) | Q(to_on__gte=until)
    return bool(list(there.filter(long_enough).values_list("pk", flat=True)))


def _not_over(rows: QuerySet[Membership], today: date) -> QuerySet[Membership]:
    return rows.filter(Q(to_on__isnull=True) | Q(to_on__gte=today))


def _orgs_of(user: User) -> set[str]:
    return set(user.memberships.values_list("org_id", flat=True))
