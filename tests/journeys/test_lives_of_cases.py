"""Cases from entry to closing, each step by whoever may take it: a proposal with a dissatisfied author and a
second reply, and a problem that is bounced twice. Refused steps say what is missing and who may take them.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LEAD, CO, FIRST = "示例区住房和城乡建设局", "示例区财政局", "示例区城市管理局"


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


class Office:
    """The people of the office, each in a browser of their own; with scripts, every page passed is looked at."""

    def __init__(self, visit, axe, scripts: bool, width: int) -> None:
        self.visit, self.axe, self.scripts, self.width = visit, axe, scripts, width
        self.pages = {}
        self.looked_at = set()

    def page(self, who: str):
        if who not in self.pages:
            self.pages[who] = self.visit(who, scripts=self.scripts, width=self.width)
        return self.pages[who]

    def open(self, who: str, address: str):
        page = self.page(who)
        page.goto(address)
        self.calm(page)
        return page

    def calm(self, page) -> None:
        """No violation and no sideways scroll; a page in the same state is looked at once."""
        steps = [link.inner_text() for link in page.locator("main a[href*='/steps/']").all()]
        state = (re.sub(r"[0-9a-f-]{36}", "", page.url), page.title(), *steps)
        if self.scripts and state not in self.looked_at:
            self.looked_at.add(state)
            found = self.axe.run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
            wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            assert page.evaluate(wide)

    def enter(self, who: str, register: str, **values: str) -> str:
        """Fill in the form at an address; the address of what it made."""
        page = self.open(who, register)
        fill(page, values)
        page.get_by_role("button", name="登记", exact=True).click()
        expect(page.get_by_text("已登记").first).to_be_visible()
        self.calm(page)
        return page.url

    def take(self, who: str, record: str, step: str, refused: str = "", **values: str) -> None:
        """Take a step; `refused` is what must be said against it."""
        page = self.open(who, f"{record}steps/{step}/")
        if refused and page.get_by_text(refused).count():
            return
        heading = page.inner_text("h1")
        fill(page, values)
        page.get_by_role("button", name=heading, exact=True).click()
        expect(page.get_by_text(refused or f"已办：{heading}").first).to_be_visible()
        self.calm(page)

    def offered(self, who: str, record: str) -> set[str]:
        page = self.open(who, record)
        return {link.inner_text() for link in page.locator("main a[href*='/steps/']").all()}

    def waits(self, who: str, name: str) -> bool:
        return name in self.open(who, "/").inner_text("main")


def fill(page, values: dict[str, str]) -> None:
    for name, value in values.items():
        box = page.locator(f"main [name={name}]")
        if not box.first.is_visible():
            page.locator("main details summary").last.click()
        if box.first.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=value)
        elif box.first.get_attribute("type") == "radio":
            page.locator(f"label:has(input[name={name}])", has_text=re.compile(f"^\\s*{value}")).click()
        else:
            box.fill(value)


@pytest.fixture(params=[(True, 360), (False, 1280)], ids=["phone", "without_scripts"])
def work(request, visit, axe):
    return Office(visit, axe, *request.param)


def test_a_proposal_from_submission_to_a_second_reply_and_a_promise(work):
    title = f"关于示例街巷夜间照明的建议{work.width}"
    below = "children/cppcc/proposal_"
    case = work.enter(
        "member", "/registers/cppcc/proposal/new/", title=title, received_on="2020-03-05", form="个人提案"
    )
    assert work.offered("member", case) == set()
    assert "添加提案批示" not in work.page("member").inner_text("main")
    assert work.waits("clerk", title)
    work.take("clerk", case, "send_back", refused="请填写说明")
    work.take("clerk", case, "send_back", note="请写明具体建议")
    assert work.waits("member", title)
    work.take("member", case, "resubmit", suggestion="加装路灯十盏。", note="补写了建议")
    work.take("member", case, "file", refused="须由经办人办理")
    work.take("clerk", case, "review", reviewer="第一审查小组")
    work.take("clerk", case, "file", field="城乡建设与管理")

    work.take("assigner", case, "assign", refused="请先登记主办或分办单位")
    today = work.open("assigner", f"{case}steps/assign/").locator("[name=happened_on]").input_value()
    handed = {"handed_on": today}
    bounced = work.enter("assigner", f"{case}{below}handling/new/", unit=FIRST, duty="主办", **handed)
    co = work.enter("assigner", f"{case}{below}handling/new/", unit=CO, duty="会办", **handed)
    work.take("assigner", case, "assign")
    assert "延期" in work.offered("assigner", case)
    assert "延期" not in work.offered("unit", case)

    work.take("unit", bounced, "ask_return", return_reason="不属本局职责")
    assert "申请退办" in work.open("unit", case).inner_text("main")
    work.take("assigner", bounced, "move", moved_to=LEAD, note="同意")
    assert "签收承办" not in work.offered("unit", case)
    lead = work.enter("assigner", f"{case}{below}handling/new/", unit=LEAD, duty="主办", **handed)
    for handling in (lead, co):
        work.take("unit", handling, "accept")
    assert "承办中" in work.open("unit", case).inner_text("main")

    work.take("unit", case, "draft_reply", refused="答复前应与提案者沟通")
    work.enter(
        "unit", f"{case}{below}contact/new/",
        content="商定灯位", contacted_on=today, unit=LEAD, mode="上门当面", stage="办中",
    )  # fmt: skip
    work.take("unit", case, "draft_reply", refused="会办单位应先提出会办意见")
    work.take("unit", co, "give_opinion", opinion_on=today, opinion="经费已列支")
    work.take("unit", case, "draft_reply")
    reply = work.enter("unit", f"{case}{below}reply/new/", unit=LEAD, text="今年加装六盏，明年四盏。")
    signing = work.enter("unit", f"{reply}children/cppcc/reply_countersign/new/", unit=CO, asked_on=today)
    work.take("unit", reply, "countersign", refused="还有会办单位没有会签")
    page = work.open("unit", f"{signing}edit/")
    fill(page, {"signed_on": today})
    page.get_by_role("button", name="保存修改").click()
    b_class = "B类（正在解决或列入计划）"
    work.take("unit", reply, "countersign", **{"class": b_class})
    work.take("unit", reply, "examine", refused="须由交办机构、经办人办理")
    assert work.waits("assigner", "督办机构审核")
    work.take("assigner", reply, "examine", **{"class": b_class})
    work.take("unit", case, "reply", refused="请先登记已签发的答复函")
    work.take("unit", reply, "sign", document_number="示住建函1号", answered_on=today)
    work.take("unit", case, "reply")

    form = work.enter(
        "clerk",
        f"{case}{below}feedback/new/",
        form_number=f"征{work.width}",
        issued_on=today,
        author="委员008",
    )
    work.take("clerk", case, "close", refused="征询意见表应收回或登记逾期未交")
    work.take("member", form, "take_back", attitude="满意", result="不满意")
    work.take("clerk", case, "close", refused="有不满意的应重新办理")
    work.take("clerk", form, "ask_redo", redo_asked_on=today)
    work.take("clerk", case, "redo", note="对结果不满意")
    work.take("member", form, "take_back_again", refused="先登记再次答复，才有再次评价")
    work.take("unit", case, "draft_reply")
    work.take("unit", case, "reply", refused="原来的那份不能当作再次答复")
    again = work.enter("unit", f"{case}{below}reply/new/", unit=LEAD, text="今年全部加装。")
    work.take("unit", again, "countersign", refused="会办单位的会签单应给到每一位")
    work.enter(
        "unit", f"{again}children/cppcc/reply_countersign/new/", unit=CO, asked_on=today, signed_on=today
    )  # fmt: skip
    work.take("unit", again, "countersign", **{"class": b_class})
    work.take("assigner", again, "examine", **{"class": b_class})
    work.take("unit", again, "sign", document_number="示住建函2号", answered_on=today)
    work.take("unit", case, "reply")
    work.take("clerk", form, "answer_again", redo_answered_on=today)
    work.take("clerk", case, "close", refused="再次评价仍不满意的应当面沟通")
    work.take("member", form, "take_back_again", second_attitude="满意", second_result="基本满意")
    work.take("clerk", case, "close")
    work.take("clerk", case, "track")
    promise = work.enter(
        "clerk", f"{case}{below}promise/new/",
        **{"title": "明年四盏路灯", "unit": LEAD, "class": b_class, "promised_on": today},
    )  # fmt: skip
    work.take("clerk", promise, "keep", refused="佐证", new_class="A类（已解决或基本解决）", note="已装")
    assert "承诺跟踪" in work.open("member", case).inner_text("main")


def test_a_problem_bounced_twice_is_appointed_by_the_leader(work):
    title = f"示例企业用工不足{work.width}"
    case = work.enter(
        "clerk", "/registers/base/problem/new/", title=title, category="用工", found_on="2020-03-05"
    )
    work.take("clerk", case, "screen")
    work.take("clerk", case, "assign", refused="请选择承办单位")
    work.take("clerk", case, "assign", unit=FIRST)
    assert work.waits("unit", title)
    work.take("unit", case, "return_back", note="不属本局")
    work.take("clerk", case, "reassign", unit=CO, note="改交")
    work.take("unit", case, "return_back", note="也不属本局")
    work.take("clerk", case, "reassign", refused="已经退回两次，应由分管领导指定承办单位")
    assert work.waits("leader", title)
    work.take("leader", case, "appoint", unit=LEAD, note="指定")
    work.take("unit", case, "return_back", refused="不再退回")
    boxes = work.open("unit", f"{case}edit/").locator("main [name]").all()
    assert {"returns", "extra_days", "unit"}.isdisjoint(box.get_attribute("name") for box in boxes)
    work.take("unit", case, "accept")
    work.take("unit", case, "start", plan="专场招聘")
    work.take("unit", case, "reply", result="招到二十人")
    work.take("clerk", case, "confirm")
    work.take("clerk", case, "close", refused="须由复核人办理")
    work.take("reviewer", case, "close", refused="佐证", approver="副主任")
