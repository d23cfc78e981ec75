"""Part of the audit: is every role and every account what the chain of people says of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jixiao.ledger import chain, fold, memberships
from jixiao.ledger.models import Event, Membership, User

Wrong = tuple[str, str]  # name in the chain, reason
TITLES = {
    "user": "用户",
    "org": "单位",
    "role": "角色",
    "from": "开始日期",
    "to": "结束日期",
    "subject": "代表对象",
    "username": "用户名",
    "display_name": "姓名",
    "is_active": "启用状态",
    "password": "密码",
}


def wrong_people() -> Iterator[Wrong]:
    """Roles and accounts that are not what was told of them, that nobody told of, or that are gone."""
    there = dict(_there())
    for name, events in _by_name():
        title, facts = there.pop(name, ("", {}))
        if reason := _wrong(title or _title(events), facts, events):
            yield name, reason
    for name, (title, _) in there.items():
        yield name, f"{title}没有任何流转记录，不是在系统里办理的"


def _there() -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    for user in User.objects.order_by("pk"):
        yield memberships.account_name(user), (f"账号“{user.username}”", memberships.account_facts(user))
    for one in Membership.objects.select_related("user").order_by("pk"):
        facts = memberships.membership_facts(one)
        yield memberships.membership_name(one), (_role_of(facts), facts)


def _by_name() -> Iterator[tuple[str, list[Event]]]:
    found: dict[str, list[Event]] = {}
    for event in Event.objects.filter(chain=memberships.CHAIN).order_by("record", "version"):
        found.setdefault(event.record, []).append(event)
    yield from found.items()


def _wrong(title: str, facts: dict[str, Any], events: list[Event]) -> str:
    folded: fold.Facts = {}
    for event in events:
        try:
            folded = fold.apply(folded, event.changes)
        except fold.Conflict as conflict:
            what = TITLES.get(conflict.fact, conflict.fact)
            return f"{title}的{what}在第 {event.sequence} 条流转记录（{event.by}）之前被改动过"
        if chain.digest(folded) != event.digest:
            return f"{title}在第 {event.sequence} 条流转记录（{event.by}）之前被改动过"
    if folded and not facts:
        return f"{title}有流转记录，却已经没有了"
    names = [one for one in TITLES if folded.get(one) != facts.get(one)]
    return f"{title}的{'、'.join(TITLES[one] for one in names)}与流转记录不一致" if names else ""


def _title(events: list[Event]) -> str:
    """What it was, of something that is gone."""
    first = {name: new for name, (_, new) in events[0].changes.items()}
    return _role_of(first) if "role" in first else f"账号“{first.get('username', '')}”"


def _role_of(facts: Mapping[str, Any]) -> str:
    return f"{facts.get('user', '')}在 {facts.get('org', '')} 的角色 {facts.get('role', '')}"
