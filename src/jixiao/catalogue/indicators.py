"""Indicator definitions: the closed vocabulary of counting, as frozen data (the meaning is in
`jixiao.indicators`).

Words: rows (kind, dated | until | alive {from, to} | latest), where, count, sum, distinct, filed, over, per
(indicator | filed), and the words of `conditions`. Twenty-five at most: past that it is a language.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from jixiao.catalogue import conditions
from jixiao.catalogue.conditions import ConditionField
from jixiao.catalogue.definition import Definition, Id, Named, Reference, Words
from jixiao.values import Qualifier


def _listed(found: object) -> object:
    return [found] if isinstance(found, str) else found


FiledItems = Annotated[
    tuple[Annotated[str, Field(pattern=r"^-?([a-z][a-z0-9_]*/)?[a-z][a-z0-9_]*$")], ...],
    BeforeValidator(_listed),
]


class Role(StrEnum):
    """House rule 6: only results may be scored as output."""

    RESULT = "result"
    PLAN = "plan"
    DESCRIPTION = "description"
    STRUCTURE = "structure"
    INPUT = "input"  # money, posts: what went in


class Alive(Definition):
    from_: Id = Field(alias="from")
    to: Id


class Rows(Definition):
    """The population: a kind and at most one word about time."""

    kind: Reference
    dated: Id | None = None  # a flow: the date lies inside the period (and not after as_of)
    until: Id | None = None  # cumulative: the date is not after as_of
    alive: Alive | None = None  # a stock: begun by as_of and not ended by it
    latest: Id | None = None  # the rows of the last such day in the period, up to as_of

    @model_validator(mode="after")
    def _one_time(self) -> Rows:
        if sum(bool(word) for word in (self.dated, self.until, self.alive, self.latest)) > 1:
            raise ValueError("rows 之下 dated、until、alive、latest 只能写一个")
        return self


class Per(Definition):
    """A denominator that comes from elsewhere: another indicator, or filed values added and (with -)
    subtracted.
    """

    indicator: Reference | None = None
    filed: FiledItems = ()

    @model_validator(mode="after")
    def _one(self) -> Per:
        if bool(self.indicator) == bool(self.filed):
            raise ValueError("per 之下应写 indicator 或 filed 之一")
        return self


class PrintRule(Definition):
    """How the exact number is stated: `over` rounds down to a multiple of `to`, `approx` rounds half-up
    to it.

    A number that is already a multiple is printed as exact: a print rule never makes a number vaguer than
    it is.
    """

    qualifier: Qualifier = Qualifier.EXACT
    to: int = Field(default=1, ge=1)
    scale: Literal["", "万", "亿"] = ""
    places: int = Field(default=2, ge=0, le=6)

    @model_validator(mode="after")
    def _rounded(self) -> PrintRule:
        if self.to > 1 and self.qualifier not in {Qualifier.OVER, Qualifier.APPROX}:
            raise ValueError("print 写了 to 而没有写怎样取整；应写 qualifier: over（余）或 approx（约）")
        return self


class Alternative(Definition):
    """Another definition of the same rate, shown beside it so that a reader can judge.

    What it does not say it takes from the rate; `per` goes before an `over` of the rate, and the other way.
    """

    title: Words
    count: ConditionField = None
    over: ConditionField = None
    filed: FiledItems = ()
    per: Per | None = None

    @model_validator(mode="after")
    def _another(self) -> Alternative:
        if self.over is not None and self.per is not None:
            raise ValueError("另一种算法的分母写 over 或 per 之一")
        if self.count is None and self.over is None and self.per is None and not self.filed:
            raise ValueError("另一种算法应写出哪里不同：count、over、filed 或 per")
        return self


class Example(Definition):
    """A worked case that runs as a test. Rows stand in pipe tables, one per kind; `gives` is the exact
    value.
    """

    name: Words
    period: dict[str, object]
    records: dict[str, str] | str = ""  # kind → table; a bare string is a table of rows.kind; "same" repeats
    links: str = ""  # a table role | source | target | linked_on
    filed: dict[str, object] = {}
    gives: str | int  # "2/3", 4, "1234.56", or none / not_reported
    prints: str = ""


class Indicator(Named):
    theme: Words
    unit: Words  # "ratio" for rates
    basis: Words = "calendar_year"
    role: Role = Role.RESULT
    better: Literal["higher", "lower", "near", "none"] = "none"
    rows: Rows | None = None
    where: ConditionField = conditions.Always()
    count: ConditionField = None
    sum: Id | None = None
    distinct: Id | None = None  # a field, a link role, or `id`
    filed: FiledItems = ()
    over: ConditionField = None
    per: Per | None = None
    print: PrintRule = PrintRule()
    alternatives: tuple[Alternative, ...] = ()
    aliases: tuple[
        str, ...
    ] = ()  # as documents tell it; words parted by spaces may stand apart, in this order
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _one_measure(self) -> Indicator:
        measures = [self.count is not None, bool(self.sum), bool(self.distinct), bool(self.filed)]
        if sum(measures) != 1:
            raise ValueError("应写 count、sum、distinct、filed 之一（只写一个）")
        if not self.filed and self.rows is None:
            raise ValueError("count、sum、distinct 应以 rows 指明数哪一类记录")
        if self.over is not None and self.per is not None:
            raise ValueError("分母写 over（同一批记录中的一部分）或 per（另一指标或填报数）之一")
        if self.over is not None and self.count is None:
            raise ValueError("over 只与 count 连用；其他分母请写 per")
        if self.is_rate != (self.unit == "ratio"):
            raise ValueError("比率的单位应写 ratio，非比率不写 ratio")
        return self

    @property
    def is_rate(self) -> bool:
        return self.over is not None or self.per is not None

    def under(self, other: Alternative) -> Indicator:
        """This rate under another definition of it."""
        told: dict[str, object] = {} if other.count is None else {"count": other.count}
        if other.filed:
            told["filed"] = other.filed
        if other.over is not None or other.per is not None:
            told |= {"over": other.over, "per": other.per}
        return self.model_copy(update=told)
