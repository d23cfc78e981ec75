"""What a person may do in a role that speaks for a subject (a member, a party organisation): its own records, no others.

A kind says whose its records are (`own`), a membership for which subject it speaks. Whoever may read a whole
register needs none of this. What is for the subject to say others enter from paper: they may back-fill, and the event
names for whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from jixiao.catalogue.kinds import FieldType, Kind, NeutralState, StepSpec
from jixiao.errors import FieldErrors, NotAllowed
from jixiao.ledger import clock, fold, permissions, succession
from jixiao.ledger.models import Link, Membership, Record
from jixiao.ledger.names import labels
from jixiao.ledger.one_reading import once
from jixiao.ledger.permissions import Actor, System
from jixiao.ledger.rules import catalogue as rules

ITSELF, ABOVE = "id", "parent"
OVER = frozenset({NeutralState.DONE, NeutralState.NOT_DONE, NeutralState.PASSED_ON, NeutralState.WITHDRAWN})
NOBODY = Q(pk__in=[])
NOT_VOIDED = Q(voided=False, root__voided=False) & (Q(parent__isnull=True) | Q(parent__voided=False))


@dataclass(frozen=True, slots=True)
class Voice:
    """A role the person holds for a subject, over the records of these orgs."""

    role: str
    subject: str
    label: str
    register: str
    orgs: frozenset[str]

    def may(self, act: str, kind: Kind) -> bool:
        return permissions.allows(rules().role(self.role), act, kind.full_id, rules())

    def own(self, kind: Kind) -> Q:
        """The records of a kind that name the subject."""
        ways = [self._by(kind, way) for way in (kind.own.by if kind.own else ())]
        found = reduce(or_, [way for way in ways if way is not None], NOBODY)
        return found if found == NOBODY else NOT_VOIDED & Q(kind=kind.full_id, org__in=self.orgs) & found

    def reads(self, kind: Kind) -> Q:
        """What of a kind the subject reads: its own, the case above its own, and what says of nobody whose it is."""
        if not self.may("read", kind) or not rules().has_owners(kind.full_id):
            return NOBODY
        found = self.own(kind)
        if not (kind.own and kind.own.by) or kind.parent is None:
            found |= NOT_VOIDED & Q(kind=kind.full_id, root__in=self._roots(kind))
        shown = kind.own.shown if kind.own else ()
        return found & Q(state__in=shown) if shown else found

    def _by(self, kind: Kind, way: str) -> Q | None:
        if way == ITSELF:
            return Q(pk=self.subject) if kind.full_id == self.register else None
        if way == ABOVE:
            above = self.own(rules().kind(kind.parent or ""))
            return Q(parent__in=Record.objects.filter(above).values("pk")) if above != NOBODY else None
        if way in kind.links:
            role = f"{kind.full_id}.{way}"
            named = Link.objects.filter(role=role, target=self.subject)
            return Q(pk__in=named.values("source")) if kind.links[way].to == self.register else None
        return Q(**{f"data__{way}": self.subject}) if kind.fields[way].to == self.register else None

    def _roots(self, kind: Kind) -> Any:
        """The roots of the family below which something is the subject's."""
        catalogue = rules()
        root = catalogue.root_of(kind.full_id)
        family = [one for one in catalogue.kinds.values() if catalogue.root_of(one.full_id) is root]
        mine = reduce(or_, [self.own(one) for one in family], NOBODY)
        return Record.objects.filter(mine).values("root")


@once
def voices(user: Actor, org: str | None = None) -> list[Voice]:
    """For whom the user speaks today, in the org and those before it or anywhere."""
    bound = {role.full_id: role.speaks_for for role in rules().roles.values() if role.speaks_for}
    if isinstance(user, System) or not bound:
        return []
    today = clock.today()
    held = Membership.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=today),
        user_id=user.pk, role__in=bound, from_on__lte=today, subject__voided=False,
    ).select_related("subject")  # fmt: skip
    found = []
    for one in held.order_by("id"):
        orgs = succession.lineage(one.org_id)
        if one.subject is not None and (org is None or one.org_id in succession.lineage(org)):
            label = one.subject.label
            found.append(Voice(one.role, one.subject.pk, label, bound[one.role] or "", frozenset(orgs)))
    return found


def readable(user: Actor, org: str | None = None) -> Q:
    """The records the user reads because they are those of a subject, or stand with them."""
    kinds = _with_owners()
    parts = [voice.reads(kind) for voice in voices(user, org) for kind in kinds]
    return reduce(or_, [part for part in parts if part != NOBODY], NOBODY)


def waiting_for(user: Actor, kind: Kind, org: str | None = None) -> Iterator[tuple[str, Q]]:
    """(role, the records of this kind) on which the user may take steps for a subject."""
    for voice in voices(user, org) if kind.own else ():
        if voice.may("read", kind) and (mine := voice.own(kind)) != NOBODY:
            yield voice.role, mine


