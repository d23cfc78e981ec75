"""A browser before the demonstration office. Every test gets a context, every file an office of its own."""

from __future__ import annotations

import shutil

import pytest
from tests.journeys import clicks, offices
from tests.journeys.server import password_of


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """A home with the demonstration offices, made once and never served itself."""
    home = tmp_path_factory.mktemp("furnished")
    offices.furnish(home)
    return home


@pytest.fixture(scope="module")
def office(furnished, tmp_path_factory):
    """The address of a running demonstration office; every file of journeys has one to itself, as furnished."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(furnished, home, dirs_exist_ok=True)
    with offices.serving(home) as address:
        yield address
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("找不到 Chromium，请先安装：apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with clicks.that_arrive():
            yield browser
        browser.close()


@pytest.fixture
def visit(chromium, office):
    """A page of somebody's browser: `visit("clerk", scripts=False, width=360)`, signed in unless nobody."""
    contexts = []

    def open_(username=None, *, scripts=True, width=1280):
        context = chromium.new_context(
            base_url=office,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale="zh-CN",
        )
        contexts.append(context)
        clicks.watch(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # a busy machine answers late; what is asserted stays the same
        if username:
            page.goto("/login/")
            page.get_by_label("用户名").fill(username)
            page.get_by_label("密码").fill(password_of(username))
            page.get_by_role("button", name="登录").click()
            page.wait_for_url("**/")
        return page

    yield open_
    for context in contexts:
        context.close()
