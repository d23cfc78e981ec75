"""The report for the bureau: told from the year's records, one item per lost point and one measure for each."""

# ruff: noqa: F811

from __future__ import annotations

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
from tests.ledger.test_cycle_desk import YEAR, file_budget, make_evaluation

from jixiao.catalogue import load
from jixiao.ledger import filling, projection, queries, rules
from jixiao.ledger.actions import filed, orgs, records
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import cycle as desk
from jixiao.ledger.queries import cycle_told, losses
from jixiao.reports.document import plain_text

OUTLINE = "self_evaluation_2020"
EVALUATION = "finance/evaluation_2020"


@pytest.fixture
def region(office):
    import datetime

    packs = load(["hunan"])
    projection.ensure(packs)
    with rules.working_under(packs):
        orgs.bind_pack(by=SYSTEM, org=office, pack="hunan", from_on=office.valid_from)
        orgs.set_period(
            by=SYSTEM, org=office, basis="calendar_year", year=2020, label="2020年",
            from_on=datetime.date(2020, 1, 1), to_on=datetime.date(2020, 12, 31),
        )  # fmt: skip
        yield packs


@pytest.fixture
def evaluated(region, office, finance, approved):
    file_budget(office, finance)
    return make_evaluation(finance, office, approved)


def told(user, org, outline=OUTLINE):
    return plain_text(queries.report(user, org, outline, 2020).document).splitlines()


def after(lines, heading):
    place = next(n for n, line in enumerate(lines) if line.endswith(heading))
    return lines[place + 1]


def test_every_section_stands_in_its_order(region, office, finance) -> None:
    lines = told(finance, office)
    numbers = [line[0] for line in lines if len(line) > 1 and line[1] == "、"]
    assert numbers[:10] == list("一二三四五六七八九十")


def rectification(by, org, **values):
    known = {"issue": "改名以前写的问题", "year": 2020, "issued_on": "2020-12-01", "days": 30}
    return records.create(by=by, org=org, kind="rectification", values=known | values)


def losses_of(row):
    part = next(one for one in cycle_told.parts_of(row.org) if one.id == "self_evaluation")
    return losses.lost_of(row, part.losses)


def test_each_lost_point_is_a_problem_and_has_its_measure(evaluated, office, finance) -> None:
    lines = told(finance, office)
    assert after(lines, "存在的问题及原因分析") == (
        "“办理满意率”目标≥95%，完成90%，得18.95分（分值20分，失1.05分）。原因：两件因政策未出台，列入下年计划。"
    )
    assert after(lines, "下一步改进措施") == "针对“办理满意率”：措施、责任和时限未填报。"
    (lost,) = losses_of(evaluated)
    rectification(finance, office, indicator=lost.id, measure="逐件回访承办单位", owner="提案科")
    assert after(told(finance, office), "下一步改进措施") == (
        "针对“办理满意率”：逐件回访承办单位，由提案科负责，2020年12月31日前完成。"
    )


def test_a_measure_that_only_shares_words_is_no_answer_to_the_loss(evaluated, office, finance) -> None:
    rectification(finance, office, issue="办理满意率没有达标", measure="回访")
    lines = told(finance, office)
    place = next(n for n, line in enumerate(lines) if line.endswith("下一步改进措施"))
    assert lines[place + 1] == "1. 针对“办理满意率”：措施、责任和时限未填报。"
    assert lines[place + 2].startswith("2. 针对“办理满意率没有达标”：回访，责任未填报，2020年12月31日前完成")


def test_a_measure_stays_with_its_row_when_the_goal_is_adjusted(evaluated, approved, office, finance) -> None:
    (lost,) = losses_of(evaluated)
    rectification(finance, office, indicator=lost.id, measure="逐件回访", owner="提案科")
    goal = take(approved, finance, "adjust", note="改名", adjust_reason="口径更准", ordered_by="局长")
    filled = filling.filled_form(goal, "form").grid("indicators")
    rows = [
        dict(row) | {"id": line.id}
        for row, line in zip(goal.data["form"]["lists"]["indicators"], filled.lines, strict=False)
    ]
    rows[1]["level3"] = "提案办理满意率"
    rows = [rows[1], rows[0], *rows[2:]]
    changed = goal.data["form"] | {"lists": {"indicators": rows}}
    records.edit(by=finance, record=goal, values={"form": changed}, seen=goal.version)
    mine = evaluated.data["form"] | {"lists": {"indicators": [
        dict(row) | {"id": line.id} for row, line in zip(INDICATORS, filled.lines, strict=False)
    ]}}  # fmt: skip
    records.edit(by=finance, record=evaluated, values={"form": mine}, seen=evaluated.version)
    lines = told(finance, office)
    assert after(lines, "存在的问题及原因分析").startswith("“提案办理满意率”目标≥95%，完成90%，得18.95分")
    assert after(lines, "下一步改进措施").startswith("针对“提案办理满意率”：逐件回访，由提案科负责")


