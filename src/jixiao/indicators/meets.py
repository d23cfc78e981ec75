"""Conditions as boolean expressions over one row of the projection.

The logic is two-valued: an absent value meets nothing. SQL's NULL behaves as false under "and" and "or", so
it is replaced only where a `not` would otherwise let it through. A date later than as_of reads as absent,
except due days, which are plans.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import reduce, singledispatch
from operator import and_, or_
from typing import Any

import ibis

from jixiao.catalogue import conditions
from jixiao.catalogue.columns import LINK_COLUMNS, LINK_TABLE, ColumnType
from jixiao.catalogue.conditions import Condition, Scalar
from jixiao.errors import BadInput
from jixiao.indicators.nodes import ColumnRef, Table
from jixiao.indicators.tables import parent_kind, relative_kind

Expression = Any  # ibis expressions carry no static types worth having
IBIS_TYPES: Mapping[ColumnType, str] = {
    "text": "string",
    "integer": "int64",
    "date": "date",
    "boolean": "boolean",
}


@dataclass(frozen=True)
class Scope:
    """What all rows of one query share."""

    tables: Mapping[str, Table]
    as_of: date

    def table(self, kind: str) -> Table:
        return self.tables[kind]


@dataclass(frozen=True)
class Row:
    """A row of `table` in a relation; `known` names the columns of conditions computed before."""

    scope: Scope
    table: Table
    relation: Expression
    known: Mapping[Condition, str] = field(default_factory=dict)

    def column(self, name: str) -> ColumnRef:
        found = self.table.column(name)
        if found is None:
            raise BadInput(
                f"{self.table.kind} 没有“{name}”这一列，条件无法判断；请改用该类型已有的字段或“状态_on”"
            )
        return found

    def __getitem__(self, name: str) -> Expression:
        return self.relation[self.column(name).name]

    def happened(self, name: str) -> list[Expression]:
        """What must also be true for a date to be read: it is not later than as_of."""
        column = self.column(name)
        if column.type != "date" or column.is_plan:
            return []
        return [self.relation[name] <= ibis.date(self.scope.as_of.isoformat())]


def relation_of(table: Table) -> Expression:
    return ibis.table({column.name: IBIS_TYPES[column.type] for column in table.columns}, name=table.name)


def existing(row: Row) -> list[Expression]:
    """The mask: a row of a dated kind is there only from its date on."""
    return row.happened(row.table.date) if row.table.date else []


@singledispatch
def meets(condition: Condition, row: Row) -> Expression:
    """The condition over the row. May be NULL where it is not met."""
    raise TypeError(f"no compilation for {condition!r}")


@meets.register
def _(condition: conditions.Always, row: Row) -> Expression:
    return row.relation.id.notnull()  # true of every row, and a column: a bare literal cannot be summed


@meets.register
def _(condition: conditions.AllOf, row: Row) -> Expression:
    return every([meets(part, row) for part in condition.parts])


@meets.register
def _(condition: conditions.AnyOf, row: Row) -> Expression:
    return reduce(or_, [meets(part, row) for part in condition.parts])


@meets.register
def _(condition: conditions.Not, row: Row) -> Expression:
    return surely_not(condition.part, row)


@meets.register
def _(condition: conditions.OneOf, row: Row) -> Expression:
    column = row.column(condition.column)
    values = [stored(column, value) for value in condition.values]
    read = row[condition.column]
    found = read == values[0] if len(values) == 1 else read.isin(values)
    return every([found, *row.happened(condition.column)])


@meets.register
def _(condition: conditions.Present, row: Row) -> Expression:
    return every(row.happened(condition.column) or [row[condition.column].notnull()])


@meets.register
def _(condition: conditions.Reached, row: Row) -> Expression:
    return meets(conditions.Present(f"{condition.state}_on"), row)


@meets.register
def _(condition: conditions.NotAfter, row: Row) -> Expression:
    first, second = condition.column, condition.other
    return every([row[first] <= row[second], *row.happened(first), *row.happened(second)])


@meets.register
def _(condition: conditions.Between, row: Row) -> Expression:
    column, read = row.column(condition.column), row[condition.column]
    parts = row.happened(condition.column)
    if condition.low is not None:
        parts.append(read >= stored(column, condition.low))
    if condition.high is not None:
        parts.append(read <= stored(column, condition.high))
    return every(parts or [read.notnull()])


@meets.register
def _(condition: conditions.Has, row: Row) -> Expression:
    if condition in row.known:
        return row.relation[row.known[condition]]
    return _some_relative(row, condition.relative, condition.condition, negated=False)


@meets.register
def _(condition: conditions.Each, row: Row) -> Expression:
    if condition in row.known:
        return row.relation[row.known[condition]]
    return ~_some_relative(row, condition.relative, condition.condition, negated=True)


@meets.register
def _(condition: conditions.Parent, row: Row) -> Expression:
    if condition in row.known:
        return row.relation[row.known[condition]]
    parent = _fresh(row, parent_kind(row.table))
    rows = _filtered(parent, condition.condition, negated=False)
    return (rows.id == row.relation.parent_id).any()


def _some_relative(row: Row, relative: str, condition: Condition, *, negated: bool) -> Expression:
    """Some child or linked record exists that meets the condition (or, negated, fails it)."""
    other = _fresh(row, relative_kind(row.table, relative))
    rows = _filtered(other, condition, negated=negated)
    if "/" in relative:
        return (rows.parent_id == row.relation.id).any()
    links = links_in_role(row, relative)
    links = links.filter((rows.id == links.target_id).any())
    return (links.source_id == row.relation.id).any()


def links_in_role(row: Row, role: str) -> Expression:
    """The links of the row's kind in this role that were made by as_of."""
    schema = {column.name: IBIS_TYPES[column.type] for column in LINK_COLUMNS}
    links = ibis.table(schema, name=LINK_TABLE).view()
    made = links.linked_on.isnull() | (links.linked_on <= ibis.date(row.scope.as_of.isoformat()))
    return links.filter(links.role == f"{row.table.kind}.{role}", made)


