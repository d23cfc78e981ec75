"""Every page: no accessibility violation, no sideways scroll on a phone, nothing loaded from elsewhere, keyboard enough."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

YEAR, OTHER = "/year/demo-cppcc/2020", "/year/demo-united-front/2020"
PAGES = {
    "clerk": [
        "/",
        "/?kind=base/enterprise_visit",
        "/search/?q=企业",
        "/search/?q=企",
        "/registers/",
        "/registers/cppcc/proposal/",
        "/registers/cppcc/proposal/?q=没有这样的",
        "/registers/cppcc/proposal/?figure=cppcc/meeting_rate&year=2020",
        "/registers/cppcc/proposal/new/",
        "/registers/cppcc/proposal/backfill/",
        "/registers/paste/",
        "/imports/",
        "/imports/?kind=cppcc/proposal",
        f"{YEAR}/",
        f"{YEAR}/scores/",
        f"{YEAR}/filed/",
        f"{YEAR}/filed/?item=cppcc/member_roll",
        f"{YEAR}/figures/cppcc/meeting_rate/",
        f"{YEAR}/figures/cppcc/opinion_items_received/",
        f"{YEAR}/figures/cppcc/problems_solved/",
        "/reports/demo-cppcc/2020/",
        "/reports/demo-cppcc/2020/refresh/",
        "/compare/demo-cppcc/2020/",
        "/draft/",
        "/rules/",
        "/rules/kinds/cppcc/proposal/",
        "/rules/indicators/cppcc/meeting_rate/",
        "/nowhere/",
    ],
    "front-clerk": [
        "/",
        f"{OTHER}/",
        f"{OTHER}/scores/",
        f"{OTHER}/scores/united_front/self_evaluation/enterprises_satisfied/judge/",
        f"{OTHER}/scores/united_front/self_evaluation/execution/",
    ],
    "leader": ["/", "/reports/demo-cppcc/2020/issue/"],
    "administrator": ["/orgs/people/", "/orgs/people/new/", "/password/"],
    None: ["/login/", "/check/", "/verify/"],
}
EVERY = [(who, where) for who, places in PAGES.items() for where in places]


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture(scope="module")
def browsers(chromium, office):
    """One signed-in page per person and width: signing in for every address would only test signing in."""
    from tests.journeys.server import password_of

    opened: dict = {}

    def page_of(who, width):
        if (who, width) not in opened:
            page = chromium.new_page(
                base_url=office, viewport={"width": width, "height": 900}, locale="zh-CN"
            )
            page.set_default_timeout(60_000)
            if who:
                page.goto("/login/")
                page.get_by_label("用户名").fill(who)
                page.get_by_label("密码").fill(password_of(who))
                page.get_by_role("button", name="登录").click()
                page.wait_for_url("**/")
            opened[who, width] = page
        return opened[who, width]

    yield page_of
    for page in opened.values():
        page.close()


def violations(axe, page) -> list[str]:
    found = axe.run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(("who", "where"), EVERY, ids=[f"{who or 'anyone'} {where}" for who, where in EVERY])
def test_a_page_is_for_everyone(axe, browsers, who, where, width):
    page = browsers(who, width)
    elsewhere = []
    page.on(
        "request", lambda request: elsewhere.append(request.url) if "127.0.0.1" not in request.url else None
    )
    page.goto(where)
    assert violations(axe, page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert elsewhere == []


def test_a_records_pages_are_for_everyone(axe, browsers):
    page = browsers("clerk", 360)
    page.goto("/registers/cppcc/proposal/")
    page.locator("tbody a").first.click()
    record = page.url
    for where in ("", "edit/", "evidence/", "links/", "undo/", "children/cppcc/proposal_contact/new/"):
        page.goto(record + where)
        assert violations(axe, page) == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_persons_pages_are_for_everyone(axe, browsers):
    page = browsers("administrator", 360)
    page.goto("/orgs/people/")
    page.get_by_role("link", name="示例经办人", exact=True).click()
    person = page.url
    end = page.locator("a[href$='/end/']").first.get_attribute("href")
    for where in (
        person,
        *(person + part for part in ("role/", "switch/", "password/", "password/new/")),
        end,
    ):
        page.goto(where)
        assert violations(axe, page) == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_error_summary_is_for_everyone(axe, browsers):
    page = browsers("clerk", 1280)
    page.goto("/registers/cppcc/proposal/new/")
    page.get_by_role("button", name="登记", exact=True).click()
    assert violations(axe, page) == []
    assert page.evaluate("document.activeElement.classList.contains('errors')")
    assert page.title().startswith("有误")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_checked_document_is_for_everyone(axe, visit, width):
    page = visit(width=width)
    page.goto("/check/")
    told = "全年办理来信30件，分为城建类12件、农业类10件、其他类9件。\n"
    page.get_by_label("或者粘贴文字").fill(told + "另有来访5批。\n" * 200 + told.replace("9件", "8件"))
    page.get_by_role("button", name="核查", exact=True).click()
    tally = page.get_by_role("status")
    assert "发现 1 处不一致" in tally.inner_text()
    assert violations(axe, page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("mark").last.scroll_into_view_if_needed()
    assert tally.bounding_box()["y"] >= 0


def test_findings_jump_to_their_places_without_scripts(visit):
    page = visit(scripts=False)
    page.goto("/check/")
    page.get_by_label("或者粘贴文字").fill(
        "另有来访5批。\n" * 200 + "全年办理来信30件，分为城建类12件、农业类19件。"
    )
    page.get_by_role("button", name="核查", exact=True).click()
    page.get_by_role("link", name="30件", exact=True).click()
    place = page.locator("a.figure.broken").first
    assert page.url.endswith("#" + place.get_attribute("id"))
    assert place.get_attribute("href") == "#n1"


def test_the_keyboard_is_enough(visit):
    page = visit(scripts=True)
    page.goto("/login/")
    page.locator("body").press("Shift+Tab")
    page.goto("/verify/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-file"
