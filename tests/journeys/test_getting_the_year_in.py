"""A hundred rows with errors are put right and imported; thirty lines of chat are confirmed; photos come several at once.
In a browser, as somebody new to it would.
"""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from tests.journeys.server import password_of

from jixiao import sheets
from jixiao.catalogue import load
from jixiao.sheets.write import plain_choices

pytestmark = pytest.mark.browser

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 64


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def calm(axe, page):
    """No accessibility violation and no sideways scroll in the state the page is in."""
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def hundred(wrong: bool) -> bytes:
    """A workbook of an office's own: its own headings, a column nobody may keep, every tenth day wrong."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("登记表")
        sheet.write_row(0, 0, ["信息题目", "收到日期", "渠道", "民族"])
        for number in range(1, 101):
            day = f"2020-{number % 9 + 1:02}-{number % 27 + 1:02}"
            if wrong and number % 10 == 0:
                day = "二月三十"
            sheet.write_row(number, 0, [f"关于第{number}号路灯的建议", day, "书面", "某族"])
    return stream.getvalue()


def upload(page, name, content):
    page.get_by_label("文件").first.set_input_files(
        files=[{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )
    page.get_by_role("button", name="上传并检查").click()


def put_right(content: bytes) -> bytes:
    """What the clerk does in a spreadsheet: the red days get a day; everything else stays as it was given back."""
    catalogue = load()
    kind = catalogue.kind("cppcc/opinion_item")
    columns = sheets.columns_of(kind, catalogue)
    table = sheets.open_book(content, "标注.xlsx").tables[0]
    rows = []
    for _, cells in table.rows:
        given = dict(zip(table.ids, cells, strict=False))
        if given["received_on"] == "二月三十":
            assert "二月三十" in given["_problems"]
            given["received_on"] = "2020-02-28"
        rows.append([given.get(column.id) or None for column in columns])
    page = sheets.Page(kind, columns, rows, len(rows))
    return sheets.write([page], plain_choices(columns, catalogue), org="demo-cppcc")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_hundred_rows_are_put_right_and_imported(visit, axe, width):
    page = visit("clerk", scripts=True, width=width)
    page.goto("/registers/cppcc/opinion_item/")
    before = int(re.search(r"共 (\d+) 条", page.inner_text("main"))[1])
    page.get_by_role("link", name="导入", exact=True).click()
    calm(axe, page)
    upload(page, f"信息{width}.xlsx", hundred(wrong=True))
    page.wait_for_url("**/imports/*/")
    calm(axe, page)
    if page.get_by_role("heading", name="有的列名认不出").count():  # said once, known from then on
        page.get_by_label("“信息题目”是").select_option(label="标题")
        page.get_by_role("button", name="就这样，开始检查").click()
    assert "“民族”一列涉及个人的民族，已整列舍去" in page.inner_text("main")
    assert "二月三十" in page.inner_text("table.judged")
    calm(axe, page)
    with page.expect_download() as given:
        page.get_by_role("link", name="下载标注后的文件").click()
    marked = given.value.path().read_bytes()
    page.get_by_role("link", name="重新上传").first.click()
    upload(page, "改好的.xlsx", put_right(marked))
    page.wait_for_url("**/imports/*/")
    wanted = 100 if width == 1280 else 0  # the second time they are there: nothing twice
    if wanted:
        page.get_by_role("button", name=f"导入 {wanted} 条").click()
        assert f"新增 {wanted} 条" in page.inner_text("main")
        calm(axe, page)
    else:
        assert "无变化 100" in page.inner_text("nav[aria-label=检查结果]")
    page.goto("/registers/cppcc/opinion_item/")
    assert f"共 {before + wanted} 条" in page.inner_text("main")


CHAT = "\n".join(
    ["张小示 2020/9/29 10:12", "收到", "好的好的辛苦了"]
    + [f"李小例：9月{day}日走访示例第{day}家企业，了解用工情况" for day in range(1, 15)]
    + [f"9月{day}日报送社情民意信息，反映第{day}号路灯不亮" for day in range(1, 17)]
)


@pytest.mark.parametrize("scripts", [False, True])
def test_thirty_lines_of_chat_are_pasted_and_confirmed(visit, axe, scripts):
    page = visit("clerk", scripts=scripts, width=360 if scripts else 1280)
    page.goto("/registers/")
    page.get_by_role("link", name="粘贴文字").click()
    page.get_by_label("粘贴到这里").fill(CHAT)
    page.get_by_label("从哪天算").fill("2020-10-08")
    page.get_by_role("button", name="读取").click()
    page.wait_for_url("**/pastes/*/")
    text = page.inner_text("main")
    assert "30 行要登记，2 行未采用" in text
    assert "李小例" not in text
    assert "张小示" not in text
    if scripts:
        calm(axe, page)
    for field in page.locator("li.panel select:has(option[value='']:checked)").all():
        name = field.get_attribute("name") or ""
        must = page.locator(f"label[for='f-{name}'] .must").count()
        if must:
            field.select_option(index=1)
            break
    for _ in range(6):  # what the first of a kind lacks is chosen once, then spread to the others
        page.get_by_role("button", name="空着的选项照同类第一行填").click()
        empty = [
            field
            for field in page.locator("li.panel select").all()
            if not field.input_value()
            and page.locator(f"label[for='f-{field.get_attribute('name')}'] .must").count()
        ]
        if not empty:
            break
        empty[0].select_option(index=1)
    page.get_by_role("button", name="确认登记 30 行").click()
    text = page.inner_text("main")
    assert "已登记 30 条" in text
    assert "好的好的辛苦了" in text
    if scripts:
        calm(axe, page)
    page.go_back()
    page.reload()
    assert "已登记 30 条" in page.inner_text("main")


SEVERAL = """示例小例 2020/9/29 10:12
9月5日走访A村2户，9月8日走访B村3户
「示例小例：9月5日走访A村2户」
- - - - - - - - - -
9月9日报送社情民意信息，
反映路灯不亮😊
9月10日走访C村4户
涉及需求1件"""


@pytest.mark.parametrize("width", [1280, 360])
def test_a_line_of_several_facts_is_divided_joined_and_divided_by_hand(visit, axe, width):
    page = visit("clerk", scripts=False, width=width)
    page.goto("/registers/paste/")
    page.get_by_label("粘贴到这里").fill(SEVERAL)
    page.get_by_label("从哪天算").fill("2020-10-08")
    page.get_by_role("button", name="读取").click()
    text = page.inner_text("main")
    assert "这一行分成了 2 行" in text
    assert "像是引用别人说过的话" in text
    page.get_by_role("button", name="合回一行").click()
    assert "已并成一行" in page.inner_text("main")
    whole = page.locator("li.panel", has_text="9月5日走访A村2户，9月8日走访B村3户")
    whole.get_by_text("分成几行", exact=True).click()
    whole.get_by_label("每行写一件事").fill("9月5日走访A村2户\n9月8日走访B村3户")
    whole.get_by_role("button", name="分成几行").click()
    assert "已分成 2 行" in page.inner_text("main")
    last = page.locator("li.panel", has_text="涉及需求1件").last
    last.get_by_text("并到上一行").first.click()
    last.get_by_role("button", name="并到上一行").click()
    assert "9月10日走访C村4户，涉及需求1件" in page.inner_text("main")
    for field in page.locator("li.panel select").all():
        name = field.get_attribute("name")
        if not field.input_value() and page.locator(f"label[for='f-{name}'] .must").count():
            field.select_option(index=1)
    page.get_by_role("button", name="确认登记 4 行").click()
    assert "已登记 4 条" in page.inner_text("main")
    first = page.get_by_role("row", name="9月5日走访A村2户").get_by_role("link")
    first.click()
    assert "2020-09-05" in page.inner_text("main")


def test_what_was_typed_survives_a_session_that_ran_out(visit, axe):
    page = visit("clerk", scripts=False, width=360)
    page.goto("/registers/paste/")
    page.get_by_label("粘贴到这里").fill("9月5日走访D村2户")
    kept = [one for one in page.context.cookies() if one["name"] != "sessionid"]
    page.context.clear_cookies()
    page.context.add_cookies(kept)
    page.get_by_role("button", name="读取").click()
    assert "刚才填的都还在" in page.inner_text("main")
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码").fill(password_of("clerk"))
    page.get_by_role("button", name="登录").click()
    assert "9月5日走访D村2户" in page.inner_text("main")
    page.get_by_role("button", name="接着提交").click()
    assert "读出 1 行" in page.inner_text("main")


def test_photos_come_several_at_once(visit, axe):
    page = visit("clerk")
    page.goto("/registers/cppcc/lecture/")
    page.locator("tbody a").first.click()
    names = ["现场一.jpg", "现场二.jpg", "现场三.jpg"]
    page.locator("#drop").set_input_files(
        files=[{"name": name, "mimeType": "image/jpeg", "buffer": JPEG + name.encode()} for name in names]
    )
    page.get_by_role("button", name="上传").click()
    text = page.inner_text("main")
    assert "已添加 3 份佐证" in text
    assert all(name.removesuffix(".jpg") in text for name in names)
    calm(axe, page)


def test_a_long_form_keeps_itself(visit, axe):
    page = visit("clerk")
    page.goto("/registers/cppcc/proposal/backfill/")
    page.get_by_label("案由").fill("关于示例街巷照明的建议")
    page.get_by_text("草稿已自动保存").wait_for()
    calm(axe, page)
    page.goto("/")
    page.get_by_role("link", name="关于示例街巷照明的建议").click()
    assert page.get_by_label("案由").input_value() == "关于示例街巷照明的建议"
    page.context.set_offline(True)
    page.get_by_label("案由").fill("关于示例街巷夜间照明的建议")
    page.get_by_text("连接断了").wait_for()
    page.context.set_offline(False)
    page.get_by_label("案由").press("End")
    page.keyboard.type("二")
    page.get_by_text("草稿已自动保存").wait_for()


def test_pasted_rows_keep_themselves_and_nothing_is_sent_into_nothing(visit, axe):
    page = visit("clerk", width=360)
    page.goto("/registers/paste/")
    page.get_by_label("粘贴到这里").fill("9月5日走访E村2户")
    page.get_by_label("从哪天算").fill("2020-10-08")
    page.get_by_role("button", name="读取").click()
    page.wait_for_url("**/pastes/*/")
    page.get_by_label("走访安排").fill("走访E村老党员")
    page.get_by_text("已自动保存").wait_for()
    calm(axe, page)
    page.reload()
    assert page.get_by_label("走访安排").input_value() == "走访E村老党员"
    page.context.set_offline(True)
    page.get_by_role("button", name="确认登记 1 行").click()
    page.get_by_text("现在没有网络，没有提交").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="确认登记 1 行").click()
    assert "已登记 1 条" in page.inner_text("main")
