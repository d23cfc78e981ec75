"""What waits for a person, parted so that it can be taken in: late, due soon, and the rest register by register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jixiao.catalogue.kinds import Kind
from jixiao.ledger.queries import Task

SOON_DAYS = 7
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Pile:
    """Tasks of one sort: the first of them, and the others behind a fold."""

    anchor: str
    title: str
    tasks: Sequence[Task]

    @property
    def count(self) -> int:
        return len(self.tasks)

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item(task) for task in self.tasks[:SHOWN]]

    @property
    def others(self) -> list[dict[str, Any]]:
        return [item(task) for task in self.tasks[SHOWN:]]


@dataclass(frozen=True, slots=True)
class Register:
    """The tasks of one register, folded; `note` says how many stand in which state."""

    kind: Kind
    tasks: Sequence[Task]
    is_open: bool = False

    @property
    def count(self) -> int:
        return len(self.tasks)

    @property
    def note(self) -> str:
        counted = Counter(_state(task) for task in self.tasks)
        return "，".join(f"{state} {count}" for state, count in counted.most_common() if state)

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item(task) for task in self.tasks[:SHOWN]]

    @property
    def more(self) -> int:
        return max(self.count - SHOWN, 0)

    @property
    def url(self) -> str:
        return "?" + urlencode({"kind": self.kind.full_id})


def piles(tasks: Iterable[Task]) -> tuple[list[Pile], list[Task]]:
    """Those late and those due soon, empty piles left out; and the rest."""
    late, soon, rest = [], [], []
    for task in tasks:
        left = days_left(task)
        pile = late if task.is_late else soon if left is not None and left <= SOON_DAYS else rest
        pile.append(task)
    found = [Pile("late", "已逾期", late), Pile("soon", f"{SOON_DAYS} 天内到期", soon)]
    return [pile for pile in found if pile.tasks], rest


def registers(tasks: Sequence[Task]) -> list[Register]:
    """By register, the fullest first; few tasks stand open."""
    by_kind: dict[str, list[Task]] = {}
    for task in tasks:
        by_kind.setdefault(task.kind.full_id, []).append(task)
    found = [Register(group[0].kind, group, len(tasks) <= SHOWN) for group in by_kind.values()]
    return sorted(found, key=lambda register: -register.count)


def days_left(task: Task) -> int | None:
    return None if task.due is None else task.due.days_left()


def item(task: Task) -> dict[str, Any]:
    """One task as a line."""
    row, left = task.record, days_left(task)
    tag, tone = "", ""
    if left is not None and task.due is not None:
        tone = "bad" if left < 0 else "warn" if left <= SOON_DAYS else "plain"
        tag = f"{task.due.title}逾期 {-left} 天" if left < 0 else f"{task.due.title}还剩 {left} 天"
    by_title = {spec.title: name for name, spec in task.kind.steps.items()}
    return {
        "title": row.label,
        "detail": "，".join(filter(None, [row.number, _state(task)])),
        "kind": task.kind.title,
        "url": reverse("web:record", args=[row.id]),
        "tag": tag,
        "tone": tone,
        "due_on": task.due_on,
        "steps": [
            {"title": title, "url": reverse("web:advance", args=[row.id, by_title[title]])}
            for title in task.steps
            if title in by_title
        ],
    }


def _state(task: Task) -> str:
    states = task.kind.states
    return states[task.record.state].title if task.record.state in states else ""