def targets_in_role(row: Row, role: str) -> Expression:
    """Links in the role whose target exists by as_of."""
    target = _fresh(row, relative_kind(row.table, role))
    rows = _filtered(target, conditions.Always(), negated=False)
    links = links_in_role(row, role)
    return links.filter((rows.id == links.target_id).any())


def _fresh(row: Row, kind: str) -> Row:
    table = row.scope.table(kind)
    return Row(row.scope, table, relation_of(table).view())


def _filtered(row: Row, condition: Condition, *, negated: bool) -> Expression:
    predicates = existing(row)
    if negated:
        predicates.append(surely_not(condition, row))
    elif not isinstance(condition, conditions.Always):
        predicates.append(meets(condition, row))
    return row.relation.filter(*predicates) if predicates else row.relation


def surely_not(condition: Condition, row: Row) -> Expression:
    """Plain negation: an absent value fails the condition, so it meets the negation."""
    return ~ibis.coalesce(meets(condition, row), False)


def every(parts: list[Expression]) -> Expression:
    return reduce(and_, parts)


def stored(column: ColumnRef, value: Scalar) -> Expression:
    """A value of a condition in the column's type; amounts are 分 already, the catalogue has seen to that."""
    try:
        match column.type:
            case "date":
                day = value if isinstance(value, date) else date.fromisoformat(str(value))
                return ibis.date(day.isoformat())
            case "integer":
                return ibis.literal(_whole(value), "int64")
            case "boolean" if isinstance(value, bool):
                return ibis.literal(value)
            case "text":
                return ibis.literal(str(value))
    except (ValueError, InvalidOperation):
        pass
    expected = {"date": "日期", "integer": "数", "boolean": "true 或 false"}.get(column.type, "文字")
    raise BadInput(f"列“{column.name}”应与{expected}比较，条件中写的是 {value!r}")


def _whole(value: Scalar) -> int:
    if isinstance(value, bool | date) or Decimal(value) != int(Decimal(value)):
        raise ValueError(value)
    return int(Decimal(value))
