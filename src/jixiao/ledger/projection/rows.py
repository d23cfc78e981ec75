"""Write and remove the rows of the projection, on the connection and in the transaction of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from jixiao.catalogue import Catalogue
from jixiao.catalogue.columns import FILED_COLUMNS, FILED_TABLE, LINK_COLUMNS, LINK_TABLE, Column, columns_of
from jixiao.catalogue.kinds import Kind
from jixiao.ledger.models import FiledValue, Link, Record
from jixiao.ledger.standing import columns_of_row

BATCH = 400


def write(records: Iterable[Record], catalogue: Catalogue) -> None:
    """Write the rows of these records, replacing what stood there. Voided records are not for here."""
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    for kind_id, group in by_kind.items():
        kind = catalogue.kind(kind_id)
        columns, rows = images(group, kind)
        _upsert(kind.table, columns, list(rows))


def remove(records: Iterable[Record], catalogue: Catalogue) -> None:
    """Take these records and their links out of the projection."""
    by_table: dict[str, list[str]] = {}
    ids: list[str] = []
    for record in records:
        by_table.setdefault(catalogue.kind(record.kind).table, []).append(record.id)
        ids.append(record.id)
    for table, group in by_table.items():
        _delete(table, "id", group)
    _delete(LINK_TABLE, "source_id", ids)
    _delete(LINK_TABLE, "target_id", ids)


def write_links(links: Iterable[Link]) -> None:
    """Write links whose two ends are both in the projection; `source` must be loaded."""
    _upsert(LINK_TABLE, LINK_COLUMNS, list(link_images(links)))


def remove_link(link: str) -> None:
    _delete(LINK_TABLE, "id", [link])


def write_filed(values: Iterable[FiledValue]) -> None:
    _upsert(FILED_TABLE, FILED_COLUMNS, list(filed_images(values)))


def remove_filed(ids: Sequence[str]) -> None:
    _delete(FILED_TABLE, "id", ids)


def images(records: Iterable[Record], kind: Kind) -> tuple[Sequence[Column], Iterator[tuple[Any, ...]]]:
    """The columns of a kind's table, and the row in it that each record should have."""
    columns = columns_of(kind)
    return columns, (_row(record, kind, columns) for record in records)


def link_images(links: Iterable[Link]) -> Iterator[tuple[Any, ...]]:
    """The row each link should have; `source` must be loaded."""
    for link in links:
        yield link.id, link.role, link.source_id, link.target_id, link.source.org_id, link.linked_on


def filed_images(values: Iterable[FiledValue]) -> Iterator[tuple[Any, ...]]:
    """The row each filed value should have."""
    attributes = tuple("org_id" if column.name == "org" else column.name for column in FILED_COLUMNS)
    for one in values:
        yield tuple(getattr(one, name) for name in attributes)


def _row(record: Record, kind: Kind, columns: Sequence[Column]) -> tuple[Any, ...]:
    values = columns_of_row(kind, record.data, record) | {
        "id": record.id,
        "root_id": record.root_id,
        "parent_id": record.parent_id,
        "org": record.org_id,
    }
    return tuple(values.get(column.name) for column in columns)


def _upsert(table: str, columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    new = ", ".join(
        f'"{column.name}" = excluded."{column.name}"' for column in columns if column.name != "id"
    )
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT ("id") DO UPDATE SET {new}'
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _delete(table: str, column: str, ids: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f'DELETE FROM "{table}" WHERE "{column}" IN ({marks})', list(part))
