"""A record is the fold of its events. Pure: events in, facts out, no database, no catalogue.

A fact is a field of the kind, or one of the names below that start with @ (links and evidence carry an id
behind a slash). A change is [old, new]; None is "not there". Events say everything, so that a record can be
rebuilt and its digest checked by someone who has neither the packs nor the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jixiao.ledger.chain import digest

KIND, ORG, ROOT, PARENT = "@kind", "@org", "@root", "@parent"
STATE, PATH, VOIDED, NUMBER = "@state", "@path", "@voided", "@number"
SOURCE, OUTSIDE = "@source", "@outside"  # the system a record came from, its number there
ORIGIN = {SOURCE: "来源系统", OUTSIDE: "外部编号"}
LINK, EVIDENCE = "@link/", "@evidence/"
DUE = "@due/"  # a remark: due days follow from facts and calendar, they are no facts of the record
FOR = "@for"  # a remark: for whom an act was entered from paper by another

REMARKS = (DUE, FOR)

Facts = dict[str, Any]
Changes = Mapping[str, Any]


class Conflict(ValueError):
    """An event does not follow from the one before it; `fact` names where."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        super().__init__(fact)


@dataclass(frozen=True, slots=True)
class Folded:
    """What a record amounts to after its events."""

    facts: Facts
    version: int

    @property
    def data(self) -> Facts:
        return {name: value for name, value in self.facts.items() if not name.startswith("@")}

    @property
    def attached(self) -> Facts:
        return {name: value for name, value in self.facts.items() if name.startswith((LINK, EVIDENCE))}

    @property
    def state(self) -> str | None:
        return self.facts.get(STATE)

    @property
    def path(self) -> list[list[str]]:
        return list(self.facts.get(PATH, []))

    @property
    def voided(self) -> bool:
        return bool(self.facts.get(VOIDED, False))

    @property
    def number(self) -> str:
        return str(self.facts.get(NUMBER, ""))

    @property
    def source_system(self) -> str:
        return str(self.facts.get(SOURCE, ""))

    @property
    def outside_number(self) -> str:
        return str(self.facts.get(OUTSIDE, ""))

    @property
    def digest(self) -> str:
        return digest(self.facts)


def apply(facts: Facts, changes: Changes) -> Facts:
    """Give the facts after one event. Raises Conflict where the event's old value is not what stands."""
    after = dict(facts)
    for name, (old, new) in changes.items():
        if name.startswith(REMARKS):
            continue
        if after.get(name) != old:
            raise Conflict(name)
        if new is None:
            after.pop(name, None)
        else:
            after[name] = new
    return after


def fold(changes_in_order: Iterable[Changes]) -> Folded:
    """Replay the changes of a record's events, first to last."""
    facts: Facts = {}
    version = 0
    for changes in changes_in_order:
        facts = apply(facts, changes)
        version += 1
    return Folded(facts, version)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give the changes that lead from one set of facts to another; a fact that stays is left out."""
    names = [*before, *(name for name in after if name not in before)]
    return {
        name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)
    }


def reverse(changes: Changes) -> dict[str, list[Any]]:
    """Give the compensating changes. A number once given stays with its record, so that numbers keep
    no gaps.
    """
    return {name: [new, old] for name, (old, new) in changes.items() if name not in (NUMBER, FOR)}


def changes_row(changes: Changes) -> bool:
    """True when an editor who has not seen these changes could overwrite them."""
    return any(not name.startswith((LINK, EVIDENCE, *REMARKS)) for name in changes)
