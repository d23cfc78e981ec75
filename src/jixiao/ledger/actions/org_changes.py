"""One org becomes another: renamed, merged, split, from a day on.

The old org ends the day before and keeps its records, its periods and its chain. Its packs, the periods still running and
its people go on to the successors, who see what it left (`jixiao.ledger.succession`). Nothing is moved and nothing deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import arrangements, clock, memberships, permissions
from jixiao.ledger.actions import moved, office_acts, opening, orgs
from jixiao.ledger.models import Draft, Membership, NumberSequence, Org, OrgChange, PackBinding, Period


@dataclass(frozen=True, slots=True)
class NewOrg:
    """An org that is yet to be."""

    id: str
    title: str
    short_title: str = ""


@transaction.atomic
def rename(*, by: permissions.Actor, org: Org | str, into: NewOrg, on: date, reason: str) -> Org:
    """The org under a new name, a new row; numbers run on. Raises NotFound, NotAllowed, FieldErrors."""
    before = _ending(by, [org], on, reason)
    after = _begun(into, before[0], on)
    _hand_on(by, before, [after], on, "rename", reason, {})
    for sequence in NumberSequence.objects.filter(org=before[0]):
        NumberSequence.objects.create(org=after, kind=sequence.kind, year=sequence.year, last=sequence.last)
    return after


@transaction.atomic
def merge(
    *, by: permissions.Actor, orgs: Sequence[Org | str], into: NewOrg | Org | str, on: date, reason: str
) -> Org:
    """Several orgs become one, new or among those there are. Raises NotFound, NotAllowed, FieldErrors."""
    if not isinstance(into, NewOrg):
        after = opening.open_org(into, by)
        permissions.require(by, "manage", org=after.pk)
        if not after.existed_on(on):
            raise FieldErrors({"into": f"{after.title}在 {on} 不存在；请选取当时存续的单位"})
        orgs = [one for one in orgs if _id(one) != after.pk]
    elif len({_id(one) for one in orgs}) < 2:
        raise FieldErrors({"orgs": "合并成新单位至少要有两个单位；只有一个的请用更名"})
    before = _ending(by, orgs, on, reason)
    if isinstance(into, NewOrg):
        after = _begun(into, before[0], on)
    _hand_on(by, before, [after], on, "merge", reason, {}, is_new=isinstance(into, NewOrg))
    return after


@transaction.atomic
def split(
    *,
    by: permissions.Actor,
    org: Org | str,
    into: Sequence[NewOrg],
    on: date,
    reason: str,
    people: Mapping[str, str] | None = None,
) -> list[Org]:
    """One org becomes several. `people` says by username who goes to which of them; managers go to all, others to the
    first. Raises NotFound, NotAllowed, FieldErrors.
    """
    if len({one.id for one in into}) < 2:
        raise FieldErrors({"into": "分设至少要有两个新单位，编号各不相同"})
    if wrong := set((people or {}).values()) - {one.id for one in into}:
        raise FieldErrors({"people": f"没有分设出单位“{'、'.join(sorted(wrong))}”；请从新单位中选"})
    before = _ending(by, [org], on, reason)
    after = [_begun(one, before[0], on) for one in into]
    _hand_on(by, before, after, on, "split", reason, people or {})
    return after


def _id(org: Org | str) -> str:
    return org.pk if isinstance(org, Org) else str(org)


def _ending(by: permissions.Actor, given: Iterable[Org | str], on: date, reason: str) -> list[Org]:
    """The orgs that end, locked. Raises FieldErrors for one that is not there to end on the day."""
    opening.check_note(reason, "单位变更")
    wanted = list(dict.fromkeys(_id(one) for one in given))
    if not wanted:
        raise FieldErrors({"orgs": "请选取要并入的单位"})
    found = []
    for name in wanted:
        place = opening.open_org(name, by)
        permissions.require(by, "manage", org=place.pk)
        row = Org.objects.select_for_update().get(pk=place.pk)
        if row.valid_to:
            raise BadInput(f"{row.title}已到 {row.valid_to} 为止，不能再变更；请对它的后继单位办理")
        if on <= row.valid_from:
            raise FieldErrors({"on": f"变更日期应晚于{row.title}的成立日期 {row.valid_from}"})
        found.append(row)
    return found


def _begun(new: NewOrg, like: Org, on: date) -> Org:
    """The new org's row, in the place of the old one. Raises FieldErrors."""
    if Org.objects.filter(pk=new.id).exists():
        raise FieldErrors({"id": f"单位编号“{new.id}”已经有了；请换一个"})
    if Org.objects.filter(title=new.title.strip(), valid_to__isnull=True).exists():
        raise FieldErrors({"title": f"已有名为“{new.title.strip()}”的单位；请核对名称"})
    return orgs.create(
        by=permissions.SYSTEM, id=new.id, title=new.title, short_title=new.short_title, valid_from=on,
        region_code=like.region_code, parent=like.parent, is_example=like.is_example, notice=like.notice,
    )  # fmt: skip


