"""An office merged into a new one, a year opened and closed, and work handed over with its list: in a browser, as the manager and
those concerned would.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.journeys.changing_offices import cast, title

pytestmark = pytest.mark.browser

TODAY = date.today()
SPRING = f"{TODAY.year}-02-03"


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def calm(axe, page):
    """No accessibility violation and no sideways scroll in the state the page is in."""
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def choose(page, org):
    page.goto(f"/?org={org}")


def record_an_item(page, words):
    """A case of the simplest sort, entered as it comes in."""
    page.goto("/registers/cppcc/opinion_item/new/")
    page.get_by_label("标题").fill(words)
    page.get_by_label("收到日期").fill(SPRING)
    page.get_by_label("书面").check()
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(re.compile(r"/records/"))
    return page.url


@pytest.mark.parametrize("width", [1280, 360])
def test_two_offices_become_one(visit, axe, width):
    who = cast(width)
    page = visit(who.clerk, width=width)
    address = record_an_item(page, "合并前收到的一件")

    page = visit(who.manager, width=width)
    choose(page, who.first)
    page.goto(f"/year/{who.first}/{TODAY.year}/office/")
    page.get_by_role("link", name="单位更名、合并、分设").click()
    calm(axe, page)
    page.get_by_role("link", name="合并", exact=True).click()
    page.get_by_role("button", name="合并").click()
    assert page.get_by_role("alert").is_visible()
    calm(axe, page)
    page.get_by_label(title(who.second)).check()
    page.get_by_label("新单位名称").fill(title(who.joint))
    page.get_by_label("新单位编号").fill(who.joint)
    page.get_by_label("从哪天起").fill(f"{TODAY.year}-03-01")
    page.get_by_label("依据和理由").fill("示例机构改革文件")
    page.get_by_role("button", name="合并").click()
    page.get_by_text("合并已登记").wait_for()
    calm(axe, page)
    page.get_by_role("searchbox").fill(title(who.first))
    page.get_by_role("button", name="查找").click()
    page.get_by_text(f"并入{title(who.joint)}").first.wait_for()
    calm(axe, page)

    page = visit(who.clerk, width=width)
    page.goto(f"/?org={who.joint}")
    page.get_by_role("link", name="合并前收到的一件").first.wait_for()
    calm(axe, page)
    page.goto(address)
    page.get_by_text("由后继单位接着办").wait_for()
    page.get_by_role("link", name="编辑", exact=True).click()
    page.get_by_role("button", name="编辑", exact=True).click()
    page.get_by_text("编辑中").first.wait_for()
    calm(axe, page)
    page.goto(f"/year/{who.joint}/{TODAY.year}/figures/cppcc/opinion_items_received/")
    page.get_by_role("heading", name="连同前身单位").wait_for()
    calm(axe, page)


@pytest.mark.parametrize("width", [1280, 360])
def test_work_is_handed_over_and_a_year_kept(visit, axe, width):
    who = cast(width)
    page = visit(who.leaver, width=width)
    address = record_an_item(page, "交接前收到的一件")
    page = visit(who.manager, width=width)
    choose(page, who.other)
    page.goto("/handover/")
    page.get_by_role("button", name="办理交接").click()
    assert page.get_by_role("alert").is_visible()
    calm(axe, page)
    page.get_by_label("移交人").select_option(who.leaver)
    page.get_by_label("接收人").select_option(who.taker)
    page.get_by_label("说明").fill("轮岗")
    page.get_by_role("button", name="办理交接").click()
    page.get_by_role("heading", name="工作交接清单").wait_for()
    page.get_by_role("link", name="交接前收到的一件").wait_for()
    calm(axe, page)
    with page.expect_download() as download:
        page.get_by_role("link", name="清单 .docx").click()
    assert download.value.suggested_filename.startswith("工作交接清单")

    page.goto(f"/year/{who.other}/{TODAY.year - 1}/office/")
    calm(axe, page)
    page.get_by_role("button", name=f"开 {TODAY.year - 1} 年度").click()
    page.get_by_text("新设期间 4 个").wait_for()
    page.get_by_label(f"{TODAY.year - 1}年度", exact=True).check()
    page.get_by_role("button", name="关账", exact=True).click()
    assert page.get_by_role("alert").is_visible()
    calm(axe, page)
    page.get_by_label(f"{TODAY.year - 1}年度", exact=True).check()
    page.get_by_label("关账理由").fill("年报已经上报")
    page.get_by_role("button", name="关账", exact=True).click()
    page.get_by_text(f"已关账：{TODAY.year - 1}年度").wait_for()
    calm(axe, page)

    page = visit(who.taker, width=width)
    page.get_by_role("link", name="交接前收到的一件").first.wait_for()
    page.goto(address)
    page.get_by_text("接办").first.wait_for()
    calm(axe, page)
    page = visit(who.leaver, width=width)
    assert page.goto(address).status == 404
