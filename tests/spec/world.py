"""A small pack and its tables for the specification: kinds, rows written as text tables, and engines to load them into."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from jixiao.catalogue.catalogue import Catalogue, Version, assemble
from jixiao.catalogue.columns import FILED_COLUMNS, FILED_TABLE, LINK_COLUMNS, LINK_TABLE, Column, columns_of
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.registers import FiledItem
from jixiao.values import Period

SOURCE = [{"title": "测试用办法"}]
Row = dict[str, Any]

KINDS = """
matter:
  title: 事项
  shape: case
  about: office
  unit: 件
  date: opened_on
  label: name
  fields:
    name: {type: text, title: 名称}
    opened_on: {type: date, title: 收到日期}
    class: {type: text, title: 类别}
    key: {type: boolean, title: 重点}
    size: {type: integer, title: 规模}
    mark: {type: decimal, title: 得分, places: 1}
    amount: {type: money, title: 金额, nature: test/own}
    pictures: {type: stated, title: 图片}
  states:
    open: {title: 收到}
    filed: {title: 立案}
    replied: {title: 答复}
    closed: {title: 办结}
  steps: {}
  deadlines:
    reply: {title: 答复期限, starts: filed, met_by: replied, period: {days: 90}, source: [{title: 测试用办法}]}
  links:
    about: {title: 涉及, to: test/subject}
    merged: {title: 并案, to: test/matter}
handling:
  title: 承办
  shape: activity
  about: office
  unit: 件次
  parent: test/matter
  date: given_on
  label: office
  fields:
    office: {type: text, title: 承办单位}
    given_on: {type: date, title: 交办日期}
    done_on: {type: date, title: 办毕日期}
remark:
  title: 批注
  shape: document
  about: office
  unit: 条
  parent: test/handling
  label: class
  fields:
    class: {type: text, title: 类别}
subject:
  title: 对象
  shape: register
  about: organisation
  unit: 家
  label: name
  fields:
    name: {type: text, title: 名称}
    begun_on: {type: date, title: 成立日期}
    ended_on: {type: date, title: 注销日期}
"""

FILED = """
roll: {title: 名册人数, unit: 人}
staff: {title: 在岗人数, unit: 人, at: day}
budget: {title: 预算, unit: 元, nature: test/own}
spare: {title: 结余, unit: 元, nature: test/own}
gift: {title: 捐赠, unit: 元, nature: test/donation}
area: {title: 面积, unit: 平方米, places: 1}
volume: {title: 藏书, unit: 平方米, places: 2}
"""


def kinds() -> list[Kind]:
    return [
        Kind.model_validate({"pack": "test", "id": id, "source": SOURCE, **found})
        for id, found in yaml.safe_load(KINDS).items()
    ]


def filed_items() -> list[FiledItem]:
    return [
        FiledItem.model_validate({"pack": "test", "id": id, "source": SOURCE, **found})
        for id, found in yaml.safe_load(FILED).items()
    ]


def indicator(text: str | Mapping[str, object], id: str = "asked") -> Indicator:
    """An indicator from the words of a pack file; what every file must say is filled in."""
    words = yaml.safe_load(text) if isinstance(text, str) else dict(text)
    rated = "over" in words or "per" in words
    plain = {"pack": "test", "id": id, "title": f"指标{id}", "theme": "work", "source": SOURCE}
    return Indicator.model_validate({**plain, "unit": "ratio" if rated else "件", **words})


def catalogue(*indicators: Indicator) -> Catalogue:
    folders = (("kinds", kinds()), ("filed", filed_items()), ("indicators", indicators))
    versions = [Version(folder, None, one) for folder, listed in folders for one in listed]
    return assemble({}, versions, date(2026, 1, 1))


def year(number: int, basis: str = "calendar_year") -> Period:
    return Period(basis, f"{number}年度", date(number, 1, 1), date(number, 12, 31), number)


@dataclass
class World:
    """Rows by kind id, links and filed values, as the projection keeps them (dates as dates)."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    links: list[Row] = field(default_factory=list)
    filed: list[Row] = field(default_factory=list)

    def tables(self) -> Iterable[tuple[str, tuple[Column, ...], list[Row]]]:
        for kind in kinds():
            yield kind.table, columns_of(kind), self.rows.get(kind.full_id, [])
        yield LINK_TABLE, LINK_COLUMNS, self.links
        yield FILED_TABLE, FILED_COLUMNS, self.filed


