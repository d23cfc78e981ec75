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


@pytest.mark.parametrize(
    ("target", "actual", "is_found"),
    [
        ("≥15件", "12件", True),
        ("≥1,200人次", "1,100人次", True),
        ("≥1,200人次", "1,300人次", False),
        ("95%以上", "94.9%", True),
        ("不低于95%", "95%", False),
        ("≤5%", "6%", True),
        ("≤5%", "4.9%", False),
        ("=0起", "1起", True),
        ("≥3000人次", "近3000人次", False),
        ("≥3000人次", "2900余人次", False),
        ("≥15件", "12次", False),
        ("定性：有效改善", "已改善", False),
    ],
)
def test_less_than_the_target_never_has_all_the_points(target: str, actual: str, is_found: bool) -> None:
    row = {**samples.INDICATORS[0], "target": target, "actual": actual}
    assert bool(broken(samples.self_evaluation([row]), "W3")) is is_found


def test_what_the_share_would_be_worth_is_said() -> None:
    row = {**samples.INDICATORS[0], "target": "≥15件", "actual": "12件"}
    (found,) = broken(samples.self_evaluation([row]), "W3")
    assert found.subjects == ("indicators.1.score",)
    assert "按完成比例是24分" in found.reason
    assert broken(samples.self_evaluation([{**row, "score": "24", "reason": "三件转下年"}]), "W3") == []


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("定性：有效改善", "已改善"),
        ("≥3000人次", "3000余人次"),
        ("≥20件", "23件（含续办3件）"),
        ("85-90%", "88%"),
    ],
)
def test_words_brackets_and_about_are_no_other_unit(target: str, actual: str) -> None:
    row = {**samples.INDICATORS[0], "target": target, "actual": actual}
    assert broken(samples.self_evaluation([row]), "V8") == []


def watched(**row: str) -> Filled:
    begun = {
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "提案办理",
        "target": "≥15件",
        "actual": "5件",
    }
    return fill(samples.form("monitoring"), org="demo", year=2020, lists={"indicators": [{**begun, **row}]})


def test_what_will_miss_its_target_asks_for_the_cause() -> None:
    (found,) = broken(watched(expected="9件", likelihood="完全不可能"), "W4")
    assert found.subjects == ("indicators.1.cause",)
    assert broken(watched(expected="9件", likelihood="完全不可能", cause="人员保障：两人借出"), "W4") == []
    assert broken(watched(expected="15件", likelihood="确定能"), "W4") == []


def test_the_likelihood_is_one_of_three() -> None:
    (found,) = broken(watched(expected="15件", likelihood="能"), "W5")
    assert "确定能、有可能、完全不可能" in found.reason
    assert broken(watched(expected="15件", likelihood="有可能"), "W5") == []


@pytest.mark.parametrize(
    ("column", "said", "is_found"),
    [
        ("actual", "未完成", True),
        ("actual", "尚未验收", True),
        ("reason", "因故没有按期完成", True),
        ("actual", "20件，全部完成", False),
        ("reason", "含上年未完成的2件", False),
    ],
)
def test_all_points_and_words_of_not_having_done_it_contradict_each_other(
    column: str, said: str, is_found: bool
) -> None:
    row = samples.INDICATORS[0] | {column: said}
    assert bool(broken(samples.self_evaluation([row]), "W3")) is is_found


def test_points_that_miss_their_sum_are_told_with_both_sums() -> None:
    rows = [{**samples.INDICATORS[0], "points": "25", "score": "25"}, *samples.INDICATORS[1:]]
    broken_ones = [one for one in check(samples.self_evaluation(rows)) if one.verdict is Verdict.BROKEN]
    (found,) = [one for one in broken_ones if "indicators.total.points" in one.subjects]
    assert found.reason == "各行合计85分，规定合计90分，请调整各行"
