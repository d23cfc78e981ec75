"""The worked examples inside indicator files, run: tables in, `gives` and `prints` compared.

Each example gets its rows in an in-memory SQLite database and goes the way every figure goes. Writes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from jixiao.catalogue import Catalogue, fields
from jixiao.catalogue.columns import FILED_COLUMNS, FILED_TABLE, LINK_COLUMNS, LINK_TABLE, Column, columns_of
from jixiao.catalogue.indicators import Example, Indicator
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.numbers import read_stated
from jixiao.errors import BadInput
from jixiao.indicators.engines import SqliteEngine
from jixiao.indicators.run import Request, figures
from jixiao.indicators.tables import item_scale
from jixiao.values import Figure, Period, Status, decimal_text

ORG = "example"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an example promised and what came out; `problem` is empty where they agree."""

    indicator: str
    name: str
    gives: str
    figure: Figure | None
    problem: str


def run(catalogue: Catalogue, indicator: Indicator) -> list[Outcome]:
    """Every example of an indicator, in the order of its file; an unreadable table is a problem too."""
    outcomes = []
    previous: Example | None = None
    for example in indicator.examples:
        if example.records == "same" and previous is not None:
            example = example.model_copy(
                update={"records": previous.records, "links": example.links or previous.links}
            )
        outcomes.append(_outcome(catalogue, indicator, example))
        previous = example
    return outcomes


def failures(catalogue: Catalogue) -> Iterator[Outcome]:
    """The examples of the whole catalogue that do not come out as written."""
    for indicator in catalogue.indicators.values():
        yield from (outcome for outcome in run(catalogue, indicator) if outcome.problem)


def _outcome(catalogue: Catalogue, indicator: Indicator, example: Example) -> Outcome:
    try:
        figure = _figure(catalogue, indicator, example)
        problem = _difference(example, figure)
    except (BadInput, ValueError) as error:
        figure, problem = None, f"示例“{example.name}”算不出来：{error}"
    return Outcome(indicator.full_id, example.name, str(example.gives), figure, problem)


def _figure(catalogue: Catalogue, indicator: Indicator, example: Example) -> Figure:
    period, as_of = period_of(indicator, example.period)
    connection = sqlite3.connect(":memory:")
    try:
        for table, columns, rows in _tables(catalogue, indicator, example, period):
            _write(connection, table, columns, rows)
        request = Request(indicator.full_id, ORG, period, as_of)
        engine = SqliteEngine(connection)
        return figures(catalogue, [request], engine, lambda org, basis, year: replace(period, basis=basis))[0]
    finally:
        connection.close()


def _difference(example: Example, figure: Figure) -> str:
    """What differs, in words; empty where nothing does."""
    found = exact_text(figure)
    expected = str(example.gives)
    same = found == expected if expected in ("none", "not_reported") else _same_number(expected, figure)
    if not same:
        return f"示例“{example.name}”应得 {expected}，算得 {found}"
    if example.prints and example.prints != figure.text:
        return f"示例“{example.name}”应印作“{example.prints}”，印出“{figure.text}”"
    return ""


def exact_text(figure: Figure) -> str:
    """The exact value as an example writes it: 4, 1234.56, 2/3, none, not_reported."""
    if figure.status is Status.NOT_REPORTED:
        return "not_reported"
    if figure.exact is None:
        return "none"
    return str(figure.exact) if figure.bottom is not None else decimal_text(figure.exact)


def _same_number(expected: str, figure: Figure) -> bool:
    try:
        return figure.exact is not None and Fraction(expected) == figure.exact
    except ValueError:
        raise ValueError(f"gives 写作“{expected}”；应写数、分数（如 2/3）、none 或 not_reported") from None


def period_of(indicator: Indicator, said: Mapping[str, object]) -> tuple[Period, date]:
    """The period and day of an example; a calendar year needs only its label."""
    label = str(said.get("label", ""))
    year = int(str(said.get("year") or label[:4] or 0))
    first, last = said.get("from"), said.get("to")
    from_on = first if isinstance(first, date) else date(year, 1, 1)
    to_on = last if isinstance(last, date) else date(year, 12, 31)
    as_of = said.get("as_of")
    period = Period(str(said.get("basis") or indicator.basis), label, from_on, to_on, year)
    return period, as_of if isinstance(as_of, date) else to_on


def _tables(
    catalogue: Catalogue, indicator: Indicator, example: Example, period: Period
) -> Iterator[tuple[str, tuple[Column, ...], list[Row]]]:
    """Every table of the projection, with the example's rows where it has some."""
    rows: dict[str, list[Row]] = {}
    for name, text in _written(indicator, example).items():
        kind = _kind(catalogue, indicator, name)
        rows[kind.full_id] = [_row(catalogue, kind, cells) for cells in _cells(text)]
    roots = _roots(rows)
    for kind in catalogue.kinds.values():
        found = [{**row, "root_id": roots[row["id"]]} for row in rows.get(kind.full_id, [])]
        yield kind.table, columns_of(kind), found
    yield LINK_TABLE, LINK_COLUMNS, [_link(catalogue, rows, cells) for cells in _cells(example.links)]
    yield FILED_TABLE, FILED_COLUMNS, _filed(catalogue, indicator, example, period)


