"""Whom to remind of what: cases whose deadline has passed or comes within the days set for it.

How many days before is said by the deadline itself, else by the setting JIXIAO_REMIND_DAYS. Nothing is sent from
here: the list is shown, printed, or given to whatever channel the office has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from jixiao.catalogue.kinds import FieldType
from jixiao.catalogue.prints import Print
from jixiao.ledger import clock
from jixiao.ledger.deadlines import Due
from jixiao.ledger.models import Org, Record
from jixiao.ledger.names import labels
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.prints import prints_for
from jixiao.ledger.queries.tasks import OVER, Scope, Task, Waiting
from jixiao.ledger.rules import catalogue as rules

DAYS_BEFORE = 7
NOBODY = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Reminder:
    """`due` is its deadline; `units` are the orgs its fields name; `papers` the prints that speak of what is due."""

    task: Task
    due: Due
    days_left: int
    units: tuple[str, ...]
    papers: tuple[Print, ...]

    @property
    def words(self) -> str:
        """One sentence to send: what, by when, how late."""
        name = f"{self.task.record.number} {self.task.record.label}".strip()
        left = (
            f"已逾期 {-self.days_left} 天"
            if self.days_left < 0
            else "今天到期"
            if self.days_left == 0
            else f"还剩 {self.days_left} 天"
        )
        by = f"，等{'、'.join(self.task.waits_for)}办理" if self.task.waits_for else ""
        return f"{self.task.kind.title}“{name}”：{self.due.title}期限 {self.due.on.isoformat()}，{left}{by}"


class Reminded:
    """Whom to remind under one question. `within` stands in for the days every deadline sets. Nothing for an org that is not
    the user's: it has no tasks.
    """

    def __init__(
        self,
        user: Actor,
        org: Org | str | None = None,
        *,
        scope: Scope = Scope.ORG,
        within: int | None = None,
    ) -> None:
        self._waiting = Waiting(user, org, scope=scope)
        self._near = _near(within)

    def count(self) -> int:
        """How many there are."""
        return self._waiting.count(self._near)

    def late_count(self) -> int:
        """How many of them are late."""
        return self._waiting.count(self._near & Q(open_due_on__lt=clock.today()))

    def of(self, start: int = 0, stop: int | None = None) -> list[Reminder]:
        """Late ones first, then by due day; from `start` to `stop`."""
        near = self._waiting.tasks(which=self._near, start=start, stop=stop)
        found = [(task, task.due) for task in near if task.due is not None]
        rows = Record.objects.in_bulk([task.record.pk for task, _ in found])
        named = _units(rows)
        titles = labels({one for units in named.values() for one in units})
        return [
            Reminder(
                task,
                due,
                due.days_left(),
                tuple(titles[one] for one in named[task.record.pk] if one in titles),
                tuple(one for one in prints_for(rows[task.record.pk]) if _speaks_of_due(one)),
            )
            for task, due in found
        ]


def reminders(
    user: Actor, org: Org | str | None = None, *, scope: Scope = Scope.ORG, within: int | None = None
) -> list[Reminder]:
    """All of them, late ones first, then by due day."""
    return Reminded(user, org, scope=scope, within=within).of()


def _near(within: int | None) -> Q:
    """What is late or due within the days set for it, and whose clock runs."""
    runs = Q(open_due_stands=False)
    if within is not None:
        return runs & Q(open_due_on__lte=_in_days(within))
    usual, own = Q(open_due_on__lte=_in_days(_usual_days())), NOBODY
    for kind in rules().kinds.values():
        for name, spec in kind.deadlines.items():
            if spec.remind is not None:
                one = Q(kind=kind.full_id, open_deadline=name)
                usual &= ~one
                own |= one & Q(open_due_on__lte=_in_days(spec.remind))
    return runs & (usual | own)


def _in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def days_before(task: Task) -> int:
    """How many days before its due day a case is reminded of."""
    spec = task.kind.deadlines[task.due.deadline] if task.due else None
    if spec is not None and spec.remind is not None:
        return spec.remind
    return _usual_days()


def _usual_days() -> int:
    return int(getattr(settings, "JIXIAO_REMIND_DAYS", DAYS_BEFORE))


def _units(rows: Mapping[str, Record]) -> dict[str, tuple[str, ...]]:
    """The orgs that each record names, and those its open children name: who is handling it."""
    found = {pk: _orgs_in(row) for pk, row in rows.items()}
    for child in Record.objects.filter(parent_id__in=list(rows), voided=False).order_by("created_at", "id"):
        if not _is_over(child) and child.parent_id:
            found[child.parent_id] = tuple(dict.fromkeys((*found[child.parent_id], *_orgs_in(child))))
    return found


def _orgs_in(row: Record) -> tuple[str, ...]:
    kind = rules().kind(row.kind)
    return tuple(
        str(row.data[name])
        for name, spec in kind.fields.items()
        if spec.type is FieldType.ORG and row.data.get(name)
    )


def _is_over(row: Record) -> bool:
    states = rules().kind(row.kind).states
    return row.state in states and states[row.state].type in OVER


def _speaks_of_due(paper: Print) -> bool:
    return any(slot.startswith("due:") for slot in paper.slots())
