"""The history of a record in words people read: who did what, when it happened, what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from jixiao.catalogue import Catalogue
from jixiao.catalogue.fields import show
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger import fold, handed, permissions
from jixiao.ledger.models import Event, EvidenceUse, LateEntry, Org, Record
from jixiao.ledger.names import names_of
from jixiao.ledger.queries.late import late_words
from jixiao.ledger.queries.records import record as find
from jixiao.ledger.rules import catalogue as rules


@dataclass(frozen=True, slots=True)
class Change:
    """One changed thing; an empty text means nothing was there."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    id: str
    record: str  # of the record itself or of a child
    record_label: str
    act: str
    title: str
    happened_on: date
    entered_at: datetime
    by: str
    note: str
    changes: tuple[Change, ...]
    undone: bool
    sequence: int
    digest: str
    late: str = ""  # 补录（关账后）, with the period it was late for


def history(user: permissions.Actor, record: Record | str, *, family: bool = False) -> list[HistoryEntry]:
    """What was done to a record, latest first; with `family`, to everything under its root too. Raises
    NotFound.
    """
    row = find(user, record)
    mine = Event.objects.filter(root=row.root_id) if family else Event.objects.filter(record=row.id)
    was_late = Exists(LateEntry.objects.filter(event=OuterRef("pk")))
    events = list(mine.annotate(was_late=was_late).order_by("-sequence"))
    rows = Record.objects.in_bulk({event.record for event in events})
    if handed.sees_part(user, row):
        open_to = set(
            Record.objects.filter(handed.readable(user), root=row.root_id).values_list("pk", flat=True)
        )
        events = [event for event in events if event.record in open_to]
        _hide_links(user, events)
    undone = {event.undoes for event in events if event.undoes}
    names = names_of({event.by for event in events})
    words = _Words(rules(), _labels(events))
    late = _late({event.id for event in events if event.was_late})
    entries = []
    for event in events:
        about = rows[event.record]
        kind = words.catalogue.kind(about.kind)
        entries.append(
            HistoryEntry(
                event.id, event.record, about.label, event.act, words.title(kind, event), event.happened_on,
                event.entered_at, names[event.by], event.note, words.changes(kind, event.changes),
                event.id in undone, event.sequence, event.digest, late.get(event.id, ""),
            )
        )  # fmt: skip
    return entries


def _late(events: set[str]) -> dict[str, str]:
    """What is said of the events that came after a period was closed."""
    if not events:
        return {}
    found = LateEntry.objects.filter(event__in=events).select_related("period").order_by("-year")
    return {one.event: late_words(one) for one in found}


def _hide_links(user: permissions.Actor, events: list[Event]) -> None:
    """Leave out what was linked that the user may not read."""
    linked = {
        name: (new or old)["target"]
        for event in events
        for name, (old, new) in event.changes.items()
        if name.startswith(fold.LINK)
    }
    known = Record.objects.in_bulk(linked.values())
    closed = {
        name for name, at in linked.items() if at not in known or not handed.can(user, "read", known[at])
    }
    for event in events:
        event.changes = {name: pair for name, pair in event.changes.items() if name not in closed}


@dataclass(frozen=True, slots=True)
class _Words:
    catalogue: Catalogue
    labels: Mapping[str, str]

    def title(self, kind: Kind, event: Event) -> str:
        if event.act == "step" and event.step in kind.steps:
            return kind.steps[event.step].title
        return str(Event.Act(event.act).label)

    def changes(self, kind: Kind, changes: Mapping[str, Any]) -> tuple[Change, ...]:
        return tuple(
            Change(
                self._name(kind, name, old if old is not None else new),
                self._text(kind, name, old),
                self._text(kind, name, new),
            )
            for name, (old, new) in changes.items()
            if name not in (fold.KIND, fold.ORG, fold.ROOT, fold.PARENT, fold.PATH)
        )

    def _name(self, kind: Kind, name: str, fact: Any) -> str:
        if name in kind.fields:
            return kind.fields[name].title
        if name.startswith(fold.LINK):
            role = fact["role"].rpartition(".")[2]
            return kind.links[role].title if role in kind.links else role
        if name.startswith(fold.EVIDENCE):
            return "佐证材料"
        if name.startswith(fold.DUE):
            deadline = name.removeprefix(fold.DUE)
            return f"{kind.deadlines[deadline].title}期限" if deadline in kind.deadlines else deadline
        return {
            fold.STATE: "状态",
            fold.FOR: "代为录入",
            fold.VOIDED: "作废",
            fold.NUMBER: "编号",
            **fold.ORIGIN,
        }.get(name, name)

    def _text(self, kind: Kind, name: str, value: Any) -> str:
        if value is None:
            return ""
        if name in kind.fields:
            spec = kind.fields[name]
            if spec.type in (FieldType.REF, FieldType.ORG):
                return self.labels.get(value, str(value))
            return show(spec, value, self.catalogue)
        if name == fold.STATE:
            return kind.states[value].title if value in kind.states else str(value)
        if name == fold.FOR:
            return self.labels.get(value, str(value))
        if name.startswith(fold.LINK):
            return self.labels.get(value["target"], value["target"])
        if name.startswith(fold.EVIDENCE):
            grade = str(EvidenceUse.Grade(value["grade"]).label)
            return "，".join(part for part in (value["title"], value["document_number"], grade) if part)
        return "是" if value is True else str(value)


def _labels(events: list[Event]) -> dict[str, str]:
    """Names of all records and orgs that changed values point to."""
    mentioned: set[str] = set()
    for event in events:
        for pair in event.changes.values():
            for value in pair:
                if isinstance(value, str) and len(value) <= 64:
                    mentioned.add(value)
                elif isinstance(value, dict) and "target" in value:
                    mentioned.add(value["target"])
    found = dict(Record.objects.filter(pk__in=mentioned).values_list("pk", "label"))
    return found | dict(Org.objects.filter(pk__in=mentioned).values_list("pk", "title"))
