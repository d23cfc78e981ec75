"""Projection tables in memory, filled from the example year of a pack.

Stands on the catalogue alone: no ledger, no Django. The ledger's own way from CSV to tables is tested elsewhere.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jixiao.catalogue import Catalogue, calendar, fields, lifecycle, load
from jixiao.catalogue.columns import FILED_COLUMNS, FILED_TABLE, LINK_COLUMNS, LINK_TABLE, Column, columns_of
from jixiao.catalogue.days import Days
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind
from jixiao.catalogue.registers import FiledItem
from jixiao.values import Period

PACKS = Path(fields.__file__).resolve().parent.parent / "packs"
PACK = "cppcc"  # whose example year is meant unless another is named
EXAMPLE_YEAR = PACKS / PACK / "examples" / "demo-cppcc"
Row = dict[str, Any]


@cache
def catalogue(pack: str = PACK) -> Catalogue:
    return load([pack], day=date(2026, 1, 1))


def folder_of(pack: str) -> Path:
    """The folder of the one example office a pack brings along."""
    (found,) = (PACKS / pack / "examples").iterdir()
    return found


class Shelf:
    """An engine over an in-memory SQLite database with the tables of every kind."""

    dialect = "sqlite"

    def __init__(self, pack: str = PACK) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self._columns: dict[str, tuple[Column, ...]] = {
            LINK_TABLE: LINK_COLUMNS,
            FILED_TABLE: FILED_COLUMNS,
        }
        self._columns |= {kind.table: columns_of(kind) for kind in catalogue(pack).kinds.values()}
        for table, columns in self._columns.items():
            listed = ", ".join(f'"{column.name}"' for column in columns)
            self.connection.execute(f'CREATE TABLE "{table}" ({listed})')

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(sql).fetchall()]

    def put(self, table: str, row: Mapping[str, Any]) -> None:
        known = {column.name for column in self._columns[table]}
        assert set(row) <= known, f"{table}: {set(row) - known}"
        names = [name for name, value in row.items() if value is not None]
        listed = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        values = [_stored(row[name]) for name in names]
        self.connection.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', values)


def _stored(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def filed_number(item: FiledItem, written: object) -> int:
    """A filed value as stored: 分 for money, × 10^places otherwise."""
    if item.nature:
        spec = FieldSpec(type=FieldType.MONEY, title=item.title, nature=item.nature)
        return int(fields.parse(spec, str(written)))
    return int(Decimal(str(written)).scaleb(item.places))


def example_year(pack: str = PACK) -> tuple[Shelf, dict[tuple[str, int], Period]]:
    """The example year on a shelf, with its periods by (basis, year)."""
    shelf, folder = Shelf(pack), folder_of(pack)
    about = yaml.safe_load((folder / "org.yaml").read_text(encoding="utf-8"))
    periods = {
        (one["basis"], one["year"]): Period(one["basis"], one["label"], one["from"], one["to"], one["year"])
        for one in about["periods"]
    }
    roots: dict[str, str] = {}
    for kind, lines in _tables(pack):
        for line in lines:
            key = f"{kind.id}/{line['key']}"
            above = f"{kind.parent.rpartition('/')[2]}/{line['parent']}" if kind.parent else None
            roots[key] = above or key
            shelf.put(
                kind.table,
                {
                    "id": key,
                    "root_id": above or key,
                    "parent_id": above,
                    "org": about["id"],
                    **_row(kind, line, catalogue(pack)),
                },
            )
            for number, (role, target) in enumerate(_links(kind, line)):
                link = {
                    "id": f"{key}/{role}/{number}",
                    "role": f"{kind.full_id}.{role}",
                    "source_id": key,
                    "target_id": target,
                }
                shelf.put(LINK_TABLE, {**link, "org": about["id"]})
    for number, value in enumerate(yaml.safe_load((folder / "filed.yaml").read_text(encoding="utf-8"))):
        period = next(
            one for one in periods.values() if (one.basis, one.label) == (value["basis"], value["label"])
        )
        item = catalogue(pack).filed_item(value["item"])
        row = {
            "id": f"f{number}",
            "org": about["id"],
            "item": item.full_id,
            "basis": period.basis,
            "label": period.label,
        }
        row |= {"from_on": period.from_on, "to_on": period.to_on, "stated_on": value["stated_on"]}
        shelf.put(FILED_TABLE, {**row, "value": filed_number(item, value["value"]), "qualifier": "exact"})
    return shelf, periods


def lines_of(kind: str, pack: str = PACK) -> list[dict[str, str]]:
    """The lines of one table of the example year, as they are written."""
    with (folder_of(pack) / "records" / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tables(pack: str) -> Iterable[tuple[Kind, list[dict[str, str]]]]:
    for path in sorted((folder_of(pack) / "records").glob("*.csv")):
        yield catalogue(pack).kind(path.stem), lines_of(path.stem, pack)


def _row(kind: Kind, line: Mapping[str, str], rules: Catalogue) -> Row:
    data, messages = fields.parse_all(kind, {name: line.get(name, "") for name in kind.fields}, rules)
    assert not messages, f"{kind.full_id} {line['key']}: {messages}"
    for name, spec in kind.fields.items():
        if spec.type is FieldType.REF and data.get(name) and spec.to:
            data[name] = f"{spec.to.rpartition('/')[2]}/{data[name]}"
    way = path_of(kind, line)
    found = calendar.dues(kind, data, way, Days(rules.calendars.values()))
    return fields.column_values(kind, data, way, {name: due.on for name, due in found.items()})


def path_of(kind: Kind, line: Mapping[str, str]) -> lifecycle.Way:
    """The way of a line through its states; raises BadInput where no steps lead that way."""
    dates = {
        state: date.fromisoformat(line[f"{state}_on"]) for state in kind.states if line.get(f"{state}_on")
    }
    return lifecycle.from_dates(kind, dates).path


def _links(kind: Kind, line: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for role, spec in kind.links.items():
        for key in filter(None, line.get(role, "").split(";")):
            yield role, f"{spec.to.rpartition('/')[2]}/{key}"
