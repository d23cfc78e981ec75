"""Who may do what: role definitions of the packs × memberships (valid today, in an org, reaching its subtree
or all). A role in an org holds over its predecessors too (`jixiao.ledger.succession`).

A right over a kind includes its child kinds, unless the role says otherwise. A refusal says which roles may do it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from django.db.models import Exists, Q

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import Kind, StepSpec
from jixiao.catalogue.registers import RoleSpec
from jixiao.errors import NotAllowed
from jixiao.ledger import clock, succession
from jixiao.ledger.models import Membership, Org, OrgChange, User
from jixiao.ledger.one_reading import once
from jixiao.ledger.rules import catalogue as rules

ACTS = {
    "create": "登记",
    "edit": "修改",
    "read": "查看",
    "backfill": "补录",
    "file": "填报",
    "rewrite": "改写报告",
    "issue": "签发报告",
    "void": "作废",
    "manage": "管理单位",
    "desk": "办理汇总",
    "confirm": "核实规则的依据",
}


@dataclass(frozen=True, slots=True)
class System:
    """The program itself: installation, example data, imports started on the command line."""

    username: str = "system"
    display_name: str = "系统"

    def __str__(self) -> str:
        return self.display_name


SYSTEM = System()
Actor = User | System


def roles_in(user: Actor, org: str) -> frozenset[str]:
    """The full ids of the roles the user holds today over this org."""
    return frozenset(role for role, orgs in reaches(user) if orgs is None or org in orgs)


def can(user: Actor, act: str, *, org: str, kind: str = "") -> bool:
    """True when some role of the user allows the act (one of `ACTS`) in the org; `kind` where the act needs
    one.
    """
    if isinstance(user, System):
        return True
    catalogue = rules()
    return any(_freely(catalogue.role(role), act, kind, catalogue) for role in roles_in(user, org))


def among(user: Actor, act: str, kinds: Iterable[Kind], *, org: str) -> list[Kind]:
    """Those of the kinds on which the user may do the act in the org; asked of the database once."""
    if isinstance(user, System):
        return list(kinds)
    catalogue = rules()
    held = [catalogue.role(role) for role in roles_in(user, org)]
    return [kind for kind in kinds if any(_freely(role, act, kind.full_id, catalogue) for role in held)]


def closed_to(user: Actor, org: str, kinds: Iterable[Kind]) -> list[Kind]:
    """Those of the kinds whose records the user may not read in the org."""
    asked = list(kinds)
    readable = {kind.full_id for kind in among(user, "read", asked, org=org)}
    return [kind for kind in asked if kind.full_id not in readable]


def require_names(kinds: Iterable[Kind], what: str) -> None:
    """Raises NotAllowed where a report names records of kinds that are closed to the person."""
    if titles := [kind.title for kind in kinds]:
        told = f"“{'、'.join(titles[:3])}”" + (f"等{len(titles)}类事项" if len(titles) > 3 else "")
        raise NotAllowed(f"{what}列有您无权查看的{told}；请由可以查看全部事项的人员办理")


def require(user: Actor, act: str, *, org: str, kind: str = "") -> None:
    """Raises NotAllowed, naming the roles that may do it."""
    if not can(user, act, org=org, kind=kind):
        catalogue = rules()
        able = [role for role in catalogue.roles.values() if _freely(role, act, kind, catalogue)]
        what = f"{ACTS[act]}“{catalogue.kind(kind).title}”" if kind else ACTS[act]
        raise NotAllowed(f"您不能{what}；{_who(able)}")


def refuse_step(step: StepSpec) -> NoReturn:
    """Raises NotAllowed, naming the roles that may take the step."""
    catalogue = rules()
    raise NotAllowed(f"您不能办理“{step.title}”；{_who(catalogue.role(role) for role in step.roles)}")


def orgs_where(user: Actor, act: str, *, kind: str = "") -> set[str]:
    """The ids of the orgs in which the user may do the act."""
    catalogue = rules()
    found: set[str] = set()
    for role, orgs in reaches(user):
        if isinstance(user, System) or _freely(catalogue.role(role), act, kind, catalogue):
            if orgs is None:
                return set(_everywhere())
            found |= orgs
    return found


@once
def _everywhere() -> frozenset[str]:
    return frozenset(Org.objects.values_list("id", flat=True))


def allows(role: RoleSpec, act: str, kind: str, catalogue: Catalogue) -> bool:
    """What one role says of an act on a kind (or of an act without one)."""
    if act not in ("create", "edit", "read"):
        return act in role.may
    if not kind:
        return bool(getattr(role, act))
    return _covers(getattr(role, act), catalogue.kind(kind), catalogue, below=role.below)


def _freely(role: RoleSpec, act: str, kind: str, catalogue: Catalogue) -> bool:
    """What the role says, whosever the records are; what is a subject's own is for `jixiao.ledger.own` to say."""
    bound = kind and role.speaks_for and catalogue.has_owners(kind)
    return not bound and allows(role, act, kind, catalogue)


def _covers(listed: Iterable[str], kind: Kind, catalogue: Catalogue, *, below: bool) -> bool:
    names = {"*", kind.full_id, kind.id, f"{kind.pack}/*"}
    if names & set(listed):
        return True
    if not below or kind.parent is None:
        return False
    return _covers(listed, catalogue.kind(kind.parent), catalogue, below=True)


@once
def reaches(user: Actor) -> list[tuple[str, set[str] | None]]:
    """(role, the orgs it reaches) for every valid membership; None: all orgs."""
    if isinstance(user, System):
        return [("", None)]
    today = clock.today()
    held = list(
        Membership.objects.filter(user_id=user.pk, from_on__lte=today)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
        .annotate(has_changes=Exists(OrgChange.objects.all()))
        .values_list("role", "org_id", "has_changes")
    )
    roles = rules().roles
    reach = {role: roles[role].reach for role, _, _ in held if role in roles}
    before = succession.predecessors if any(changed for _, _, changed in held) else lambda orgs: set()
    below = _children() if "subtree" in reach.values() else {}
    found: list[tuple[str, set[str] | None]] = []
    for role, org, _ in held:
        match reach.get(role):
            case "own":
                found.append((role, {org} | before({org})))
            case "subtree":
                under = _subtree({org} | before({org}), below)
                found.append((role, under | before(under)))
            case "all":
                found.append((role, None))
    return found


def _children() -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    for org, parent in Org.objects.filter(parent__isnull=False).values_list("id", "parent_id"):
        below.setdefault(parent, []).append(org)
    return below


def _subtree(tops: set[str], below: dict[str, list[str]]) -> set[str]:
    found, waiting = set(tops), list(tops)
    while waiting:
        new = [org for org in below.get(waiting.pop(), []) if org not in found]
        found.update(new)
        waiting.extend(new)
    return found


def _who(roles: Iterable[RoleSpec]) -> str:
    titles = list(dict.fromkeys(role.title for role in roles))
    if not titles:
        return "规则包没有允许任何角色这样做，请联系规则包的维护人"
    return f"须由{'、'.join(titles[:5])}{'等' if len(titles) > 5 else ''}办理"