def test_points_lost_by_execution_are_a_problem_too(region, office, finance, approved) -> None:
    file_budget(office, finance, full="100", executed="90")
    row = make_evaluation(finance, office, approved)
    lines = told(finance, office)
    assert after(lines, "存在的问题及原因分析") == (
        "1. “预算执行率”目标100%，完成90.00%，得9分（分值10分，失1分）。原因：未填报。"
    )
    records.edit(by=finance, record=row, values={"execution_reason": "采购推迟"}, seen=row.version)
    lost = losses_of(row)[0]
    rectification(finance, office, indicator=lost.id, measure="年初排定采购", owner="办公室")
    lines = told(finance, office)
    assert after(lines, "存在的问题及原因分析").endswith("原因：采购推迟。")
    assert after(lines, "下一步改进措施").startswith("1. 针对“预算执行率”：年初排定采购，由办公室负责")


def test_a_measure_for_one_project_is_none_for_another_with_the_same_words(
    region, office, finance, bureau, department
) -> None:
    def evaluated_project(title):
        goal = make_goal(finance, office, goal_rows())
        goal = records.edit(
            by=finance, record=goal, values={"title": title, "scope": "project"}, seen=goal.version
        )
        for who, step, values in (
            (finance, "submit", {}), (department, "pass", {}), (bureau, "review", {"rank": "good"}),
            (bureau, "approve", {"approval_number": "示财绩〔2020〕2号"}),
        ):  # fmt: skip
            take(goal, who, step, **values)
        own = [{name: row.get(name, "") for name in ("actual", "score", "reason")} for row in INDICATORS]
        return records.create(
            by=finance, org=office, kind="project_self_evaluation",
            values={"title": f"{title}自评", "year": 2020, "goal": goal.id, "form": {"lists": {"indicators": own}}},
        )  # fmt: skip

    first, second = evaluated_project("示例项目一"), evaluated_project("示例项目二")
    part = next(one for one in cycle_told.parts_of(office) if one.id == "project_self_evaluation")
    (lost,), (other,) = losses.lost_of(first, part.losses), losses.lost_of(second, part.losses)
    assert lost.name == other.name
    assert lost.id != other.id
    rectification(finance, office, indicator=lost.id, measure="逐件回访", owner="项目科")
    rectification(finance, office, issue="档案不全", measure="补齐档案", owner="办公室")
    lines = told(finance, office)
    place = next(n for n, line in enumerate(lines) if line.endswith("下一步改进措施"))
    assert lines[place + 1].startswith("针对“档案不全”：补齐档案"), "told once"
    assert lines[place + 2].startswith("1. 针对“办理满意率”：逐件回访")
    assert lines[place + 3] == "2. 针对“办理满意率”：措施、责任和时限未填报。"
    assert sum("补齐档案" in line for line in lines) == 1


def test_an_explained_deviation_without_a_loss_is_told_as_such(region, office, finance, approved) -> None:
    file_budget(office, finance)
    rows = [INDICATORS[0] | {"actual": "30件", "reason": "集中办理了积案"}, *INDICATORS[1:]]
    make_evaluation(finance, office, approved, rows)
    assert after(told(finance, office), "存在的问题及原因分析") == (
        "1. “提案办理件数”目标≥20件，完成30件，得30分（分值30分）。偏差说明：集中办理了积案。"
    )


def test_the_desk_offers_a_measure_for_each_loss_until_one_is_written(evaluated, office, finance) -> None:
    def offered():
        (view,) = desk.cycle(finance, office, 2020)
        part = next(one for one in view.parts if one.part.id == "rectification")
        return [(one.title, one.values.get("indicator")) for one in part.beginnings]

    (lost,) = losses_of(evaluated)
    assert ("写措施：办理满意率", lost.id) in offered()
    rectification(finance, office, indicator=lost.id)
    assert ("写措施：办理满意率", lost.id) not in offered()


