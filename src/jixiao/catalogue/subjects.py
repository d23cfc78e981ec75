"""Whom a points scheme ranks: records of a register (member, group, party organisation, village), not orgs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from jixiao.catalogue.definition import Definition, Id, Reference, Words
from jixiao.catalogue.exact import Exact, Share
from jixiao.catalogue.indicators import Alive

Way = Annotated[str, StringConstraints(pattern=r"^(parent\.)?[a-z][a-z0-9_]{0,47}$")]


class Quota(Definition):
    """At most this share of the subjects may hold the grade; the next ones get the grade below."""

    grade: Words
    share: Share = Field(gt=0, le=1)


class Sanction(Definition):
    """What follows from a total `below` a bound `years` running, or from a clause met `at_least` so often."""

    told: Words
    below: Exact | None = None
    years: int = Field(1, ge=1, le=10)
    clause: Id | None = None
    at_least: int = Field(1, ge=1)

    @model_validator(mode="after")
    def _one_cause(self) -> Sanction:
        if (self.below is None) == (self.clause is None):
            raise ValueError("below（低于几分）与 clause（触发哪一条）应写且只写一个")
        return self


class SubjectSpec(Definition):
    """The subjects are the records of `kind`, those `alive` in the period where that is said.

    `reads` says for each register how its records name the subjects they count for, first author first: a
    field, a link role, or `parent.` and one of these; `id` where the record is the subject itself.
    """

    kind: Reference
    alive: Alive | None = None
    reads: Mapping[Id, tuple[Way, ...]] = Field(min_length=1)
    quotas: tuple[Quota, ...] = ()
    sanctions: tuple[Sanction, ...] = ()

    def quota_of(self, grade: str | None) -> Fraction | None:
        """The share of subjects that may hold the grade; None where there is no limit."""
        return next((one.share for one in self.quotas if one.grade == grade), None)
