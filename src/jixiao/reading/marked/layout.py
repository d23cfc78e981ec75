"""A document as paragraphs and table rows with its marks, and which of them there is room for.

Long documents may be shown in part, what has something to see first; what is left out is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jixiao.reading.document import Document
from jixiao.reading.marked.grids import Grid, grids
from jixiao.reading.marked.marks import Mark
from jixiao.reading.tables import Cell
from jixiao.values import Verdict

LONGEST_PARAGRAPH = 2_000
_LOUD = (Verdict.BROKEN, Verdict.ROUNDING)


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a document is shown; None is all of it."""

    text: int | None = None
    marks: int | None = None


EVERYTHING = Room()


@dataclass(slots=True)
class Strip:
    """A paragraph, or where `grid` is set a row of it. `left_out` strips before it are not shown."""

    start: int
    end: int
    marks: list[Mark] = field(default_factory=list)
    grid: Grid | None = None
    row: int = 0
    cells: tuple[Cell, ...] = ()
    left_out: int = 0

    @property
    def is_urgent(self) -> bool:
        """Something to see, or the head of a table, without which its rows say little."""
        is_head = self.grid is not None and self.row <= self.grid.table.headers
        return is_head or any(mark.state in _LOUD for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is shown of a document. `left_out` strips after the last are not shown."""

    strips: list[Strip]
    left_out: int
    is_whole: bool

    def numbers(self) -> frozenset[int]:
        """The marks one can jump to."""
        return frozenset(mark.number for strip in self.strips for mark in strip.marks)


def lay_out(document: Document, marks: Sequence[Mark], room: Room = EVERYTHING) -> Layout:
    """Cut the text into strips and choose those there is room for."""
    every = list(_strips(document, marks))
    chosen = _chosen(every, room)
    shown: list[Strip] = []
    left_out = 0
    for index, strip in enumerate(every):
        if index not in chosen:
            left_out += 1
            continue
        strip.left_out, left_out = left_out, 0
        shown.append(strip)
    return Layout(shown, left_out, len(shown) == len(every))


def _chosen(strips: Sequence[Strip], room: Room) -> set[int]:
    """The strips there is room for: the urgent ones, then the others from the beginning."""
    text = sum(one.end - one.start for one in strips) if room.text is None else room.text
    marks = sum(len(one.marks) for one in strips) if room.marks is None else room.marks
    chosen: set[int] = set()
    for index in sorted(range(len(strips)), key=lambda index: not strips[index].is_urgent):
        one = strips[index]
        if one.end - one.start <= text and len(one.marks) <= marks:
            chosen.add(index)
            text -= one.end - one.start
            marks -= len(one.marks)
    return chosen


def _strips(document: Document, marks: Sequence[Mark]) -> Iterator[Strip]:
    at = taken = 0
    for grid in grids(document, marks):
        for strip in _paragraphs(document.text, at, grid.start, marks, taken):
            taken += len(strip.marks)
            yield strip
        for strip in _rows(grid, marks, taken):
            taken += len(strip.marks)
            yield strip
        at = grid.end
    yield from _paragraphs(document.text, at, len(document.text), marks, taken)


def _rows(grid: Grid, marks: Sequence[Mark], taken: int) -> Iterator[Strip]:
    at = grid.start
    for number, cells in enumerate(grid.rows(), 1):
        end = max((cell.place.end for cell in cells), default=at)
        strip = Strip(at, end, grid=grid, row=number, cells=tuple(cells))
        while taken < len(marks) and marks[taken].start < end:
            strip.marks.append(marks[taken])
            taken += 1
        at = end
        yield strip


def _paragraphs(text: str, start: int, stop: int, marks: Sequence[Mark], next_mark: int) -> Iterator[Strip]:
    """The lines that hold anything; no break falls into a mark, and endless lines are cut."""
    while start < stop:
        end = _line_end(text, start, start, stop)
        strip = Strip(start, end)
        while next_mark < len(marks) and marks[next_mark].start < end:
            strip.marks.append(marks[next_mark])
            if marks[next_mark].end > end:
                end = _line_end(text, start, marks[next_mark].end, stop)
            next_mark += 1
        strip.end = end
        if text[start:end].strip():
            yield strip
        start = end + (text[end : end + 1] == "\n")


def _line_end(text: str, start: int, begin: int, stop: int) -> int:
    """Where the line ends that is under way at `begin` and began at `start`."""
    most = min(max(begin, start + LONGEST_PARAGRAPH), stop)
    found = text.find("\n", begin, most)
    return found if found >= 0 else most
