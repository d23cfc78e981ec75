"""A record as conditions see it: its columns, its children, what it is linked to, its parent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.conditions import Scalar
from jixiao.catalogue.fields import column_value, column_values
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.lifecycle import Acting, Standing
from jixiao.ledger import fold
from jixiao.ledger.models import Event, EvidenceUse, Record
from jixiao.ledger.one_reading import is_reading, once
from jixiao.ledger.permissions import Actor, System


class RecordView:
    """Meets `catalogue.conditions.RecordView`. `data` may stand in for what is about to be recorded."""

    def __init__(self, record: Record, catalogue: Catalogue, data: Mapping[str, Any] | None = None) -> None:
        self._record = record
        self._catalogue = catalogue
        self._kind = catalogue.kind(record.kind)
        self._data = record.data if data is None else data
        self._values: dict[str, Scalar | None] = {"id": record.id}
        self._way: Mapping[str, date] | None = None

    def value(self, column: str) -> Scalar | None:
        if column not in self._values:
            self._values[column] = column_value(self._kind, column, self._data, self._path, self._dues)
        return self._values[column]

    def _path(self) -> Mapping[str, date]:
        if self._way is None:
            self._way = dict(standing_of(self._record).path)
        return self._way

    def _dues(self) -> Mapping[str, date]:
        return _due_days(self._record)

    def relatives(self, relative: str) -> Iterable[RecordView]:
        """Children of a kind (its full id has a slash), or the records linked in a role."""
        if "/" in relative:
            found = _children(self._record.id, relative)
        else:
            found = _linked(self._record.id, f"{self._record.kind}.{relative}")
        return [RecordView(one, self._catalogue) for one in found]

    def pointing(self, role: str) -> Iterable[RecordView]:
        """The records of this kind that point to this one in the role."""
        found = _pointing(self._record.id, f"{self._record.kind}.{role}")
        return [RecordView(one, self._catalogue) for one in found]

    def parent(self) -> RecordView | None:
        return RecordView(self._record.parent, self._catalogue) if self._record.parent_id else None


def _children(record: str, kind: str) -> Sequence[Record]:
    """The children of one kind. While a page is read those of all kinds come at once: it asks for most of them."""
    if is_reading():
        return _all_children(record).get(kind, [])
    return list(Record.objects.filter(parent_id=record, kind=kind, voided=False))


@once
def _all_children(record: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for one in Record.objects.filter(parent_id=record, voided=False):
        found.setdefault(one.kind, []).append(one)
    return found


@once
def _linked(record: str, role: str) -> Sequence[Record]:
    return list(Record.objects.filter(links_in__source_id=record, links_in__role=role, voided=False))


@once
def _pointing(record: str, role: str) -> Sequence[Record]:
    return list(Record.objects.filter(links_out__target_id=record, links_out__role=role, voided=False))


def columns_of_row(kind: Kind, data: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """The projection's columns of a row, system columns left out; `data` may stand in for the row's own."""
    return column_values(kind, data, standing_of(record).path, _due_days(record))


def _due_days(record: Record) -> dict[str, date]:
    return {name: date.fromisoformat(due["on"]) for name, due in record.dues.items()}


def standing_of(record: Record) -> Standing:
    """Where the case stands, as the stepper knows it."""
    return Standing(record.state, tuple((state, date.fromisoformat(day)) for state, day in record.path))


def stored_path(standing: Standing) -> list[list[str]]:
    return [[state, day.isoformat()] for state, day in standing.path]


def acting(record: Record, kind: Kind, by: Actor) -> Acting | None:
    """Who is about to act on a case that asks for it: none for the program itself."""
    asks = any(step.not_by or step.with_evidence or step.anew for step in kind.steps.values())
    if isinstance(by, System) or not asks:
        return None
    events = _events(record.id)
    undone = {event.undoes for event in events if event.undoes}
    taken = {event.step: event for event in events if event.act == Event.Act.STEP and event.id not in undone}
    takers = {step: event.by for step, event in taken.items()}
    return Acting(by.username, takers, _papers(record.id), _since(record, kind, taken))


@once
def _events(record: str) -> Sequence[Event]:
    return list(Event.objects.filter(record=record).order_by("version"))


@once
def _papers(record: str) -> int:
    return EvidenceUse.objects.filter(record=record).count()


def _since(record: Record, kind: Kind, taken: Mapping[str, Event]) -> dict[str, frozenset[str]]:
    """By step: what came to the state its `anew` asks for after the step to follow was taken."""
    found = {}
    for name, step in kind.steps.items():
        if step.anew is not None and (before := taken.get(step.anew.after)) is not None:
            above = record.parent_id if step.anew.beside else record.id
            rows = Record.objects.filter(parent_id=above, kind=step.anew.child, voided=False)
            later = Event.objects.filter(
                record__in=rows.values("pk"), chain=before.chain, sequence__gt=before.sequence
            )
            reached = step.anew.reached
            ids = [one.record for one in later if (one.changes.get(fold.STATE) or [None, None])[1] == reached]
            found[name] = frozenset(ids)
    return found
