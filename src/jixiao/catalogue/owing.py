"""Who is still owed something by a case: a reply, an opinion form, one for each of its people or units.

A merged case keeps its own people: what is owed "through" a link role is owed to those of every record pointing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from jixiao.catalogue.conditions import RecordView
from jixiao.catalogue.kinds import Kind, OwedSpec


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


def _named(spec: OwedSpec, case: CaseView) -> Iterator[str]:
    for place in spec.to:
        if (value := case.value(place)) is not None:
            yield str(value)
        else:
            yield from (str(one.value("id")) for one in case.relatives(place))
