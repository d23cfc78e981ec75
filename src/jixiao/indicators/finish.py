"""From whole numbers to a figure: status, the one division, printing. Asks no engine.

Divides through `values.ratio` and prints through `printing` alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from jixiao.indicators import printing
from jixiao.indicators.facts import Facts, coarsest
from jixiao.indicators.plan import CountedPart, FiledPart, Part, Plan, UnsetPart
from jixiao.values import Figure, Qualifier, Quantity, Status, ratio


class Number(NamedTuple):
    """One side of a figure. `value` is None where nothing was reported."""

    value: int | None
    scale: int
    qualifier: Qualifier = Qualifier.EXACT
    filed: int = 0  # how many filed values it was made of

    @property
    def exact(self) -> Fraction | None:
        if self.value is None or self.qualifier is not Qualifier.EXACT:
            return None
        return Fraction(self.value, self.scale)


class Conclusion(NamedTuple):
    status: Status
    top: int | None
    bottom: int | None
    exact: Fraction | None
    stated: Quantity | None


SILENT = Conclusion(Status.NOT_REPORTED, None, None, None, None)


class Finisher:
    """The figures of one plan, org by org. Equal numbers are divided and printed once."""

    def __init__(self, one: Plan, facts: Facts, as_of: date, digest: str) -> None:
        self.plan, self.as_of, self.digest = one, as_of, digest
        self.top = _reader(one.top, facts)
        self.bottom = None if one.bottom is None else _reader(one.bottom, facts)
        self.behind = [facts.numbers[count] for count in one.behind]
        self.concluded: dict[object, Conclusion] = {}

    def figure(self, org: str) -> Figure:
        records = 0
        for numbers in self.behind:
            records += numbers.get(org, 0)
        top = _joined(self.top(org), records)
        bottom = None if self.bottom is None else self.bottom(org)
        known = _key(top, bottom)
        found = self.concluded.get(known)
        if found is None:
            found = self.concluded[known] = self._conclude(top, bottom)
        records += top.filed + (bottom.filed if bottom else 0)
        indicator = self.plan.indicator
        return Figure(
            indicator.full_id, indicator.title, org, self.plan.period, self.as_of, *found,
            indicator.unit, records, self.digest,
        )  # fmt: skip

    def _conclude(self, top: Number, bottom: Number | None) -> Conclusion:
        unit, rule = self.plan.indicator.unit, self.plan.indicator.print
        if top.value is None or (bottom is not None and bottom.value is None):
            return SILENT
        if bottom is not None:
            return self._divide(top, bottom)
        if top.exact is not None:
            stated = printing.stated(top.exact, unit, rule)
        else:
            stated = printing.coarse(Fraction(top.value, top.scale), unit, top.qualifier, rule)
        return Conclusion(Status.REPORTED, top.value, None, top.exact, stated)

    def _divide(self, top: Number, bottom: Number) -> Conclusion:
        """Both sides as whole numbers of one size, so that top ÷ bottom is the rate."""
        common = lcm(top.scale, bottom.scale)
        above = (top.value or 0) * (common // top.scale)
        below = (bottom.value or 0) * (common // bottom.scale)
        exact = None
        if top.exact is not None and bottom.exact is not None:
            exact = ratio(above, below)
        if exact is None:
            return Conclusion(Status.NONE, above, below, None, None)
        indicator = self.plan.indicator
        stated = printing.stated(exact, indicator.unit, indicator.print)
        return Conclusion(Status.REPORTED, above, below, exact, stated)


def _key(top: Number, bottom: Number | None) -> object:
    """What tells the conclusions of one plan apart: mostly two whole numbers, which are quickest to look up."""
    if top.qualifier is Qualifier.EXACT and (bottom is None or bottom.qualifier is Qualifier.EXACT):
        return top.value, None if bottom is None else bottom.value
    return top, bottom


def _joined(number: Number, records: int) -> Number:
    """300余 and 20 are at least 320, but not 320余: that would promise less than 330."""
    if number.qualifier is Qualifier.OVER and records > 1:
        return number._replace(qualifier=Qualifier.AT_LEAST)
    return number


def _reader(part: Part, facts: Facts) -> Callable[[str], Number]:
    """How to read one side's number of an org out of the fetched facts."""
    match part:
        case CountedPart():
            return _counted(part, facts)
        case FiledPart():
            return lambda org: _filed(part, facts, org)
        case UnsetPart():
            return lambda org: Number(None, 1)


def _counted(part: CountedPart, facts: Facts) -> Callable[[str], Number]:
    numbers = facts.numbers[part.measure]
    heard = {org for count in part.heard for org, rows in facts.numbers[count].items() if rows}
    made: dict[int, Number] = {}
    coarse = [(qualifier, facts.numbers[count]) for qualifier, count in part.coarse]

    def read(org: str) -> Number:
        if org not in heard and not facts.nil_return(org, part.nil_item, part.period):
            return Number(None, part.scale)
        if not coarse:
            value = numbers.get(org, 0)
            return made.get(value) or made.setdefault(value, Number(value, part.scale))
        qualifier = coarsest(qualifier for qualifier, rows in coarse if rows.get(org, 0))
        return Number(numbers.get(org, 0), part.scale, qualifier)

    return read


def _filed(part: FiledPart, facts: Facts, org: str) -> Number:
    values = [(term, facts.latest(org, term, part.period)) for term in part.terms]
    told = [(term, value) for term, value in values if value is not None]
    if len(told) < len(values):
        return Number(None, part.scale, filed=len(told))
    total = sum(term.factor * value.value for term, value in told)
    return Number(total, part.scale, coarsest(value.qualifier for _, value in told), len(told))
