"""Why a figure is what it is: in words, in SQL, as the records behind it, and under other definitions.

Reads the same plan as `run`, so that what is explained is what was computed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jixiao.catalogue import Catalogue, describe
from jixiao.catalogue.indicators import Indicator
from jixiao.indicators.engines import Engine
from jixiao.indicators.facts import fetch, items_of, scans
from jixiao.indicators.nodes import Behind, Count, Distinct, Filings, Measure
from jixiao.indicators.plan import CountedPart, FiledPart, Plan, plan
from jixiao.indicators.run import Periods, Request, of_definitions
from jixiao.indicators.tables import tables_for
from jixiao.relations.wording import nested
from jixiao.values import Figure, decimal_text


@dataclass(frozen=True, slots=True)
class RowBehind:
    """A record (or a filed value) that a figure counts; `key` is what a distinct count tells apart."""

    record_id: str
    root_id: str
    kind: str
    in_top: bool
    in_bottom: bool
    key: str = ""


def words(catalogue: Catalogue, indicator: Indicator | str) -> tuple[tuple[str, str], ...]:
    """The definition as labelled Chinese sentences: 分子, 分母, 时间, 依据, 取整."""
    found = catalogue.indicator(indicator) if isinstance(indicator, str) else indicator
    told = [("分子" if found.is_rate else "计算", _top(catalogue, found))]
    if found.is_rate:
        told.append(("分母", _bottom(catalogue, found)))
    told.append(("时间", _time(catalogue, found)))
    told.append(("依据", describe.sources(found)))
    told.append(("取整", describe.printing(found) or "按原数书写，不取整"))
    return tuple((label, nested(sentence)) for label, sentence in told)


def _top(catalogue: Catalogue, found: Indicator) -> str:
    if found.filed or found.rows is None:
        return f"取填报数：{_filed(catalogue, found.filed)}"
    kind = catalogue.kind(found.rows.kind)
    population = _population(catalogue, found)
    if found.sum:
        return f"{population}，其{_title(catalogue, found, found.sum)}相加，未填的不计"
    if found.distinct and found.distinct != "id":
        return f"{population}，不同的{_title(catalogue, found, found.distinct)}各计一次"
    asked = [describe.condition(part, kind, catalogue) for part in (found.over, found.count)]
    counted = "，且".join(part for part in asked if part)
    return f"{population}" + (f"，其中{counted}的" if counted else "") + f"，按{kind.unit}计数"


def _population(catalogue: Catalogue, found: Indicator) -> str:
    assert found.rows is not None
    kind = catalogue.kind(found.rows.kind)
    where = describe.condition(found.where, kind, catalogue)
    return f"{describe.rows(found.rows, kind)}{kind.title}" + (f"（{where}）" if where else "")


def _bottom(catalogue: Catalogue, found: Indicator) -> str:
    if found.per is not None and found.per.filed:
        return f"填报数：{_filed(catalogue, found.per.filed)}"
    if found.per is not None:
        other = catalogue.indicator(found.per.indicator or "")
        return f"指标“{other.title}”：{_top(catalogue, other)}"
    assert found.rows is not None
    kind = catalogue.kind(found.rows.kind)
    counted = describe.condition(found.over, kind, catalogue)
    return _population(catalogue, found) + (f"，其中{counted}的" if counted else "") + f"，按{kind.unit}计数"


def _title(catalogue: Catalogue, found: Indicator, column: str) -> str:
    assert found.rows is not None
    kind = catalogue.kind(found.rows.kind)
    if column in kind.links and column not in kind.fields:
        return kind.links[column].title
    return kind.fields[column].title if column in kind.fields else column


def _filed(catalogue: Catalogue, items: Iterable[str]) -> str:
    told = ""
    for item in items:
        sign = "减" if item.startswith("-") else "加" if told else ""
        told += f"{sign}“{catalogue.filed_item(item.lstrip('-')).title}”"
    return told


def _time(catalogue: Catalogue, found: Indicator) -> str:
    basis = describe.basis(found.basis)
    if found.rows is None:
        return f"{basis}；取期间内、统计日之前最后一次填报的数"
    kind = catalogue.kind(found.rows.kind)
    return f"{basis}；{describe.rows(found.rows, kind)}记录；晚于统计日的日期一律视为未发生"


def sql(catalogue: Catalogue, request: Request, dialect: str, periods: Periods | None = None) -> str:
    """Every query of the figure, each under a comment that says what it gives."""
    from jixiao.indicators import compile

    one = planned(catalogue, catalogue.indicator(request.indicator), request, periods or _only(request))
    told = []
    for scan in scans(catalogue, [one], request.as_of, (request.org,), names=_names(one)):
        title = catalogue.kind(scan.tables[0].kind).title
        told.append(f"-- {title}（{scan.tables[0].name}）\n{compile.sql(scan, dialect)};")
    items = sorted(items_of(one))
    if items:
        filings = compile.sql(Filings(tuple(items), request.as_of, (request.org,)), dialect)
        told.append(f"-- 填报数与零报告\n{filings};")
    return "\n\n".join(told) + "\n"


def _only(request: Request) -> Periods:
    return lambda org, basis, year: replace(request.period, basis=basis)


def planned(catalogue: Catalogue, indicator: Indicator, request: Request, periods: Periods) -> Plan:
    """The plan of one request."""
    return plan(catalogue, indicator, request.period, lambda basis, year: periods(request.org, basis, year))


def _names(one: Plan) -> dict[Measure, str]:
    """Columns named after their place in the figure; a number that stands in two places keeps the first."""
    found: dict[Measure, str] = {}
    for prefix, part in (("top", one.top), ("bottom", one.bottom)):
        if isinstance(part, CountedPart):
            found.setdefault(part.measure, prefix)
            for qualifier, count in part.coarse:
                found.setdefault(count, f"{prefix}_{qualifier.value}")
    for place, count in enumerate(one.behind, 1):
        found.setdefault(count, f"records_{place}")
    for prefix, part in (("top", one.top), ("bottom", one.bottom)):
        for place, count in enumerate(part.heard if isinstance(part, CountedPart) else (), 1):
            found.setdefault(count, f"{prefix}_register_{place}")
    return found


def rows_behind(catalogue: Catalogue, request: Request, engine: Engine, periods: Periods) -> list[RowBehind]:
    """The records of numerator and denominator, each once per key, then the filed values that were used."""
    one = planned(catalogue, catalogue.indicator(request.indicator), request, periods)
    found: dict[tuple[str, str, str], RowBehind] = {}
    if isinstance(one.top, CountedPart):
        for row in _records(catalogue, one.top, request, engine):
            found[row.kind, row.record_id, row.key] = row
    if isinstance(one.bottom, CountedPart):
        plain = replace(one.bottom, measure=Count((one.bottom.selection,)))
        keys: dict[tuple[str, str], list[str]] = {}
        for kind, record_id, key in found:
            keys.setdefault((kind, record_id), []).append(key)
        for row in _records(catalogue, plain, request, engine):
            for key in keys.get((row.kind, row.record_id), [""]):
                above = (row.kind, row.record_id, key) in found
                found[row.kind, row.record_id, key] = replace(row, in_top=above, in_bottom=True, key=key)
    return [*found.values(), *filed_rows(catalogue, one, request, engine)]


def _records(catalogue: Catalogue, part: CountedPart, request: Request, engine: Engine) -> list[RowBehind]:
    from jixiao.indicators import compile

    text = compile.sql(behind_query(catalogue, part, request), engine.dialect)
    return [
        RowBehind(str(id), str(root_id), part.selection.kind, True, False, str(key_value or ""))
        for id, root_id, key_value in engine.rows(text)
    ]


def behind_query(catalogue: Catalogue, part: CountedPart, request: Request) -> Behind:
    """The question for the records behind one side of a figure."""
    key, is_link = None, False
    if isinstance(part.measure, Distinct):
        key, is_link = part.measure.key, part.measure.is_link
    return Behind(
        tables_for(catalogue, part.selection.kind, [part.selection.condition]),
        request.as_of,
        request.org,
        part.selection,
        key,
        is_link,
    )


def filed_rows(catalogue: Catalogue, one: Plan, request: Request, engine: Engine) -> list[RowBehind]:
    """The filed values a figure was made of; nobody is asked where it was made of none."""
    sides = [
        (part, place == 0) for place, part in enumerate((one.top, one.bottom)) if isinstance(part, FiledPart)
    ]
    if not sides:
        return []
    facts = fetch(catalogue, [one], request.as_of, engine, (request.org,))
    found: dict[str, RowBehind] = {}
    for part, in_top in sides:
        for term in part.terms:
            value = facts.latest(request.org, term, part.period)
            if value is not None:
                before = found.get(value.id)
                found[value.id] = RowBehind(
                    value.id,
                    value.id,
                    term.item,
                    in_top or (before is not None and before.in_top),
                    not in_top or (before is not None and before.in_bottom),
                    decimal_text(value.value),
                )
    return list(found.values())


def alternatives(
    catalogue: Catalogue, request: Request, engine: Engine, periods: Periods
) -> list[tuple[str, Figure]]:
    """The rate under the other definitions its pack names, so that a reader can judge."""
    found = catalogue.indicator(request.indicator)
    asked = [(found.under(other), request) for other in found.alternatives]
    computed = of_definitions(catalogue, asked, engine, periods)
    return [(other.title, figure) for other, figure in zip(found.alternatives, computed, strict=True)]
