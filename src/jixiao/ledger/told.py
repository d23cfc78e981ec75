"""Rows that are no records and change: what they say is told by events, and the fold of these is held against them.

Each act tells what it found and what it left. So a row changed behind the ledger's back contradicts the chain, also after
the next act on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jixiao.ledger import chain, clock, fold, journal
from jixiao.ledger.models import Event, Record
from jixiao.ledger.permissions import Actor

Facts = Mapping[str, Any]
Wrong = tuple[str, str]  # name in the chain, reason


def tell(name: str, before: Facts, after: Facts, *, where: str, act: str, by: Actor) -> None:
    """Append to the chain `where` what became of the row called `name`; nothing where nothing did."""
    changes = fold.difference(before, after)
    if not changes:
        return
    count = Event.objects.filter(record=name).count()
    holder = Record(id=name, root_id=name, org_id=where, version=count + 1, digest=chain.digest(after))
    journal.append([journal.Act(holder, act, changes, clock.today())], by=by.username, now=clock.now())


def wrong(
    where: str,
    there: Mapping[str, tuple[str, Facts]],
    called: Callable[[Facts], str],
    titles: Callable[[str], str],
) -> Iterator[Wrong]:
    """Rows that are not what was told of them, that nobody told of, or that are gone. `there` has title and facts by
    name; `called` names what is gone by its facts, `titles` names a fact.
    """
    left = dict(there)
    for name, events in _by_name(where):
        first = {fact: new for fact, (_, new) in events[0].changes.items()}
        title, facts = left.pop(name, (called(first), {}))
        if reason := _reason(title, facts, events, titles):
            yield name, reason
    for name, (title, _) in left.items():
        yield name, f"{title}没有任何流转记录，不是在系统里办理的"


def _by_name(where: str) -> Iterator[tuple[str, list[Event]]]:
    found: dict[str, list[Event]] = {}
    for event in Event.objects.filter(chain=where).order_by("record", "version"):
        found.setdefault(event.record, []).append(event)
    yield from found.items()


def _reason(title: str, facts: Facts, events: list[Event], titles: Callable[[str], str]) -> str:
    folded: fold.Facts = {}
    for event in events:
        before = f"在第 {event.sequence} 条流转记录（{event.by}）之前被改动过"
        try:
            folded = fold.apply(folded, event.changes)
        except fold.Conflict as conflict:
            return f"{title}的{titles(conflict.fact)}{before}"
        if chain.digest(folded) != event.digest:
            return f"{title}{before}"
    if folded and not facts:
        return f"{title}有流转记录，却已经没有了"
    names = [one for one in {**folded, **facts} if folded.get(one) != facts.get(one)]
    words = list(dict.fromkeys(titles(one) for one in names))
    return f"{title}的{'、'.join(words)}与流转记录不一致" if words else ""
