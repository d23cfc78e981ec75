"""Random tables, conditions, dates and as_of: every engine says what the oracle says, and some laws hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.spec import strategies
from tests.spec.asking import agreed, answer_of, sessions
from tests.spec.oracle import Oracle
from tests.spec.world import TestEngine, World, catalogue, indicator

from jixiao.catalogue.indicators import Indicator
from jixiao.indicators import run
from jixiao.values import Period

quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
slower = settings(quick, max_examples=30)


def same_as_oracle(
    engine: TestEngine, found: World, asked: Indicator, other: Indicator, period: Period, as_of: date
) -> None:
    engine.fill(found)
    agreed(engine, found, [asked, other], asked, as_of, period)


@quick
@given(
    strategies.worlds(),
    strategies.indicators(),
    strategies.denominators(),
    strategies.periods,
    strategies.as_ofs,
)
def test_sqlite_and_duckdb_agree_with_the_oracle(
    sqlite: TestEngine,
    duckdb: TestEngine,
    found: World,
    asked: Indicator,
    other: Indicator,
    period: Period,
    as_of: date,
) -> None:
    same_as_oracle(sqlite, found, asked, other, period, as_of)
    same_as_oracle(duckdb, found, asked, other, period, as_of)


@slower
@given(
    strategies.worlds(),
    strategies.indicators(),
    strategies.denominators(),
    strategies.periods,
    strategies.as_ofs,
)
def test_postgres_agrees_with_the_oracle(
    postgres: TestEngine, found: World, asked: Indicator, other: Indicator, period: Period, as_of: date
) -> None:
    same_as_oracle(postgres, found, asked, other, period, as_of)


@pytest.mark.soak
@settings(quick, max_examples=3000, derandomize=False)
@given(
    strategies.worlds(),
    strategies.indicators(),
    strategies.denominators(),
    strategies.periods,
    strategies.as_ofs,
)
def test_sqlite_and_duckdb_agree_with_the_oracle_for_long(
    sqlite: TestEngine,
    duckdb: TestEngine,
    found: World,
    asked: Indicator,
    other: Indicator,
    period: Period,
    as_of: date,
) -> None:
    same_as_oracle(sqlite, found, asked, other, period, as_of)
    same_as_oracle(duckdb, found, asked, other, period, as_of)


several = st.tuples(*(strategies.indicators(f"asked_{place}") for place in range(4)))


@slower
@given(strategies.worlds(), several, strategies.denominators(), strategies.periods, strategies.as_ofs)
def test_fused_equals_unfused_equals_by_org(
    sqlite: TestEngine,
    found: World,
    asked: tuple[Indicator, ...],
    other: Indicator,
    period: Period,
    as_of: date,
) -> None:
    sqlite.fill(found)
    definitions = catalogue(*asked, other)
    requests = [run.Request(one.full_id, org, period, as_of) for one in asked for org in ("o", "p")]
    fused = run.figures(definitions, requests, sqlite, sessions)
    assert fused == run.figures(definitions, requests, sqlite, sessions, fused=False)
    names = [one.full_id for one in asked]
    together = run.by_org(
        definitions, names, period, as_of, sqlite, ["o", "p"], lambda basis, year: sessions("", basis, year)
    )
    assert fused == [together[request.indicator, request.org] for request in requests]
    everybody = run.by_org(
        definitions, names, period, as_of, sqlite, None, lambda basis, year: sessions("", basis, year)
    )
    assert everybody == {key: figure for key, figure in together.items() if key in everybody}


@slower
@given(strategies.worlds(), strategies.conditions(), strategies.periods, strategies.as_ofs)
def test_counts_add_over_orgs_and_never_exceed_their_whole(
    sqlite: TestEngine, found: World, condition: object, period: Period, as_of: date
) -> None:
    rows = {"kind": "test/matter", "dated": "opened_on"}
    part, whole = (
        indicator({"rows": rows, "count": condition}, "part"),
        indicator({"rows": rows, "count": "all"}, "all"),
    )
    rate = indicator({"rows": rows, "count": condition, "over": "all"}, "rate")
    names = [part.full_id, whole.full_id, rate.full_id]
    definitions = catalogue(part, whole, rate)
    sqlite.fill(found)
    by_org = run.by_org(definitions, names, period, as_of, sqlite, ["o", "p"])
    for rows_of_org in found.rows.values():
        for row in rows_of_org:
            row["org"] = "o"
    sqlite.fill(found)
    together = run.by_org(definitions, names, period, as_of, sqlite, ["o"])
    for name in names[:2]:
        assert (together[name, "o"].top or 0) == sum(by_org[name, org].top or 0 for org in ("o", "p"))
    assert (together[names[0], "o"].top or 0) <= (together[names[1], "o"].top or 0)
    exact = together[names[2], "o"].exact
    assert exact is None or 0 <= exact <= 1


@slower
@given(strategies.worlds(), strategies.periods, strategies.as_ofs, st.integers(0, 30))
def test_a_cumulative_count_never_falls(
    sqlite: TestEngine, found: World, period: Period, as_of: date, later: int
) -> None:
    ever = indicator({"rows": {"kind": "test/matter", "until": "filed_on"}, "count": "all"})
    sqlite.fill(found)
    requests = [run.Request(ever.full_id, "o", period, day) for day in (as_of, as_of + timedelta(later))]
    first, second = run.figures(catalogue(ever), requests, sqlite, sessions)
    assert (first.top or 0) <= (second.top or 0)


@slower
@given(
    strategies.worlds(),
    strategies.indicators(),
    strategies.denominators(),
    strategies.periods,
    strategies.as_ofs,
)
def test_what_happens_after_as_of_changes_nothing(
    sqlite: TestEngine, found: World, asked: Indicator, other: Indicator, period: Period, as_of: date
) -> None:
    """Emptying every date that lies after as_of (but due days) leaves each figure as it was."""
    definitions = catalogue(asked, other)
    request = run.Request(asked.full_id, "o", period, as_of)
    sqlite.fill(found)
    (before,) = run.figures(definitions, [request], sqlite, sessions)
    for row in [row for rows in found.rows.values() for row in rows]:
        for column, value in row.items():
            if isinstance(value, date) and value > as_of and column != "reply_due_on":
                row[column] = None
    sqlite.fill(found)
    (after,) = run.figures(definitions, [request], sqlite, sessions)
    assert before == after
    assert answer_of(after) == Oracle(definitions, found, "o", as_of).figure(asked, period, sessions)
