"""Which orgs went before which, and who carries their business on.

Old records stay with the old org. Whoever has a role in a successor has it over its predecessors too, from the day of the
change on; a case of an org that is no more goes on with its successors.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jixiao.ledger import clock
from jixiao.ledger.models import Org, OrgChange
from jixiao.ledger.one_reading import once


def predecessors(orgs: Iterable[str]) -> set[str]:
    """All that went before any of these orgs, however far back, without the orgs themselves."""
    return reached(orgs, _came_from(clock.today()))


@once
def _came_from(today: date) -> dict[str, set[str]]:
    """The orgs each org came from at once, by a change that has happened."""
    came_from: dict[str, set[str]] = {}
    changes = OrgChange.objects.filter(on__lte=today)
    for before, after in changes.values_list("predecessor_id", "successor_id"):
        came_from.setdefault(after, set()).add(before)
    return came_from


def lineage(org: Org | str) -> set[str]:
    """The org and all that went before it."""
    pk = org.pk if isinstance(org, Org) else str(org)
    return {pk, *predecessors([pk])}


def is_carried_on(org: Org, day: date) -> bool:
    """True where the org is gone on the day and a successor of it lives."""
    became: dict[str, set[str]] = {}
    for before, after in OrgChange.objects.filter(on__lte=day).values_list("predecessor_id", "successor_id"):
        became.setdefault(before, set()).add(after)
    after = Org.objects.filter(pk__in=reached([org.pk], became))
    return any(one.existed_on(day) for one in after)


def what_became(org: Org) -> str:
    """In words, empty where the org lives on: 2021-03-01 更名为示例乙局."""
    changes = list(org.became.select_related("successor").order_by("on", "successor_id"))
    if not changes:
        return f"{org.valid_to} 撤销" if org.valid_to else ""
    how = {"rename": "更名为", "merge": "并入", "split": "分设为"}[changes[0].kind]
    return f"{changes[0].on} {how}{'、'.join(one.successor.title for one in changes)}"


def reached(start: Iterable[str], ways: dict[str, set[str]]) -> set[str]:
    """All that can be reached, without where one started."""
    begun = set(start)
    found: set[str] = set()
    waiting = list(begun)
    while waiting:
        new = ways.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found - begun