def _written(indicator: Indicator, example: Example) -> Mapping[str, str]:
    if not isinstance(example.records, str):
        return example.records
    if not example.records or indicator.rows is None:
        return {}
    if example.records == "same":
        raise BadInput("第一个示例不能写 records: same；请写出记录表")
    return {indicator.rows.kind: example.records}


def _kind(catalogue: Catalogue, indicator: Indicator, name: str) -> Kind:
    near = f"{indicator.pack}/{name}"
    return catalogue.kind(near if near in catalogue.kinds else name)


def _cells(text: str) -> list[dict[str, str]]:
    """The rows of a pipe table by column, empty cells left out."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    header, *body = lines
    for line in body:
        if len(line) > len(header):
            raise BadInput(f"示例表的一行有 {len(line)} 格，表头只有 {len(header)} 格：{' | '.join(line)}")
    return [{name: cell for name, cell in zip(header, line, strict=False) if cell} for line in body]


def _row(catalogue: Catalogue, kind: Kind, cells: Mapping[str, str]) -> Row:
    """A projection row from an example's cells, read as a form would read them."""
    known = {column.name for column in columns_of(kind)}
    for name in cells:
        if name not in known:
            raise BadInput(f"示例表有 {kind.full_id} 没有的列“{name}”；可用：{'、'.join(sorted(known))}")
    data = {
        name: fields.parse(spec, cells[name], catalogue)
        for name, spec in kind.fields.items()
        if name in cells
    }
    path = [(name, date.fromisoformat(cells[f"{name}_on"])) for name in kind.states if f"{name}_on" in cells]
    dues = {
        name: date.fromisoformat(cells[f"{name}_due_on"])
        for name in kind.deadlines
        if f"{name}_due_on" in cells
    }
    row = fields.column_values(kind, data, path, dues)
    return {**row, "org": ORG, **{name: cells[name] for name in ("id", "parent_id", "org") if name in cells}}


def _roots(rows: Mapping[str, list[Row]]) -> dict[str, str]:
    """The topmost record above each record of the example."""
    parents = {row["id"]: row.get("parent_id") for listed in rows.values() for row in listed}
    found = {}
    for id in parents:
        root = id
        while (above := parents.get(root)) is not None:
            root = above
        found[id] = root
    return found


def _link(catalogue: Catalogue, rows: Mapping[str, list[Row]], cells: Mapping[str, str]) -> Row:
    """A link; its role is written short and belongs to the kind of the record it starts from."""
    role, source = cells["role"], cells["source"]
    for kind_id, listed in rows.items():
        if role in catalogue.kind(kind_id).links and any(row["id"] == source for row in listed):
            ends = {"source_id": source, "target_id": cells["target"]}
            return {"role": f"{kind_id}.{role}", **ends, "org": ORG, "linked_on": cells.get("linked_on")}
    raise BadInput(f"示例的关联“{role}”找不到起点记录 {source}；请在 records 中写出它，并核对关联名称")


def _filed(catalogue: Catalogue, indicator: Indicator, example: Example, period: Period) -> list[Row]:
    """Filed values of the period, stated on its first day unless the example says when."""
    found = []
    for place, (name, said) in enumerate(example.filed.items()):
        for told in said if isinstance(said, list) else [said]:
            value = dict(told) if isinstance(told, Mapping) else {"value": told}
            near = f"{indicator.pack}/{name}"
            item = catalogue.filed_item(near if near in catalogue.filed else name)
            number, qualifier = read_stated(str(value["value"]), (item.unit,))
            scaled = number * item_scale(item)
            if scaled != int(scaled):
                raise BadInput(f"填报项“{item.title}”的值 {value['value']} 小数位过多")
            found.append(
                {
                    "id": f"{place:03}",
                    "org": ORG,
                    "item": item.full_id,
                    "value": int(scaled),
                    "qualifier": str(value.get("qualifier") or qualifier.value),
                    "stated_on": value.get("stated_on") or period.from_on,
                    "from_on": value.get("from") or period.from_on,
                    "to_on": value.get("to") or period.to_on,
                }
            )
    return found


def _write(connection: sqlite3.Connection, table: str, columns: tuple[Column, ...], rows: list[Row]) -> None:
    """Create and fill one table by Django's conventions: dates as text, booleans as 0 and 1."""
    connection.execute(f'CREATE TABLE "{table}" ({", ".join(_quoted(column.name) for column in columns)})')
    for row in rows:
        names = [column.name for column in columns if row.get(column.name) is not None]
        values = [row[name].isoformat() if isinstance(row[name], date) else row[name] for name in names]
        marks = ", ".join("?" * len(names))
        listed = ", ".join(_quoted(name) for name in names)
        connection.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', values)


def _quoted(name: str) -> str:
    return f'"{name}"'
