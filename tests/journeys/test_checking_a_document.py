"""A stranger checks a report in a browser without JavaScript: from the dropped file to the file with comments."""

from __future__ import annotations

import io
import re

import pytest
from tests.reading.marked.word_files import body, fastened, word_file

pytestmark = pytest.mark.browser

LINES = [
    "全年办理来信30件，分为城建类12件、农业类10件、其他类9件。",
    "收到建议40件，办结36件，办结率90%。本年支出{{金额}}万元。",
    *(f"走访企业{10 + number}家，召开座谈会{2 + number}次。" for number in range(60)),
    "全年接待来访60批，分为城建类20批、农业类15批、其他类24批。",
]
TABLE = (
    "<w:tbl>"
    + "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row.split())
        + "</w:tr>"
        for row in ("项目 本年 上年", "城建类 12 10", "农业类 22 20", "其他类 6 5", "合计 40 35")
    )
    + "</w:tbl>"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    inner = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES) + TABLE
    path = tmp_path_factory.mktemp("reports") / "示例报告.docx"
    path.write_bytes(word_file(body(inner)))
    return path


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def violations(axe, page) -> list[str]:
    found = axe.run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def checked(page, report):
    page.goto("/check/")
    page.get_by_label("要核查的文件").set_input_files(report)
    page.get_by_role("button", name="核查", exact=True).click()
    return page


def see(element) -> None:
    """Pages glide to a place: wait until it is in view."""
    from playwright.sync_api import expect

    expect(element).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 360])
def test_from_a_file_to_its_comments(visit, report, width):
    page = checked(visit(scripts=False, width=width), report)
    tally = page.get_by_role("status").first
    assert re.fullmatch(r"识别 \d+ 处数据，核对 \d+ 处，发现 2 处不一致", tally.inner_text().strip())
    assert page.get_by_role("region", name="表1").get_by_role("columnheader").count() == 3

    page.get_by_role("navigation", name="不一致之处").get_by_role("link", name="第 2 处不一致").click()
    finding = page.locator("#n2")
    see(finding)
    finding.get_by_role("link", name="60批").click()
    figure = page.locator("a.figure.broken", has_text="60批")
    see(figure)
    see(tally)
    figure.click()
    assert page.url.endswith("#n2")
    see(finding)

    with page.expect_download() as arriving:
        page.get_by_role("button", name="批注版 .docx").first.click()
    assert arriving.value.suggested_filename == "示例报告-批注.docx"
    words = list(fastened(arriving.value.path().read_bytes()).values())
    assert words[0] == "30件"
    assert "60批" in words


def test_one_group_alone_by_keyboard(visit, report):
    page = checked(visit(scripts=False), report)
    first = page.get_by_role("radio", name="全部")
    first.focus()
    assert page.locator(".group.not_applicable").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="不一致").is_checked()
    assert page.locator(".group.broken").is_visible()
    assert not page.locator(".group.not_applicable").is_visible()
    kept = page.locator("a.figure.kept").first
    kept.click()
    assert page.locator(page.url[page.url.index("#") :]).is_visible()


def test_an_opinion_counts_at_once(visit, report, axe):
    from playwright.sync_api import expect

    page = checked(visit(scripts=False, width=360), report)
    page.locator("#n1").get_by_text("这条对不对").click()
    page.get_by_role("combobox", name="第 1 条的意见").select_option("读法不对（误报）")
    page.get_by_role("textbox", name="第 1 条的附注").fill("另有一件属两类")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("发现 1 处不一致")
    assert "另有一件属两类" in page.locator(".finding.dismissed").inner_text()
    with page.expect_download() as arriving:
        page.get_by_role("button", name="意见 .jsonl").click()
    again = visit(scripts=False)
    again.goto("/check/")
    again.get_by_label("要核查的文件").set_input_files(report)
    again.get_by_text("带上以前的意见").click()
    again.get_by_label("意见文件").set_input_files(
        {"name": "意见.jsonl", "mimeType": "text/plain", "buffer": arriving.value.path().read_bytes()}
    )
    again.get_by_role("button", name="核查", exact=True).click()
    expect(again.get_by_role("status").first).to_contain_text("发现 1 处不一致")


def test_an_office_is_told_what_it_keeps(visit, report):
    page = checked(visit("clerk", scripts=False), report)
    assert "只记标识、意见和附注" in page.get_by_role("main").inner_text()
    page.locator("#n1").get_by_text("这条对不对").click()
    page.get_by_role("combobox", name="第 1 条的意见").select_option("已知，可接受")
    page.locator("#n1").get_by_role("button", name="记下意见").click()
    assert "已记下 1 条意见" in page.get_by_role("main").inner_text()
    assert "发现 1 处不一致" in checked(page, report).get_by_role("status").first.inner_text()


@pytest.mark.parametrize("width", [1280, 360])
def test_every_state_is_for_everyone(visit, report, axe, width):
    page = visit(width=width)
    page.goto("/check/")
    states = {"form": violations(axe, page)}
    page.get_by_role("button", name="核查", exact=True).click()
    states["refused"] = violations(axe, page)
    checked(page, report)
    states["result"] = violations(axe, page)
    page.locator("#n1").get_by_text("这条对不对").click()
    page.locator("summary", has_text="相符").click()
    states["open"] = violations(axe, page)
    page.get_by_role("combobox", name="第 1 条的意见").select_option("确有错误")
    page.get_by_role("button", name="按意见重算").click()
    states["said"] = violations(axe, page)
    with page.expect_download() as arriving:
        page.get_by_role("button", name="网页 .html").first.click()
    page.set_content(arriving.value.path().read_text("utf-8"))
    states["page that stands alone"] = violations(axe, page)
    assert {state: found for state, found in states.items() if found} == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("程序.exe", b"MZ" + bytes(200), "不认识 .exe 文件"),
        ("空.txt", b"", "文件是空的"),
        ("扫描.pdf", None, "扫描"),
    ],
)
def test_a_wrong_file_is_told_at_its_box(visit, name, content, told):
    page = visit(scripts=False)
    page.goto("/check/")
    data = scanned() if content is None else content
    page.get_by_label("要核查的文件").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="核查", exact=True).click()
    assert told in page.get_by_role("alert").inner_text()


def scanned() -> bytes:
    """A page that is one picture."""
    from PIL import Image

    made = io.BytesIO()
    Image.new("L", (600, 800), 255).save(made, "PDF")
    return made.getvalue()
