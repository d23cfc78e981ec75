"""Points rules (细则) as pack data: what a subject's records earn, clause by clause.

The arithmetic is in `jixiao.evaluation.points`. Any two offices' tables may disagree; both are only data.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from jixiao.catalogue.definition import Definition, Id, Words
from jixiao.catalogue.exact import Exact, Share

Wanted = str | int | bool | tuple[str | int | bool, ...]


class Split(Definition):
    """How authors share what one record earns. `authors` is the field that lists them, the first one
    first.

    `others` is each co-author's part of the full points; left out, they divide equally what the first
    leaves. Beyond the first `most` authors nobody earns anything.
    """

    authors: Id
    first: Share = Field(Fraction(1), ge=0, le=1)
    others: Share | None = Field(None, ge=0, le=1)
    most: int | None = Field(None, ge=1)


class Clause(Definition):
    """One line of the rules: records meeting `when` earn `add`, cost `minus`, or earn what their field `worth` says.

    `per` is event (each record), once (the whole clause once) or the field whose different values count
    once each. `first` is what the first one earns where it differs from the rest; `cap` limits what the
    clause adds or costs.
    """

    id: Id
    title: Words
    clause: Words
    rows: Id
    when: Mapping[Id, Wanted] = {}
    add: Exact | None = Field(None, gt=0)
    minus: Exact | None = Field(None, gt=0)
    worth: Id | None = None
    per: Id = "event"
    first: Exact | None = Field(None, ge=0)
    cap: Exact | None = Field(None, ge=0)
    split: Split | None = None

    @model_validator(mode="after")
    def _one_direction(self) -> Clause:
        if sum(one is not None for one in (self.add, self.minus, self.worth)) != 1:
            raise ValueError("add（加分）、minus（扣分）与 worth（按字段给分）应写且只写一个")
        if self.worth and self.first is not None:
            raise ValueError("按字段给分的条款不写 first")
        if self.split and self.minus is not None:
            raise ValueError("扣分不按作者分摊，split 只用于加分")
        return self


class Highest(Definition):
    """Among these clauses only the highest counts, for each value of `by` (the whole subject where left
    out).
    """

    clauses: tuple[Id, ...] = Field(min_length=1)
    by: Id | None = None


class Limit(Definition):
    """These clauses together add at most `cap`."""

    clauses: tuple[Id, ...] = Field(min_length=1)
    cap: Exact = Field(ge=0)


class PointsLeaf(Definition):
    """Rules over one subject's records: a base, clauses, what excludes what, limits, a floor and a
    ceiling. Without records of `waits_for` the points stay open: nobody has judged yet, which is not zero.
    """

    kind: Literal["points"]
    base: Exact = Decimal(0)
    clauses: tuple[Clause, ...]
    highest_of: tuple[Highest, ...] = ()
    limits: tuple[Limit, ...] = ()
    floor: Exact = Decimal(0)
    ceiling: Exact | None = None
    waits_for: Id | None = None

    @model_validator(mode="after")
    def _known_clauses(self) -> PointsLeaf:
        if not self.clauses:
            raise ValueError("至少写一个条款")
        ids = [clause.id for clause in self.clauses]
        if len(set(ids)) != len(ids):
            raise ValueError("条款 id 有重复")
        groups = [group.clauses for group in self.highest_of] + [limit.clauses for limit in self.limits]
        for group in groups:
            unknown = [clause for clause in group if clause not in ids]
            if unknown:
                raise ValueError(f"没有条款 {'、'.join(unknown)}；可用的有 {'、'.join(ids)}")
        return self
