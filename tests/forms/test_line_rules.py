"""Parts never exceed what they are paid from, rates counted out of a whole stay within it; the cell is named."""

from __future__ import annotations

import pytest
from tests.forms import samples

from jixiao.forms.check import check
from jixiao.forms.fill import Filled, fill
from jixiao.values import Finding, Verdict


def broken(filled: Filled, rule: str) -> list[Finding]:
    return [one for one in check(filled) if one.verdict is Verdict.BROKEN and one.relation == rule]


def project(full: str, executed: str) -> Filled:
    entries = {f"money.grant.{name}": text for name, text in (("full", full), ("executed", executed))}
    return fill(samples.form("project_self_evaluation"), org="demo", year=2020, entries=entries)


def monitored(**cells: str) -> Filled:
    entries = {f"money.grant.{name}": text for name, text in cells.items()}
    return fill(samples.form("monitoring"), org="demo", year=2020, entries=entries)


def test_more_spent_than_the_year_was_given_is_told_at_its_cell_with_the_rate() -> None:
    (found,) = broken(project("90", "91.8"), "W1")
    assert found.subjects == ("money.grant.executed",)
    assert "全年执行数91.8万元超过全年预算数90万元" in found.reason
    assert found.computed == "91.8万元 ÷ 90万元 = 102%"
    assert "年中追加" in found.reason


@pytest.mark.parametrize(
    ("full", "executed"), [("90", "90"), ("90", "0"), ("", "5"), ("—", "5"), ("90", "—")]
)
def test_what_stays_within_or_has_no_whole_is_not_held_against_it(full: str, executed: str) -> None:
    assert broken(project(full, executed), "W1") == []


def test_the_whole_sheet_is_watched_row_by_row() -> None:
    filled = samples.self_evaluation(money__fund__executed="3", money__project__executed="41")
    assert [one.subjects[0] for one in broken(filled, "W1")] == [
        "money.fund.executed",
        "money.project.executed",
    ]


def test_in_the_course_of_a_year_added_money_may_be_named_instead() -> None:
    assert [one.subjects[0] for one in broken(monitored(initial="10", executed="12"), "W1")] == [
        "money.grant.executed"
    ]
    assert broken(monitored(initial="10", executed="12", added="示财预〔2020〕3号追加5万元"), "W1") == []
    assert broken(monitored(initial="20", executed="12", expected="11"), "W3")


@pytest.mark.parametrize(
    ("name", "actual", "is_found"),
    [
        ("办理满意率", "105%", True),
        ("任务完成率", "105%", False),
        ("委员满意度", "101分", False),
        ("答复率", "100%", False),
    ],
)
def test_a_rate_counted_out_of_a_whole_is_not_above_all_of_it(name: str, actual: str, is_found: bool) -> None:
    row = {**samples.INDICATORS[1], "level3": name, "actual": actual}
    assert bool(broken(samples.self_evaluation([row]), "W2")) is is_found


def test_a_target_that_cannot_be_reached_by_construction_is_found_in_the_goal() -> None:
    row = {
        "level1": "满意度指标",
        "level2": "服务对象满意度",
        "level3": "群众满意度",
        "target": "≥120",
        "unit": "%",
    }
    filled = fill(samples.form("goal_declaration"), org="demo", year=2020, lists={"indicators": [row]})
    assert [one.subjects[0] for one in broken(filled, "W2")] == ["indicators.1.target"]


def test_the_ten_points_of_execution_are_the_forms_and_the_score_is_worked_out() -> None:
    filled = samples.self_evaluation(money__total__points="20", money__total__score="10")
    assert (filled.cell("money.total.points").value, filled.cell("money.total.points").origin) == (10, "form")
    assert filled.cell("money.total.score").origin == "formula"
