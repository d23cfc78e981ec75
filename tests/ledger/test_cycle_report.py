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
    office,
    take,
)
from tests.ledger.test_cycle_desk import file_budget, make_evaluation

from jixiao.catalogue import load
from jixiao.ledger import projection, queries, rules
from jixiao.ledger.actions import orgs, records
from jixiao.ledger.permissions import SYSTEM
from jixiao.reports.document import plain_text

OUTLINE = "self_evaluation_2020"


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


def test_each_lost_point_is_a_problem_and_has_its_measure(evaluated, office, finance) -> None:
    lines = told(finance, office)
    assert after(lines, "存在的问题及原因分析") == (
        "“办理满意率”目标≥95%，完成90%，得18.95分（分值20分）。原因：两件因政策未出台，列入下年计划。"
    )
    assert after(lines, "下一步改进措施") == "针对“办理满意率”：措施、责任和时限未填报。"
    records.create(
        by=finance, org=office, kind="rectification",
        values={"issue": "办理满意率没有达标", "year": 2020, "issued_on": "2020-12-01", "days": 30,
                "measure": "逐件回访承办单位", "owner": "提案科"},
    )  # fmt: skip
    assert after(told(finance, office), "下一步改进措施") == (
        "针对“办理满意率”：逐件回访承办单位，由提案科负责，2020年12月31日前完成。"
    )


def test_posts_are_told_though_no_day_is_set_for_the_rate(evaluated, office, finance) -> None:
    told_first = after(told(finance, office), "（一）职能与人员")
    assert told_first.endswith("编制143人，年末在职136人。")
    assert any(line.startswith("在职人员控制率无从计算") for line in told(finance, office))


def test_what_is_not_there_is_said_and_what_is_not_filled_is_not_nothing(evaluated, office, finance) -> None:
    lines = told(finance, office)
    assert after(lines, "国有资本经营预算支出情况") == "本部门无此项支出。"
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


def test_the_evaluators_report_has_seven_sections(evaluated, office, finance) -> None:
    lines = told(finance, office, "evaluation_2020")
    assert [line[0] for line in lines if len(line) > 1 and line[1] == "、"] == list("一二三四五六七")
