"""The whole line in a browser without JavaScript: a record, its figure, the report, the seal, a digit altered."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

pytestmark = pytest.mark.browser

YEAR = "/year/demo-cppcc/2020"
RATE = f"{YEAR}/figures/cppcc/opinion_adoption_rate/"


def counted(page) -> tuple[int, int]:
    """Numerator and denominator on the page of a rate."""
    page.goto(RATE)
    top, bottom = page.locator(".frac > span").all_inner_texts()
    return int(re.search(r"\d+", top).group()), int(re.search(r"\d+", bottom).group())


def test_from_a_record_to_a_sealed_report(visit, tmp_path):
    clerk = visit("clerk", scripts=False)
    top, bottom = counted(clerk)

    clerk.goto("/registers/cppcc/opinion_item/")
    clerk.get_by_role("link", name="登记社情民意信息").click()
    clerk.get_by_label("标题").fill("关于增设河边路灯的信息")
    clerk.get_by_role("button", name="登记", exact=True).click()
    summary = clerk.get_by_role("alert")
    assert "还不能登记" in summary.inner_text()
    summary.get_by_role("link", name=re.compile("收到日期")).click()
    assert clerk.url.endswith("#f-received_on")
    assert clerk.get_by_label("标题").input_value() == "关于增设河边路灯的信息"
    clerk.get_by_label("收到日期").fill("2020-11-20")
    clerk.get_by_role("group", name="渠道").get_by_role("radio").first.check()
    clerk.get_by_role("button", name="登记", exact=True).click()
    assert clerk.get_by_role("heading", level=1).inner_text() == "关于增设河边路灯的信息"

    clerk.get_by_role("link", name="编辑", exact=True).click()
    clerk.get_by_label("发生日期").fill("2020-11-19")
    clerk.get_by_role("button", name="编辑", exact=True).click()
    assert "还不能“编辑”" in clerk.get_by_role("alert").inner_text()
    clerk.get_by_label("发生日期").fill("2020-11-23")
    clerk.get_by_role("button", name="编辑", exact=True).click()
    assert "编辑中" in clerk.locator(".path .now").inner_text()

    assert counted(clerk) == (top, bottom + 1)
    printed = clerk.locator(".eq .big").inner_text()
    assert clerk.get_by_role("link", name="关于增设河边路灯的信息").count() == 1

    clerk.goto("/reports/demo-cppcc/2020/")
    in_report = clerk.get_by_role("article").get_by_role("link", name=printed, exact=True).first
    in_report.click()
    assert clerk.url.endswith(RATE)

    leader = visit("leader", scripts=False)
    leader.goto("/reports/demo-cppcc/2020/")
    leader.get_by_role("link", name="定稿签发").click()
    leader.get_by_role("button", name="签发").click()
    leader.get_by_role("heading", level=1, name="定稿存证").wait_for()
    with leader.expect_download() as arriving:
        leader.get_by_role("link", name="下载 .docx").click()
    issued = tmp_path / "issued.docx"
    arriving.value.save_as(issued)

    anyone = visit(scripts=False)
    assert verdict(anyone, issued) == "一致"
    altered = tmp_path / "altered.docx"
    altered.write_bytes(with_one_digit_altered(issued.read_bytes(), printed))
    assert verdict(anyone, altered) == "数字被改"
    assert printed in anyone.get_by_role("main").inner_text()
    cut = tmp_path / "cut.docx"
    cut.write_bytes(issued.read_bytes()[:2000])
    anyone.goto("/verify/")
    anyone.get_by_label("要核查的文件").set_input_files(cut)
    anyone.get_by_role("button", name="核查", exact=True).click()
    assert "还不能核查" in anyone.get_by_role("alert").inner_text()

    clerk.goto(RATE)
    clerk.get_by_role("link", name="关于增设河边路灯的信息").click()
    clerk.get_by_role("link", name="修改", exact=True).click()
    clerk.get_by_label("标题").fill("关于增设河边路灯和座椅的信息")
    clerk.get_by_role("button", name="保存修改").click()
    assert verdict(anyone, issued) == "记录有变动"
    assert "座椅" not in anyone.get_by_role("main").inner_text()


def verdict(page, file) -> str:
    page.goto("/verify/")
    page.get_by_label("要核查的文件").set_input_files(file)
    page.get_by_role("button", name="核查", exact=True).click()
    return page.locator("#outcome .tag").inner_text()


def with_one_digit_altered(docx: bytes, printed: str) -> bytes:
    """The same .docx with the first digit of one printed figure changed."""
    wrong = ("9" if printed[0] != "9" else "8") + printed[1:]
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "word/document.xml":
                text = content.decode()
                assert printed in text
                content = text.replace(printed, wrong, 1).encode()
            new.writestr(item, content)
    return made.getvalue()
