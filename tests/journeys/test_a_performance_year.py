"""A whole year by roles, in browsers without JavaScript: goal, opinion, approval, monitoring, self-evaluation, rescoring,
publication, and the package for the bureau.
"""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from tests.journeys.yearly import ORG, YEAR

pytestmark = pytest.mark.browser

DESK = f"/cycle/{ORG}/{YEAR}/"
ROWS = [
    ("产出指标", "数量指标", "举办文化活动", "≥20场", "50"),
    ("效益指标", "社会效益", "服务群众人次", "≥3000人次", "30"),
    ("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "10"),
]
DONE = [("18场", "45", "两场因天气取消，下年补办"), ("3200人次", "30", ""), ("93%", "10", "")]


def at(page, part, title):
    """The page of a record, from the desk."""
    page.goto(DESK)
    page.locator(f"#{part}").get_by_role("link", name=title, exact=True).first.click()


def box(page, name):
    return page.locator(f'[name="{name}"]').first


def step(page, part, title, name, **values):
    """Take a step from the desk; boxes are named as their fields."""
    at(page, part, title)
    page.get_by_role("link", name=name, exact=True).first.click()
    for field, text in values.items():
        if box(page, field).evaluate("one => one.tagName") == "SELECT":
            box(page, field).select_option(text)
        else:
            box(page, field).fill(text)
    page.get_by_role("button", name=name, exact=True).click()
    errors = page.get_by_role("alert")
    assert errors.count() == 0, errors.first.inner_text()


def fill_form(page, field, cells):
    page.locator(f'a[href$="/forms/{field}/"]').first.click()
    for name, text in cells.items():
        page.locator(f'[name="{name}"]').fill(text)
    page.get_by_role("button", name="保存", exact=True).click()


def test_a_year_from_goal_to_publication(visit):
    clerk, department = visit("year-clerk", scripts=False), visit("year-department", scripts=False)
    head, bureau = visit("year-head", scripts=False), visit("year-bureau", scripts=False)
    goal, evaluation = "2020年度部门整体目标", "2020年度部门整体目标（部门整体自评）"

    clerk.goto(DESK)
    clerk.get_by_role("link", name="登记绩效目标").click()
    assert box(clerk, "year").input_value() == "2020"
    box(clerk, "title").fill(goal)
    clerk.get_by_role("radio", name="部门整体支出").check()
    clerk.get_by_role("button", name="登记", exact=True).click()
    cells = {
        "money.basic.amount": "50",
        "money.project.amount": "40",
        "duty.goal.content": "办好群众文化活动",
    }
    for n, row in enumerate(ROWS, 1):
        cells |= dict(
            zip(
                [f"indicators.{n}.{c}" for c in ("level1", "level2", "level3", "target", "points")],
                row,
                strict=True,
            )
        )
    fill_form(clerk, "form", cells)
    step(clerk, "goals", goal, "送审")

    at(department, "goals", goal)
    department.get_by_role("link", name="添加目标审核意见").first.click()
    box(department, "place").fill("举办文化活动")
    box(department, "opinion").fill("请说明场次依据")
    box(department, "given_on").fill("2020-03-02")
    department.get_by_role("button", name="登记", exact=True).click()
    step(department, "goals", goal, "主管部门退回", note="见意见")

    at(clerk, "goals", goal)
    assert "每条意见都要写明怎样改的" in clerk.locator("main").inner_text()
    clerk.get_by_role("link", name="举办文化活动").first.click()
    clerk.get_by_role("link", name="修改", exact=True).first.click()
    box(clerk, "answer").fill("按上年场次测算，已写入依据栏")
    clerk.get_by_role("button", name="保存修改").click()
    step(clerk, "goals", goal, "送审")
    step(department, "goals", goal, "主管部门审核通过")
    step(bureau, "goals", goal, "财政审核", rank="excellent")
    step(bureau, "goals", goal, "批复", approval_number="示财绩〔2020〕1号")

    clerk.goto(DESK)
    clerk.get_by_role("link", name=f"新建运行监控：{goal}").click()
    clerk.get_by_role("radio", name="1至6月").check()
    clerk.get_by_role("button", name="登记", exact=True).click()
    cells = {"money.grant.initial": "90", "money.grant.executed": "20", "money.other.initial": "0",
             "money.other.executed": "0"}  # fmt: skip
    for n, actual in enumerate(("8场", "1200人次", "93%"), 1):
        cells |= {
            f"indicators.{n}.actual": actual,
            f"indicators.{n}.expected": actual,
            f"indicators.{n}.likelihood": "有可能",
        }
    fill_form(clerk, "form", cells)
    clerk.goto(DESK)
    assert "截至6月底预算执行率应不低于40.00%，现为22.22%" in clerk.locator("#monitoring").inner_text()

    clerk.get_by_role("link", name=f"新建部门整体自评：{goal}").click()
    clerk.get_by_role("button", name="登记", exact=True).click()
    record = clerk.url
    fill_form(clerk, "base_form", {"thrift.thrift.measures": "压减会议"})
    clerk.goto(record)
    cells = {}
    for kind, values in (("general", "90 90 81"), ("basic", "50 50 50"), ("project", "40 40 31")):
        cells |= {
            f"money.{kind}.{c}": v
            for c, v in zip(("initial", "full", "executed"), values.split(), strict=True)
        }
    for n, row in enumerate(DONE, 1):
        cells |= {
            f"indicators.{n}.{c}": text for c, text in zip(("actual", "score", "reason"), row, strict=True)
        }
    fill_form(clerk, "form", cells)
    clerk.goto(DESK)
    assert "94 分，优" in clerk.locator("#self_evaluation").inner_text(), "9 + 85"
    clerk.get_by_role("link", name="写措施：举办文化活动").click()
    assert "目标≥20场，完成18场，失5分" in box(clerk, "issue").input_value()
    issue = box(clerk, "issue").input_value()
    for name, text in (("issued_on", "2020-12-31"), ("days", "60")):
        box(clerk, name).fill(text)
    clerk.get_by_role("button", name="登记", exact=True).click()
    step(clerk, "rectification", issue, "开始整改", owner="文化科", measure="年初排定场次")
    clerk.goto(DESK)
    assert clerk.get_by_role("link", name="写措施：举办文化活动").count() == 0
    step(clerk, "self_evaluation", evaluation, "填报完成", execution_reason="两场活动经费未支出")
    step(head, "self_evaluation", evaluation, "审定报送")
    step(clerk, "self_evaluation", evaluation, "报财政")

    clerk.goto(f"{DESK}presubmit/")
    assert "措施没有责任或时限" in clerk.locator("main").inner_text()
    files = zipfile.ZipFile(io.BytesIO(clerk.request.get(f"{DESK}package.zip").body()))
    manifest = json.loads(files.read("package.json"))
    assert next(one["score"] for one in manifest["forms"]) == "94"

    step(
        bureau,
        "self_evaluation",
        evaluation,
        "复核改分",
        checked_score="92",
        checked_reason="活动取消未按规定报告",
    )
    step(bureau, "self_evaluation", evaluation, "定稿")
    step(clerk, "self_evaluation", evaluation, "公开", published_at="单位门户网站")
    clerk.goto(DESK)
    told = clerk.locator("#self_evaluation").inner_text()
    assert "已公开" in told
    assert "复核 92 分，优" in told


def test_the_desk_fits_a_phone(visit):
    page = visit("year-clerk", scripts=False, width=360)
    for path in (DESK, f"{DESK}presubmit/", f"{DESK}package/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_official_form_keeps_itself(visit):
    """Typed cells and added rows outlive a lost connection, the way back and another browser; nothing is done twice."""
    page = visit("year-clerk")
    page.goto(DESK)
    page.get_by_role("link", name="登记绩效目标").click()
    box(page, "title").fill("示例项目目标")
    page.get_by_role("radio", name="项目支出").check()
    page.get_by_role("button", name="登记", exact=True).click()
    page.locator('a[href$="/forms/form/"]').first.click()
    form = page.url
    page.get_by_role("button", name="多给三行").click()
    box(page, "indicators.6.level3").fill("第六行")
    page.get_by_text("草稿已自动保存").wait_for()
    page.context.set_offline(True)
    box(page, "indicators.2.level3").fill("断线时写的")
    page.get_by_text("连接断了").wait_for()
    page.context.set_offline(False)
    box(page, "indicators.3.level3").fill("又连上了")
    page.get_by_text("草稿已自动保存").wait_for()
    box(page, "indicators.1.level3").fill("写完就走")
    page.goto("/")
    bare = visit("year-clerk", scripts=False, width=360)
    bare.goto(form)
    assert bare.get_by_text("已放回表里").is_visible()
    rows = [f"indicators.{n}.level3" for n in (1, 2, 3, 6)]
    assert [box(bare, name).input_value() for name in rows] == [
        "写完就走",
        "断线时写的",
        "又连上了",
        "第六行",
    ]
    bare.get_by_role("button", name="保存", exact=True).click()
    assert "已放回表里" not in bare.inner_text("main")
    assert [box(bare, f"indicators.{n}.level3").input_value() for n in (4, 5)] == ["第六行", ""]
    bare.go_back()
    bare.get_by_role("button", name="保存", exact=True).click()
    assert box(bare, "indicators.5.level3").input_value() == ""
