"""The numbers that plans ask for, fetched in as few queries as they allow.

Additive measures of one kind share a scan, each distinct measure has its own query, all filed values one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.conditions import Always, Condition, Has
from jixiao.indicators.engines import Engine
from jixiao.indicators.nodes import Count, Distinct, Filings, Measure, Scan, Sum, kind_of
from jixiao.indicators.plan import COARSE, CountedPart, FiledPart, FiledTerm, Plan
from jixiao.indicators.tables import tables_for
from jixiao.values import Period, Qualifier

TOGETHER = frozenset({"sqlite", "postgres"})  # several scans in one statement spare the ways there and back
AT_ONCE = 40  # scans in one statement
FEW = 500  # more orgs than this are read all together, and the others dropped


@dataclass(frozen=True, slots=True)
class FiledValue:
    id: str
    stated_on: date
    from_on: date | None
    to_on: date | None
    value: int
    qualifier: Qualifier

    def overlaps(self, period: Period) -> bool:
        return not (self.from_on and self.from_on > period.to_on) and not (
            self.to_on and self.to_on < period.from_on
        )

    def covers(self, period: Period) -> bool:
        return not (self.from_on and self.from_on > period.from_on) and not (
            self.to_on and self.to_on < period.to_on
        )


@dataclass(frozen=True)
class Facts:
    """What the engine answered, by org. A number nobody counted for an org is 0."""

    numbers: Mapping[Measure, Mapping[str, int]] = field(default_factory=dict)
    filed: Mapping[str, Mapping[str, tuple[FiledValue, ...]]] = field(default_factory=dict)  # item → org

    def latest(self, org: str, term: FiledTerm, period: Period) -> FiledValue | None:
        """The value last stated; for items of a period, among those that overlap it."""
        values = self.filed.get(term.item, {}).get(org, ())
        told = [value for value in values if not term.needs_period or value.overlaps(period)]
        return max(told, key=lambda value: (value.stated_on, value.id), default=None)

    def nil_return(self, org: str, item: str, period: Period) -> bool:
        """Whether the org said that there was nothing in the whole period (零报告)."""
        return any(
            value.value == 0 and value.covers(period) for value in self.filed.get(item, {}).get(org, ())
        )

    def orgs(self) -> set[str]:
        answers = [*self.numbers.values(), *self.filed.values()]
        return {org for answer in answers for org in answer}


def fetch(
    catalogue: Catalogue,
    plans: Iterable[Plan],
    as_of: date,
    engine: Engine,
    orgs: tuple[str, ...] | None,
    *,
    fused: bool = True,
) -> Facts:
    """Ask the engine for everything the plans need, for one org, several, or all (None)."""
    from jixiao.indicators import compile  # Ibis is slow to import; the command line pays only when it counts

    listed = list(plans)
    asked = orgs if orgs is None or len(orgs) <= FEW else None
    only = asked[0] if asked is not None and len(asked) == 1 else None
    numbers: dict[Measure, dict[str, int]] = {}
    needed = scans(catalogue, listed, as_of, asked, fused=fused)
    if only is not None and engine.dialect in TOGETHER:
        for scan, values in _together(needed, engine):
            own = values[: len(scan.measures)]
            for (_, measure), value in zip(scan.measures, own, strict=True):
                numbers[measure] = {only: int(value)}
        needed = []
    for scan in needed:
        rows = engine.rows(compile.sql(scan, engine.dialect))
        columns = list(zip(*rows, strict=True)) or [()] * (len(scan.measures) + 1)
        named = [(only,), *columns] if only is not None else columns
        for (_, measure), values in zip(scan.measures, named[1:], strict=True):
            numbers[measure] = dict(zip(named[0], map(int, values), strict=True))
    items = tuple(sorted({item for plan in listed for item in items_of(plan)}))
    filed: dict[str, dict[str, tuple[FiledValue, ...]]] = {}
    if items:
        for org, item, *value in engine.rows(compile.sql(Filings(items, as_of, asked), engine.dialect)):
            of_item = filed.setdefault(item, {})
            of_item[org] = (*of_item.get(org, ()), _filed_value(value))
    return Facts(numbers, filed)


def _together(needed: Iterable[Scan], engine: Engine) -> Iterator[tuple[Scan, Sequence[Any]]]:
    """Each scan with its numbers, many scans in one statement: for one org a scan gives one row."""
    from jixiao.indicators import compile

    # the widest first: what follows takes the types of its columns
    waiting = sorted(needed, key=lambda scan: len(scan.measures), reverse=True)
    for start in range(0, len(waiting), AT_ONCE):
        part = waiting[start : start + AT_ONCE]
        width = len(part[0].measures)
        texts = []
        for place, scan in enumerate(part):
            names = [f'"{name}"' for name, _ in scan.measures]
            columns = ", ".join([*names, *["NULL"] * (width - len(names))])
            text = compile.sql(scan, engine.dialect)
            texts.append(f"SELECT {place} AS place, {columns} FROM ({text}) AS scan")
        for place, *values in engine.rows(" UNION ALL ".join(texts)):
            yield part[place], values


def scans(
    catalogue: Catalogue,
    plans: Iterable[Plan],
    as_of: date,
    orgs: tuple[str, ...] | None,
    *,
    fused: bool = True,
    names: Mapping[Measure, str] | None = None,
) -> list[Scan]:
    """The queries that give every number of the plans, each number once, under its name where it has one."""
    wanted = dict.fromkeys(measure for plan in plans for measure in measures(plan))
    called = names or {}
    groups: dict[object, list[Measure]] = {}
    for measure in wanted:
        alone = isinstance(measure, Distinct) or not fused
        groups.setdefault(measure if alone else kind_of(measure), []).append(measure)
    by_org = orgs is None or len(orgs) != 1
    return [
        Scan(
            tables_for(catalogue, kind_of(group[0]), _conditions(group)),
            as_of,
            orgs,
            by_org,
            tuple((called.get(one, f"number_{place}"), one) for place, one in enumerate(group, 1)),
        )
        for group in groups.values()
    ]


def measures(plan: Plan) -> list[Measure]:
    parts = [part for part in (plan.top, plan.bottom) if isinstance(part, CountedPart)]
    coarse = [count for part in parts for _, count in part.coarse]
    heard = [count for part in parts for count in part.heard]
    return [*(part.measure for part in parts), *coarse, *heard, *plan.behind]


def _conditions(group: Iterable[Measure]) -> list[Condition]:
    found: list[Condition] = []
    for measure in group:
        match measure:
            case Count(selections):
                found += [selection.condition for selection in selections]
            case Sum(selection):
                found.append(selection.condition)
            case Distinct(selection, key, is_link):
                found += [selection.condition, *([Has(key, Always())] if is_link else [])]
    return found


def items_of(plan: Plan) -> set[str]:
    """The filed items a plan reads, those of nil returns among them."""
    found: set[str] = set()
    for part in (plan.top, plan.bottom):
        match part:
            case FiledPart(terms):
                found |= {term.item for term in terms}
            case CountedPart(nil_item=item):
                found.add(item)
    return found


def _filed_value(columns: list[Any]) -> FiledValue:
    id, stated_on, from_on, to_on, value, qualifier = columns
    stated = _day(stated_on)
    assert stated is not None  # the query keeps only stated values
    said = Qualifier(qualifier or Qualifier.EXACT)
    return FiledValue(str(id), stated, _day(from_on), _day(to_on), int(value), said)


def _day(found: Any) -> date | None:
    """A date column as the engine hands it out: text on SQLite, a date elsewhere."""
    return date.fromisoformat(found) if isinstance(found, str) else found


def coarsest(found: Iterable[Qualifier]) -> Qualifier:
    """The qualifier a sum carries when its terms carry these."""
    present = set(found)
    return next((qualifier for qualifier in COARSE if qualifier in present), Qualifier.EXACT)
