"""A definition and a period become the numbers a figure needs. Says nothing about where they are computed.

A figure has one or two parts (numerator, denominator). Each part knows its number, how coarse its sources
are, the records that would show that anybody reported at all, and the records behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jixiao.catalogue import Catalogue, conditions
from jixiao.catalogue.conditions import Condition
from jixiao.catalogue.indicators import Indicator, Per, Rows
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.errors import BadInput, MixedNatures
from jixiao.indicators import nodes
from jixiao.indicators.nodes import Count, Distinct, Measure, Selection, Sum, Table
from jixiao.indicators.tables import field_scale, item_scale, table_of
from jixiao.values import Period, Qualifier

# a sum carries the first of these that one of its terms carries
COARSE = (Qualifier.OVER, Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.APPROX)

PeriodFor = Callable[[str, int], Period | None]  # basis, reporting year → period of the org asked about


@dataclass(frozen=True, slots=True)
class FiledTerm:
    """One filed value of a signed sum; `factor` brings the items to one scale."""

    item: str
    factor: int
    needs_period: bool


@dataclass(frozen=True, slots=True)
class CountedPart:
    """A number out of records: `selection` are the records behind it."""

    measure: Measure
    selection: Selection
    scale: int
    period: Period
    coarse: tuple[tuple[Qualifier, Count], ...]  # rows whose value is stated with this qualifier
    heard: tuple[Count, ...]  # any of them above 0: somebody reports here
    nil_item: str  # a filed 0 under this id says that there was nothing


@dataclass(frozen=True, slots=True)
class FiledPart:
    """A number out of filed values."""

    terms: tuple[FiledTerm, ...]
    scale: int
    period: Period


@dataclass(frozen=True, slots=True)
class UnsetPart:
    """A number over a period that nobody has set for the org: not reported."""


Part = CountedPart | FiledPart | UnsetPart


@dataclass(frozen=True, slots=True)
class Plan:
    """What one figure needs; `bottom` is None for counts and sums."""

    indicator: Indicator
    period: Period
    top: Part
    bottom: Part | None
    behind: tuple[Count, ...]  # their numbers add up to the records behind the figure


def plan(catalogue: Catalogue, indicator: Indicator, period: Period, period_for: PeriodFor) -> Plan:
    """Resolve a definition over a period. Raises BadInput where it speaks of columns that are not there."""
    if indicator.over is not None:
        everyone = _selection(catalogue, _rows(indicator), period, _both(indicator.where, indicator.over))
        chosen = _selection(
            catalogue, _rows(indicator), period, _both(indicator.where, indicator.over, indicator.count)
        )
        top: Part = _counted(catalogue, indicator, period, Count((chosen,)), chosen)
        bottom: Part | None = _counted(catalogue, indicator, period, Count((everyone,)), everyone)
        return Plan(indicator, period, top, bottom, (Count((everyone,)),))  # the numerator lies inside
    top = numerator(catalogue, indicator, period)
    bottom = None if indicator.per is None else _denominator(catalogue, indicator.per, period, period_for)
    return Plan(indicator, period, top, bottom, _behind(part for part in (top, bottom) if part is not None))


def numerator(catalogue: Catalogue, indicator: Indicator, period: Period) -> Part:
    """The number above the line, without a look at the denominator."""
    if indicator.filed:
        return _filed(catalogue, indicator.filed, period)
    counted = None if indicator.count is None else _both(indicator.over, indicator.count)
    selection = _selection(catalogue, _rows(indicator), period, _both(indicator.where, counted))
    if indicator.sum:
        return _counted(catalogue, indicator, period, Sum(selection, indicator.sum), selection)
    if indicator.distinct:
        return _distinct(catalogue, indicator, period, selection)
    return _counted(catalogue, indicator, period, Count((selection,)), selection)


def _rows(indicator: Indicator) -> Rows:
    if indicator.rows is None:
        raise BadInput(f"指标 {indicator.full_id} 没有写 rows，无从计数")
    return indicator.rows


def _both(*parts: object) -> Condition:
    """All of the given conditions; None and Always say nothing."""
    said = tuple(part for part in parts if part is not None and not isinstance(part, conditions.Always))
    if not said:
        return conditions.Always()
    return said[0] if len(said) == 1 else conditions.AllOf(said)  # type: ignore[return-value,arg-type]


def _selection(catalogue: Catalogue, rows: Rows, period: Period, condition: Condition) -> Selection:
    table = table_of(catalogue.kind(rows.kind))
    return Selection(table.kind, _time(table, rows, period), condition)


def _time(table: Table, rows: Rows, period: Period) -> nodes.Time:
    if rows.dated:
        return nodes.Dated(_date_column(table, rows.dated), period.from_on, period.to_on)
    if rows.until:
        return nodes.Until(_date_column(table, rows.until))
    if rows.alive:
        return nodes.Alive(_date_column(table, rows.alive.from_), _date_column(table, rows.alive.to))
    if rows.latest:
        return nodes.Latest(_date_column(table, rows.latest), period.from_on, period.to_on)
    return nodes.Ever()


def _date_column(table: Table, name: str) -> str:
    column = table.column(name)
    if column is None or column.type != "date":
        dates = "、".join(column.name for column in table.columns if column.type == "date") or "没有日期列"
        raise BadInput(f"{table.kind} 的“{name}”不是日期列，不能作时间口径；可用：{dates}")
    return name


def _counted(
    catalogue: Catalogue, indicator: Indicator, period: Period, measure: Measure, selection: Selection
) -> CountedPart:
    kind = catalogue.kind(selection.kind)
    column = measure.column if isinstance(measure, Sum) else None
    scale = 1 if column is None else field_scale(kind, _integer_column(kind, column))
    return CountedPart(
        measure,
        selection,
        scale,
        period,
        () if column is None else _coarse(kind, selection, column),
        _heard(catalogue, selection),
        catalogue.root_of(kind.full_id).full_id,
    )


def _integer_column(kind: Kind, column: str) -> str:
    found = table_of(kind).column(column)
    if found is None or found.type != "integer":
        raise BadInput(f"{kind.full_id} 的“{column}”不是数值字段，不能求和；请改用整数、小数、金额或约数字段")
    return column


def _coarse(kind: Kind, selection: Selection, column: str) -> tuple[tuple[Qualifier, Count], ...]:
    spec = kind.fields.get(column)
    if spec is None or spec.type is not FieldType.STATED:
        return ()
    said = f"{column}_qualifier"
    return tuple(
        (qualifier, Count((_narrowed(selection, conditions.OneOf(said, (qualifier.value,))),)))
        for qualifier in COARSE
    )


def _narrowed(selection: Selection, condition: Condition) -> Selection:
    return Selection(selection.kind, selection.time, _both(selection.condition, condition))


def _distinct(
    catalogue: Catalogue, indicator: Indicator, period: Period, selection: Selection
) -> CountedPart:
    table = table_of(catalogue.kind(selection.kind))
    key = indicator.distinct or "id"
    if key == "id":
        return _counted(catalogue, indicator, period, Count((selection,)), selection)
    is_link = table.column(key) is None
    if is_link and table.link(key) is None:
        raise BadInput(f"{table.kind} 没有名为“{key}”的字段或关联，不能按它去重计数")
    has_key = conditions.Has(key, conditions.Always()) if is_link else conditions.Present(key)
    return _counted(
        catalogue, indicator, period, Distinct(selection, key, is_link), _narrowed(selection, has_key)
    )


def _heard(catalogue: Catalogue, selection: Selection) -> tuple[Count, ...]:
    """A flow is heard of where a case or its own rows lie in the period, the rest where any case exists."""
    root = catalogue.root_of(selection.kind)
    always = conditions.Always()
    if not isinstance(selection.time, nodes.Dated):
        return (Count((Selection(root.full_id, nodes.Ever(), always),)),)
    own = Selection(selection.kind, selection.time, always)
    if root.date is None:
        return (Count((own,)),)
    time = nodes.Dated(root.date, selection.time.from_on, selection.time.to_on)
    begun = Selection(root.full_id, time, always)
    if begun == own:
        return (Count((own,)),)
    if begun.kind == own.kind:
        return (Count((begun, own)),)
    return (Count((begun,)), Count((own,)))


def _denominator(catalogue: Catalogue, per: Per, period: Period, period_for: PeriodFor) -> Part:
    if per.filed:
        return _filed(catalogue, per.filed, period)
    other = catalogue.indicator(per.indicator or "")
    own_period = period if other.basis == period.basis else period_for(other.basis, period.year)
    if own_period is None:
        return UnsetPart()
    return numerator(catalogue, other, own_period)


def _filed(catalogue: Catalogue, signed: Iterable[str], period: Period) -> FiledPart:
    written = [(-1 if name.startswith("-") else 1, catalogue.filed_item(name.lstrip("-"))) for name in signed]
    first = written[0][1]
    for _, item in written[1:]:
        if item.unit != first.unit:
            raise BadInput(
                f"填报项“{first.title}”与“{item.title}”单位不同（{first.unit}、{item.unit}），不能相加"
            )
        if item.nature != first.nature:
            raise MixedNatures(f"填报项“{first.title}”与“{item.title}”是两种性质的资金，不能相加；请分别列示")
    scale = max(item_scale(item) for _, item in written)
    terms = tuple(
        FiledTerm(item.full_id, sign * (scale // item_scale(item)), item.at == "period")
        for sign, item in written
    )
    return FiledPart(terms, scale, period)


def _behind(parts: Iterable[Part]) -> tuple[Count, ...]:
    """Records behind all parts, each once: selections of one kind are counted together."""
    by_kind: dict[str, list[Selection]] = {}
    for part in parts:
        if isinstance(part, CountedPart):
            selections = by_kind.setdefault(part.selection.kind, [])
            if part.selection not in selections:
                selections.append(part.selection)
    return tuple(Count(tuple(selections)) for selections in by_kind.values())
