"""A clerk holds a report against the ledger without JavaScript, says what a sentence speaks of, and drafts the next one."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

REPORT = """示例区政协办公室2020年度工作总结
五届五次会议以来征集提案20件，审查立案19件。共联系企业35家，其中帮扶6家，调研走访29家。
全年共为委员办了讲堂4期。
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "总结.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def violations(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [one["id"] for one in Axe().run(page).response["violations"]]


def handed(page, report):
    page.goto("/compare/demo-cppcc/2020/")
    page.get_by_label("要对照的文件").set_input_files(report)
    page.get_by_role("button", name="对照", exact=True).click()
    return page


def test_a_difference_leads_to_the_figure_and_an_answer_is_remembered(visit, report):
    page = handed(visit("clerk", scripts=False), report)
    told = page.locator(".held li").filter(has_text="审查立案19件")
    assert "20件" in told.inner_text()
    asked = page.locator(".held > li").filter(has_text="办了讲堂4期")
    asked.get_by_label("这句话说的是").select_option(label="举办文化讲堂（台账4期）")
    page.get_by_role("button", name="保存认定并重新对照").click()
    assert "已记下 1 处认定" in page.get_by_role("status").inner_text()
    again = handed(page, report)
    tally = again.locator(".tally").inner_text()
    assert re.search(r"不一致 1\s+△? ?待确认 0", tally), tally
    again.locator(".held li").filter(has_text="审查立案19件").get_by_role("link", name="20件").click()
    assert "/figures/cppcc/proposals_filed/" in again.url


@pytest.mark.parametrize("width", [1280, 360])
def test_the_result_is_for_everyone(visit, report, width):
    page = handed(visit("clerk", width=width), report)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 360])
def test_a_draft_is_shown_and_taken_along(visit, report, width):
    page = visit("clerk", width=width)
    page.goto("/draft/")
    page.get_by_label("上年的报告").set_input_files(report)
    page.get_by_label("草稿的年度").fill("2021")
    page.get_by_role("button", name="起草", exact=True).click()
    assert "由台账算出 6" in page.locator(".tally").inner_text()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载草稿、待填表和提纲（.zip）").click()
    assert taken.value.suggested_filename == "2021年度报告草稿.zip"
