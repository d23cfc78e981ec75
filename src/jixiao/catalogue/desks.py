"""What a bureau's desk (汇总) takes in and how it looks at it, as pack data: forms, score, alarms, words of the letter.

A place is `form#block.row.column`. Answers nothing about what was handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field, model_validator

from jixiao.catalogue.definition import Definition, Id, Named, Reference, Words
from jixiao.catalogue.exact import Exact

Place = Words  # `form#block.row.column`


class DeskForm(Definition):
    """A form that is expected; without `required` it may be missing."""

    form: Reference
    required: bool = False


class Leaves(Definition):
    """The list block whose rows are scored, and its columns."""

    form: Reference
    block: Id
    title: Id
    points: Id
    score: Id
    reason: Id
    target: Id | None = None
    actual: Id | None = None


class DeskAlarm(Definition):
    """A number outside [`below`, `above`] warns."""

    title: Words
    place: Place
    below: Exact | None = None
    above: Exact | None = None

    @model_validator(mode="after")
    def _bounded(self) -> DeskAlarm:
        if self.below is None and self.above is None:
            raise ValueError("预警要写 below（低于）或 above（高于）")
        return self


class ReviewRecord(Definition):
    """The record that a reviewer's score becomes: its kind, and which fields take what."""

    kind: Reference
    title: Id
    year: Id
    department: Id
    day: Id
    self_score: Id
    score: Id
    reason: Id


class Letter(Definition):
    """The return opinion. Slots: {department} {year} {days}."""

    heading: Words
    lead: Words
    close: Words
    days: int = Field(10, ge=1)


class Desk(Named):
    """`score` are the places that add up to the self-score, `told` the words before a number in the report → the place
    that holds the same number, `sums` what is added over all departments.
    """

    forms: tuple[DeskForm, ...] = Field(min_length=1)
    needs_report: bool = True
    score: tuple[Place, ...] = Field(min_length=1)
    score_words: tuple[Words, ...] = ()
    grades: tuple[tuple[Exact, Words], ...]
    leaves: Leaves
    alarms: tuple[DeskAlarm, ...] = ()
    told: Mapping[Words, Place] = {}
    sums: Mapping[Words, Place] = {}
    review: ReviewRecord | None = None
    letter: Letter
    year_from: int | None = None
    year_to: int | None = None

    def is_of(self, year: int) -> bool:
        """Whether packages of that year are taken in by these rules."""
        return (self.year_from is None or year >= self.year_from) and (
            self.year_to is None or year <= self.year_to
        )

    def places(self) -> Iterator[Place]:
        """Every place it names."""
        yield from self.score
        yield from (alarm.place for alarm in self.alarms)
        yield from self.told.values()
        yield from self.sums.values()
