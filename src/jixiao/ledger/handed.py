"""What a person may do with a record besides what their roles say of its whole register: it was handed to their own org
by another office, or it is that of a subject for whom they speak (`jixiao.ledger.own`).

The kind says in which roles (`hands_to`). Reading goes over the family of the record as far as the role reads, and stays
when the handing is over. Acting is for who has the case now: steps, evidence and children of one's own; not the records
of others on the same case. Everything else of the other office's registers stays closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from jixiao.catalogue.kinds import Kind, StepSpec
from jixiao.errors import FieldErrors, NotAllowed
from jixiao.ledger import own, permissions, succession
from jixiao.ledger.models import Handing, Record
from jixiao.ledger.own import NOBODY, NOT_VOIDED, OVER
from jixiao.ledger.permissions import Actor, System
from jixiao.ledger.rules import catalogue as rules


@dataclass(frozen=True, slots=True)
class Grant:
    """A role the person holds in orgs, in which those act on what `kind` hands to them by `field`."""

    kind: Kind
    field: str
    role: str
    orgs: frozenset[str]

    def handings(self, **only: Any) -> QuerySet[Handing]:
        """What was handed to the orgs, voided records left out."""
        alive = Q(record__voided=False, record__root__voided=False) & (
            Q(record__parent__isnull=True) | Q(record__parent__voided=False)
        )
        mine = {"record__kind": self.kind.full_id, "field": self.field, "org__in": self.orgs}
        return Handing.objects.filter(alive, **mine, **only)

    def reads(self) -> list[str]:
        """The kinds of the family that the role reads."""
        role, catalogue = rules().role(self.role), rules()
        family = _family(self.kind)
        return [one.full_id for one in family if permissions.allows(role, "read", one.full_id, catalogue)]

    def may(self, act: str, kind: Kind) -> bool:
        return permissions.allows(rules().role(self.role), act, kind.full_id, rules())


def can(user: Actor, act: str, row: Record) -> bool:
    """Whether the user may read, edit or attach papers to this record: by a role in its org, or because it was handed."""
    usual = "edit" if act == "attach" else act
    if permissions.can(user, usual, org=row.org_id, kind=row.kind):
        return True
    if act == "read":
        return _is_among(row, readable(user))
    if own.can_edit(user, row):
        return True
    kind = rules().kind(row.kind)
    if act == "attach":
        return any(one.may("read", kind) and _is_among(row, _acted_on(one, kind)) for one in _grants(user))
    return (
        act == "edit"
        and not kind.hands_to
        and not (_is_over(row) or _is_over(row.root))
        and any(
            one.may("create", kind) and one.may("edit", kind) and _is_among(row, _owned(one, kind))
            for one in _grants(user)
        )
    )


def can_add(user: Actor, kind: Kind, above: Record) -> bool:
    """Whether the user may record a child of this kind below the record."""
    if permissions.can(user, "create", org=above.org_id, kind=kind.full_id):
        return True
    if kind.hands_to or kind.parent != above.kind or _is_over(above.root):
        return False
    if own.can_add(user, kind, above):
        return True
    return any(one.may("create", kind) and _is_among(above, _added_to(one, kind)) for one in _grants(user))


def require(user: Actor, act: str, row: Record) -> None:
    """Raises NotAllowed, naming the roles that may do it."""
    if not can(user, act, row):
        usual = "edit" if act == "attach" else act
        permissions.require(user, usual, org=row.org_id, kind=row.kind)


def require_add(user: Actor, kind: Kind, above: Record) -> None:
    """Raises NotAllowed, naming the roles that may do it."""
    if not can_add(user, kind, above):
        permissions.require(user, "create", org=above.org_id, kind=kind.full_id)


def roles_on(user: Actor, row: Record) -> frozenset[str]:
    """The roles in which the user may take steps on this record."""
    held = permissions.roles_in(user, row.org_id)
    if isinstance(user, System):
        return held
    kind = rules().kind(row.kind)
    held = own.free(held, kind) | own.roles_on(user, row)
    wanted = {role for step in kind.steps.values() for role in step.roles} - held
    grants = (one for one in _grants(user) if one.role in wanted)
    return held | {one.role for one in grants if _is_among(row, _acted_on(one, kind))}


def require_step(user: Actor, kind: Kind, step: StepSpec, row: Record) -> frozenset[str]:
    """The user's roles that may take this step on the record. Raises NotAllowed, naming the roles that may."""
    if isinstance(user, System):
        return frozenset(step.roles)
    held = roles_on(user, row) & set(step.roles)
    if not held:
        permissions.refuse_step(step)
    if why := own.refusal(user, kind, step, row):
        raise NotAllowed(why)
    return held


def sees_part(user: Actor, row: Record) -> bool:
    """Whether no role of the user's reads the whole register: they have the record from another office, or as their own."""
    family = _family(rules().kind(row.kind))
    is_shared = any(one.hands_to for one in family) or rules().has_owners(row.kind)
    if isinstance(user, System) or not is_shared:
        return False
    return not permissions.can(user, "read", org=row.org_id, kind=row.kind)


