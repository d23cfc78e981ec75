"""Figures: an indicator for an org, a period and a day.

Plans are fused, whole numbers fetched, ratios finished here. Promises the same figure on every engine.
Divides and prints through `values` and `printing` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

from jixiao.catalogue import Catalogue
from jixiao.catalogue.indicators import Indicator, PrintRule
from jixiao.errors import BadInput
from jixiao.indicators import printing
from jixiao.indicators.engines import Engine
from jixiao.indicators.facts import Facts, coarsest, fetch
from jixiao.indicators.plan import CountedPart, FiledPart, Part, PeriodFor, Plan, UnsetPart, plan
from jixiao.values import Figure, Period, Qualifier, Quantity, Status, ratio

Periods = Callable[[str, str, int], Period | None]  # org, basis, reporting year


@dataclass(frozen=True, slots=True)
class Request:
    indicator: str
    org: str
    period: Period
    as_of: date


@dataclass(frozen=True, slots=True)
class Number:
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


def figures(
    catalogue: Catalogue,
    requests: Sequence[Request],
    engine: Engine,
    periods: Periods,
    *,
    fused: bool = True,
) -> list[Figure]:
    """One figure per request, in their order. Requests of one org and day share their queries."""
    asked = [(catalogue.indicator(request.indicator), request) for request in requests]
    return of_definitions(catalogue, asked, engine, periods, fused=fused)


def of_definitions(
    catalogue: Catalogue,
    asked: Sequence[tuple[Indicator, Request]],
    engine: Engine,
    periods: Periods,
    *,
    fused: bool = True,
) -> list[Figure]:
    """The same for definitions that need not stand in the catalogue, such as the other readings of a rate."""
    groups: dict[tuple[str, date], list[int]] = {}
    for place, (_, request) in enumerate(asked):
        groups.setdefault((request.org, request.as_of), []).append(place)
    found: dict[int, Figure] = {}
    for (org, as_of), places in groups.items():
        period_for = _of_org(periods, org)
        plans = [plan(catalogue, asked[place][0], asked[place][1].period, period_for) for place in places]
        facts = fetch(catalogue, plans, as_of, engine, (org,), fused=fused)
        for place, one in zip(places, plans, strict=True):
            found[place] = finish(one, facts, org, as_of, catalogue.digest(one.indicator))
    return [found[place] for place in range(len(asked))]


def _of_org(periods: Periods, org: str) -> PeriodFor:
    return lambda basis, year: periods(org, basis, year)


def by_org(
    catalogue: Catalogue,
    indicators: Sequence[str],
    period: Period,
    as_of: date,
    engine: Engine,
    orgs: Sequence[str] | None = None,
    periods: PeriodFor | None = None,
) -> dict[tuple[str, str], Figure]:
    """Figures of many orgs over one period in one pass: (indicator's full id, org) → figure.

    Without `orgs`, every org that any of the tables mentions. `periods` is needed only where a denominator
    stands on another basis than the period.
    """
    plans = [plan(catalogue, catalogue.indicator(name), period, periods or _no_period) for name in indicators]
    listed = None if orgs is None else tuple(dict.fromkeys(orgs))
    if listed == ():
        return {}
    facts = fetch(catalogue, plans, as_of, engine, listed)
    wanted = sorted(facts.orgs()) if listed is None else listed
    found: dict[tuple[str, str], Figure] = {}
    for one in plans:
        digest = catalogue.digest(one.indicator)
        for org in wanted:
            found[one.indicator.full_id, org] = finish(one, facts, org, as_of, digest)
    return found


def _no_period(basis: str, year: int) -> Period | None:
    raise BadInput(f"有指标的分母按 {basis} 口径计；一次计算多个单位时，请同时给出 {year} 年这一口径的期间")


def finish(one: Plan, facts: Facts, org: str, as_of: date, digest: str) -> Figure:
    """Status, division and printing of one figure out of the fetched numbers."""
    indicator, rule = one.indicator, one.indicator.print
    top = number(one.top, facts, org)
    bottom = None if one.bottom is None else number(one.bottom, facts, org)
    records = sum(facts.number(org, count) for count in one.behind)
    records += top.filed + (bottom.filed if bottom else 0)
    shown: tuple[int | None, int | None] = (None, None)
    exact, stated = None, None
    if top.value is None or (bottom is not None and bottom.value is None):
        status = Status.NOT_REPORTED
    elif bottom is None:
        exact = top.exact
        status, shown = Status.REPORTED, (top.value, None)
        stated = _stated(top, indicator.unit, rule)
    else:
        shown = _on_one_scale(top, bottom)
        countable = top.exact is not None and bottom.exact is not None
        exact = ratio(*shown) if countable else None  # type: ignore[arg-type]
        status = Status.NONE if exact is None else Status.REPORTED
        stated = None if exact is None else printing.stated(exact, indicator.unit, rule)
    return Figure(
        indicator.full_id, indicator.title, org, one.period, as_of, status, *shown, exact, stated,
        indicator.unit, records, digest,
    )  # fmt: skip


def _stated(top: Number, unit: str, rule: PrintRule) -> Quantity:
    if top.exact is not None:
        return printing.stated(top.exact, unit, rule)
    return printing.coarse(Fraction(top.value or 0, top.scale), unit, top.qualifier, rule)


def _on_one_scale(top: Number, bottom: Number) -> tuple[int | None, int | None]:
    """Numerator and denominator as whole numbers of one size, so that top ÷ bottom is the rate."""
    if top.value is None or bottom.value is None:
        return None, None
    common = lcm(top.scale, bottom.scale)
    return top.value * (common // top.scale), bottom.value * (common // bottom.scale)


def number(part: Part, facts: Facts, org: str) -> Number:
    match part:
        case CountedPart():
            return _counted(part, facts, org)
        case FiledPart():
            return _filed(part, facts, org)
        case UnsetPart():
            return Number(None, 1)


def _counted(part: CountedPart, facts: Facts, org: str) -> Number:
    heard = any(facts.number(org, count) for count in part.heard)
    if not heard and not facts.nil_return(org, part.nil_item, part.period):
        return Number(None, part.scale)
    qualifier = coarsest(qualifier for qualifier, count in part.coarse if facts.number(org, count))
    return Number(facts.number(org, part.measure), part.scale, qualifier)


def _filed(part: FiledPart, facts: Facts, org: str) -> Number:
    values = [(term, facts.latest(org, term, part.period)) for term in part.terms]
    told = [(term, value) for term, value in values if value is not None]
    if len(told) < len(values):
        return Number(None, part.scale, filed=len(told))
    total = sum(term.factor * value.value for term, value in told)
    return Number(total, part.scale, coarsest(value.qualifier for _, value in told), len(told))
