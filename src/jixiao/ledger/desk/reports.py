"""A self-evaluation report as a package brings it: read apart from the server, what contradicts itself, what it states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.ledger.desk.parts import Part
from jixiao.reading import bounded
from jixiao.values import Statement, Verdict

SECONDS = 60.0
_HEAD = 600
_TITLE = re.compile(
    r"^[ \u3000]*(?:关于)?([^\s，。；：:（）()]{2,40}?)(?:关于)?\s*20\d\d年度?[^\n，。；]{0,30}报告[ \u3000]*$",
    re.MULTILINE,
)


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
    unit: str = ""  # the office that the title names


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
            contradictions, statements, unit = done.result
            found[done.index] = ReportRead(path, contradictions, statements, unit=unit)
    return [found[index] for index in sorted(found)]


def facts(content: bytes, name: str) -> tuple[tuple[Contradiction, ...], tuple[Statement, ...], str]:
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
    return told, reading.statements, unit_of(reading.document.text[:_HEAD])


def unit_of(text: str) -> str:
    """The office a report is of, as its title says: what stands before the year and the kind of report."""
    found = _TITLE.search(text)
    return found[1].strip("《“关于的") if found else ""
