"""A record as conditions see it: its columns, its children, what it is linked to, its parent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.conditions import Scalar
from jixiao.catalogue.fields import column_values
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.lifecycle import Acting, Standing
from jixiao.ledger.models import Event, EvidenceUse, Record
from jixiao.ledger.permissions import Actor, System


class RecordView:
    """Meets `catalogue.conditions.RecordView`. `data` may stand in for what is about to be recorded."""

    def __init__(self, record: Record, catalogue: Catalogue, data: Mapping[str, Any] | None = None) -> None:
        self._record = record
        self._catalogue = catalogue
        kind = catalogue.kind(record.kind)
        stored = record.data if data is None else data
        self._values = {**columns_of_row(kind, stored, record), "id": record.id}

    def value(self, column: str) -> Scalar | None:
        return self._values.get(column)

    def relatives(self, relative: str) -> Iterable[RecordView]:
        """Children of a kind (its full id has a slash), or the records linked in a role."""
        if "/" in relative:
            found = Record.objects.filter(parent_id=self._record.id, kind=relative, voided=False)
        else:
            role = f"{self._record.kind}.{relative}"
            found = Record.objects.filter(
                links_in__source_id=self._record.id, links_in__role=role, voided=False
            )
        return [RecordView(one, self._catalogue) for one in found]

    def pointing(self, role: str) -> Iterable[RecordView]:
        """The records of this kind that point to this one in the role."""
        full = f"{self._record.kind}.{role}"
        found = Record.objects.filter(
            links_out__target_id=self._record.id, links_out__role=full, voided=False
        )
        return [RecordView(one, self._catalogue) for one in found]

    def parent(self) -> RecordView | None:
        return RecordView(self._record.parent, self._catalogue) if self._record.parent_id else None


def columns_of_row(kind: Kind, data: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """The projection's columns of a row, system columns left out; `data` may stand in for the row's own."""
    dues = {name: date.fromisoformat(due["on"]) for name, due in record.dues.items()}
    return column_values(kind, data, standing_of(record).path, dues)


def standing_of(record: Record) -> Standing:
    """Where the case stands, as the stepper knows it."""
    return Standing(record.state, tuple((state, date.fromisoformat(day)) for state, day in record.path))


def stored_path(standing: Standing) -> list[list[str]]:
    return [[state, day.isoformat()] for state, day in standing.path]


def acting(record: Record, kind: Kind, by: Actor) -> Acting | None:
    """Who is about to act on a case that asks for it: none for the program itself."""
    if isinstance(by, System) or not any(step.not_by or step.with_evidence for step in kind.steps.values()):
        return None
    events = list(Event.objects.filter(record=record.id).order_by("version"))
    undone = {event.undoes for event in events if event.undoes}
    takers = {
        event.step: event.by for event in events if event.act == Event.Act.STEP and event.id not in undone
    }
    return Acting(by.username, takers, EvidenceUse.objects.filter(record=record).count())