def test_a_blank_row_does_not_push_the_next_one_up(region, office, finance, approved) -> None:
    lines = filling.filled_form(approved, "form").grid("indicators").lines
    mine = [{}, {"actual": "90%", "score": "18.95", "id": lines[1].id}]
    row = records.create(
        by=finance, org=office, kind="self_evaluation",
        values={"title": "2020年度自评", "year": 2020, "goal": approved.id, "form": {"lists": {"indicators": mine}}},
    )  # fmt: skip
    filled = filling.filled_form(row, "form")
    assert filled.cell("indicators.1.actual").state.value == "blank"
    assert filled.cell("indicators.2.actual").words == "90%"


def test_posts_are_told_though_no_day_is_set_for_the_rate(evaluated, office, finance) -> None:
    told_first = after(told(finance, office), "（一）职能与人员")
    assert told_first.endswith("编制143人，年末在职136人。")
    assert any(line.startswith("在职人员控制率无从计算") for line in told(finance, office))


def test_what_is_not_there_is_said_and_what_is_not_filled_is_not_nothing(evaluated, office, finance) -> None:
    lines = told(finance, office)
    assert after(lines, "政府性基金预算支出情况").endswith("未填报；没有的应在表中填“—”。")
    form = evaluated.data["form"]
    form["entries"]["money.fund.executed"] = "—"
    row = records.edit(by=finance, record=evaluated, values={"form": form}, seen=evaluated.version)
    assert after(told(finance, office), "政府性基金预算支出情况") == "本部门无此项支出。"
    form["entries"]["money.fund.executed"] = "12.50"
    records.edit(by=finance, record=row, values={"form": form}, seen=row.version)
    assert after(told(finance, office), "政府性基金预算支出情况") == "政府性基金拨款全年执行数（B）12.5万元。"


def test_the_forms_stand_as_attachments_with_their_numbers(evaluated, office, finance) -> None:
    text = "\n".join(told(finance, office))
    assert "“2020年度自评”自评得分98.95分，等级为“优”。" in text
    assert "财政供养人员情况（人）\t143\t136\t95.10%" in text
    assert "合计" in text
    assert "产出指标\t质量指标\t办理满意率\t≥95%\t90%\t20.00\t18.95\t两件因政策未出台，列入下年计划" in text


def test_a_score_that_was_changed_is_told_beside_the_offices_own(evaluated, office, finance, bureau) -> None:
    head = make_person("chief", office, "department_head")
    row = take(evaluated, finance, "finish")
    row = take(take(row, head, "submit"), finance, "report")
    take(row, bureau, "rescore", checked_score="89.5", checked_reason="一份佐证不在年度内")
    text = "\n".join(told(finance, office))
    assert "自评得分98.95分，等级为“优”；经复核，得分89.5分，等级为“良”。" in text


def test_what_the_bureau_writes_is_signed_by_the_bureau(evaluated, office, finance) -> None:
    def signed(outline):
        return queries.report(finance, office, outline, 2020).document.org

    assert signed(EVALUATION) == office.title, "nobody sits at a desk over it"
    treasury = orgs.create(by=SYSTEM, id="treasury", title="示例区财政局", valid_from=office.valid_from)
    orgs.bind_pack(by=SYSTEM, org=treasury, pack="finance", from_on=office.valid_from)
    make_person("treasurer", treasury, "bureau_reviewer")
    assert signed(EVALUATION) == treasury.title
    assert signed(OUTLINE) == office.title


def test_other_budgets_are_told_from_what_was_filed(evaluated, office, finance) -> None:
    def filed_as(item, value):
        filed.file(
            by=finance, org=office, item=item, value=value, stated_on=YEAR.to_on, period=YEAR, source="决算表"
        )

    assert (
        after(told(finance, office), "国有资本经营预算支出情况")
        == "国有资本经营预算支出未填报；没有的应填报0。"
    )
    filed_as("state_capital_executed", "0")
    filed_as("social_insurance_executed", "12.5万")
    lines = told(finance, office)
    assert after(lines, "国有资本经营预算支出情况") == "本部门无此项支出。"
    assert after(lines, "社会保险基金预算支出情况") == "社会保险基金预算支出12.5万元。"


def test_the_evaluators_report_belongs_to_every_region_and_is_nobodys_first(
    evaluated, office, finance
) -> None:
    names = [one.full_id for one in queries.outlines_for(finance, office, 2020)]
    assert names == ["hunan/self_evaluation_2020", "finance/evaluation_2020"]


def test_the_evaluators_report_has_seven_sections(evaluated, office, finance) -> None:
    lines = told(finance, office, "evaluation_2020")
    assert [line[0] for line in lines if len(line) > 1 and line[1] == "、"] == list("一二三四五六七")
