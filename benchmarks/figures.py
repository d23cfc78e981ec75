"""Figures of ten thousand orgs over a million records, against one raw DuckDB group-by of the same table.

Both run in every round, one after the other, so that a busy machine slows both. Three stages are told
apart: the fused scan of additive indicators, the same with a distinct one beside, and finished figures, one
Python object for each org and indicator.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

import duckdb
import yaml

from jixiao.catalogue import Catalogue
from jixiao.catalogue.catalogue import Version, assemble
from jixiao.catalogue.columns import FILED_COLUMNS, FILED_TABLE, Column
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.kinds import Kind
from jixiao.indicators import compile, run
from jixiao.indicators.engines import DuckdbEngine
from jixiao.indicators.facts import fetch, scans
from jixiao.indicators.plan import plan
from jixiao.values import Period

GOAL = 5.0
SOURCE = [{"title": "性能测试用表"}]
YEAR = Period("calendar_year", "2020年度", date(2020, 1, 1), date(2020, 12, 31), 2020)
AS_OF = date(2020, 12, 31)

KIND = """
title: 事项
shape: case
about: office
unit: 件
date: opened_on
label: id
fields:
  opened_on: {type: date, title: 收到日期}
  class: {type: text, title: 类别}
  key: {type: boolean, title: 重点}
  amount: {type: money, title: 金额, nature: bench/own}
  subject: {type: text, title: 对象}
states:
  open: {title: 收到}
  filed: {title: 立案}
  replied: {title: 答复}
  closed: {title: 办结}
deadlines:
  reply: {title: 期限, starts: filed, met_by: replied, period: {days: 90}, source: [{title: 性能测试用表}]}
"""

DATED = {"kind": "bench/matter", "dated": "opened_on"}
ADDITIVE: dict[str, dict[str, object]] = {
    "received": {"count": "all", "unit": "件"},
    "filed": {"count": {"reached": "filed"}, "unit": "件"},
    "closed": {"count": {"reached": "closed"}, "unit": "件"},
    "key": {"count": {"key": True}, "unit": "件"},
    "amount": {"sum": "amount", "unit": "元"},
    "large": {"count": {"class": ["a", "b"], "amount": {"between": [500_000, None]}}, "unit": "件"},
    "closing_rate": {"count": {"reached": "closed"}, "over": {"reached": "filed"}, "unit": "ratio"},
    "on_time_rate": {
        "count": {"replied_on": {"not_after": "reply_due_on"}},
        "over": {"reached": "filed"},
        "unit": "ratio",
    },
}
DISTINCT: dict[str, dict[str, object]] = {"subjects": {"distinct": "subject", "unit": "家"}}

# a row's columns follow from its number alone, so that every run makes the same table
ROWS = """
CREATE TABLE p_bench_matter AS
WITH numbered AS (
  SELECT
    i, hash(i) AS h, hash(i + 1000000007) AS g,
    DATE '2019-07-01' + CAST(hash(i * 3 + 1) % 730 AS INTEGER) AS day
  FROM range({records}) AS numbers(i)
)
SELECT
  CAST(i AS VARCHAR) AS id, CAST(i AS VARCHAR) AS root_id, CAST(NULL AS VARCHAR) AS parent_id,
  'org-' || lpad(CAST(h % {orgs} AS VARCHAR), 6, '0') AS org,
  day AS opened_on,
  chr(CAST(97 + g % 6 AS INTEGER)) AS class,
  (g // 7) % 5 = 0 AS key,
  CAST((g // 11) % 1000000 AS BIGINT) AS amount,
  'subject-' || CAST((g // 13) % 5000 AS VARCHAR) AS subject,
  day AS open_on,
  CASE WHEN g % 10 < 9 THEN day + 10 END AS filed_on,
  CASE WHEN g % 10 < 8 THEN day + CAST(10 + (g // 17) % 120 AS INTEGER) END AS replied_on,
  CASE WHEN g % 10 < 6 THEN day + CAST(130 + (g // 19) % 60 AS INTEGER) END AS closed_on,
  CASE WHEN g % 10 < 9 THEN day + 100 END AS reply_due_on
FROM numbered
"""

RAW = """
SELECT org, count(*), sum(amount) FROM p_bench_matter
WHERE opened_on BETWEEN DATE '2020-01-01' AND DATE '2020-12-31' GROUP BY org
"""


def rules() -> Catalogue:
    kind = Kind.model_validate({"pack": "bench", "id": "matter", "source": SOURCE, **yaml.safe_load(KIND)})
    plain = {"pack": "bench", "theme": "bench", "rows": DATED, "source": SOURCE}
    indicators = [
        Indicator.model_validate({**plain, "id": id, "title": id, **words})
        for id, words in {**ADDITIVE, **DISTINCT}.items()
    ]
    versions = [Version("kinds", None, kind), *(Version("indicators", None, one) for one in indicators)]
    return assemble({}, versions, AS_OF)


def table(connection: Any, orgs: int, records: int) -> None:
    connection.execute(ROWS.format(orgs=orgs, records=records))
    types = {"text": "varchar", "integer": "bigint", "date": "date", "boolean": "boolean"}

    def declared(column: Column) -> str:
        return f'"{column.name}" {types[column.type]}'

    connection.execute(f"CREATE TABLE {FILED_TABLE} ({', '.join(map(declared, FILED_COLUMNS))})")


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(orgs: int, records: int, rounds: int) -> None:
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    table(connection, orgs, records)
    engine, catalogue = DuckdbEngine(connection), rules()

    def numbers(names: list[str]) -> object:
        plans = [plan(catalogue, catalogue.indicator(name), YEAR, lambda *_: None) for name in names]
        return fetch(catalogue, plans, AS_OF, engine, None)

    additive, everything = list(ADDITIVE), [*ADDITIVE, *DISTINCT]
    peers: dict[str, Callable[[], object]] = {
        f"{len(additive)} 个可加指标的整数（一次扫描）": lambda: numbers(additive),
        f"{len(everything)} 个指标的整数（去重数另行）": lambda: numbers(everything),
        f"{len(everything)} 个指标的成品数据（by_org）": lambda: run.by_org(
            catalogue, everything, YEAR, AS_OF, engine
        ),
    }
    compiling = timed(lambda: numbers(everything))
    compile.sql.cache_clear()
    plans = [plan(catalogue, catalogue.indicator(name), YEAR, lambda *_: None) for name in everything]
    asked = scans(catalogue, plans, AS_OF, None)
    first = timed(lambda: [compile.sql(scan, engine.dialect) for scan in asked])
    print(
        f"{orgs} 个单位，{records} 条记录；首次计算（含载入 Ibis）{compiling:.2f} 秒，"
        f"其后编译 {len(asked)} 个查询 {first * 1000:.0f} 毫秒，编译过的不再编译"
    )
    told: dict[str, list[tuple[float, float]]] = {name: [] for name in peers}
    for _ in range(rounds):
        for name, act in peers.items():
            told[name].append((timed(act), timed(lambda: connection.execute(RAW).fetchall())))
    for name, pairs in told.items():
        ratios = sorted(ours / raw for ours, raw in pairs)
        ours, raw = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
        verdict = "MET" if median(ratios) <= GOAL else "MISSED"
        print(
            f"{name}：{ours * 1000:.0f} 毫秒，裸 GROUP BY {raw * 1000:.0f} 毫秒，"
            f"比值 {median(ratios):.2f}（{ratios[0]:.2f}–{ratios[-1]:.2f}），目标 ≤ {GOAL:g}：{verdict}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orgs", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    measure(asked.orgs, asked.records, asked.rounds)


if __name__ == "__main__":
    main()