def check_named(user: Actor, kind: Kind, above: Record | None, data: Mapping[str, Any]) -> None:
    """Raises FieldErrors where someone who has the case from another office records in the name of an org not their own.

    Below a record of one's own one may ask others who have the case too; what they answer is theirs to fill in.
    """
    name = kind.belongs_to
    if name is None or above is None or permissions.can(user, "create", org=above.org_id, kind=kind.full_id):
        return
    title, named = kind.fields[name].title, data.get(name)
    current = Handing.objects.filter(record__root=above.root_id, is_current=True)
    mine = {org for one in _grants(user) for org in one.orgs}
    if named in mine and current.filter(org=named).exists():
        return
    above_kind = rules().kind(above.kind)
    is_below_own = _has_owner(above_kind) and any(
        _is_among(above, _owned(one, above_kind)) for one in _grants(user)
    )
    if not is_below_own or not current.filter(org=named).exists():
        raise FieldErrors({name: f"{title}：请选择您所在的、正在承办这一件的单位"})
    given = [field for field, value in data.items() if value is not None and not kind.fields[field].required]
    if given:
        told = "、".join(kind.fields[field].title for field in given)
        raise FieldErrors({given[0]: f"{told}：由{title}自己填写；请先留空"})


def readable(user: Actor, org: str | None = None) -> Q:
    """The records that the user reads because they were handed to their orgs (or to this one), or are their own there."""
    parts = [own.readable(user, org)]
    for one in _grants(user, org):
        roots = one.handings().values("record__root")
        parts.append(NOT_VOIDED & Q(kind__in=one.reads(), root__in=roots))
    return reduce(or_, parts, NOBODY)


def reads_kind(user: Actor, kind: Kind, row: Record) -> bool:
    """Whether records of this kind in the family of a record the user sees a part of are open to them."""
    if own.kinds(user, [kind], row.org_id):
        return True
    return any(
        kind.full_id in one.reads() and one.handings(record__root=row.root_id).exists()
        for one in _grants(user)
    )


def waiting_for(user: Actor, kind: Kind, org: str | None = None) -> Iterator[tuple[str, Q]]:
    """(role, the records of this kind) on which the user may take steps in that role by a handing, or as their own."""
    yield from own.waiting_for(user, kind, org)
    for one in _grants(user, org):
        if one.may("read", kind) and (part := _acted_on(one, kind)) != NOBODY:
            yield one.role, part


def _grants(user: Actor, org: str | None = None) -> Iterator[Grant]:
    """Through which roles the user has what was handed to their orgs, or to this one and those before it."""
    hands = [kind for kind in rules().kinds.values() if kind.hands_to]
    if isinstance(user, System) or not hands:
        return
    only = None if org is None else succession.lineage(org)
    held: dict[str, set[str]] = {}
    for role, orgs in permissions.reaches(user):
        if orgs is not None:
            held.setdefault(role, set()).update(orgs if only is None else orgs & only)
    for kind in hands:
        for field, spec in kind.hands_to.items():
            for role in spec.roles:
                if orgs := held.get(role):
                    yield Grant(kind, field, role, frozenset(orgs))


def _acted_on(grant: Grant, kind: Kind) -> Q:
    """The records of a kind on which the grant's orgs take steps: their own, and the case above where they lead."""
    if not _is_family(grant.kind, kind):
        return NOBODY
    if _has_owner(kind):
        return _owned(grant, kind)
    leading = grant.handings(is_current=True, leads=True).values("record__root")
    return NOT_VOIDED & Q(kind=kind.full_id, root__in=leading)


def _added_to(grant: Grant, child: Kind) -> Q:
    """The records below which the grant's orgs may record such a child."""
    above = rules().kind(child.parent or "")
    if _has_owner(above) or child.belongs_to is None:
        return _acted_on(grant, above)
    if not _is_family(grant.kind, above):
        return NOBODY
    current = grant.handings(is_current=True).values("record__root")
    return NOT_VOIDED & Q(kind=above.full_id, root__in=current)


def _owned(grant: Grant, kind: Kind) -> Q:
    """The records of a kind that are the grant's orgs' own as long as they have the case."""
    if not _is_family(grant.kind, kind) or (kind.hands_to and kind.full_id != grant.kind.full_id):
        return NOBODY
    base = NOT_VOIDED & Q(kind=kind.full_id)
    current = grant.handings(is_current=True)
    if kind.hands_to:
        return base & Q(pk__in=current.values("record"))
    if kind.belongs_to:
        mine = {f"data__{kind.belongs_to}__in": sorted(grant.orgs)}
        return base & Q(**mine, root__in=current.values("record__root"))
    if kind.parent is None:
        return NOBODY
    return base & Q(parent__in=Record.objects.filter(_owned(grant, rules().kind(kind.parent))).values("pk"))


def _has_owner(kind: Kind) -> bool:
    """Whether records of the kind, or those above them, say whose they are; else they belong to the case."""
    if kind.hands_to or kind.belongs_to:
        return True
    return kind.parent is not None and _has_owner(rules().kind(kind.parent))


def _is_family(one: Kind, other: Kind) -> bool:
    return rules().root_of(one.full_id) is rules().root_of(other.full_id)


def _family(kind: Kind) -> Iterable[Kind]:
    return [one for one in rules().kinds.values() if _is_family(one, kind)]


def _is_among(row: Record, which: Q) -> bool:
    return which != NOBODY and Record.objects.filter(which, pk=row.pk).exists()


def _is_over(row: Record) -> bool:
    states = rules().kind(row.kind).states
    return row.state in states and states[row.state].type in OVER
