"""Write docs/images/*.png from the demonstration office, so that the pictures in the docs show what is there.

    python scripts/screenshots.py [folder]

Needs Chromium on the PATH and the test extra. The office lives in a temporary home and is gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
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
    ("own", "member", "/own/", DESK),
    ("cycle", "finance", "/cycle/demo-united-front/2020/", DESK),
    ("desk", "bureau", "/desk/demo-finance/2020/", DESK),
    ("verify", None, "/verify/", DESK),
    ("rule", "clerk", "/rules/indicators/cppcc/meeting_rate/", DESK),
    ("year-phone", "clerk", f"{YEAR}/", PHONE),
    ("figure-phone", "clerk", f"{YEAR}/figures/cppcc/opinion_items_received/", PHONE),
)
REPORT = """2023年度示例区教育局部门整体支出绩效自评报告

一、基本情况
截至年底，在职人员共计256人，其中行政人员42人、事业人员198人、工勤人员18人。
全年预算数3,980.12万元，实际支出3,875.04万元，预算执行率为97.36%。
“三公”经费支出28.6万元，比上年减少3.2万元，下降10.1%，其中公务接待费9.4万元，公务用车运行维护费17.2万元，因公出国（境）费0万元。
二、绩效情况
全年组织教师培训36期，完成年度目标30期的130%。收到群众来信112件，办结108件，办结率96.4%。
存在的问题主要有三点：一是预算编制不够细；二是资金支出进度不均衡。
"""
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
        page.goto("/check/")
        page.get_by_label("或者粘贴文字").fill(REPORT)
        page.get_by_role("button", name="核查", exact=True).click()
        page.get_by_role("heading", name="核查结果").wait_for()
        take(page, folder / "check.png")
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
        demo = [sys.executable, "-m", "jixiao.cli.main", "demo", "--no-serve", "--out", f"{home}/out"]
        environment = os.environ | {"JIXIAO_HOME": home}
        subprocess.run(demo, env=environment, check=True, stdout=subprocess.DEVNULL)
        with offices.serving(Path(home)) as address:
            yield address


if __name__ == "__main__":
    main()
