"""The due days of a record, with the working that led to them. Lateness is derived, never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import Kind
from jixiao.ledger import clock


@dataclass(frozen=True, slots=True)
class Due:
    """A stored due day as people read it."""

    deadline: str
    title: str
    on: date
    met_on: date | None
    trace: tuple[str, ...]
    provisional: bool

    @property
    def is_met(self) -> bool:
        return self.met_on is not None

    def is_late(self, today: date | None = None) -> bool:
        return (self.met_on or today or clock.today()) > self.on

    def days_left(self, today: date | None = None) -> int:
        return (self.on - (today or clock.today())) // timedelta(days=1)


def dues_of(
    kind: Kind, data: Mapping[str, Any], path: Sequence[Sequence[str]], catalogue: Catalogue
) -> dict[str, Any]:
    """Compute every deadline whose start has come; the form stored in `Record.dues`."""
    if not kind.deadlines:
        return {}
    from jixiao.catalogue.calendar import Days, due

    days = Days.of(catalogue)
    found = {}
    for name, spec in kind.deadlines.items():
        start = _day(spec.starts, data, path)
        if start is None:
            continue
        extension = int(data.get(spec.extended_by) or 0) if spec.extended_by else 0
        result = due(spec, start, days, extension=extension, stops=_stops(spec.stops, path))
        met = _day(spec.met_by, data, path)
        found[name] = {
            "on": result.on.isoformat(),
            "trace": list(result.trace),
            "provisional": result.provisional,
            "met_on": None if met is None else met.isoformat(),
        }
    return found


def stored(kind: Kind, dues: Mapping[str, Any]) -> list[Due]:
    """Read `Record.dues` back, in the order of the kind's file."""
    return [
        Due(
            name,
            spec.title,
            date.fromisoformat(dues[name]["on"]),
            date.fromisoformat(dues[name]["met_on"]) if dues[name]["met_on"] else None,
            tuple(dues[name]["trace"]),
            dues[name]["provisional"],
        )
        for name, spec in kind.deadlines.items()
        if name in dues
    ]


def _day(name: str, data: Mapping[str, Any], path: Sequence[Sequence[str]]) -> date | None:
    """The day a state was entered, or the day a date field holds."""
    for state, day in path:
        if state == name:
            return date.fromisoformat(day)
    return date.fromisoformat(data[name]) if data.get(name) else None


def _stops(states: Sequence[str], path: Sequence[Sequence[str]]) -> tuple[tuple[date, date], ...]:
    """The spans [from, to) in which the clock stood; a case still standing there stops until today."""
    ends = [day for _, day in path[1:]] + [clock.today().isoformat()]
    return tuple(
        (date.fromisoformat(day), date.fromisoformat(end))
        for (state, day), end in zip(path, ends, strict=True)
        if state in states and day < end
    )
