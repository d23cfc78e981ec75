"""Write docs/images/*.png from the demonstration office, so that the pictures in the docs show what is there.

    python scripts/screenshots.py [folder]

Needs Chromium on the PATH and the test extra. The office lives in a temporary home and is gone afterwards.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.journeys import offices  # noqa: E402
from tests.journeys.server import EXAMPLE, password_of  # noqa: E402

YEAR = f"/year/{EXAMPLE}/2020"
DESK, PHONE = (1280, 860), (360, 740)
COLOURS = 96
PICTURES = (
    ("tasks", "clerk", "/", DESK),
    ("register", "clerk", "/registers/cppcc/proposal/", DESK),
    ("year", "clerk", f"{YEAR}/", DESK),
    ("search", "clerk", "/search/?q=企业", DESK),
    ("figure", "clerk", f"{YEAR}/figures/cppcc/meeting_rate/", DESK),
    ("scores", "clerk", f"{YEAR}/scores/", DESK),
    ("report", "clerk", f"/reports/{EXAMPLE}/2020/", DESK),
    ("verify", None, "/verify/", DESK),
    ("rule", "clerk", "/rules/indicators/cppcc/meeting_rate/", DESK),
    ("year-phone", "clerk", f"{YEAR}/", PHONE),
    ("figure-phone", "clerk", f"{YEAR}/figures/cppcc/opinion_items_received/", PHONE),
)
RECORD = "关于增加城区公共停车泊位的建议"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("找不到 Chromium，请先安装：apt-get install chromium")
    with office() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, who, where, (width, height) in PICTURES:
            page = browser.new_page(
                base_url=address, viewport={"width": width, "height": height}, locale="zh-CN"
            )
            sign_in(page, who)
            page.goto(where)
            take(page, folder / f"{name}.png")
        page = browser.new_page(
            base_url=address, viewport={"width": DESK[0], "height": DESK[1]}, locale="zh-CN"
        )
        sign_in(page, "clerk")
        page.goto("/registers/cppcc/proposal/")
        page.get_by_role("link", name=RECORD).click()
        take(page, folder / "record.png")
        page.goto("/registers/cppcc/proposal/new/")
        page.get_by_role("button", name="登记", exact=True).click()
        take(page, folder / "errors.png")
        browser.close()


def sign_in(page: Page, who: str | None) -> None:
    if who:
        page.goto("/login/")
        page.get_by_label("用户名").fill(who)
        page.get_by_label("密码").fill(password_of(who))
        page.get_by_role("button", name="登录").click()


def take(page: Page, path: Path) -> None:
    """Few colours make a small file, and pages have few."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path)


@contextmanager
def office() -> Iterator[str]:
    """The address of a demonstration office for as long as it is needed."""
    with tempfile.TemporaryDirectory() as home:
        offices.furnish(Path(home))
        with offices.serving(Path(home)) as address:
            yield address


if __name__ == "__main__":
    main()
