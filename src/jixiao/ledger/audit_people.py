"""Part of the audit: is every role and every account what the chain of people says of it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.ledger import memberships, told
from jixiao.ledger.models import Membership, User

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


def wrong_people() -> Iterator[told.Wrong]:
    """Roles and accounts that are not what was told of them."""
    yield from told.wrong(memberships.CHAIN, dict(_there()), _gone, lambda fact: TITLES.get(fact, fact))


def _there() -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    for user in User.objects.order_by("pk"):
        yield memberships.account_name(user), (f"账号“{user.username}”", memberships.account_facts(user))
    for one in Membership.objects.select_related("user").order_by("pk"):
        facts = memberships.membership_facts(one)
        yield memberships.membership_name(one), (_role_of(facts), facts)


def _gone(facts: told.Facts) -> str:
    return _role_of(facts) if "role" in facts else f"账号“{facts.get('username', '')}”"


def _role_of(facts: told.Facts) -> str:
    return f"{facts.get('user', '')}在 {facts.get('org', '')} 的角色 {facts.get('role', '')}"