def kinds(user: Actor, among: Iterable[Kind], org: str) -> list[Kind]:
    """Those of the kinds of which the user reads the subject's own records."""
    heard = voices(user, org)
    return [
        kind
        for kind in among
        if rules().has_owners(kind.full_id) and any(voice.may("read", kind) for voice in heard)
    ]


def roles_on(user: Actor, row: Record) -> frozenset[str]:
    """The roles in which the user speaks for somebody whom this record names."""
    kind = rules().kind(row.kind)
    heard = voices(user) if kind.own else ()
    return frozenset(voice.role for voice in heard if _is_among(row, voice.own(kind)))


def free(held: frozenset[str], kind: Kind) -> frozenset[str]:
    """Those of the roles held that do not depend on whose a record of the kind is."""
    if not rules().has_owners(kind.full_id):
        return held
    return frozenset(role for role in held if not rules().role(role).speaks_for)


def can_edit(user: Actor, row: Record) -> bool:
    """Whether the user may correct the record as that of the subject."""
    kind = rules().kind(row.kind)
    if kind.own is None or not _is_open(kind, row.state, row.parent):
        return False
    return any(voice.may("edit", kind) and _is_among(row, voice.own(kind)) for voice in voices(user))


def can_add(user: Actor, kind: Kind, above: Record) -> bool:
    """Whether the user may record something of this kind below a case of the subject's own."""
    if kind.own is None or ABOVE not in kind.own.by or not _is_open(kind, kind.initial, above):
        return False
    case = rules().kind(above.kind)
    return any(voice.may("create", kind) and _is_among(above, voice.own(case)) for voice in voices(user))


def closed_to(user: Actor, kind: Kind, org: str) -> frozenset[str]:
    """The fields that who has the right over a record only as the subject's own does not write."""
    if kind.own is None or not kind.own.fills or permissions.can(user, "edit", org=org, kind=kind.full_id):
        return frozenset()
    return frozenset(kind.fields) - set(kind.own.fills)


def can_create(user: Actor, kind: Kind, org: str) -> bool:
    """Whether the user may record something of this kind, freely or as a subject's own."""
    if permissions.can(user, "create", org=org, kind=kind.full_id):
        return True
    return kind.own is not None and any(voice.may("create", kind) for voice in voices(user, org))


def require_create(user: Actor, kind: Kind, org: str) -> None:
    """Raises NotAllowed, naming the roles that may do it, or what the account still lacks."""
    if can_create(user, kind, org):
        return
    catalogue = rules()
    for role in permissions.roles_in(user, org):
        spec = catalogue.role(role)
        if spec.speaks_for and permissions.allows(spec, "create", kind.full_id, catalogue):
            subject = catalogue.kind(spec.speaks_for).title
            raise NotAllowed(f"您的账号还没有设置对应{subject}中的哪一位；请管理员在“人员”中设置后再办")
    permissions.require(user, "create", org=org, kind=kind.full_id)


def choices(user: Actor, kind: Kind, org: str) -> dict[str, list[tuple[str, str]]]:
    """What the fields that say whose a record is may hold: by field the subjects, for who creates for a subject only."""
    if kind.own is None or permissions.can(user, "create", org=org, kind=kind.full_id):
        return {}
    found: dict[str, list[tuple[str, str]]] = {}
    for voice in voices(user, org):
        for name in _fields_of(kind, voice):
            found.setdefault(name, []).append((voice.subject, voice.label))
    return found


