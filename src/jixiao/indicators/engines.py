"""Where compiled SQL runs: what an engine must offer, and the two that need no server.

The ledger brings its own engine on Django's cursor. Nothing here writes.
"""

from __future__ import annotations

from typing import Any, Protocol


class Engine(Protocol):
    """`dialect` is sqlite, postgres, duckdb or pyspark; `rows` runs one SELECT."""

    @property
    def dialect(self) -> str: ...

    def rows(self, sql: str) -> list[tuple[Any, ...]]: ...


class SqliteEngine:
    """A connection of the sqlite3 module; dates are ISO text, booleans 0 and 1."""

    dialect = "sqlite"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(sql).fetchall()]


class DuckdbEngine:
    """A connection of the duckdb module."""

    dialect = "duckdb"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.connection.execute(sql).fetchall()
        return found
