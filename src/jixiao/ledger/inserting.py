"""Insert many new rows at once. Asks Django's fields for what the database wants, and for nothing it would ask in vain.

Rows come with every value set, their keys too; no signals are sent and nothing is read back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

AS_THEY_ARE = (BooleanField, CharField, ForeignKey, IntegerField, TextField)


def insert_all(rows: Sequence[Model]) -> None:
    """Insert the rows of one model."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = [field for field in meta.concrete_fields if not _is_given_by_database(field, rows[0])]
    quoted = connection.ops.quote_name
    names, marks = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    ways = [(field.attname, _way(field)) for field in fields]
    values = [
        tuple([way(getattr(row, name)) if way else getattr(row, name) for name, way in ways]) for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quoted(meta.db_table)} ({names}) VALUES ({marks})", values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _is_given_by_database(field: Field, row: Model) -> bool:
    return field.primary_key and getattr(row, field.attname) is None


def _way(field: Field) -> Callable[[Any], Any] | None:
    """From a value to what the database is given; None where it is the value itself."""
    if isinstance(field, AS_THEY_ARE):
        return None
    if isinstance(field, DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, DateField):
        return connection.ops.adapt_datefield_value
    return partial(field.get_db_prep_save, connection=connection)
