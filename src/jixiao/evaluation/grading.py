"""Grades: the name of the half-open band a total lies in (89.5 is 良 where 优 begins at 90)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jixiao.relations.grades import grades_of
from jixiao.values import Interval


def grade_of(score: Decimal, bands: Sequence[tuple[Decimal, str]]) -> str | None:
    """The grade of an exact score, None below the lowest band or without bands. Order of the bands is
    free.
    """
    return next(iter(grades_of(Interval.point(score), bands)), None)
