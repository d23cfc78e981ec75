"""Tables of a PDF without vertical lines are found by how they stand; what only looks like one is left alone."""

from __future__ import annotations

import pytest
from tests.reading.small_files import glyphs, pdf, ruled
from tests.reading.typeset import plain_table, titled, typeset

from jixiao.reading import read
from jixiao.reading.document import Document
from jixiao.reading.tables import Table
from jixiao.reading.text import open_document

ACCOUNT = [
    ["收入", "行次", "金额", "支出", "行次", "金额"],
    ["一、示例上级拨给本单位的收入和往年的结转", "1", "1,204.35", "一、办公支出", "31", "980.12"],
    ["二、示例基金收入", "2", "36.00", "二、活动支出", "32", "0.00"],
    ["三、其他收入", "3", "12.65", "三、培训支出", "33", "172.73"],
    ["", "", "", "四、维修支出", "34", "100.15"],
    ["收入合计", "27", "1,253.00", "支出合计", "57", "1,253.00"],
]
SIDE_BY_SIDE = "(left, center, right, left, center, right)"
CODED = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]] + [
    [str(2010000 + number), f"示例事项{number}", f"{number * 3}.10", f"{number * 2}.10", f"{number}.00"]
    for number in range(1, 90)
]


def grid(table: Table) -> list[list[str]]:
    return [[table.words(r, c) for c in range(1, table.columns + 1)] for r in range(1, table.rows + 1)]


def only(data: bytes) -> tuple[Document, Table]:
    document = open_document(data, "a.pdf")
    (table,) = document.tables
    for cell in table.cells:
        assert "".join(document.text[cell.place.start : cell.place.end].split()) == cell.words
        assert cell.place.label.startswith("第")
        if cell.words:
            assert document.place(cell.place.start, cell.place.end).label == cell.place.label
    return document, table


def test_two_accounts_side_by_side_without_a_line_are_one_table() -> None:
    markup = titled("示例收入支出总表", "万元") + plain_table(
        ACCOUNT, "(3fr, auto, 1fr, 3fr, auto, 1fr)", SIDE_BY_SIDE
    )
    document, found = only(typeset(markup))
    assert grid(found) == ACCOUNT
    assert (found.caption, found.unit, found.headers) == ("示例收入支出总表", "万元", 1)
    assert "收入合计\t27\t1,253.00\t支出合计\t57\t1,253.00\n" in document.text


def test_a_table_of_three_lines_may_have_one_column_of_numbers() -> None:
    rows = [["项目", "金额"], ["甲类支出", "20.00"], ["乙类支出", "5.00"], ["合计", "25.00"]]
    lines = "table.hline(), table.header([项目], [金额]), table.hline(),"
    body = ", ".join(f"[{text}]" for row in rows[1:] for text in row)
    markup = titled("示例支出表", "元") + (
        f"#table(columns: (2fr, 1fr), align: (left, right), stroke: none, {lines} {body}, table.hline())"
    )
    _, found = only(typeset(markup))
    assert grid(found) == rows
    assert (found.unit, found.headers) == ("元", 1)


def test_merged_headers_stand_over_their_columns() -> None:
    body = ", ".join(f"[支出{n}], [{n}00.00], [{n}10.50], [{n}5.00], [{n}5.50]" for n in range(1, 6))
    markup = titled("示例表", "元") + (
        "#table(columns: (2fr, 1fr, 1fr, 1fr, 1fr), align: (left, right, right, right, right), stroke: none,"
        "table.cell(rowspan: 2, align: horizon)[项目], table.cell(colspan: 2, align: center)[预算数],"
        f"table.cell(colspan: 2, align: center)[决算数], [年初], [全年], [基本], [其他], {body})"
    )
    _, found = only(typeset(markup))
    assert found.headers == 2
    assert [found.heading(column) for column in range(1, 6)] == [
        ("项目",),
        ("预算数", "年初"),
        ("预算数", "全年"),
        ("决算数", "基本"),
        ("决算数", "其他"),
    ]


@pytest.mark.parametrize("upright", ["top", "horizon"])
def test_a_label_of_several_lines_is_one_cell(upright: str) -> None:
    rows = [
        ["项目", "预算数", "决算数"],
        ["示例活动场地租用和其他配套费用", "12.00", "11.00"],
        ["办公用房", "9.00", "8.00"],
        ["示例培训资料印制和邮寄往来费用", "7.00", "6.00"],
        ["其他", "1.00", "1.00"],
        ["示例设备维修更新和日常保养费用", "4.00", "3.50"],
    ]
    align = f"(left + {upright}, right + {upright}, right + {upright})"
    _, found = only(typeset(titled("示例表", "万元") + plain_table(rows, "(3.6cm, 1fr, 1fr)", align)))
    assert grid(found) == rows


@pytest.mark.parametrize("repeats", [True, False])
def test_a_table_without_lines_goes_on_over_pages(repeats: bool) -> None:
    align = "(left, left, right, right, right)"
    table = plain_table(CODED, "(auto, 2fr, 1fr, 1fr, 1fr)", align)
    if repeats:
        header = ", ".join(f"[{text}]" for text in CODED[0])
        table = table.replace(header, f"table.header({header})", 1)
    document, found = only(typeset(titled("示例支出表", "元") + table + "\n以上共89项。"))
    assert grid(found) == CODED
    assert (found.caption, found.unit, found.headers) == ("示例支出表", "元", 1)
    assert document.text.endswith("3.00\n以上共 89 项。") or document.text.endswith("89.00\n以上共 89 项。")


