"""The ledger's database as an engine of indicators: compiled SQL on Django's cursor, inside the open
transaction.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

DIALECTS = {"sqlite": "sqlite", "postgresql": "postgres"}


class DjangoEngine:
    """Meets `jixiao.indicators`' Engine. Whole numbers come back as int on every database."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self.dialect = DIALECTS[connection.vendor]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            # Without parameters Django passes the text through untouched: its % signs need no doubling.
            cursor.execute(sql)
            return [tuple(_whole(value) for value in row) for row in cursor.fetchall()]


def engine(connection: BaseDatabaseWrapper) -> DjangoEngine:
    return DjangoEngine(connection)


def _whole(value: Any) -> Any:
    """PostgreSQL gives sum(bigint) as Decimal."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value
