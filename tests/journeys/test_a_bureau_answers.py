"""A proposal is handed to a bureau; its clerk finds it in the tasks, signs for it and drafts the reply. In a browser."""

from __future__ import annotations

import datetime

import pytest

pytestmark = pytest.mark.browser

TITLE = "关于在示例路增设路灯的提案"


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def calm(axe, page):
    """No accessibility violation in the state the page is in."""
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []


def tell(page, method, where, **given):
    """Ask the interface of programs as whoever is signed in on the page."""
    token = page.request.get("/api/v1/session").json()["csrf_token"]
    address = page.url.split("/", 3)
    headers = {"X-CSRFToken": token, "Referer": f"{address[0]}//{address[2]}/"}
    answer = getattr(page.request, method)(f"/api/v1{where}", data=given, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def step(page, row, name, **values):
    return tell(page, "post", f"/records/{row['id']}/steps/{name}", seen=row["version"], values=values)


def hand_over(page):
    """What the office did before: a proposal filed and handed to the bureau today."""
    today = datetime.date.today().isoformat()
    values = {"title": TITLE, "received_on": today, "form": "personal"}
    row = tell(page, "post", "/records/cppcc/proposal", org="demo-cppcc", values=values)
    row = step(page, row, "review")
    row = step(page, row, "file", field="city")
    given = {"unit": "demo-housing", "duty": "lead", "handed_on": today}
    tell(
        page, "post", "/records/cppcc/proposal_handling", org="demo-cppcc", parent=row["id"], values=given
    )  # fmt: skip
    return step(page, row, "assign")


def test_a_bureau_signs_for_a_proposal_and_drafts_the_reply(visit, axe):
    row = hand_over(visit("clerk"))
    page = visit("housing")
    line = page.get_by_role("row").filter(has_text=TITLE)
    assert "示例区政协办公室交办" in line.first.inner_text()
    calm(axe, page)
    line.get_by_role("link", name="签收").click()
    page.get_by_role("button", name="签收").click()
    page.get_by_text("已办：签收").wait_for()
    page.goto(f"/records/{row['id']}/")
    assert "承办中" in page.inner_text("main")
    calm(axe, page)
    page.goto(f"/records/{row['id']}/children/cppcc/proposal_reply/new/")
    page.get_by_label("答复单位").select_option("demo-housing")
    if not page.get_by_label("答复内容").is_visible():
        page.get_by_text("办理时才填的").first.click()
    page.get_by_label("答复内容").fill("已列入今年的建设计划。")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("已登记提案答复").wait_for()
    assert "起草中" in page.inner_text("main")
    page.goto("/registers/cppcc/proposal/")
    assert "由其他单位交本单位办理" in page.inner_text("main")
    calm(axe, page)

    stranger = visit("front-unit")
    assert TITLE not in stranger.inner_text("main")
    assert stranger.goto(f"/records/{row['id']}/").status == 404
