"""The tables of the projection follow the packs: what is there, what the packs ask for, and the way from one
to the other.

Columns are only added; a column or table the packs no longer know is kept until its removal is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

from jixiao.catalogue import Catalogue
from jixiao.catalogue.columns import (
    FILED_COLUMNS,
    FILED_TABLE,
    LINK_COLUMNS,
    LINK_TABLE,
    Column,
    columns_of,
)

TYPES = {"text": "text", "integer": "bigint", "date": "date", "boolean": "boolean"}
TYPE_WORDS = {"text": "文字", "integer": "整数", "date": "日期", "boolean": "是否"}


@dataclass(frozen=True, slots=True)
class Wanted:
    table: str
    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a table: its words for the person who decides, and its statements."""

    words: str
    table: str
    statements: tuple[str, ...]
    drops: bool = False
    refills: bool = False  # the table's rows must be written again

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to change. Iterates over the words of its changes."""

    changes: tuple[Change, ...]

    def __iter__(self) -> Iterator[str]:
        return (change.words for change in self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def apply(self, connection: BaseDatabaseWrapper = default_connection, *, drop: bool = False) -> set[str]:
        """Carry the plan out; removals only with `drop`. Returns the tables whose rows must be written
        again.
        """
        taken = [change for change in self.changes if drop or not change.drops]
        with connection.cursor() as cursor:
            for change in taken:
                for statement in change.statements:
                    cursor.execute(statement)
        return {change.table for change in taken if change.refills}


def wanted(catalogue: Catalogue) -> list[Wanted]:
    """Every table the packs ask for."""
    tables = [
        Wanted(kind.table, f"{kind.title}（{kind.full_id}）", columns_of(kind))
        for kind in catalogue.kinds.values()
    ]
    tables.append(Wanted(LINK_TABLE, "关联", LINK_COLUMNS))
    tables.append(Wanted(FILED_TABLE, "填报数", FILED_COLUMNS))
    return tables


def plan(catalogue: Catalogue, connection: BaseDatabaseWrapper = default_connection) -> Plan:
    """Compare the database with the packs."""
    there = _there(connection)
    changes: list[Change] = []
    tables = wanted(catalogue)
    for table in tables:
        if table.table not in there:
            changes.append(_create(table))
        else:
            changes.extend(_alter(table, there[table.table]))
    names = {table.table for table in tables}
    changes.extend(
        Change(
            f"删除表 {name}：规则包中已没有这类事项（台账记录本身不动）",
            name,
            (f'DROP TABLE "{name}"',),
            drops=True,
        )
        for name in there
        if name not in names
    )
    return Plan(tuple(changes))


def index_name(table: str, column: str) -> str:
    """Both databases keep index names in one space of 63 characters."""
    name = f"{table}__{column}"
    return name if len(name) <= 60 else f"{name[:48]}_{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _create(table: Wanted) -> Change:
    columns = ", ".join(
        f'"{column.name}" {TYPES[column.type]}{" PRIMARY KEY" if column.name == "id" else ""}'
        for column in table.columns
    )
    statements = [f'CREATE TABLE "{table.table}" ({columns})']
    statements += [_index(table.table, column) for column in table.columns if _needs_index(column)]
    words = f"新建表 {table.table}：{table.title}，{len(table.columns)} 列"
    return Change(words, table.table, tuple(statements), refills=True)


def _alter(table: Wanted, there: Mapping[str, str]) -> Iterator[Change]:
    for column in table.columns:
        if column.name not in there:
            yield _add(table, column)
        elif there[column.name] != TYPES[column.type]:
            yield _retype(table, column)
    names = {column.name for column in table.columns}
    for name in there:
        if name not in names:
            yield Change(
                f"{table.table} 删除列 {name}：规则包中已没有这个字段（台账记录本身不动）",
                table.table,
                (
                    f'DROP INDEX IF EXISTS "{index_name(table.table, name)}"',
                    f'ALTER TABLE "{table.table}" DROP COLUMN "{name}"',
                ),
                drops=True,
            )


def _add(table: Wanted, column: Column) -> Change:
    words = f"{table.table} 增加列 {column.name}：{column.title}（{TYPE_WORDS[column.type]}）"
    return Change(words, table.table, _added(table.table, column), refills=True)


def _retype(table: Wanted, column: Column) -> Change:
    words = f"{table.table} 的列 {column.name}（{column.title}）改为{TYPE_WORDS[column.type]}，由台账重新填入"
    drop = (
        f'DROP INDEX IF EXISTS "{index_name(table.table, column.name)}"',
        f'ALTER TABLE "{table.table}" DROP COLUMN "{column.name}"',
    )
    return Change(words, table.table, drop + _added(table.table, column), refills=True)


def _added(table: str, column: Column) -> tuple[str, ...]:
    add = f'ALTER TABLE "{table}" ADD COLUMN "{column.name}" {TYPES[column.type]}'
    return (add, _index(table, column)) if _needs_index(column) else (add,)


def _needs_index(column: Column) -> bool:
    return column.indexed and column.name != "id"


def _index(table: str, column: Column) -> str:
    return f'CREATE INDEX "{index_name(table, column.name)}" ON "{table}" ("{column.name}")'


def _there(connection: BaseDatabaseWrapper) -> dict[str, dict[str, str]]:
    """The projection's tables as they stand: name → column → declared type."""
    rows: Sequence[tuple[str, str, str]]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT t.name, c.name, lower(c.type) FROM sqlite_master t, pragma_table_info(t.name) c"
                " WHERE t.type = 'table' AND t.name GLOB 'p_*' ORDER BY t.name, c.cid"
            )
        else:
            cursor.execute(
                "SELECT table_name, column_name, data_type FROM information_schema.columns"
                " WHERE table_schema = current_schema() AND table_name ~ '^p_'"
                " ORDER BY table_name, ordinal_position"
            )
        rows = cursor.fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found