def test_a_page_number_does_not_glue_to_the_last_figure_of_its_page() -> None:
    align = "(left, left, right, right, right)"
    document = open_document(typeset(plain_table(CODED, "(auto, 2fr, 1fr, 1fr, 1fr)", align)), "a.pdf")
    assert [line.split("\t")[-1] for line in document.text.splitlines()[1:]] == [row[-1] for row in CODED[1:]]


SENTENCE = "全年共收到来信 123 件，办结 120 件，办结率为 97.6%。投入资金 35.20 万元，比上年增加 4 万元。"
LEADER = "#box(width: 1fr, repeat[.])"
NO_TABLES = {
    "two columns of prose": "#set page(columns: 2)\n" + (SENTENCE * 4 + "\n\n") * 10,
    "a contents page": "\n\n".join(f"第{n}部分 示例内容 {LEADER} {n * 3}" for n in range(1, 12)),
    "a list": "\n\n".join(f"{n}. 完成道路改造 {n * 3} 条，投入 {n * 20} 万元" for n in range(1, 12)),
    "numbers without a header": plain_table(
        [[f"示例{n}", f"{n}.10", f"{n}.50"] for n in range(1, 8)], "(1fr, 1fr, 1fr)", "left"
    ),
    "addresses": "\n\n".join(f"示例街道 #h(3cm) {n}号 #h(4cm) 甲{n}" for n in range(1, 9)),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_only_looks_like_a_table_is_none(name: str) -> None:
    assert open_document(typeset(NO_TABLES[name]), "a.pdf").tables == ()


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = "甲" * 400 + "共收到来信13.52" + "件。"
    right = "乙" * 200 + "办结18件。"
    markup = f"#set page(columns: 2)\n{left}\n#colbreak()\n{right}"
    text = open_document(typeset(markup), "a.pdf").text.replace(" ", "")
    assert text.index("乙") > text.index("13.52件")
    assert "办结18件" in text


def test_a_number_wrapped_in_a_column_of_prose_is_one() -> None:
    words = "甲乙丙丁戊己庚辛"
    lines = [*((50.0, one * 20) for one in words), (50.0, "字" * 18 + "13"), (50.0, ".52万元。")]
    drawn = "\n".join(glyphs(320, 740 - 20 * row, one * 20) for row, one in enumerate(words))
    assert "13.52万元" in [s.text for s in read(pdf([lines], drawn=(drawn,)), "a.pdf").statements]


def test_digits_drawn_after_the_words_around_them_stay_in_their_line() -> None:
    words = [
        (60, 600, "收到来信"),
        (120, 600, "件，办结"),
        (180, 600, "件。"),
        (60, 580, "另有建议"),
        (110, 580, "条。"),
    ]
    digits = [(100, 602, "20"), (160, 598.5, "18"), (100, 581, "7")]
    drawn = "\n".join(glyphs(*one) for one in [*words, *digits])
    document = open_document(pdf([[]], drawn=(drawn,)), "a.pdf")
    assert document.text == "收到来信20件，办结18件。\n另有建议7条。"


def test_a_cell_that_a_page_break_parts_is_one() -> None:
    def page(*cells: tuple[float, float, str]) -> str:
        walls = ruled([50, 150, 250, 350], [580, 600, 620])
        return "\n".join([walls, *(glyphs(*cell) for cell in cells)])

    first = page(
        (60, 603, "项目"),
        (160, 603, "说明"),
        (260, 603, "数"),
        (60, 583, "甲类"),
        (160, 583, "较大幅度"),
        (260, 583, "5"),
    )
    second = page((160, 603, "提高"), (60, 583, "乙类"), (260, 583, "6"))
    document = open_document(pdf([[], []], drawn=(first, second)), "a.pdf")
    assert grid(document.tables[0])[1:] == [["甲类", "较大幅度提高", "5"], ["乙类", "", "6"]]


def test_a_page_that_is_shown_turned_is_read_as_shown() -> None:
    data = pdf([[(50.0, "收到来信20件"), (50.0, "办结18件")]])
    turned = data.replace(b"/MediaBox[0 0 600 800]", b"/Rotate 180/MediaBox[0 0 600 800]")
    assert "20件" in open_document(turned, "a.pdf").text


def test_tables_of_one_form_on_pages_of_their_own_stay_apart() -> None:
    rows = [["项目", "预算数", "决算数"]] + [[f"事项{n}", f"{n}.10", f"{n}.50"] for n in range(1, 6)]
    one = "#align(right)[单位：万元]\n" + plain_table(rows, "(2fr, 1fr, 1fr)", "(left, right, right)")
    document = open_document(typeset(f"{one}#pagebreak()\n{one}#v(12cm)\n共10项。"), "a.pdf")
    assert [grid(table) for table in document.tables] == [rows, rows]
