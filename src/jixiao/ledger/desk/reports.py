"""A self-evaluation report as a package brings it: read apart from the server, what contradicts itself, what it states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.ledger.desk.parts import Part
from jixiao.reading import bounded
from jixiao.values import Statement, Verdict

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not add up in a report, at its places."""

    type: str
    message: str
    computed: str
    place: str


@dataclass(frozen=True, slots=True)
class ReportRead:
    """One report; `refusal` says why nothing of it could be read."""

    path: str
    contradictions: tuple[Contradiction, ...] = ()
    statements: tuple[Statement, ...] = ()
    refusal: str = ""


def read_reports(parts: Sequence[Part]) -> list[ReportRead]:
    """Read and check reports, each within bounds of time and memory."""
    if not parts:
        return []
    tasks: list[bounded.Task[Any]] = [
        bounded.Task(part.path, facts, (part.content, part.name)) for part in parts
    ]
    found: dict[int, ReportRead] = {}
    for done in bounded.several(tasks, jobs=1, seconds=SECONDS):
        path = parts[done.index].path
        if done.result is None:
            found[done.index] = ReportRead(path, refusal=done.refusal)
        else:
            found[done.index] = ReportRead(path, *done.result)
    return [found[index] for index in sorted(found)]


def facts(content: bytes, name: str) -> tuple[tuple[Contradiction, ...], tuple[Statement, ...]]:
    """What of a report travels back from the process that read it."""
    from jixiao.reading import read
    from jixiao.reading.checks import examine
    from jixiao.reading.marked.words import TYPES, named

    reading = read(content, name)
    broken = [one for one in examine(reading) if one.verdict is Verdict.BROKEN]
    told = tuple(
        Contradiction(
            named(TYPES, one.type), one.message, one.computed, reading.document.place(*min(one.spans)).label
        )
        for one in broken
    )
    return told, reading.statements
