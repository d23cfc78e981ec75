"""Two authors of one proposal: each answers the form of their own, sees what is theirs, and finds nothing of the other. In a browser."""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import expect
from tests.journeys.test_a_bureau_answers import axe, calm, tell

pytestmark = pytest.mark.browser
__all__ = ["axe"]

TITLE = "关于示例广场增设座椅的提案"
FIRST, SECOND = "委员008", "委员021"


def forms(page):
    """What the office did before: a proposal of two authors, a form sent to each; (address, number) of the forms."""
    today = datetime.date.today().isoformat()
    names = {}
    for serial in (FIRST, SECOND):
        found = page.request.get(f"/api/v1/records/cppcc/member?org=demo-cppcc&q={serial}").json()["items"]
        names[serial] = next(one["id"] for one in found if one["label"] == serial)
    values = {"title": TITLE, "received_on": today, "form": "joint", "proposer": names[FIRST]}
    case = tell(page, "post", "/records/cppcc/proposal", org="demo-cppcc", values=values)
    made = []
    for number, serial in (("座椅1号", FIRST), ("座椅2号", SECOND)):
        given = {"form_number": number, "author": names[serial], "issued_on": today}
        row = tell(
            page, "post", "/records/cppcc/proposal_feedback", org="demo-cppcc", parent=case["id"], values=given
        )  # fmt: skip
        made.append((f"/records/{row['id']}/", number))
    return made


@pytest.mark.parametrize(("scripts", "width"), [(True, 360), (False, 1280)], ids=["phone", "without_scripts"])
def test_each_author_answers_for_themselves_alone(visit, axe, scripts, width):
    (mine, number), (theirs, other) = forms(visit("clerk"))
    page = visit("member", scripts=scripts, width=width)
    assert page.url.endswith("/own/")
    if scripts:
        calm(axe, page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert number in page.inner_text("main")
    assert other not in page.inner_text("main")
    assert page.goto(theirs).status == 404
    assert page.goto(f"{theirs}steps/take_back/").status == 404
    page.goto(f"{mine}steps/take_back/")
    page.get_by_label("对办理态度").select_option(label="满意")
    page.get_by_label("对办理结果").select_option(label="不满意")
    page.get_by_role("button", name="填交意见").click()
    expect(page.get_by_text("已办：填交意见")).to_be_visible()
    if scripts:
        calm(axe, page)
    page.goto("/own/")
    assert f"{mine}steps/take_back/" not in page.content()
    page.get_by_role("link", name="委员履职积分（基础分加奖励分）").click()
    expect(page.get_by_role("heading", name=f"{FIRST}：")).to_be_visible()
    assert SECOND not in page.inner_text("main")
    if scripts:
        calm(axe, page)

    second = visit("member2", scripts=scripts, width=width)
    assert other in second.inner_text("main")
    assert number not in second.inner_text("main")
    assert second.goto(mine).status == 404
