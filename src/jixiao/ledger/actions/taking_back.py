"""Take back a change of orgs or a hand-over, with a reason, while nothing else was built on it.

What was moved is told by the act itself and goes back exactly; the act stays in the chain, and so does that it was taken
back. Whoever finds it too late does the opposite by a new act.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from jixiao.errors import BadInput, NotFound
from jixiao.ledger import arrangements, permissions, succession
from jixiao.ledger.actions import moved, office_acts, opening
from jixiao.ledger.models import (
    Draft,
    Event,
    Handing,
    Import,
    Membership,
    NumberSequence,
    OfficeAct,
    Org,
    OrgChange,
    PackBinding,
    Paste,
    Period,
    User,
)

GONE = "没有找到这次变更或交接，或者您无权办理"
UNTOLD = "登记得早，没有留下逐项清单，不能撤销；请反过来再办一次"
RETIRED = "（变更已撤销）"


@transaction.atomic
def undo_change(*, by: permissions.Actor, change: str, reason: str) -> list[Org]:
    """The orgs that were before live on; those that were made end, roles go back. Raises NotFound, NotAllowed, BadInput, FieldErrors."""
    act, before, after = _change(by, change)
    reason = opening.check_note(reason, "撤销单位变更")
    if against := list(against_change(act)):
        raise BadInput(f"不能撤销：{'；'.join(against)}")
    gone, on = act.facts["moved"], date.fromisoformat(act.facts["on"])
    moved.take_back(gone["begun"], gone["ended"], by=by)
    with arrangements.changing([one.pk for one in (*before, *after)], by=by):
        OrgChange.objects.filter(predecessor__in=before, successor__in=after, on=on).delete()
        for org, pack in gone["packs"]:
            PackBinding.objects.filter(org=org, pack=pack).delete()
        for org, basis, label in gone["periods"]:
            Period.objects.filter(org=org, basis=basis, label=label).delete()
        for one in before:
            one.valid_to = None
            one.save(update_fields=["valid_to"])
        for one in after:
            if one.pk in gone["new"]:
                Draft.objects.filter(org=one, record__isnull=True).update(org=before[0])
                NumberSequence.objects.filter(org=one).delete()
                one.title, one.valid_to = one.title[: 120 - len(RETIRED)] + RETIRED, one.valid_from
                one.save(update_fields=["title", "valid_to"])
    told = {name: act.facts[name] for name in ("how", "on", "before", "after")}
    for one in (*before, *after):
        office_acts.keep(by=by, org=one.pk, act="unmade", facts={**told, "undoes": act.pk}, reason=reason)
    return before


@transaction.atomic
def undo_handover(*, by: permissions.Actor, handover: str, reason: str) -> OfficeAct:
    """Roles, drafts and what was unfinished go back to the giver. Raises NotFound, NotAllowed, BadInput, FieldErrors."""
    act = OfficeAct.objects.filter(pk=handover, act="handed").select_related("org").first()
    if act is None:
        raise NotFound(GONE)
    permissions.require(by, "manage", org=opening.open_org(act.org_id, by).pk)
    reason = opening.check_note(reason, "撤销交接")
    if against := list(against_handover(act)):
        raise BadInput(f"不能撤销：{'；'.join(against)}")
    gone, facts = act.facts["moved"], act.facts
    moved.take_back(gone["begun"], gone["ended"], by=by)
    giver, taker = facts["giver"], facts["taker"]
    back = {"user": User.objects.get(username=giver)}
    Draft.objects.filter(pk__in=gone["drafts"], user__username=taker).update(**back)
    Paste.objects.filter(pk__in=gone["pastes"], user__username=taker, is_done=False).update(**back)
    Import.objects.filter(pk__in=gone["imports"], by=taker).exclude(state__in=("done", "cancelled")).update(
        by=giver
    )
    told = {name: facts[name] for name in ("giver", "giver_name", "taker", "taker_name", "on")}
    return office_acts.keep(
        by=by, org=act.org_id, act="unmade", facts={**told, "how": "handed", "undoes": act.pk}, reason=reason
    )


def is_undone(act: OfficeAct) -> bool:
    """Whether the act was taken back."""
    same = OfficeAct.objects.filter(act="unmade")
    if act.act == "handed":
        return same.filter(facts__undoes=act.pk).exists()
    names = ("how", "on", "before", "after")
    later = same.filter(org=act.org_id, done_at__gte=act.done_at)
    return any(all(one.facts.get(name) == act.facts[name] for name in names) for one in later)


def against_change(act: OfficeAct) -> Iterator[str]:
    """What stands against taking back a change of orgs, in words."""
    if is_undone(act):
        yield "这次变更已经撤销过了"
        return
    if "moved" not in act.facts:
        yield f"这次变更{UNTOLD}"
        return
    gone, on = act.facts["moved"], date.fromisoformat(act.facts["on"])
    after = Org.objects.filter(pk__in=act.facts["after"])
    for one in after:
        yield from _built_on(one, act, is_new=one.pk in gone["new"])
    if people := sorted(set(moved.changed(gone["begun"], gone["ended"], on - timedelta(days=1)))):
        yield f"变更以后，{'、'.join(people)}的角色又改过"


def _built_on(org: Org, act: OfficeAct, *, is_new: bool) -> Iterator[str]:
    gone = act.facts["moved"]
    if org.became.exists():
        yield f"{org.title}后来又变更过，请先撤销后一次"
    own = OfficeAct.objects.filter(act__in=("became", "unmade")).values("pk")
    later = Event.objects.filter(chain=org.pk, entered_at__gte=act.done_at).exclude(record__in=own)
    if not is_new:
        if count := later.filter(by__in=moved.users(gone["begun"])).count():
            yield f"并入的人员在{org.title}名下已办了 {count} 件事"
        return
    if count := later.count():
        yield f"{org.title}名下已有 {count} 条流转记录"
    if Handing.objects.filter(org=org).exists():
        yield f"已有事项交{org.title}办理"
    if Org.objects.filter(parent=org).exists():
        yield f"{org.title}下面已设了单位"
    if Import.objects.filter(org=org).exists() or Paste.objects.filter(org=org).exists():
        yield f"{org.title}名下有导入或粘贴的内容"
    begun = [one for one in gone["begun"] if one["org"] == org.pk]
    if Membership.objects.filter(org=org).count() > len(begun):
        yield f"{org.title}后来又给人加了角色"


def against_handover(act: OfficeAct) -> Iterator[str]:
    """What stands against taking back a hand-over, in words."""
    facts = act.facts
    if is_undone(act):
        yield "这次交接已经撤销过了"
        return
    if "moved" not in facts:
        yield f"这次交接{UNTOLD}"
        return
    gone, people = facts["moved"], {facts["giver"], facts["taker"]}
    later = OfficeAct.objects.filter(org=act.org_id, act="handed", done_at__gt=act.done_at)
    if any({one.facts["giver"], one.facts["taker"]} & people and not is_undone(one) for one in later):
        yield "其后又有涉及这两人的交接，请先撤销后一次"
    chains = succession.lineage(act.org_id)
    done = Event.objects.filter(chain__in=chains, by=facts["taker"], entered_at__gt=act.done_at).count()
    if done and gone["begun"]:
        yield f"{facts['taker_name']}接手以后已办了 {done} 件事；请反过来再办一次交接"
    last = date.fromisoformat(facts["on"]) - timedelta(days=1)
    if changed := sorted(set(moved.changed(gone["begun"], gone["ended"], last))):
        yield f"交接以后，{'、'.join(changed)}的角色又改过"


def _change(by: permissions.Actor, change: str) -> tuple[OfficeAct, list[Org], list[Org]]:
    act = OfficeAct.objects.filter(pk=change, act="became").first()
    if act is None:
        raise NotFound(GONE)
    places: list[list[Any]] = []
    for name in ("before", "after"):
        rows = {one.pk: one for one in Org.objects.select_for_update().filter(pk__in=act.facts[name])}
        for pk in rows:
            permissions.require(by, "manage", org=opening.open_org(pk, by).pk)
        places.append([rows[pk] for pk in act.facts[name]])
    return act, places[0], places[1]