def _hand_on(
    by: permissions.Actor,
    before: Sequence[Org],
    after: Sequence[Org],
    on: date,
    how: str,
    reason: str,
    people: Mapping[str, str],
    *,
    is_new: bool = True,
) -> None:
    """Move what goes on, and write down what moved so that it can be taken back."""
    gone: dict[str, list[Any]] = {
        "new": [one.pk for one in after if is_new],
        "begun": [],
        "ended": [],
        "packs": [],
        "periods": [],
    }
    for old in before:
        with arrangements.changing([old.pk, *(one.pk for one in after)], by=by):
            old.valid_to = on - timedelta(days=1)
            old.save(update_fields=["valid_to"])
            for one in after:
                OrgChange.objects.create(predecessor=old, successor=one, on=on, kind=how)
                gone["packs"] += _packs(old, one, on)
                gone["periods"] += _periods(old, one, on)
        _people(old, after, on, people, gone, by)
        if len(after) == 1 and on <= clock.today():
            Draft.objects.filter(org=old, record__isnull=True).update(org=after[0])
    facts = {"how": how, "on": on.isoformat(), "moved": gone}
    told = {"before": [one.pk for one in before], "after": [one.pk for one in after]}
    for place in (*before, *after):
        office_acts.keep(by=by, org=place.pk, act="became", facts={**facts, **told}, reason=reason.strip())


def _packs(old: Org, new: Org, on: date) -> list[list[str]]:
    made = []
    for bound in PackBinding.objects.filter(org=old).order_by("id"):
        _, is_new = PackBinding.objects.get_or_create(
            org=new, pack=bound.pack, defaults={"from_on": max(on, bound.from_on)}
        )
        made += [[new.pk, bound.pack]] if is_new else []
    return made


def _periods(old: Org, new: Org, on: date) -> list[list[str]]:
    """What is still running or yet to come; earlier years stay with the old org."""
    made = []
    for one in Period.objects.filter(org=old, to_on__gte=on):
        _, is_new = Period.objects.get_or_create(
            org=new, basis=one.basis, label=one.label,
            defaults={"year": one.year, "from_on": one.from_on, "to_on": one.to_on},
        )  # fmt: skip
        made += [[new.pk, one.basis, one.label]] if is_new else []
    return made


def _people(
    old: Org,
    after: Sequence[Org],
    on: date,
    people: Mapping[str, str],
    gone: dict[str, list[Any]],
    by: permissions.Actor,
) -> None:
    """Roles end in the old org and begin in the new ones."""
    by_id = {one.pk: one for one in after}
    held = Membership.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), org=old)
    for one in held.select_related("user", "subject"):
        gone["ended"].append(moved.told(one))
        named = by_id.get(people.get(one.user.username, ""))
        homes = [named] if named else list(after) if _manages(one) else [after[0]]
        for home in homes:
            first = max(on, one.from_on)
            if not Membership.objects.filter(user=one.user, org=home, role=one.role, from_on=first).exists():
                begun = memberships.give(
                    by=by, user=one.user, org=home, role=one.role, from_on=first, to_on=one.to_on,
                    subject=one.subject,
                )  # fmt: skip
                gone["begun"].append(moved.told(begun))
        if one.from_on >= on:
            memberships.remove(one, by=by)  # it would have begun in an org that is no more
        else:
            memberships.end(one, on - timedelta(days=1), by=by)


def _manages(one: Membership) -> bool:
    role = permissions.rules().roles.get(one.role)
    return role is not None and "manage" in role.may