def signed(user: Actor, kind: Kind, org: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new record of a subject's own, with its name. Raises FieldErrors where it names another."""
    offered = choices(user, kind, org)
    found = dict(data)
    if not offered or any(found.get(name) in dict(there) for name, there in offered.items()):
        return found
    name, there = next(iter(offered.items()))
    if found.get(name) is not None:
        title, labels = kind.fields[name].title, "、".join(label for _, label in there)
        raise FieldErrors({name: f"{title}：您只能登记自己的，应为{labels}"})
    return found | {name: there[0][0]}


def signed_by_link(user: Actor, kind: Kind, org: str) -> tuple[str, str] | None:
    """(link role, subject) that says whose a new record is, where no field does and the user creates for a subject only."""
    if kind.own is None or permissions.can(user, "create", org=org, kind=kind.full_id):
        return None
    heard = voices(user, org)
    if any(True for voice in heard for _ in _fields_of(kind, voice)):
        return None
    ways = [way for way in kind.own.by if way in kind.links]
    found = ((way, voice.subject) for voice in heard for way in ways if kind.links[way].to == voice.register)
    return next(found, None)


def check_owner(user: Actor, kind: Kind, row: Record, changes: Iterable[str]) -> None:
    """Raises FieldErrors where someone who corrects a subject's own record would give it to another."""
    if kind.own is None or permissions.can(user, "edit", org=row.org_id, kind=kind.full_id):
        return
    if wrong := [name for name in changes if name in kind.own.by]:
        raise FieldErrors({name: f"{kind.fields[name].title}由经办人更正，请与其联系" for name in wrong})


def refusal(user: Actor, kind: Kind, step: StepSpec, row: Record) -> str:
    """Why the user may not take a step that is for the record's own subject; empty where nothing is against it."""
    if not step.own or isinstance(user, System):
        return ""
    if roles_on(user, row) & set(step.roles) or permissions.can(user, "backfill", org=row.org_id):
        return ""
    return f"“{step.title}”由{_names(kind, row) or '本人'}自己办理；收到纸质件的，由有补录权限的人员代为录入"


def entered_for(user: Actor, kind: Kind, row: Record, names: Iterable[str]) -> dict[str, list[Any]]:
    """The remark an event bears that says what is for the record's subject to say, entered by another from paper.

    `names` are the fields about to be written. Raises NotAllowed for who may not enter papers of others.
    """
    told = set(names)
    asked = [step for step in kind.steps.values() if step.own and set(step.needs) & told]
    if isinstance(user, System):
        return {}
    if not asked:
        return _word_for(user, kind, row, told)
    if row.version and roles_on(user, row) & {role for step in asked for role in step.roles}:
        return {}
    return remark(user, kind, asked[0], row)


def remark(user: Actor, kind: Kind, step: StepSpec, row: Record) -> dict[str, list[Any]]:
    """For whom a step of the subject's own is entered; empty where the subject takes it itself. Raises NotAllowed."""
    if not step.own or isinstance(user, System) or roles_on(user, row) & set(step.roles):
        return {}
    if why := refusal(user, kind, step, row):
        raise NotAllowed(why)
    return _remark(kind, row)


def _remark(kind: Kind, row: Record) -> dict[str, list[Any]]:
    named = next(iter(_named(kind, row)), None)
    return {fold.FOR: [None, named]} if named else {}


def _word_for(user: Actor, kind: Kind, row: Record, told: set[str]) -> dict[str, list[Any]]:
    """The remark where fields that no step asks for are the subject's own word. Raises NotAllowed."""
    words = [name for name in (kind.own.fills if kind.own else ()) if name in told]
    if not words or _writes_own(user, kind, row):
        return {}
    if not permissions.can(user, "backfill", org=row.org_id):
        titles = "、".join(kind.fields[name].title for name in words)
        whose = _names(kind, row) or "本人"
        raise NotAllowed(f"{titles}由{whose}自己填写；收到纸质件的，由有补录权限的人员代为录入")
    return _remark(kind, row)


def _writes_own(user: Actor, kind: Kind, row: Record) -> bool:
    """Whether the record, or the new one, is that of the subject for whom the user speaks."""
    if row.version:
        return bool(roles_on(user, row))
    return row.parent is not None and can_add(user, kind, row.parent)


def _named(kind: Kind, row: Record) -> Iterator[str]:
    """The ids of those whom the record names as its own."""
    for way in kind.own.by if kind.own else ():
        if way in kind.links:
            role = f"{kind.full_id}.{way}"
            linked = Link.objects.filter(role=role, source=row.pk).order_by("linked_at", "id")
            yield from linked.values_list("target_id", flat=True)
        elif way == ABOVE and row.parent is not None:
            yield from _named(rules().kind(row.parent.kind), row.parent)
        elif way != ITSELF and row.data.get(way):
            yield str(row.data[way])


def _names(kind: Kind, row: Record) -> str:
    ids = list(_named(kind, row))
    called = labels(ids)
    return "、".join(called.get(one, one) for one in ids)


def _fields_of(kind: Kind, voice: Voice) -> Iterator[str]:
    for way in kind.own.by if kind.own else ():
        spec = kind.fields.get(way)
        if spec is not None and spec.type is FieldType.REF and spec.to == voice.register:
            yield way


def _with_owners() -> list[Kind]:
    catalogue = rules()
    return [kind for kind in catalogue.kinds.values() if catalogue.has_owners(kind.full_id)]


def _is_open(kind: Kind, state: str | None, above: Record | None) -> bool:
    """Whether the subject may still write; the case above tells it of a kind without states."""
    states = kind.states
    if not states and above is not None:
        states, state = rules().kind(above.kind).states, above.state
    if kind.own is not None and kind.own.open:
        return state in kind.own.open
    return state not in [name for name, one in states.items() if one.type in OVER]


def _is_among(row: Record, which: Q) -> bool:
    return which != NOBODY and Record.objects.filter(which, pk=row.pk).exists()
