"""A reviewer's day at the bureau's desk: packages dragged in, a number followed to its department, one returned, one
reviewed, the public pages taken along; without script, on a phone too, and silent under axe.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.journeys.bureau import BUREAU, REVIEWER
from tests.packages import YEAR, make, title_of

pytestmark = pytest.mark.browser
HERE = f"/desk/{BUREAU}/{YEAR}/"


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def look(page, axe, name=""):
    """No violation, and no sideways scroll of the page itself."""
    found = axe.run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, (page.url, wide)


def test_from_packages_to_public_pages(visit, axe, tmp_path) -> None:
    page = visit(REVIEWER, scripts=False)
    page.get_by_role("link", name="汇总").click()
    page.wait_for_url(f"**{HERE}")
    given = []
    for number, sort in ((1, "clean"), (2, "no_report"), (4, "other_year"), (5, "total")):
        for made in make(number, sort):
            path = tmp_path / f"{number}-{made.unit}.zip"
            path.write_bytes(made.files[0][1])
            given.append(str(path))
    page.get_by_label("文件必填").set_input_files(given)
    page.get_by_role("button", name="收下并核对").click()
    assert page.get_by_text("收下 3 份").is_visible()
    assert "请让单位换成2020年度的" in page.locator("#refused + ul").inner_text()
    defects = page.locator("section", has=page.locator("#defect"))
    defects.get_by_role("row", name="缺少自评报告").get_by_role("link").click()
    page.get_by_role("region", name="各单位").get_by_role("link", name=title_of(2)).click()
    page.get_by_role("checkbox", name="列入退回：缺少自评报告").check()
    page.get_by_role("button", name="退回").click()
    assert "已退回" in page.locator(".lead").inner_text()
    with page.expect_download() as letter:
        page.get_by_role("link", name=".docx").click()
    assert zipfile.is_zipfile(letter.value.path())
    page.get_by_role("link", name="汇总").first.click()
    page.get_by_role("region", name="各单位").get_by_role("link", name=title_of(1)).click()
    page.get_by_role("button", name="确认复核").click()
    assert "已复核" in page.locator(".lead").inner_text()
    department = page.url
    page.goto(HERE)
    with page.expect_download() as public:
        page.get_by_role("link", name="公开页 .zip").click()
    with zipfile.ZipFile(io.BytesIO(public.value.path().read_bytes())) as archive:
        archive.extractall(tmp_path / "public")
    looking(visit, axe, department, tmp_path)


def looking(visit, axe, department, tmp_path) -> None:
    """Every page of the day, wide and on a phone, and the public folder from the disk."""
    public = (tmp_path / "public" / "index.html").as_uri()
    for width in (1280, 360):
        page = visit(REVIEWER, width=width)
        for where in (HERE, f"{HERE}?seed=1&count=2", department, public, public.replace("index", "figures")):
            page.goto(where)
            look(page, axe)
        page.goto(public)
        page.get_by_role("link", name="50%").first.click()
        assert "3 ÷ 6 = 50%" in page.content()
