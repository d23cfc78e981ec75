"""Plans to SQL: one Ibis expression per query, one compilation for every engine, no function of our own.

Additive measures of a kind are sums over one scan; conditions on children, links and parents become boolean
columns of an inner select first. Whole numbers leave the engine, never NULL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from operator import or_

import ibis

from jixiao.catalogue import conditions
from jixiao.catalogue.columns import FILED_COLUMNS, FILED_TABLE
from jixiao.catalogue.conditions import Condition
from jixiao.indicators.meets import (
    IBIS_TYPES,
    Expression,
    Row,
    Scope,
    every,
    existing,
    meets,
    relation_of,
    targets_in_role,
)
from jixiao.indicators.nodes import (
    Alive,
    Behind,
    Count,
    Dated,
    Distinct,
    Ever,
    Filings,
    Latest,
    Query,
    Scan,
    Selection,
    Sum,
    Time,
    Until,
)

LAST_DAY = "last_day"


@lru_cache(maxsize=4096)
def sql(query: Query, dialect: str) -> str:
    """The SQL text of a plan in a dialect (sqlite, postgres, duckdb, pyspark)."""
    return str(ibis.to_sql(expression(query), dialect=dialect))


def expression(query: Query) -> Expression:
    match query:
        case Scan(measures=((_, Distinct()),)):
            return _distinct(query)
        case Scan():
            return _additive(query)
        case Behind():
            return _behind(query)
        case Filings():
            return _filings(query)


def _start(scan: Scan) -> Row:
    """The scanned table's rows of the asked orgs that exist by as_of."""
    table = scan.tables[0]
    row = Row(Scope({table.kind: table for table in scan.tables}, scan.as_of), table, relation_of(table))
    return _keep(row, [*_of_orgs(row.relation, scan.orgs), *existing(row)])


def _of_orgs(relation: Expression, orgs: tuple[str, ...] | None) -> list[Expression]:
    if orgs is None:
        return []
    return [relation.org == orgs[0] if len(orgs) == 1 else relation.org.isin(orgs)]


def _keep(row: Row, predicates: list[Expression]) -> Row:
    if not predicates:
        return row
    return Row(row.scope, row.table, row.relation.filter(*predicates), row.known)


def _additive(scan: Scan) -> Expression:
    selections = [selection for _, measure in scan.measures for selection in _selections(measure)]
    row = _start(scan)
    common = _common_time(selections)
    if common is not None:
        row = _keep(row, within(common, row))
    summed = [measure.column for _, measure in scan.measures if isinstance(measure, Sum)]
    row = _prepared(row, selections, summed)
    totals = {name: _total(measure, row, common) for name, measure in scan.measures}  # type: ignore[arg-type]
    if scan.by_org:
        return row.relation.group_by("org").aggregate(**totals)
    return row.relation.aggregate(**totals)


def _selections(measure: object) -> tuple[Selection, ...]:
    match measure:
        case Count(selections):
            return selections
        case Sum(selection) | Distinct(selection):
            return (selection,)
    raise TypeError(measure)


def _common_time(selections: list[Selection]) -> Time | None:
    """The time all selections share, when it can be a filter of the scan."""
    times = {selection.time for selection in selections}
    only = times.pop() if len(times) == 1 else None
    return None if isinstance(only, Ever | Latest) else only


def _total(measure: Count | Sum, row: Row, common: Time | None) -> Expression:
    match measure:
        case Count(selections):
            wanted = [_flag(selection, row, common) for selection in selections]
            everything = any(flag is None for flag in wanted)
            if everything:
                return row.relation.count()
            # of a column that is read anyway: a filtered count(*) becomes a sum on Spark, NULL over no rows
            return row.relation.org.count(where=reduce(or_, wanted))
        case Sum(selection, column):
            return ibis.coalesce(row[column].sum(where=_flag(selection, row, common)), 0)


def _flag(selection: Selection, row: Row, common: Time | None) -> Expression | None:
    """Whether the row is in the selection; None when every row of the scan is."""
    parts = [] if selection.time == common else within(selection.time, row)
    if not isinstance(selection.condition, conditions.Always):
        parts.append(meets(selection.condition, row))
    return every(parts) if parts else None


def within(time: Time, row: Row) -> list[Expression]:
    """The time word as predicates over the row."""
    as_of = ibis.date(row.scope.as_of.isoformat())
    match time:
        case Ever():
            return []
        case Dated(column, from_on, to_on):
            last = min(to_on, row.scope.as_of)
            return [row[column] >= ibis.date(from_on.isoformat()), row[column] <= ibis.date(last.isoformat())]
        case Until(column):
            return [row[column] <= as_of]
        case Alive(begun, ended):
            return [row[begun] <= as_of, ~ibis.coalesce(row[ended] <= as_of, False)]
        case Latest(column):
            return [row[column] == row.relation[_last_day(time)]]


