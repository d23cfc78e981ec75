"""What waits, parted by when it is due: late, today, this week, later; and what has no deadline, register by register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger.queries import Task
from jixiao.ledger.queries.reminders import days_before
from jixiao.ledger.queries.tasks import Number, Term, Waiting
from jixiao.ledger.rules import catalogue as in_force

SHOWN = 20
TITLES = {
    Term.LATE: "逾期",
    Term.TODAY: "今天到期",
    Term.WEEK: "本周到期",
    Term.LATER: "以后到期",
}


@dataclass(frozen=True, slots=True)
class Pile:
    """Tasks of one sort: the first of them, and where all are."""

    term: Term
    count: int
    tasks: Sequence[Task]
    query: dict[str, str]

    @property
    def anchor(self) -> str:
        return str(self.term)

    @property
    def title(self) -> str:
        return TITLES[self.term]

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item(task) for task in self.tasks]

    @property
    def more(self) -> int:
        return self.count - len(self.tasks)

    @property
    def url(self) -> str:
        return "?" + urlencode({**self.query, "due": str(self.term)})


@dataclass(frozen=True, slots=True)
class Register:
    """The tasks of one register, folded: the first of them; `states` says how many stand in which state."""

    kind: Kind
    states: Mapping[str, int]
    tasks: Sequence[Task]
    query: dict[str, str]
    is_open: bool = False

    @property
    def count(self) -> int:
        return sum(self.states.values())

    @property
    def note(self) -> str:
        counted = sorted(self.states.items(), key=lambda one: -one[1])
        return "，".join(f"{self.kind.states[name].title} {count}" for name, count in counted)

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item(task) for task in self.tasks]

    @property
    def more(self) -> int:
        return self.count - len(self.tasks)

    @property
    def url(self) -> str:
        return "?" + urlencode({**self.query, "kind": self.kind.full_id})


def piles(waiting: Waiting, numbers: Sequence[Number], query: dict[str, str] | None = None) -> list[Pile]:
    """What has a deadline by when it is, empty piles left out. `query` is the rest of the address."""
    counted: Counter[Term] = Counter()
    for one in numbers:
        counted[one.term] += one.count
    return [
        Pile(term, counted[term], waiting.tasks(term=term, stop=SHOWN), query or {})
        for term in TITLES
        if counted[term]
    ]


def registers(
    waiting: Waiting, numbers: Sequence[Number], query: dict[str, str] | None = None
) -> list[Register]:
    """What has no deadline by register, the fullest first; few tasks stand open. `query` is the rest of the address."""
    states: dict[str, dict[str, int]] = {}
    for one in numbers:
        if one.term is Term.NONE:
            states.setdefault(one.kind, {})[one.state] = one.count
    by_kind: dict[str, list[Task]] = {name: [] for name in states}
    for task in waiting.firsts(SHOWN) if states else []:
        by_kind.setdefault(task.kind.full_id, []).append(task)
    total = sum(sum(counts.values()) for counts in states.values())
    catalogue = in_force()
    found = [
        Register(catalogue.kind(name), counts, by_kind[name], query or {}, total <= SHOWN)
        for name, counts in states.items()
    ]
    return sorted(found, key=lambda register: -register.count)


def days_left(task: Task) -> int | None:
    return None if task.due is None else task.due.days_left()


def item(task: Task) -> dict[str, Any]:
    """One task as a line."""
    row = task.record
    by_title = {spec.title: name for name, spec in task.kind.steps.items()}
    tag, tone = _due_words(task)
    title, besides = _names(task)
    carried = "上年结转" if task.is_carried else ""
    return {
        "title": title,
        "detail": "，".join(filter(None, [besides, row.number, _state(task), carried, _handed_by(task)])),
        "kind": task.kind.title,
        "org": row.org.title,
        "waits_for": "、".join(task.waits_for),
        "url": reverse("web:record", args=[row.id]),
        "tag": tag,
        "tone": tone,
        "due_on": task.due_on,
        "is_provisional": bool(task.due and task.due.provisional),
        "steps": [
            {"title": title, "url": reverse("web:advance", args=[row.id, by_title[title]])}
            for title in task.steps
            if title in by_title
        ],
    }


def _names(task: Task) -> tuple[str, str]:
    """What a task is called, and what besides: a child that has no words of its own is called after its case."""
    row, kind = task.record, task.kind
    if row.parent_id is None:
        return row.label, ""
    has_words = bool(row.label) and kind.fields[kind.label].type is FieldType.TEXT
    return (row.label, row.root.label) if has_words else (row.root.label, row.label)


def _due_words(task: Task) -> tuple[str, str]:
    """How near a deadline is, and how loud to say it."""
    left = days_left(task)
    if left is None or task.due is None:
        return "", ""
    if task.due.stopped:
        return f"{task.due.title}暂停计时", "plain"
    if left < 0:
        return f"{task.due.title}逾期 {-left} 天", "bad"
    if left == 0:
        return f"{task.due.title}今天到期", "warn"
    return f"{task.due.title}还剩 {left} 天", "warn" if left <= days_before(task) else "plain"


def _state(task: Task) -> str:
    states = task.kind.states
    return states[task.record.state].title if task.record.state in states else ""


def _handed_by(task: Task) -> str:
    return f"{task.record.org.title}交办" if task.is_handed else ""
