"""Who is still owed something by a case: a reply, an opinion form, one for each of its people or units.

A merged case keeps its own people: what is owed "through" a link role is owed to those of every record pointing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from jixiao.catalogue.conditions import Condition, RecordView, holds
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.parties import BesideSpec, OwedSpec


class CaseView(RecordView, Protocol):
    """A record that also knows its id and which records point to it. `value("id")` is the id."""

    def pointing(self, role: str) -> Iterable[CaseView]: ...


def owed(kind: Kind, name: str, case: CaseView) -> tuple[str, ...]:
    """The ids of those to whom `name` is due and not yet given, in the order in which the case names them."""
    spec = kind.owes[name]
    given = {child.value(spec.names) for child in case.relatives(spec.child)}
    return tuple(one for one in dict.fromkeys(_due_to(spec, case)) if one not in given)


def _due_to(spec: OwedSpec, case: CaseView) -> Iterator[str]:
    yield from _named(spec, case)
    for role in spec.through:
        for other in case.pointing(role):
            yield from _named(spec, other)
    if spec.beside is not None:
        yield from _beside(spec.beside, case)


def _beside(spec: BesideSpec, case: CaseView) -> Iterator[str]:
    """Those named by other records under the same parent, this one's own left out."""
    above = case.parent()
    own = case.value(spec.but) if spec.but else None
    for other in above.relatives(spec.kind) if above is not None else ():
        named = other.value(spec.names)
        if named is not None and named != own and holds(_condition(spec.when), other):
            yield str(named)


def _condition(found: object) -> Condition:
    return found  # type: ignore[return-value]


def _named(spec: OwedSpec, case: CaseView) -> Iterator[str]:
    for place in spec.to:
        if (value := case.value(place)) is not None:
            yield str(value)
        else:
            yield from (str(one.value("id")) for one in case.relatives(place))
