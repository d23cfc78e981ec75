"""What a report is told from: everything `compose` may place, computed and scoped by the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jixiao.values import Figure, Finding, Period, Quantity, Score


@dataclass(frozen=True, slots=True)
class Filed:
    """A filed value in force; `quantity` is None where nothing was filed; `invented` is said beside it."""

    title: str
    quantity: Quantity | None
    source: str = ""
    stated_on: date | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A graded leaf with the titles of the branches above it, top first."""

    path: tuple[str, ...]
    score: Score
    target: str = ""
    actual: str = ""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A scheme graded for the org and year; `earned_text` and `grade` are the caller's words. `note` stands below it."""

    title: str
    rows: tuple[ScoreRow, ...]
    points_text: str
    earned_text: str
    grade: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that a record's form states, as printed. `name` says what gives it: an indicator, filed.<item>, or
    form.<record>.<field>.<cell> where the form itself does. `quantity` is None where a bound cell has no number yet.
    """

    text: str
    name: str
    label: str
    quantity: Quantity | None


Piece = str | Stated


@dataclass(frozen=True, slots=True)
class FormTable:
    """One grid of a filled form as printed; `numeric` are the columns of numbers. `note` stands below it."""

    caption: str
    unit: str
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Piece, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """`figures`, `filed`, `lists` and `scores` go by full id; `edits` by clause id; `periods` by basis.

    `themes` lists (theme id, title) in printing order, `theme_of` says under which a figure stands.
    `forms` go by part.field of the year, `items` by what they tell, part and cell.
    `marks` are printed on every page (示例数据).
    """

    org: str
    year: int
    as_of: date
    figures: Mapping[str, Figure] = field(default_factory=dict)
    filed: Mapping[str, Filed] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    scores: Mapping[str, ScoreSheet] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    edits: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, Period] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    themes: Sequence[tuple[str, str]] = ()
    theme_of: Mapping[str, str] = field(default_factory=dict)
    date_text: str = ""
    forms: Mapping[str, Sequence[FormTable]] = field(default_factory=dict)
    items: Mapping[str, Sequence[tuple[Piece, ...]]] = field(default_factory=dict)


def item_key(of: str, *place: str | None) -> str:
    """The key under which `Context.items` holds what is told of a part, its cell, or a filed item."""
    return " ".join(filter(None, (of, *place)))


def date_words(day: date) -> str:
    """A date as official papers write it: 2021年5月8日, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
