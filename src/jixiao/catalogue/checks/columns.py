"""Column names and values in definitions, held against the kind they speak of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.columns import Column, columns_of
from jixiao.catalogue.conditions import (
    AllOf,
    AnyOf,
    Between,
    Each,
    Has,
    Not,
    NotAfter,
    OneOf,
    Parent,
    Present,
    Reached,
)
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.nearest import listed, nearest
from jixiao.catalogue.pieces import Complaint, Complaints
from jixiao.catalogue.read_yaml import Keys

_TYPE_WORDS = {"text": "文字", "integer": "数字", "date": "日期", "boolean": "是否"}


def unknown(path: Keys, what: str, word: str, known: Collection[str]) -> Complaint:
    """A name that is not there, with the nearest ones or all that may stand there."""
    near = nearest(word, known)
    expected = f"是否想写 {'、'.join(near)}" if near else f"可用：{listed(known) or '（无）'}"
    return path, f"没有{what}“{word}”", expected


def columns_by_name(kind: Kind) -> Mapping[str, Column]:
    return {column.name: column for column in columns_of(kind)}


def check_date_column(kind: Kind, name: str, path: Keys) -> Complaints:
    """A word about time must name a date column."""
    columns = columns_by_name(kind)
    dates = [column.name for column in columns.values() if column.type == "date"]
    if name not in columns:
        yield unknown(path, f"{kind.title}的日期列", name, dates)
    elif columns[name].type != "date":
        yield path, f"“{name}”是{_TYPE_WORDS[columns[name].type]}列", f"日期列：{listed(dates) or '（无）'}"


def check_condition(condition: object, kind: Kind | None, catalogue: Catalogue, path: Keys) -> Complaints:
    """Walk the tree with the kind's columns. A relative or parent whose kind is unknown was told
    elsewhere.
    """
    if kind is None:
        return
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from check_condition(part, kind, catalogue, path)
        case Not(part):
            yield from check_condition(part, kind, catalogue, path)
        case Has(relative, inner) | Each(relative, inner):
            yield from check_condition(inner, relative_kind(kind, relative, catalogue), catalogue, path)
        case Parent(inner):
            if not kind.parent:
                yield (*path, "parent"), f"{kind.title}没有上级事项", "删去 parent，或在事项类型里写 parent"
            else:
                yield from check_condition(inner, catalogue.kinds.get(kind.parent), catalogue, path)
        case Reached(state):
            if state not in kind.states:
                yield unknown((*path, "reached"), f"{kind.title}的环节", state, kind.states)
        case OneOf() | Between() | Present() | NotAfter():
            yield from _check_comparison(condition, kind, catalogue, path)


def relative_kind(kind: Kind, relative: str, catalogue: Catalogue) -> Kind | None:
    if relative in kind.links:
        return catalogue.kinds.get(kind.links[relative].to)
    return catalogue.kinds.get(relative)


def _check_comparison(
    condition: OneOf | Between | Present | NotAfter, kind: Kind, catalogue: Catalogue, path: Keys
) -> Complaints:
    columns = columns_by_name(kind)
    below = (*path, condition.column)
    names = [condition.column, condition.other] if isinstance(condition, NotAfter) else [condition.column]
    absent = [name for name in names if name not in columns]
    for name in absent:
        yield _no_column(below, name, kind, columns)
    if absent:
        return
    column = columns[condition.column]
    match condition:
        case NotAfter():
            for name in names:
                yield from check_date_column(kind, name, below)
        case Between(_, low, high):
            if column.type not in {"integer", "date"}:
                yield (
                    below,
                    f"“{column.name}”是{_TYPE_WORDS[column.type]}列，不能用 between",
                    "数字列或日期列",
                )
            else:
                yield from _check_values(
                    below, column, kind, catalogue, [end for end in (low, high) if end is not None]
                )
            if low is not None and high is not None and type(low) is type(high) and low > high:  # type: ignore[operator]
                yield below, "between 的两端颠倒了", "小的在前"
        case OneOf(_, values):
            yield from _check_values(below, column, kind, catalogue, values)


def _no_column(path: Keys, name: str, kind: Kind, columns: Mapping[str, Column]) -> Complaint:
    if name == "state":
        return (
            path,
            "条件里没有 state 这一列",
            f"判断环节写 reached: 环节；可用：{listed(kind.states) or '（无）'}",
        )
    spec = kind.fields.get(name)
    if spec is not None and not spec.is_projected:
        return path, f"“{name}”是长文字或报表，不进统计", "换用其他字段"
    return unknown(path, f"{kind.title}的列", name, columns)


def _check_values(
    path: Keys, column: Column, kind: Kind, catalogue: Catalogue, values: Collection[Any]
) -> Complaints:
    for value in values:
        if not _fits(column, value):
            yield (
                path,
                f"拿{_shown(value)}与{_TYPE_WORDS[column.type]}列“{column.name}”比较",
                _would_fit(column),
            )
    spec = kind.fields.get(column.name)
    table = catalogue.codes.get(spec.codes) if spec and spec.codes else None
    if table is not None:
        for value in values:
            if value not in table.codes:
                yield unknown(path, f"代码（{table.title}）", str(value), table.codes)


def _fits(column: Column, value: Any) -> bool:
    match column.type:
        case "date":
            return isinstance(value, date)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)


def _would_fit(column: Column) -> str:
    return {
        "date": "日期，如 2020-03-05",
        "boolean": "true 或 false",
        "integer": "数字（不超过该字段的小数位数）",
        "text": "文字；像数字的文字用引号括起",
    }[column.type]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return f"是否值 {str(value).lower()}"
    if isinstance(value, int | Decimal):
        return f"数字 {value}"
    return f"日期 {value}" if isinstance(value, date) else f"文字“{value}”"
