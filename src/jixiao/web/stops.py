"""The way of a case: the states it has been in, where it stands, and the main way on to where such cases end."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from jixiao.catalogue.kinds import Kind, NeutralState

ENDS = (NeutralState.DONE, NeutralState.NOT_DONE, NeutralState.WITHDRAWN, NeutralState.PASSED_ON)
UNHAPPY = ENDS[1:]


def stops(kind: Kind, path: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """One entry per state: title, day entered, and done, now or nothing for those ahead."""
    if not kind.states or not path:
        return []
    found = [
        {"title": kind.states[state].title, "on": day, "css": "done"}
        for state, day in path
        if state in kind.states
    ]
    if found:
        found[-1]["css"] = "now"
    return found + [
        {"title": kind.states[state].title, "on": "", "css": ""} for state in way_on(kind, path[-1][0])
    ]


def way_on(kind: Kind, state: str) -> list[str]:
    """The states still ahead on the main way, never through a refusal, and through a wait only where there is no other."""
    if state not in kind.states or kind.states[state].type in ENDS:
        return []
    return _shortest(kind, state, (*UNHAPPY, NeutralState.WAITING)) or _shortest(kind, state, UNHAPPY)


def _shortest(kind: Kind, state: str, shunned: Sequence[NeutralState]) -> list[str]:
    """The fewest steps from a state to where cases are done; of several ways the first in the kind's file."""
    came_from: dict[str, str] = {state: ""}
    waiting = deque([state])
    while waiting:
        here = waiting.popleft()
        if here != state and kind.states[here].type is NeutralState.DONE:
            return _back(came_from, here, state)
        for step in kind.steps.values():
            to = step.to
            if to and here in step.from_ and to not in came_from and kind.states[to].type not in shunned:
                came_from[to] = here
                waiting.append(to)
    return []


def _back(came_from: dict[str, str], end: str, start: str) -> list[str]:
    way = [end]
    while came_from[way[-1]] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
