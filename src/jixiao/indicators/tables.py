"""Kinds as the tables and columns that a plan names, and how many stored units a written unit has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jixiao.catalogue import Catalogue, conditions
from jixiao.catalogue.columns import columns_of
from jixiao.catalogue.conditions import Condition
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.catalogue.registers import FiledItem
from jixiao.catalogue.remembered import remembered
from jixiao.errors import BadInput
from jixiao.indicators.nodes import ColumnRef, Table

FEN = 100  # money is kept in 分


def field_scale(kind: Kind, column: str) -> int:
    """How many stored units make one written unit: 100 for money, 10^places for decimals, else 1."""
    spec = kind.fields.get(column)
    if spec is None:
        return 1
    if spec.type is FieldType.MONEY:
        return FEN
    return int(10**spec.places) if spec.type is FieldType.DECIMAL else 1


def item_scale(item: FiledItem) -> int:
    """The same for a filed value: money in 分, other numbers × 10^places."""
    return FEN if item.nature else int(10**item.places)


@remembered
def table_of(kind: Kind) -> Table:
    plans = {f"{deadline}_due_on" for deadline in kind.deadlines}
    columns = tuple(ColumnRef(column.name, column.type, column.name in plans) for column in columns_of(kind))
    links = tuple((role, spec.to) for role, spec in kind.links.items())
    return Table(kind.full_id, kind.table, columns, kind.date, kind.parent, links)


def tables_for(catalogue: Catalogue, kind_id: str, asked: Iterable[Condition]) -> tuple[Table, ...]:
    """The kind's table, then each table its conditions reach, once."""
    found = {kind_id: table_of(catalogue.kind(kind_id))}
    for condition in asked:
        for reached in _kinds_reached(catalogue, found[kind_id], condition):
            found.setdefault(reached, table_of(catalogue.kind(reached)))
    return tuple(found.values())


def _kinds_reached(catalogue: Catalogue, table: Table, condition: Condition) -> Iterator[str]:
    match condition:
        case conditions.AllOf(parts) | conditions.AnyOf(parts):
            for part in parts:
                yield from _kinds_reached(catalogue, table, part)
        case conditions.Not(part):
            yield from _kinds_reached(catalogue, table, part)
        case conditions.Has(relative, inner) | conditions.Each(relative, inner):
            yield from _one_further(catalogue, relative_kind(table, relative), inner)
        case conditions.Parent(inner):
            yield from _one_further(catalogue, parent_kind(table), inner)


def _one_further(catalogue: Catalogue, kind_id: str, inner: Condition) -> Iterator[str]:
    yield kind_id
    yield from _kinds_reached(catalogue, table_of(catalogue.kind(kind_id)), inner)


def relative_kind(table: Table, relative: str) -> str:
    """The kind a `has` or `each` speaks of: a child kind by its full id, or the target of a link role."""
    if "/" in relative:
        return relative
    target = table.link(relative)
    if target is None:
        known = "、".join(role for role, _ in table.links) or "没有关联"
        raise BadInput(f"{table.kind} 没有名为“{relative}”的关联（已有：{known}）；子表请写完整的类型编号")
    return target


def parent_kind(table: Table) -> str:
    if table.parent is None:
        raise BadInput(f"{table.kind} 不是子表，条件中不能写 parent")
    return table.parent
