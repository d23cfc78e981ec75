"""Files as bureaus really send them: headers over three rows, merged and shared words, locked sheets, percent cells, hints,
content controls, boxes to tick. What was pointed to is filled as a person would fill it; all else stays.
"""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from jixiao.forms import templates
from jixiao.forms.cells import number, words
from jixiao.forms.template_places import Binding, bind
from jixiao.forms.template_words import Spot

CONTENTS = {
    "executed": number(Fraction(899_740)),
    "rate": number(Fraction(9510, 10000)),
    "staff": number(Fraction(136)),
    "org": words("示例局"),
    "yes": words("是"),
    "later": words("明年"),
}


def sheet(extra: str = "", year: int = 2020, money: str = "万元") -> bytes:
    """A table with merged headers in three rows; `extra` is a row the bureau put in."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("附件1")
        hidden = book.add_worksheet("代码")
        hidden.hide()
        look, percent = book.add_format({"border": 1}), book.add_format({"num_format": "0.00%", "border": 1})
        page.merge_range("A1:E1", f"部门整体支出绩效自评表（{year}年度）")
        page.write("E2", f"单位：{money}")
        page.write("A3", "填报单位：（盖章）")
        page.merge_range("A4:A6", "支出", look)
        page.merge_range("B4:C4", "一般公共预算", look)
        page.merge_range("D4:E4", "政府性基金", look)
        page.merge_range("B5:B6", f"{year}年预算数", look)
        page.merge_range("C5:C6", f"{year}年决算数", look)
        page.merge_range("D5:D6", f"{year}年预算数", look)
        page.merge_range("E5:E6", f"{year}年决算数", look)
        titles = ["基本支出", *([extra] if extra else []), "项目支出", "小计", "三公经费", "小计"]
        for row, title in enumerate(titles, start=6):
            page.write(row, 0, title, look)
            for column in range(1, 5):
                page.write_blank(row, column, None, look)
        last = 6 + len(titles)
        page.write(last, 0, "执行率", look)
        page.write_blank(last, 1, None, percent)
        page.write(last, 2, "（请填写）", look)
        page.write_formula(last, 3, "=SUM(B7:B8)", look, 0)
        page.write_formula(last, 4, "=VLOOKUP(1,B7:C8,2)", look, 0)
        page.protect("czj")
        page.data_validation("B7:E9", {"validate": "decimal", "criteria": ">=", "value": 0})
        page.print_area(0, 0, last, 4)
    return stream.getvalue()


def known(content: bytes, name: str = "a.xlsx") -> list[Spot]:
    return templates.spots(templates.open_template(content, name))


def point(content: bytes, place: str, source: str, unit: str = "", name: str = "a.xlsx") -> Binding:
    spots = known(content, name)
    return bind(next(one for one in spots if one.address.endswith(place)), source, unit, 2, spots)


def filled(content: bytes, *bindings: Binding, name: str = "a.xlsx") -> templates.Outcome:
    return templates.fill(templates.open_template(content, name), bindings, CONTENTS)


def texts(outcome: templates.Outcome, name: str = "a.xlsx") -> dict[str, str]:
    return {one.place: one.text for one in known(outcome.content, name)}


def test_sheets_that_say_they_are_visible_are_seen() -> None:
    content, stream = sheet(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for one in old.infolist():
            text = old.read(one.filename)
            if one.filename == "xl/workbook.xml":
                text = text.replace(
                    '<sheet name="附件1"'.encode(), '<sheet state="visible" name="附件1"'.encode()
                )
            new.writestr(one, text)
    assert known(stream.getvalue()) == known(content)
    assert {one.table for one in known(content)} == {"附件1"}


def test_words_reach_over_merged_headers() -> None:
    spots = {one.place: one for one in known(sheet())}
    assert spots["C8"].row_words == "项目支出"
    assert spots["C8"].column_words.endswith("一般公共预算 › +0年决算数")
    assert spots["E8"].column_words.endswith("政府性基金 › +0年决算数")


def test_next_years_file_is_known_by_its_words_though_the_year_in_them_changed() -> None:
    before, after = sheet(year=2020), sheet(extra="上年结转", year=2021)
    outcome = filled(after, point(before, "C8", "executed", "万元"), point(before, "E11", "executed", "万元"))
    shown = texts(outcome)
    assert (shown["C9"], shown["E12"], shown["C8"]) == ("89.97", "89.97", "")
    assert [told for _, told in outcome.moved] == [
        "“项目支出·本年决算数”由 附件1!C8 移到了 附件1!C9，已按新位置填写",
        "“小计·本年决算数”由 附件1!E11 移到了 附件1!E12，已按新位置填写",
    ]


def test_one_more_row_of_the_same_words_leaves_the_cell_unfilled_and_told() -> None:
    outcome = filled(sheet(extra="小计"), point(sheet(), "C9", "executed", "万元"))
    assert not outcome.filled
    assert "有3处" in outcome.unfilled[0][1]
    assert "请重新指定" in outcome.unfilled[0][1]


def test_a_share_goes_into_a_percent_cell_as_a_share() -> None:
    outcome = filled(sheet(), point(sheet(), "B12", "rate", "%"))
    assert texts(outcome)["B12"] == "95.1%"
    with zipfile.ZipFile(io.BytesIO(outcome.content)) as book:
        assert re.search(rb'<c r="B12" s="\d+"><v>0.951', book.read("xl/worksheets/sheet1.xml"))


def test_a_share_is_taken_from_a_percent_cell_as_it_is_seen() -> None:
    binding = point(sheet(), "B12", "rate", "%")
    full = filled(sheet(), binding).content
    (taken,) = templates.take(templates.open_template(full, "a.xlsx"), [binding]).values
    assert taken[1].value == Fraction(951, 1000)


def test_labels_stay_and_hints_go() -> None:
    content = sheet()
    shown = texts(filled(content, point(content, "A3", "org"), point(content, "C12", "org")))
    assert (shown["A3"], shown["C12"]) == ("填报单位：示例局（盖章）", "示例局")


def test_what_is_counted_has_no_decimals() -> None:
    assert texts(filled(sheet(), point(sheet(), "B7", "staff", "人")))["B7"] == "136"


def test_formulas_hold_what_they_come_to_now_or_nothing() -> None:
    outcome = filled(sheet(), point(sheet(), "B7", "executed", "万元"))
    with zipfile.ZipFile(io.BytesIO(outcome.content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUM(B7:B8)</f><v>89.97</v>" in page
    assert re.search(r"<f>VLOOKUP\([^<]*</f></c>", page)
    for kept in ("sheetProtection", "dataValidation ", "mergeCell "):
        assert kept in page


def test_money_is_taken_in_the_unit_that_the_table_tells_this_year() -> None:
    binding = point(sheet(), "C8", "executed", "万元")
    full = filled(sheet(money="元"), point(sheet(money="元"), "C8", "executed", "元")).content
    told = templates.take(templates.open_template(full, "a.xlsx"), [binding])
    assert told.values[0][1].value == 899_740
    assert "现在以“元”为单位" in told.moved[0][1]


def test_a_formula_without_a_result_is_told_as_one() -> None:
    binding = point(sheet(), "E12", "executed", "万元")
    full = filled(sheet(), point(sheet(), "B7", "executed", "万元")).content
    assert (
        "请用 Excel 或 WPS 打开"
        in templates.take(templates.open_template(full, "a.xlsx"), [binding]).missing[0][1]
    )


def test_a_cell_without_a_place_in_the_file_gets_one() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("表")
        page.write("A1", "单位名称")
        page.write("D1", "电话")
    content = stream.getvalue()
    outcome = filled(content, point(content, "B1", "org"))
    with zipfile.ZipFile(io.BytesIO(outcome.content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<c r="(\w+)"', page) == ["A1", "B1", "D1"]


def test_a_list_fills_the_open_cells_downwards_and_tells_what_found_no_row() -> None:
    content = sheet()
    lines = {"list": tuple(number(Fraction(10_000 * one)) for one in range(1, 8))}
    outcome = templates.fill(
        templates.open_template(content, "a.xlsx"), [point(content, "C7", "list", "万元")], {}, lines
    )
    shown = texts(outcome)
    assert [shown[f"C{row}"] for row in range(7, 13)] == ["1", "2", "3", "4", "5", "6"]
    assert "还有 1 行没有填" in outcome.unfilled[0][1]


def word_form() -> bytes:
    """A form with a merged grid, a nested table, a control for a cell, one for text, and boxes."""
    document = docx.Document()
    table = document.add_table(5, 4)
    table.cell(0, 0).text = "项目名称"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "【请填写项目名称】"
    table.cell(1, 0).text = "主管部门"
    table.cell(1, 2).text = "实施单位"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "资金"
    table.cell(2, 1).text = "来源"
    table.cell(2, 2).text = "执行数（万元）"
    table.cell(2, 3).text = "执行率"
    table.cell(3, 1).text = "财政拨款"
    table.cell(4, 0).text = "是否专项"
    boxes = table.cell(4, 1).paragraphs[0]
    for part in ("□", "是  ", "□", "否"):
        boxes.add_run(part)
    table.cell(4, 3).add_table(2, 1).cell(0, 0).text = "联系电话"
    hint = (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="unit"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>'
        "单击此处输入文字。</w:t></w:r></w:sdtContent></w:sdt>"
    )
    table.cell(1, 3).paragraphs[0]._p.append(parse_xml(hint))
    wrapped = table.cell(1, 1)._tc
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    wrapped.addprevious(control)
    control[-1].append(wrapped)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_form_keeps_its_controls_boxes_and_nested_tables() -> None:
    content = word_form()
    points = [
        ("表1!1行2列", "org", ""), ("表1!2行2列", "org", ""), ("表1!2行4列", "org", ""), ("表1!4行3列", "executed", "万元"),
        ("表1!4行4列", "rate", "%"), ("表1!5行2列", "yes", ""), ("表2!2行1列", "org", ""),
    ]  # fmt: skip
    outcome = filled(content, *(point(content, *one, name="a.docx") for one in points), name="a.docx")
    assert not outcome.unfilled
    shown = {one.address: one.text for one in known(outcome.content, "a.docx")}
    assert [shown[place] for place, _, _ in points] == [
        "示例局", "示例局", "示例局", "89.97", "95.10%", "☑是  □否", "示例局",
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(outcome.content)) as package:
        body = package.read("word/document.xml").decode()
    assert body.count("<w:sdt>") == 2
    assert '<w:tag w:val="unit"/>' in body
    assert "showingPlcHdr" not in body


def test_an_answer_that_is_no_option_is_not_ticked() -> None:
    content = word_form()
    outcome = filled(content, point(content, "表1!5行2列", "later", name="a.docx"), name="a.docx")
    assert "没有“明年”这一项" in outcome.unfilled[0][1]


@pytest.mark.parametrize("place", ["4行3列", "4行4列"])
def test_cells_below_a_cell_that_goes_on_keep_its_words(place: str) -> None:
    (spot,) = (one for one in known(word_form(), "a.docx") if one.address == f"表1!{place}")
    assert spot.row_words == "资金 › 财政拨款"


def test_a_workbook_whose_list_of_sheets_is_torn_is_no_mistake_of_ours() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet())) as old, zipfile.ZipFile(stream, "w") as new:
        for one in old.infolist():
            text = old.read(one.filename)
            if one.filename == "xl/_rels/workbook.xml.rels":
                text = text.replace(b'Id="rId1"', b'Id="rId99"')
            new.writestr(one, text)
    assert known(stream.getvalue()) == []
