"""The due days of a record, with the working that led to them. Lateness is derived, never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jixiao.catalogue import calendar
from jixiao.catalogue.days import Days
from jixiao.catalogue.kinds import Kind, NeutralState
from jixiao.ledger import clock, fold
from jixiao.ledger.models import Event

Way = Sequence[tuple[str, date]]
ENDED = frozenset({NeutralState.NOT_DONE, NeutralState.PASSED_ON, NeutralState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Due:
    """A stored due day as people read it. `stopped`: the clock stands, `on` will move."""

    deadline: str
    title: str
    on: date
    met_on: date | None
    trace: tuple[str, ...]
    provisional: bool
    stopped: bool

    @property
    def is_met(self) -> bool:
        return self.met_on is not None

    def is_late(self, today: date | None = None) -> bool:
        """Met too late, or due before today and still open."""
        if self.met_on is None and self.stopped:
            return False
        return (self.met_on or today or clock.today()) > self.on

    def days_left(self, today: date | None = None) -> int:
        return (self.on - (today or clock.today())) // timedelta(days=1)


def dues_of(
    kind: Kind,
    data: Mapping[str, Any],
    path: Sequence[Sequence[str]],
    days: Days,
    history: Way | None = None,
) -> dict[str, Any]:
    """Compute every deadline whose start has come, in the form stored in `Record.dues`."""
    if not kind.deadlines:
        return {}
    way = [(state, date.fromisoformat(day)) for state, day in path]
    found = calendar.dues(kind, data, way, days, history)
    return {
        name: {
            "on": due.on.isoformat(),
            "trace": list(due.trace),
            "provisional": due.provisional,
            "stopped": due.stopped,
            "met_on": met.isoformat() if (met := calendar.met_on(kind, name, data, way)) else None,
        }
        for name, due in found.items()
    }


def stored(kind: Kind, dues: Mapping[str, Any], state: str = "") -> list[Due]:
    """Read `Record.dues` back, in the order of the kind's file.

    A case in a state that ended it without a result owes nothing more: what it had not met is left out.
    """
    has_ended = state in kind.states and kind.states[state].type in ENDED
    return [
        Due(
            name,
            spec.title,
            date.fromisoformat(dues[name]["on"]),
            date.fromisoformat(dues[name]["met_on"]) if dues[name]["met_on"] else None,
            tuple(dues[name]["trace"]),
            dues[name]["provisional"],
            dues[name]["stopped"],
        )
        for name, spec in kind.deadlines.items()
        if name in dues and (dues[name]["met_on"] or not has_ended)
    ]


def first_open(dues: Mapping[str, Any]) -> tuple[str, date | None, bool]:
    """The deadline not yet met that comes first: its name, its day, whether its clock stands."""
    open_ones = [(due["on"], name, due["stopped"]) for name, due in dues.items() if not due["met_on"]]
    if not open_ones:
        return "", None, False
    on, name, stands = min(open_ones, key=lambda one: one[0])
    return name, date.fromisoformat(on), bool(stands)


def states_entered(kind: Kind, record: str) -> list[tuple[str, date]] | None:
    """Every state a case entered, in order, returns included; None where no clock of the kind ever stops.

    The path of the row forgets what a return cut away; a clock that stood there stood there all the same.
    """
    if not any(spec.stops for spec in kind.deadlines.values()):
        return None
    events = list(Event.objects.filter(record=record).order_by("version"))
    undone = {event.undoes for event in events if event.undoes}
    way: list[tuple[str, date]] = []
    for event in events:
        if event.id not in undone and event.act != "undo":
            way.extend(entered(event.act, event.changes, event.happened_on))
    return way


def entered(act: str, changes: Mapping[str, Any], on: date) -> list[tuple[str, date]]:
    """The states one act entered."""
    if act in ("create", "imported"):
        before, path = changes.get(fold.PATH, (None, []))
        return [(state, date.fromisoformat(day)) for state, day in path if [state, day] not in (before or [])]
    return [(changes[fold.STATE][1], on)] if act == "step" and fold.STATE in changes else []
