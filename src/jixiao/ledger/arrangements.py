"""What the chain knows of the orgs themselves: name, life and place in the tree, packs, reporting periods, what became of them.

All of it decides what a figure counts and who may see it, so it is told like roles are; one chain for all orgs.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from jixiao.ledger import told
from jixiao.ledger.models import Event, Org, OrgChange, PackBinding, Period
from jixiao.ledger.permissions import Actor

CHAIN = "@orgs"  # no org can be called so
NAMESPACE = uuid.UUID("5f2d7f4e-6f0f-5c37-9a55-0d5d3f6d2c11")
TITLES = {
    "title": "名称",
    "short_title": "简称",
    "region_code": "行政区划代码",
    "parent": "上级单位",
    "from": "成立日期",
    "to": "撤销日期",
    "is_example": "示例标记",
    "notice": "说明",
}


@contextmanager
def changing(orgs: Iterable[str], *, by: Actor) -> Iterator[None]:
    """Tell what became of these orgs inside; must be inside a transaction."""
    before = {pk: facts_of(pk) for pk in dict.fromkeys(orgs)}
    yield
    for pk, facts in before.items():
        told.tell(name_of(pk), facts, facts_of(pk), where=CHAIN, act=Event.Act.ARRANGED, by=by)


def name_of(org: str) -> str:
    """What the chain calls an org; ids of orgs may be longer than it takes."""
    return str(uuid.uuid5(NAMESPACE, org))


def facts_of(org: str) -> dict[str, Any]:
    """What the chain says of an org; nothing of one that is not there."""
    row = Org.objects.filter(pk=org).first()
    if row is None:
        return {}
    facts: dict[str, Any] = {
        "org": row.pk,
        "title": row.title,
        "short_title": row.short_title,
        "region_code": row.region_code,
        "parent": row.parent_id,
        "from": row.valid_from.isoformat(),
        "to": row.valid_to.isoformat() if row.valid_to else None,
        "is_example": row.is_example,
        "notice": row.notice,
    }
    for one in PackBinding.objects.filter(org=org):
        facts[f"pack/{one.pack}"] = one.from_on.isoformat()
    for period in Period.objects.filter(org=org):
        facts[f"period/{period.basis}/{period.label}"] = _span(period)
    for change in OrgChange.objects.filter(predecessor=org):
        facts[f"became/{change.successor_id}"] = [change.kind, change.on.isoformat()]
    return {name: value for name, value in facts.items() if value not in (None, "")}


def wrong() -> Iterator[told.Wrong]:
    """Orgs that are not what was told of them."""
    there = {name_of(one.pk): (f"单位“{one.title}”", facts_of(one.pk)) for one in Org.objects.order_by("id")}
    yield from told.wrong(CHAIN, there, lambda facts: f"单位“{facts.get('title', '')}”", _titled)


def _span(period: Period) -> list[Any]:
    closed = period.closed_at.isoformat() if period.closed_at else None
    return [
        period.year,
        period.from_on.isoformat(),
        period.to_on.isoformat(),
        closed,
        period.closed_by,
    ]


def _titled(fact: str) -> str:
    sort, _, rest = fact.partition("/")
    match sort:
        case "pack":
            return f"规则包 {rest}"
        case "period":
            return f"期间“{rest.partition('/')[2]}”"
        case "became":
            return "变更"
    return TITLES.get(fact, fact)
