"""A browser before the demonstration office. Every test gets a context of its own; the office is shared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.journeys.server import password_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """The address of a running demonstration office in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    environment = os.environ | {"JIXIAO_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    environment.pop("JIXIAO_DATABASE", None)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.server"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    port = server.stdout.readline().strip()
    assert port.isdigit(), "the demonstration office did not start"
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("找不到 Chromium，请先安装：apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
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
        page = context.new_page()
        page.set_default_timeout(10_000)
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
