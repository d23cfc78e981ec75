"""Words, SQL, records and other readings of a figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.spec.asking import LAST, sessions
from tests.spec.test_words import DATED, FILED, HANDLINGS, LINKS, SUBJECTS, YEAR
from tests.spec.world import TestEngine, catalogue, indicator, sqlite_engine, world, year

from jixiao.errors import BadInput
from jixiao.indicators import explain, run

RATE = indicator(
    DATED
    + """
over: {reached: filed}
count: {reached: closed}
alternatives:
  - {title: 答复即算, count: {reached: replied}}
  - {title: 以全部为分母, over: all}
""",
    "rate",
)
KEYED = indicator(DATED + "distinct: about\nunit: 家", "keyed")
FUNDED = indicator(
    DATED + "count: all\nper: {filed: test/roll}\n"
    "alternatives:\n  - {title: 以涉及的家数为分母, per: {indicator: test/keyed}}\n  - {title: 其中办结的, over: all, count: {reached: closed}}",
    "funded",
)
BOTH = indicator(DATED + "distinct: class\nper: {indicator: test/rate}", "both")
RULES = catalogue(RATE, KEYED, FUNDED, BOTH)


@pytest.fixture
def engine() -> TestEngine:
    found = sqlite_engine()
    found.fill(world(LINKS, FILED, matter=YEAR, handling=HANDLINGS, subject=SUBJECTS))
    return found


def request(name: str, as_of: date = LAST) -> run.Request:
    return run.Request(f"test/{name}", "o", year(2020), as_of)


def test_words_name_both_sides_time_source_and_rounding() -> None:
    told = dict(explain.words(RULES, RATE))
    assert list(told) == ["分子", "分母", "时间", "依据", "取整"]
    assert "办结" in told["分子"]
    assert "立案" in told["分母"]
    assert "收到日期" in told["时间"]
    assert told["依据"] == "测试用办法"


def test_a_count_has_no_denominator_to_explain() -> None:
    told = dict(explain.words(RULES, "test/keyed"))
    assert "分母" not in told
    assert "涉及" in told["计算"]


def test_rows_behind_a_rate_say_on_which_side_they_stand(engine: TestEngine) -> None:
    rows = explain.rows_behind(RULES, request("rate"), engine, sessions)
    assert {(row.record_id, row.in_top, row.in_bottom) for row in rows} == {
        ("1", True, True),
        ("2", False, True),
    }


def test_rows_behind_a_distinct_count_carry_their_key(engine: TestEngine) -> None:
    rows = explain.rows_behind(RULES, request("keyed"), engine, sessions)
    assert [(row.record_id, row.key) for row in rows] == [("1", "s"), ("1", "t"), ("2", "t")]


def test_rows_behind_keep_the_key_when_the_record_is_in_the_denominator_too(engine: TestEngine) -> None:
    rows = explain.rows_behind(RULES, request("both"), engine, sessions)
    assert {(row.record_id, row.key, row.in_top, row.in_bottom) for row in rows} == {
        ("1", "a", True, True),
        ("2", "b", True, False),
        ("3", "a", True, False),
    }


def test_filed_values_stand_behind_a_figure_too(engine: TestEngine) -> None:
    rows = explain.rows_behind(RULES, request("funded"), engine, sessions)
    filed = [row for row in rows if row.kind == "test/roll"]
    assert [(row.record_id, row.in_top, row.in_bottom) for row in filed] == [("000", False, True)]


@pytest.mark.parametrize("name", ["rate", "funded", "both", "keyed"])
@pytest.mark.parametrize("as_of", [LAST, date(2020, 6, 30)])
def test_the_rows_are_as_many_as_the_figure_says(engine: TestEngine, name: str, as_of: date) -> None:
    (figure,) = run.figures(RULES, [request(name, as_of)], engine, sessions)
    rows = explain.rows_behind(RULES, request(name, as_of), engine, sessions)
    assert len({(row.kind, row.record_id) for row in rows}) == figure.records


def test_the_sql_shown_is_readable_and_runs(engine: TestEngine) -> None:
    shown = explain.sql(RULES, request("rate"), "sqlite")
    assert "-- 事项（p_test_matter）" in shown
    first = shown.split(";")[0]
    cursor = engine.connection.execute(first)
    row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    assert (row["top"], row["bottom"]) == (1, 2)


def test_other_readings_of_a_rate(engine: TestEngine) -> None:
    other = dict(explain.alternatives(RULES, request("rate"), engine, sessions))
    assert other["答复即算"].exact == Fraction(1)
    assert other["以全部为分母"].exact == Fraction(1, 3)


def test_other_readings_may_divide_by_something_else(engine: TestEngine) -> None:
    other = dict(explain.alternatives(RULES, request("funded"), engine, sessions))
    (funded, keyed) = run.figures(RULES, [request("funded"), request("keyed")], engine, sessions)
    assert other["以涉及的家数为分母"].exact == Fraction(funded.top or 0, keyed.top or 1)
    assert other["其中办结的"].exact == Fraction(1, 3)


def test_figures_of_a_year_take_few_queries(engine: TestEngine) -> None:
    """All scans in one statement, another for filed values: not one for each of the 4 figures and their numbers."""
    names = ["rate", "keyed", "funded", "both"]
    engine.asked.clear()
    run.figures(RULES, [request(name) for name in names], engine, sessions)
    assert len(engine.asked) == 2


def test_more_orgs_than_fit_into_a_list_are_read_together(engine: TestEngine) -> None:
    orgs = [f"org-{place}" for place in range(600)]
    found = run.by_org(RULES, ["test/rate"], year(2020), LAST, engine, [*orgs, "o"])
    assert len(found) == 601
    assert found["test/rate", "o"].top == 1
    assert found["test/rate", "org-5"].text == "未填报"


def test_a_denominator_on_a_basis_nobody_has_set_is_not_reported(engine: TestEngine) -> None:
    other = indicator(DATED + "count: all\nbasis: plenary", "other")
    asked = indicator(DATED + "count: all\nper: {indicator: test/other}", "asked")
    found = catalogue(other, asked)
    (figure,) = run.figures(found, [request("asked")], engine, lambda *_: None)
    assert figure.text == "未填报"
    with pytest.raises(BadInput, match="plenary"):
        run.by_org(found, ["test/asked"], year(2020), LAST, engine)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (DATED + "count: {colour: red}", "没有“colour”这一列"),
        (DATED + "count: {size: big}", "应与数比较"),
        (DATED + "count: {key: maybe}", "应与true 或 false比较"),
        ("rows: {kind: test/matter, dated: class}\ncount: all", "不是日期列"),
        (DATED + "sum: class", "不是数值字段"),
        (DATED + "distinct: colour", "没有名为“colour”的字段或关联"),
        (DATED + "count: {has: nobody}", "没有名为“nobody”的关联"),
        (DATED + "count: {parent: {key: true}}", "不是子表"),
        ("filed: [test/roll, test/area]\nunit: 人", "单位不同"),
    ],
)
def test_what_cannot_be_computed_is_told_in_words(engine: TestEngine, words: str, told: str) -> None:
    asked = indicator(words, "wrong")
    with pytest.raises(BadInput, match=told):
        run.figures(catalogue(asked), [request("wrong")], engine, sessions)


def test_money_of_two_natures_is_not_added(engine: TestEngine) -> None:
    from jixiao.errors import MixedNatures

    asked = indicator("filed: [test/budget, test/gift]\nunit: 元", "mixed")
    with pytest.raises(MixedNatures, match="两种性质"):
        run.figures(catalogue(asked), [request("mixed")], engine, sessions)
