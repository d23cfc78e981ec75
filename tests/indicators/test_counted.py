"""The way back from a record tells the same as the records behind the figures."""

from __future__ import annotations

import pytest
from tests.indicators.test_explain import LAST, RULES, engine, request
from tests.spec.asking import sessions
from tests.spec.world import TestEngine

from jixiao.indicators import explain
from jixiao.indicators.behind import standing
from jixiao.indicators.counted import counted

__all__ = ["engine"]
NAMES = ("rate", "keyed", "funded", "both")


@pytest.mark.parametrize("record", ["1", "2", "3", "4", "5", "none", "o'clock"])
def test_a_record_is_counted_where_it_stands_behind_the_figure(engine: TestEngine, record: str) -> None:
    asked = [request(name, LAST) for name in NAMES]
    behind = [explain.rows_behind(RULES, one, engine, sessions) for one in asked]
    mine = [[row for row in rows if row.record_id == record and "/" in row.kind] for rows in behind]
    expected = [(any(row.in_top for row in rows), any(row.in_bottom for row in rows)) for rows in mine]
    assert counted(RULES, asked, engine, sessions, record) == expected


def test_a_figure_stands_on_the_records_and_filed_values_behind_it(engine: TestEngine) -> None:
    asked = [request(name, LAST) for name in NAMES]
    for one, found in zip(asked, standing(RULES, asked, engine, sessions), strict=True):
        behind = explain.rows_behind(RULES, one, engine, sessions)
        records = {
            (row.kind, row.record_id)
            for row in behind
            if "/" in row.kind and row.record_id not in found.filed
        }
        assert {(kind, id) for kind, ids in found.records for id in ids} == records
        assert {row.record_id for row in behind} == {id for _, id in records} | set(found.filed)
    assert any(found.filed for found in standing(RULES, asked, engine, sessions))


def test_some_record_stands_on_both_sides_and_some_on_none(engine: TestEngine) -> None:
    found = {
        counted(RULES, [request("rate", LAST)], engine, sessions, str(record))[0] for record in range(1, 9)
    }
    assert {(True, True), (False, False)} <= found
