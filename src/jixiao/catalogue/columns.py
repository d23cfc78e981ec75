"""The columns of a kind's projection: what indicators may read, what the ledger creates, what Parquet holds.

Money is integer 分; a decimal is value × 10^places; a stated number has a second column `<field>_qualifier`;
a state has `<state>_on`, the day the case entered it on the way it now stands; a deadline has `<id>_due_on`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.catalogue.remembered import remembered

ColumnType = Literal["text", "integer", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: ColumnType
    title: str
    indexed: bool = False


SYSTEM = (
    Column("id", "text", "编号", True),
    Column("root_id", "text", "所属记录", True),
    Column("parent_id", "text", "上级记录", True),
    Column("org", "text", "单位", True),
)

LINK_TABLE = "p_link"
LINK_COLUMNS = (
    Column("id", "text", "编号"),
    Column("role", "text", "关联", True),  # pack/kind.role
    Column("source_id", "text", "记录", True),
    Column("target_id", "text", "对象", True),
    Column("org", "text", "单位", True),
    Column("linked_on", "date", "关联日期"),
)

FILED_TABLE = "p_filed"
FILED_COLUMNS = (
    Column("id", "text", "编号"),
    Column("org", "text", "单位", True),
    Column("item", "text", "填报项", True),  # pack/item
    Column("basis", "text", "口径"),
    Column("label", "text", "期间"),
    Column("from_on", "date", "起"),
    Column("to_on", "date", "止"),
    Column("stated_on", "date", "数据日期"),
    Column("value", "integer", "数值"),  # × 10^places of the item; money in 分
    Column("qualifier", "text", "限定"),
)

_TYPES: dict[FieldType, ColumnType] = {
    FieldType.DATE: "date",
    FieldType.INTEGER: "integer",
    FieldType.DECIMAL: "integer",
    FieldType.MONEY: "integer",
    FieldType.STATED: "integer",
    FieldType.BOOLEAN: "boolean",
}


@remembered
def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Every column of the kind's projection, system columns first, in the order of the kind's file."""
    columns = list(SYSTEM)
    for name, spec in kind.fields.items():
        if not spec.is_projected:
            continue
        columns.append(
            Column(name, _TYPES.get(spec.type, "text"), spec.title, name == kind.date or bool(spec.to))
        )
        if spec.type is FieldType.STATED:
            columns.append(Column(f"{name}_qualifier", "text", f"{spec.title}的限定"))
    known = {column.name for column in columns}
    for state, state_spec in kind.states.items():
        if f"{state}_on" not in known:
            columns.append(Column(f"{state}_on", "date", f"{state_spec.title}日期"))
    for deadline, deadline_spec in kind.deadlines.items():
        columns.append(Column(f"{deadline}_due_on", "date", f"{deadline_spec.title}期限"))
    return tuple(columns)
