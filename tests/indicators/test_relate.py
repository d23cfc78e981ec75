"""Relations of packs over figures: exact values, silence, and the records themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from tests.spec.asking import LAST, sessions
from tests.spec.test_words import DATED
from tests.spec.world import SOURCE, TestEngine, filed_items, indicator, kinds, sqlite_engine, world, year

from jixiao.catalogue import Catalogue
from jixiao.catalogue.catalogue import Version, assemble
from jixiao.catalogue.relations import RelationRule
from jixiao.indicators import explain, relate, run
from jixiao.indicators.outside import outside
from jixiao.values import Figure, Finding, Verdict

ROWS = """
id | opened_on  | class | key   | filed_on   | closed_on
1  | 2020-01-01 | a     | true  | 2020-01-05 | 2020-05-01
2  | 2020-06-30 | b     | true  |            |
3  | 2020-12-31 | a     | false | 2020-12-31 |
"""

INDICATORS = [
    indicator(DATED + "count: all", "received"),
    indicator(DATED + "count: {reached: filed}", "filed"),
    indicator(DATED + "count: {reached: closed}", "closed"),
    indicator(DATED + "count: {key: true}", "key"),
    indicator(DATED + "count: {class: a}", "first"),
    indicator(DATED + "count: {class: b}", "second"),
    indicator(DATED + "over: all\ncount: {reached: filed}", "rate"),
    indicator(DATED + "count: all\nprint: {qualifier: approx, to: 4}", "coarse"),
    indicator("filed: test/roll\nunit: 件", "unfiled"),
    indicator("filed: test/budget\nunit: 元", "budget"),
    indicator("filed: test/gift\nunit: 元", "gift"),
]

FILED = """
item        | from_on    | to_on      | stated_on  | value
test/budget | 2020-01-01 | 2020-12-31 | 2020-02-01 | 1000
test/gift   | 2020-01-01 | 2020-12-31 | 2020-02-01 | 500
"""


def rules(*relations: Mapping[str, object]) -> Catalogue:
    made = [
        RelationRule.model_validate({"pack": "test", "title": "测试关系", "source": SOURCE, **found})
        for found in relations
    ]
    folders = {"kinds": kinds(), "filed": filed_items(), "indicators": INDICATORS, "relations": made}
    versions = [Version(folder, None, one) for folder, listed in folders.items() for one in listed]
    return assemble({}, versions, date(2026, 1, 1))


@pytest.fixture(scope="module")
def engine() -> TestEngine:
    found = sqlite_engine()
    found.fill(world(matter=ROWS, filed=FILED))
    return found


def judge(engine: TestEngine, *, with_rows: bool = False, **words: object) -> Finding:
    catalogue = rules({"id": "claim", **words})
    asked = [run.Request(one.full_id, "o", year(2020), LAST) for one in catalogue.indicators.values()]
    figures = {figure.indicator: figure for figure in run.figures(catalogue, asked, engine, sessions)}

    def strangers(pairs: Sequence[relate.Pair]) -> Mapping[relate.Pair, int]:
        asked = [(request(part), request(whole)) for part, whole in pairs]
        return dict(zip(pairs, outside(catalogue, asked, engine, sessions), strict=True))

    (found,) = relate.findings(catalogue, figures, strangers if with_rows else None)
    return found


def request(name: str) -> run.Request:
    return run.Request(name, "o", year(2020), LAST)


@pytest.mark.parametrize("part", ["received", "filed", "closed", "key", "first", "rate", "coarse"])
@pytest.mark.parametrize("whole", ["received", "filed", "closed", "key", "first", "rate", "unfiled"])
def test_strangers_are_the_records_behind_one_and_not_behind_the_other(
    engine: TestEngine, part: str, whole: str
) -> None:
    catalogue = rules()

    def above(name: str) -> set[str]:
        behind = explain.rows_behind(catalogue, request(f"test/{name}"), engine, sessions)
        return {row.record_id for row in behind if row.in_top}

    asked = [(request(f"test/{part}"), request(f"test/{whole}"))]
    expected = 0 if whole == "unfiled" else len(above(part) - above(whole))
    assert outside(catalogue, asked, engine, sessions) == [expected]


def test_nobody_is_asked_where_the_definitions_alone_say_so(engine: TestEngine, monkeypatch) -> None:
    monkeypatch.setattr(engine, "rows", lambda sql: pytest.fail(sql))
    asked = [(request(f"test/{part}"), request("test/received")) for part in ("filed", "key", "rate")]
    assert outside(rules(), asked, engine, sessions) == [0, 0, 0]


def test_classes_make_the_whole(engine: TestEngine) -> None:
    operands = {"whole": "test/received", "parts": ("test/first", "test/second")}
    found = judge(engine, relation="partition", operands=operands)
    assert (found.relation, found.title, found.verdict) == ("test/claim", "测试关系", Verdict.KEPT)
    assert found.subjects == ("test/received", "test/first", "test/second")


def test_a_chain_that_grows_is_broken(engine: TestEngine) -> None:
    stages = {"stages": ("test/received", "test/closed", "test/filed")}
    assert judge(engine, relation="chain", operands=stages).verdict is Verdict.BROKEN
    stages = {"stages": ("test/received", "test/filed", "test/closed")}
    assert judge(engine, relation="chain", operands=stages).verdict is Verdict.KEPT


def test_a_rate_is_its_quotient(engine: TestEngine) -> None:
    operands = {"numerator": "test/filed", "denominator": "test/received", "rate": "test/rate"}
    assert judge(engine, relation="rate", operands=operands).verdict is Verdict.KEPT


def test_a_rounded_print_does_not_hide_a_breach(engine: TestEngine) -> None:
    """约4件 could be the 2 filed ones; the counted 3 cannot."""
    operands = {"places": ("test/coarse", "test/filed")}
    assert judge(engine, relation="repeat", operands=operands).verdict is Verdict.BROKEN


def test_what_is_not_reported_is_not_judged(engine: TestEngine) -> None:
    found = judge(engine, relation="subset", operands={"whole": "test/unfiled", "parts": ("test/first",)})
    assert found.verdict is Verdict.NOT_APPLICABLE
    assert "未填报" in found.reason


def test_an_undeclared_overlap_says_why(engine: TestEngine) -> None:
    operands = {"whole": "test/received", "parts": ("test/first",)}
    found = judge(engine, relation="subset", operands=operands, undeclared="是否属于其内没有声明")
    assert (found.verdict, found.reason) == (Verdict.NOT_APPLICABLE, "是否属于其内没有声明")


def test_money_of_two_natures_is_refused_in_words(engine: TestEngine) -> None:
    operands = {"total": "test/budget", "parts": ("test/gift",)}
    found = judge(engine, relation="sum", operands=operands)
    assert found.verdict is Verdict.NOT_APPLICABLE
    assert "两种性质" in found.reason


def test_sizes_agree_but_the_records_do_not(engine: TestEngine) -> None:
    """Two key matters beside two filed ones: as many, yet one of them was never filed."""
    words = {"relation": "subset", "operands": {"whole": "test/filed", "parts": ("test/key",)}}
    assert judge(engine, **words).verdict is Verdict.KEPT  # type: ignore[arg-type]
    found = judge(engine, with_rows=True, **words)  # type: ignore[arg-type]
    assert found.verdict is Verdict.BROKEN
    assert "1条记录不在" in found.reason


def test_a_part_inside_the_whole_is_kept_by_its_records_too(engine: TestEngine) -> None:
    operands = {"whole": "test/received", "parts": ("test/key",)}
    assert judge(engine, with_rows=True, relation="subset", operands=operands).verdict is Verdict.KEPT


def test_relations_without_any_of_the_figures_are_left_out(engine: TestEngine) -> None:
    catalogue = rules({"id": "claim", "relation": "subset", "operands": {"whole": "test/key", "parts": ()}})
    none: dict[str, Figure] = {}
    assert relate.findings(catalogue, none) == []