def _last_day(time: Latest) -> str:
    return f"{LAST_DAY}_{time.column}_{time.from_on:%Y%m%d}_{time.to_on:%Y%m%d}"


def _prepared(row: Row, selections: Iterable[Selection], further: Iterable[str] = ()) -> Row:
    """Compute last days and conditions on relatives once, as columns beside those that will be read."""
    listed = tuple(selections)
    latest = {selection.time: None for selection in listed if isinstance(selection.time, Latest)}
    related = {node: None for selection in listed for node in _related(selection.condition)}
    if not latest and not related:
        return row
    known = {node: f"condition_{number}" for number, node in enumerate(related, 1)}
    added = {name: meets(node, row) for node, name in known.items()}
    for time in latest:
        inside = every(within(Dated(time.column, time.from_on, time.to_on), row))
        days = ibis.ifelse(inside, row[time.column], ibis.null("date"))
        added[_last_day(time)] = days.max().over(group_by=row.relation.org)
    read = {"id", "org", *further}.union(*(_columns_read(selection) for selection in listed))
    kept = [column.name for column in row.table.columns if column.name in read]
    return Row(row.scope, row.table, row.relation.select(*kept, **added), known)


def _columns_read(selection: Selection) -> set[str]:
    times = {getattr(selection.time, name, None) for name in ("column", "from_column", "to_column")}
    return {name for name in times if name} | set(_columns(selection.condition))


def _columns(condition: Condition) -> Iterator[str]:
    match condition:
        case conditions.AllOf(parts) | conditions.AnyOf(parts):
            for part in parts:
                yield from _columns(part)
        case conditions.Not(part):
            yield from _columns(part)
        case conditions.OneOf(column) | conditions.Present(column) | conditions.Between(column):
            yield column
        case conditions.NotAfter(column, other):
            yield from (column, other)
        case conditions.Reached(state):
            yield f"{state}_on"


def _related(condition: Condition) -> Iterator[Condition]:
    """The outermost conditions on children, links and parents."""
    match condition:
        case conditions.AllOf(parts) | conditions.AnyOf(parts):
            for part in parts:
                yield from _related(part)
        case conditions.Not(part):
            yield from _related(part)
        case conditions.Has() | conditions.Each() | conditions.Parent():
            yield condition


def _selected(row: Row, selection: Selection, *further: str) -> Row:
    row = _prepared(row, [selection], further)
    flag = _flag(selection, row, None)
    return row if flag is None else _keep(row, [flag])


def _distinct(scan: Scan) -> Expression:
    name, measure = scan.measures[0]
    assert isinstance(measure, Distinct)
    row = _selected(_start(scan), measure.selection, measure.key)
    keyed = _keyed(row, measure.key, measure.is_link)
    total = {name: keyed.key.nunique()}
    return keyed.group_by("org").aggregate(**total) if scan.by_org else keyed.aggregate(**total)


def _keyed(row: Row, key: str, is_link: bool) -> Expression:
    """org and key of each row, a row per target for a link role; rows without a key fall away in counting."""
    if not is_link:
        return row.relation.filter(*_readable(row, key)).select("org", key=row[key])
    targets = targets_in_role(row, key)
    joined = row.relation.inner_join(targets, row.relation.id == targets.source_id)
    return joined.select(org=row.relation.org, key=targets.target_id)


def _readable(row: Row, key: str) -> list[Expression]:
    return row.happened(key) or [row[key].notnull()]


def _behind(query: Behind) -> Expression:
    start = _start(Scan(query.tables, query.as_of, (query.org,), False, ()))
    row = _selected(start, query.selection, "root_id", query.key or "id")
    rows = row.relation
    if query.key is None:
        found = rows.select("id", "root_id", key=ibis.literal(""))
    elif query.key_is_link:
        targets = targets_in_role(row, query.key)
        joined = rows.inner_join(targets, rows.id == targets.source_id)
        found = joined.select(id=rows.id, root_id=rows.root_id, key=targets.target_id)
    else:
        found = rows.select("id", "root_id", key=row[query.key])
    return found.order_by("root_id", "id", "key")


def _filings(query: Filings) -> Expression:
    filed = ibis.table({column.name: IBIS_TYPES[column.type] for column in FILED_COLUMNS}, name=FILED_TABLE)
    kept = filed.filter(
        *_of_orgs(filed, query.orgs),
        filed.item.isin(query.items),
        filed.stated_on <= ibis.date(query.as_of.isoformat()),
    )
    return kept.select("org", "item", "id", "stated_on", "from_on", "to_on", "value", "qualifier")
