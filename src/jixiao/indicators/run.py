"""Figures: an indicator for an org, a period and a day.

Plans are made together, their numbers fetched together, and each figure is finished from them. Promises the
same figure on every engine, and the same whether asked for one org or for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.catalogue import Catalogue
from jixiao.catalogue.indicators import Indicator
from jixiao.errors import BadInput
from jixiao.indicators.engines import Engine
from jixiao.indicators.facts import fetch
from jixiao.indicators.finish import Finisher
from jixiao.indicators.plan import PeriodFor, plan
from jixiao.values import Figure, Period

Periods = Callable[[str, str, int], Period | None]  # org, basis, reporting year


@dataclass(frozen=True, slots=True)
class Request:
    indicator: str
    org: str
    period: Period
    as_of: date


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
            found[place] = Finisher(one, facts, as_of, catalogue.digest(one.indicator)).figure(org)
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
        name, finisher = one.indicator.full_id, Finisher(one, facts, as_of, catalogue.digest(one.indicator))
        for org in wanted:
            found[name, org] = finisher.figure(org)
    return found


def _no_period(basis: str, year: int) -> Period | None:
    raise BadInput(f"有指标的分母按 {basis} 口径计；一次计算多个单位时，请同时给出 {year} 年这一口径的期间")
