"""Forms of the performance cycle: drafts take anything, a step takes only a sound form, an approved goal is copied and
never retyped.
"""

# ruff: noqa: F811

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    goal_rows,
    make_goal,
    office,
    take,
)
from tests.forms.samples import INDICATORS
from tests.ledger.conftest import TODAY

from jixiao.errors import FieldErrors, StepNotLegal
from jixiao.ledger import filling
from jixiao.ledger.actions import records
from jixiao.ledger.models import Record


def test_a_goal_whose_points_miss_their_sum_stays_a_draft(office, finance) -> None:
    goal = make_goal(finance, office, goal_rows(points="30"))
    with pytest.raises(StepNotLegal) as refused:
        take(goal, finance, "submit")
    assert any("合计·分值" in reason for reason in refused.value.reasons)
    assert Record.objects.get(pk=goal.pk).state == "draft"


def test_a_goal_without_a_target_is_told_by_its_row(office, finance) -> None:
    rows = goal_rows()
    rows[1]["target"] = ""
    with pytest.raises(StepNotLegal) as refused:
        take(make_goal(finance, office, rows), finance, "submit")
    assert "年度绩效指标第2行：请填写指标值" in refused.value.reasons


@pytest.mark.parametrize(
    ("target", "lacks"),
    [
        ("进一步提升", "方向（≥、≤、＝）、数值"),
        ("20件", "方向（≥、≤、＝）"),
        ("≥20", "单位"),
        ("≥件", "数值"),
    ],
)
def test_a_goal_that_cannot_be_measured_is_not_submitted(office, finance, target, lacks) -> None:
    rows = goal_rows()
    rows[0]["target"] = target
    with pytest.raises(StepNotLegal) as refused:
        take(make_goal(finance, office, rows), finance, "submit")
    assert any(f"缺{lacks}；" in reason for reason in refused.value.reasons)


def test_a_goal_told_in_words_says_so(office, finance) -> None:
    rows = goal_rows()
    rows[0]["target"] = "定性：机制健全"
    assert take(make_goal(finance, office, rows), finance, "submit").state == "submitted"


def test_each_opinion_must_be_answered_before_it_is_submitted_again(office, finance, department) -> None:
    goal = take(make_goal(finance, office, goal_rows()), finance, "submit")
    records.create(
        by=department, org=office, kind="goal_opinion", parent=goal,
        values={"place": "产出指标·数量指标", "opinion": "目标值偏低", "given_on": TODAY.isoformat()},
    )  # fmt: skip
    take(goal, department, "return_by_department", note="见意见")
    with pytest.raises(StepNotLegal) as refused:
        take(goal, finance, "submit")
    assert "上次退回的每条意见都要写明怎样改的" in refused.value.reasons


def test_a_poor_goal_is_not_approved(office, finance, department, bureau) -> None:
    goal = take(make_goal(finance, office, goal_rows()), finance, "submit")
    take(goal, department, "pass")
    take(goal, bureau, "review", rank="poor")
    with pytest.raises(StepNotLegal):
        take(goal, bureau, "approve", approval_number="示财绩〔2020〕1号")


def test_what_was_approved_is_frozen_until_an_adjustment_is_asked_for(finance, approved) -> None:
    changed = {"entries": {}, "lists": {"indicators": goal_rows(target="≥1件")}}
    with pytest.raises(FieldErrors) as refused:
        records.edit(by=finance, record=approved, values={"form": changed}, seen=approved.version)
    assert "申请调整" in refused.value.errors["form"]
    row = take(approved, finance, "adjust", note="任务增加", adjust_reason="上级追加任务", ordered_by="局长")
    assert row.data["versions"] == 1
    records.edit(by=finance, record=row, values={"form": changed}, seen=row.version)


def test_self_evaluation_copies_the_approved_rows_and_cannot_change_them(office, finance, approved) -> None:
    mine = [
        {
            "actual": row["actual"],
            "score": row["score"],
            "reason": row.get("reason", ""),
            "target": "改小的目标",
        }
        for row in INDICATORS
    ]
    row = records.create(
        by=finance, org=office, kind="self_evaluation",
        values={
            "title": "2020年度自评", "year": 2020, "goal": approved.id,
            "form": {"entries": {}, "lists": {"indicators": mine}},
        },
    )  # fmt: skip
    filled = filling.filled_form(row, "form")
    assert filled.cell("indicators.1.target").words == "≥20件"
    assert filled.cell("indicators.1.points").value == 30
    assert filled.cell("indicators.2.score").value == Fraction("18.95")
    assert filled.cell("indicators.total.score").value == Fraction("88.95")


def test_the_years_aim_begins_as_approved_and_may_be_put_otherwise(office, finance) -> None:
    goal = make_goal(finance, office, goal_rows())
    form = goal.data["form"] | {
        "entries": goal.data["form"]["entries"] | {"duty.goal.content": "办好群众活动"}
    }
    goal = records.edit(by=finance, record=goal, values={"form": form}, seen=goal.version)
    values = {"title": "自评", "year": 2020, "goal": goal.pk}
    row = records.create(by=finance, org=office, kind="self_evaluation", values=values)
    assert filling.filled_form(row, "form").cell("goals.goal.expected").words == "办好群众活动"
    values = {"form": {"entries": {"goals.goal.expected": "办好二十场活动"}}}
    row = records.edit(by=finance, record=row, values=values, seen=row.version)
    assert filling.filled_form(row, "form").cell("goals.goal.expected").words == "办好二十场活动"
