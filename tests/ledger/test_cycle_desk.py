"""The desk of a year: who must act, what may be begun, scores out of the forms, lights out of the org's own rules."""

# ruff: noqa: F811

from __future__ import annotations

import datetime

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
from tests.ledger.conftest import make_person

from jixiao.catalogue import load
from jixiao.errors import FieldErrors, NotFound, StepNotLegal
from jixiao.ledger import projection, rules
from jixiao.ledger.actions import filed, orgs, records
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import cycle as desk
from jixiao.values import Period

YEAR = Period("calendar_year", "2020年", datetime.date(2020, 1, 1), datetime.date(2020, 12, 31), 2020)
OWN = ("actual", "score", "reason")
BASE = {"thrift.thrift.measures": "压减一般性支出"}


def part(view, name):
    return next(one for one in view.parts if one.part.id == name)


def file_budget(office, by, full="90", executed="90"):
    money = (("initial_budget", full), ("full_budget", full), ("executed", executed))
    for item, value in (*((name, f"{one}万") for name, one in money), ("posts", "143"), ("staff", "136")):
        filed.file(
            by=by,
            org=office,
            item=item,
            value=value,
            stated_on=YEAR.to_on,
            period=YEAR,
            source="决算表",
        )


def make_evaluation(by, office, goal, rows=None):
    mine = [{name: row.get(name, "") for name in OWN} for row in (rows or INDICATORS)]
    form = {
        "entries": {"money.general.initial": "90", "money.general.full": "90",
                    "money.general.executed": "90", "money.basic.initial": "50", "money.project.initial": "40", "money.basic.full": "50",
                    "money.project.full": "40", "money.basic.executed": "50", "money.project.executed": "40"},
        "lists": {"indicators": mine},
    }  # fmt: skip
    values = {"title": "2020年度自评", "year": 2020, "goal": goal.id}
    base = {"entries": BASE, "lists": {}}
    return records.create(
        by=by, org=office, kind="self_evaluation", values=values | {"form": form, "base_form": base}
    )


def test_the_desk_says_who_must_act_and_what_may_be_begun(office, finance, approved) -> None:
    (view,) = desk.cycle(finance, office, 2020)
    (goal,) = part(view, "goals").standings
    assert (goal.state, goal.forms) == ("已批复", (("form", "绩效目标申报表"),))
    (beginning,) = part(view, "self_evaluation").beginnings
    assert beginning.values == {
        "year": "2020",
        "goal": approved.id,
        "title": "2020年度部门整体目标（部门整体自评）",
    }
    assert not part(view, "project_self_evaluation").beginnings, "项目自评只从项目目标开始"


def test_a_goal_that_is_not_approved_begins_nothing(office, finance) -> None:
    make_goal(finance, office, goal_rows())
    (view,) = desk.cycle(finance, office, 2020)
    assert "财务经办" in part(view, "goals").standings[0].waits_for
    assert not part(view, "monitoring").beginnings


def test_the_score_is_worked_out_from_the_form_and_cannot_be_typed(office, finance, approved) -> None:
    file_budget(office, finance)
    row = make_evaluation(finance, office, approved)
    (view,) = desk.cycle(finance, office, 2020)
    (standing,) = part(view, "self_evaluation").standings
    assert (standing.score, standing.grade) == ("98.95", "优")
    with pytest.raises(FieldErrors):
        take(row, finance, "finish", score="100")
    done = take(row, finance, "finish")
    assert (done.data["score"], done.data["grade"]) == ("98.95", "excellent")


def test_a_score_with_an_empty_cell_keeps_the_step_closed(office, finance, approved) -> None:
    row = make_evaluation(finance, office, approved)
    with pytest.raises(StepNotLegal) as refused:
        take(row, finance, "finish")
    (told,) = [reason for reason in refused.value.reasons if reason.startswith("自评得分还算不出")]
    assert "年度资金总额·全年执行数（B）（取自填报数，请先填报）" in told


def make_monitoring(by, office, goal, executed="20", likelihood="有可能"):
    rows = [{"actual": "10件", "expected": "20件", "likelihood": likelihood}] + [
        {"actual": row["actual"], "expected": row["actual"], "likelihood": "确定能"} for row in INDICATORS[1:]
    ]
    form = {
        "entries": {"money.grant.initial": "90", "money.other.initial": "0", "money.grant.executed": executed,
                    "money.other.executed": "0"},
        "lists": {"indicators": rows},
    }  # fmt: skip
    values = {"title": "2020年上半年监控", "year": 2020, "span": "h1", "goal": goal.id, "form": form}
    return records.create(by=by, org=office, kind="performance_monitoring", values=values)


def test_without_a_rule_of_ones_own_there_is_no_light(office, finance, approved) -> None:
    make_monitoring(finance, office, approved)
    (view,) = desk.cycle(finance, office, 2020)
    assert view.alarms == ()
    assert part(view, "monitoring").standings[0].lights == ()


def test_the_regions_rule_warns_of_slow_spending(office, finance, approved) -> None:
    file_budget(office, finance)
    make_monitoring(finance, office, approved)
    region = load(["sichuan"])
    projection.ensure(region)
    with rules.working_under(region):
        orgs.bind_pack(by=SYSTEM, org=office, pack="sichuan", from_on=office.valid_from)
        (view,) = desk.cycle(finance, office, 2020)
        (light,) = part(view, "monitoring").standings[0].lights
    assert light.signal.light == "预警"
    assert light.signal.warnings == ("截至6月底预算执行率应不低于40.00%，现为22.22%",)


def test_what_is_not_closed_is_carried_on(office, finance, bureau) -> None:
    row = records.create(
        by=bureau, org=office, kind="rectification",
        values={"issue": "指标值偏低", "year": 2019, "issued_on": "2019-09-01", "days": 30},
    )  # fmt: skip
    (view,) = desk.cycle(finance, office, 2020)
    (earlier,) = part(view, "rectification").earlier
    assert earlier.record.id == row.id
    assert earlier.dues[0].is_late()
    (before,) = desk.cycle(finance, office, 2018)
    assert not part(before, "rectification").earlier, "尚未下达的年度没有它"


def test_a_stranger_finds_no_desk(office) -> None:
    elsewhere = orgs.create(by=SYSTEM, id="other", title="另一示例局", valid_from=datetime.date(2015, 1, 1))
    with pytest.raises(NotFound):
        desk.cycle(make_person("other", elsewhere, "finance_clerk"), office, 2020)
