"""Where what stands against a step is put right: the field to fill, the child to add, the record to open, the paper to attach.

The reasons themselves are words of the stepper; this says where to go. What the form of the step itself asks for is
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from jixiao.catalogue import lifecycle, owing
from jixiao.catalogue.conditions import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    Each,
    Has,
    Not,
    NotAfter,
    OneOf,
    Parent,
    Present,
    RecordView,
    holds,
)
from jixiao.catalogue.kinds import Kind, StepSpec
from jixiao.catalogue.lifecycle import Acting


class Place(StrEnum):
    FIELD = "field"  # `name` is a field of the record
    LINK = "link"  # a link role of it
    CHILD = "child"  # a child kind, to be added to the record `at`
    RECORD = "record"  # the record `at`
    EVIDENCE = "evidence"
    FORM = "form"  # a form of the record


@dataclass(frozen=True, slots=True)
class Mend:
    """A place to go. `at` is the id of another record than the case itself."""

    place: Place
    name: str = ""
    at: str = ""


def mends(
    kind: Kind, name: str, spec: StepSpec, view: owing.CaseView, acting: Acting | None
) -> tuple[Mend, ...]:
    """The places, each once, in the order in which the step asks."""
    asked = {*spec.needs, *spec.takes}
    found = [one for one in _all(kind, name, spec, view, acting) if one.name not in asked]
    return tuple(dict.fromkeys(found))


def _all(
    kind: Kind, name: str, spec: StepSpec, view: owing.CaseView, acting: Acting | None
) -> Iterator[Mend]:
    yield from _unmet(spec.guard, kind, view)
    for owed in spec.settles:
        if owing.owed(kind, owed, view):
            yield Mend(Place.CHILD, kind.owes[owed].child)
    if acting is not None and spec.anew is not None and not lifecycle.is_anew(name, spec, view, acting):
        above = view.parent() if spec.anew.beside else None
        yield Mend(Place.CHILD, spec.anew.child, _id(above) if above is not None else "")
    if acting is not None and spec.with_evidence and not acting.papers:
        yield Mend(Place.EVIDENCE)
    yield from (Mend(Place.FORM, form) for form in spec.sound)


def _unmet(condition: Condition, kind: Kind, view: RecordView) -> Iterator[Mend]:
    """Where the parts of a condition that do not hold are looked after."""
    if holds(condition, view):
        return
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _unmet(part, kind, view)
        case Has(relative, _):
            if "/" in relative:
                yield from (Mend(Place.RECORD, at=_id(one)) for one in view.relatives(relative))
                yield Mend(Place.CHILD, relative)
            else:
                yield Mend(Place.LINK, relative)
        case Each(relative, inner):
            left = (one for one in view.relatives(relative) if not holds(inner, one))
            yield from (Mend(Place.RECORD, at=_id(one)) for one in left)
        case Parent(_):
            if (above := view.parent()) is not None:
                yield Mend(Place.RECORD, at=_id(above))
        case _:
            yield from (Mend(Place.FIELD, column) for column in _columns(condition) if column in kind.fields)


def _columns(condition: Condition) -> Iterable[str]:
    match condition:
        case Not(part):
            return _columns(part)
        case NotAfter(column, other):
            return (column, other)
        case OneOf(column=column) | Present(column) | Between(column=column):
            return (column,)
    return ()


def _id(view: RecordView) -> str:
    return str(view.value("id"))
