"""An office's every day: like cases before submission, what waits and for whom, reminders, a holiday put right, advice with
the way to mend, the evidence of a year drawn and packed. In a browser, on a desk and on a phone.
"""

from __future__ import annotations

import io
import zipfile

import pytest

pytestmark = pytest.mark.browser

YEAR = "/year/demo-cppcc/2020/"
LIKE = "关于完善老旧小区加装电梯补助办法的建议"


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture(params=[1280, 360])
def width(request):
    return request.param


def calm(axe, page):
    """No accessibility violation and no sideways scroll in the state the page is in."""
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_like_are_shown_before_submission_and_joined_by_hand_alone(visit, axe, width):
    page = visit("clerk", width=width)
    title = {1280: "关于加快老旧小区电梯加装的建议", 360: "关于发放老旧小区电梯加装补助的建议"}[width]
    page.goto("/registers/cppcc/proposal/new/")
    page.get_by_label("案由").fill(title)
    page.get_by_label("收到日期").fill("2026-03-05")
    page.get_by_role("button", name="检查相似").click()
    alike = page.get_by_role("region", name="相似的提案")
    assert LIKE in alike.inner_text()
    assert "“老旧小区”" in alike.inner_text()
    assert "答复类别" in alike.inner_text()
    assert page.get_by_label("案由").input_value() == title
    calm(axe, page)
    choose(page, "个人提案")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("已登记提案").wait_for()
    assert LIKE in page.get_by_role("region", name="相似的提案").inner_text()
    calm(axe, page)
    page.get_by_role("link", name="查看和关联").click()
    calm(axe, page)
    page.get_by_role("listitem").filter(has_text=LIKE).get_by_role("button", name="关联为相似提案").click()
    page.get_by_text("已关联为“相似提案”").wait_for()
    calm(axe, page)
    page.goto("/")
    assert title in page.inner_text("main")
    calm(axe, page)
    page.get_by_role("link", name="本单位的").click()
    assert "等谁办" in page.inner_text("main")
    calm(axe, page)
    page.get_by_role("link", name="看看是哪些").click()
    assert "不计入待办，也不催办" in page.inner_text("main")
    calm(axe, page)


def choose(page, title):
    """One of few choices, however they are shown."""
    box = page.locator("main [name=form]")
    if box.first.evaluate("box => box.tagName") == "SELECT":
        box.select_option(label=title)
    else:
        page.locator("main label:has(input[name=form])", has_text=title).click()


def test_a_holiday_put_right_moves_an_open_case_that_is_then_reminded_of(visit, axe, width):
    clerk = visit("clerk", width=width)
    title = f"路灯不亮{width}"
    day = clerk.evaluate("new Date(Date.now() - 40 * 864e5).toISOString().slice(0, 10)")
    clerk.goto("/registers/base/problem/new/")
    clerk.locator("main [name=title]").fill(title)
    clerk.locator("main [name=category]").select_option(label="物流运输")
    clerk.locator("main [name=found_on]").fill(day)
    clerk.get_by_role("button", name="登记", exact=True).click()
    for step in ("screen", "assign"):
        clerk.goto(f"{clerk.url.split('/steps/')[0].rstrip('/')}/steps/{step}/")
        if step == "assign":
            clerk.locator("main [name=unit]").select_option(label="示例区城市管理局")
        clerk.locator("main [name=happened_on]").fill(day)
        clerk.locator("main form.entry button[type=submit]").first.click()
        clerk.get_by_text("已办：").wait_for()
    calm(axe, clerk)
    due = clerk.get_by_role("region", name="期限是怎么算的").inner_text()
    assert "回复（自交办）" in due
    assert "受理" in due  # two clocks side by side
    clerk.goto("/reminders/")
    line = clerk.get_by_role("row", name=title)
    assert "示例区城市管理局" in line.inner_text()
    assert "逾期" in line.inner_text()
    calm(axe, clerk)

    manager = visit("administrator", width=width)
    manager.goto("/orgs/calendar/")
    calm(axe, manager)
    first_due = line.locator(".sub").nth(1).inner_text()[:10]
    manager.locator("main [name=day]").fill(first_due)
    manager.get_by_label("放假").check()
    manager.locator("main [name=name]").fill("示例假日")
    manager.locator("main [name=reason]").fill("示例通知")
    manager.get_by_role("button", name="改动并重算期限").click()
    manager.get_by_text("期限有变动").wait_for()
    assert title in manager.get_by_role("region", name="因重算变动的期限").inner_text()
    calm(axe, manager)


def test_advice_leads_to_where_it_is_mended_and_blocks_nothing(visit, axe, width):
    page = visit("clerk", width=width)
    page.goto(YEAR + "advice/")
    calm(axe, page)
    page.locator("main details summary").first.click()
    calm(axe, page)
    page.locator("main details[open] h3 a").first.click()
    hints = page.get_by_role("region", name="可以再看看")
    assert hints.inner_text()
    calm(axe, page)
    page.goto("/registers/cppcc/consultation_topic/?hints=1")
    assert "提前十个工作日送材料" in page.content()
    calm(axe, page)


def test_the_evidence_of_a_year_is_drawn_and_packed(visit, axe, width):
    page = visit("auditor", width=width)
    page.goto(YEAR)
    page.get_by_role("link", name="佐证材料").click()
    calm(axe, page)
    page.get_by_label("种子（随机）").fill("2020-甲")
    page.get_by_label("条数（随机、金额）").fill("7")
    page.get_by_role("button", name="抽样").click()
    assert "随机 7 条，种子 2020-甲，抽出 7 条" in page.inner_text("main")
    drawn = page.get_by_role("region", name="抽出的记录").inner_text()
    calm(axe, page)
    page.reload()
    assert page.get_by_role("region", name="抽出的记录").inner_text() == drawn
    with page.expect_download() as download:
        page.get_by_role("link", name="打包下载").click()
    names = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())).namelist()
    assert "00 目录.html" in names
