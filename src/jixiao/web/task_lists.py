"""What waits, parted by when it is due: late, today, this week, later; and what has no deadline, register by register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jixiao.catalogue.kinds import Kind
from jixiao.ledger import clock
from jixiao.ledger.queries import Task
from jixiao.ledger.queries.reminders import days_before

SHOWN = 20
LISTED = 200  # of one pile; the others are reached by the filters
SUNDAY = 6


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
        return [item(task) for task in self.tasks[SHOWN:LISTED]]

    @property
    def unlisted(self) -> int:
        return max(self.count - LISTED, 0)


@dataclass(frozen=True, slots=True)
class Register:
    """The tasks of one register, folded; `note` says how many stand in which state."""

    kind: Kind
    tasks: Sequence[Task]
    query: dict[str, str]
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
        return "?" + urlencode({**self.query, "kind": self.kind.full_id})


def piles(tasks: Iterable[Task]) -> tuple[list[Pile], list[Task]]:
    """Those with a deadline by when it is, empty piles left out; and those without one."""
    today = clock.today()
    sunday = _sunday(today)
    late, now, week, later, rest = [], [], [], [], []
    for task in tasks:
        if task.due_on is None:
            rest.append(task)
        elif task.due_on < today:
            (late if task.is_late else later).append(task)  # a clock that stands is not late
        else:
            (now if task.due_on == today else week if task.due_on <= sunday else later).append(task)
    found = [
        Pile("late", "逾期", late),
        Pile("today", "今天到期", now),
        Pile("week", "本周到期", week),
        Pile("later", "以后到期", later),
    ]
    return [pile for pile in found if pile.tasks], rest


def registers(tasks: Sequence[Task], query: dict[str, str] | None = None) -> list[Register]:
    """By register, the fullest first; few tasks stand open. `query` is the rest of the address."""
    by_kind: dict[str, list[Task]] = {}
    for task in tasks:
        by_kind.setdefault(task.kind.full_id, []).append(task)
    found = [Register(group[0].kind, group, query or {}, len(tasks) <= SHOWN) for group in by_kind.values()]
    return sorted(found, key=lambda register: -register.count)


def days_left(task: Task) -> int | None:
    return None if task.due is None else task.due.days_left()


def item(task: Task) -> dict[str, Any]:
    """One task as a line."""
    row = task.record
    by_title = {spec.title: name for name, spec in task.kind.steps.items()}
    tag, tone = _due_words(task)
    return {
        "title": row.label,
        "detail": "，".join(
            filter(None, [row.number, _state(task), "上年结转" if task.is_carried else "", _handed_by(task)])
        ),
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


def _sunday(today: date) -> date:
    """The last day of the week."""
    return today + timedelta(days=SUNDAY - today.weekday())
