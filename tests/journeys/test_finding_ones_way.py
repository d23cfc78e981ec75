"""Finding one's way in a full year without JavaScript: folds, the index of themes, the search, the desk, a judgement."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

YEAR = "/year/demo-united-front/2020"


def test_a_year_is_taken_in_theme_by_theme(visit):
    page = visit("clerk", scripts=False)
    page.goto("/year/demo-cppcc/2020/")
    index = page.get_by_role("navigation", name="主题")
    assert index.get_by_role("link").count() >= 9
    index.get_by_role("link", name="调研与建议").click()
    assert page.url.endswith("#theme-research")
    theme = page.locator("section.panel", has=page.locator("#theme-research"))
    shown = theme.locator("tbody tr:visible").count()
    theme.locator("summary").focus()
    page.keyboard.press("Enter")
    assert theme.locator("tbody tr:visible").count() > shown
    assert theme.locator("tbody tr:visible").count() == theme.locator("tbody tr").count()


def test_a_word_leads_to_a_figure_a_register_and_a_record(visit):
    page = visit("clerk", scripts=False, width=360)
    page.get_by_role("searchbox").fill("企业")
    page.keyboard.press("Enter")
    assert page.locator("mark").first.inner_text() == "企业"
    page.get_by_role("link", name="助企行动联系企业").click()
    assert page.get_by_role("heading", level=1).inner_text() == "助企行动联系企业"
    page.go_back()
    page.get_by_role("link", name="企业走访", exact=True).click()
    assert "/registers/base/enterprise_visit/" in page.url
    page.get_by_role("searchbox", name="查找").fill("路灯故障")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="路灯故障扫码报修").click()
    assert "/records/" in page.url


def test_the_desk_opens_register_by_register(visit):
    page = visit("clerk", scripts=False)
    page.get_by_role("link", name="看看是哪些").click()
    fullest = page.locator("details.register").filter(has=page.locator("p.small a")).first
    if fullest.get_attribute("open") is None:
        assert not fullest.locator("table").is_visible()
        fullest.locator("summary").click()
    assert fullest.locator("tbody tr").count() == 20
    fullest.get_by_role("link", name="全部").click()
    page.get_by_role("link", name="下一页").click()
    assert "第 2 /" in page.get_by_role("navigation", name="分页").inner_text()


def test_a_person_judges_and_the_score_follows(visit):
    page = visit("front-clerk", scripts=False)
    page.goto(f"{YEAR}/scores/")
    page.get_by_role("link", name="修改评定").click()
    page.get_by_label("部分达成").check()
    page.get_by_role("button", name="保存评定").click()
    page.get_by_role("alert").get_by_role("link", name="比例应在").click()
    assert page.evaluate("document.activeElement.id") == "f-share"
    page.get_by_label("完成比例").fill("70%")
    page.get_by_role("button", name="保存评定").click()
    assert "部分达成，10分 × 70.00% = 7分" in page.locator("#enterprises_satisfied").inner_text()