def world(links: str = "", filed: str = "", **tables: str) -> World:
    """Text tables by short kind id; org is "o" and root_id the record itself unless the table says otherwise."""
    found = World()
    for kind in kinds():
        if kind.id in tables:
            types = {column.name: column.type for column in columns_of(kind)}
            rows = _rows(tables[kind.id], types)
            found.rows[kind.full_id] = [{"org": "o", "root_id": row["id"], **row} for row in rows]
    found.links = [
        {"id": str(place), "org": "o", **row}
        for place, row in enumerate(_rows(links, {column.name: column.type for column in LINK_COLUMNS}))
    ]
    found.filed = [
        {"id": f"{place:03}", "org": "o", "qualifier": "exact", **row}
        for place, row in enumerate(_rows(filed, {column.name: column.type for column in FILED_COLUMNS}))
    ]
    return found


def _rows(text: str, types: Mapping[str, str]) -> list[Row]:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return []
    header, *body = lines
    assert set(header) <= set(types), set(header) - set(types)
    return [
        {name: _value(cell, types[name]) for name, cell in zip(header, line, strict=True) if cell}
        for line in body
    ]


def _value(cell: str, type: str) -> object:
    match type:
        case "date":
            return date.fromisoformat(cell)
        case "integer":
            return int(cell)
        case "boolean":
            return cell == "true"
    return cell


_SQL_TYPES = {
    "sqlite": {"text": "text", "integer": "integer", "date": "date", "boolean": "bool"},
    "duckdb": {"text": "varchar", "integer": "bigint", "date": "date", "boolean": "boolean"},
    "postgres": {"text": "text", "integer": "bigint", "date": "date", "boolean": "boolean"},
    "pyspark": {"text": "string", "integer": "bigint", "date": "date", "boolean": "boolean"},
}


def create_statements(dialect: str) -> list[str]:
    types = _SQL_TYPES[dialect]
    return [
        f'CREATE TABLE "{table}" ('
        + ", ".join(f'"{column.name}" {types[column.type]}' for column in columns)
        + ")"
        for table, columns, _ in World().tables()
    ]


def sqlite_value(value: object) -> object:
    """Django's conventions: dates as ISO text, booleans as 0 and 1."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


class TestEngine:
    """An engine whose tables can be filled anew; `placeholder` is the driver's mark for a parameter."""

    __test__ = False

    def __init__(self, dialect: str, connection: Any, placeholder: str) -> None:
        self.dialect = dialect
        self.connection = connection
        self.placeholder = placeholder
        self.asked: list[str] = []
        for statement in create_statements(dialect):
            connection.execute(statement)

    def fill(self, found: World) -> None:
        for table, columns, rows in found.tables():
            self.connection.execute(f'DELETE FROM "{table}"')
            for row in rows:
                names = [column.name for column in columns if row.get(column.name) is not None]
                values = [row[name] for name in names]
                if self.dialect == "sqlite":
                    values = [sqlite_value(value) for value in values]
                marks = ", ".join([self.placeholder] * len(names))
                listed = ", ".join(f'"{name}"' for name in names)
                self.connection.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', values)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        self.asked.append(sql)
        return [tuple(row) for row in self.connection.execute(sql).fetchall()]


def sqlite_engine() -> TestEngine:
    return TestEngine("sqlite", sqlite3.connect(":memory:", isolation_level=None), "?")


def duckdb_engine() -> TestEngine:
    import duckdb

    return TestEngine("duckdb", duckdb.connect(), "?")
