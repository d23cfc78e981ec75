"""Tables stay tables: cells, places, merged cells, header rows, caption and unit, in every format that has them."""

from __future__ import annotations

import base64
import io
import zlib
from contextlib import suppress
from decimal import Decimal

import docx
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.small_files import docx as small_docx
from tests.reading.small_files import glyphs, package, paragraph, pdf, ruled
from tests.reading.test_reports_read_back import WRITERS, report

from jixiao.errors import BadInput
from jixiao.reading.document import Document
from jixiao.reading.formats.number_formats import shown
from jixiao.reading.tables import Table
from jixiao.reading.text import open_document

# One sheet 收支 from C3: a merged title, 项目 | 数, 甲 | 0.97283, 乙 | 12; written by xlwt.
OLD_SHEET = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHA6#izjNt2MKNlk@TD6wGGSP?6T6xvlmdotE~@CQLt8&DdO5>$u>t=51bg5X8POQ9DpRWJUah~7L1EqV|HAyGUDilE@3"
        "&HCO;7E_JTfEJbc!n~PzKQk{gZ{F_g%yhUgal5UEAJ7LEO12N4DxRX^b2=fA+_t&t)LtsK#y<t0mp0Pl#)HOZ4ZMfE-$fX>Wj-Ma"
        "yrFUcqljnH$><_ttN4&m>_ab6h3mu#qE)<V7J69d5}`Lm^P$kq!nr84mvjqiKc=mCY*QtQ_Zl4{3xdbJD>ko$vmPyY%29m!k}B)E"
        "u_b#nk@`CY?PdUzpndC4rjyx3s(=V>;3U4-QQ)(4QXfY(e{uN=#Q!><-%x{p*)V}I*oP#*^9W$Z#S%kpOs-4LVl8bnq<Eluau;^?"
        ">}J7{^Q4};^5KMn8ch=EK2Bs`+|T)0&U0wqd2W<A4-g$jleEJU?IFt8vo}6H-!U{`9Td)(<nVH)U%}47#u>IC<Dh8pcm`M!ll~f^"
        "XJyo7(ryzPA-AdS9B8RDwvUU>IgxhKJR1Zrtd&*mRn*SE-*vA&|JGVf?Wz9a$;i}8YXTkg<QXP={*9wcb*XDt8TT!xR+X&qT4?J}"
        "8NzFXq&8t!9%oIMgP(W?tq0=~&1lebFHD8CT{W~_qRs15?zt*!$@*pueN*&#Bp0oqDf*e%U?R2rqs2Dv8a8gR;n7YR++&+=>b)bG"
        "5`WptKBF0TcxuXb-{FUbhK7cQhK7cQ#;>8|eIAu}UFWg^zEsM0ojEEc{h8#y#UL{DJ4P4NZAep{MXs*+Sqisu#!?HkalRKa_R#EE"
        "j9^Io7^ypc>CUIB|IdOAL%;6`)jNNw9zXx^{NDgSl+BU"
    )
)
words_of_cells = st.text(st.sampled_from("甲乙丙丁来信办结0123456789.%"), min_size=1, max_size=8)
grids = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(words_of_cells, min_size=width, max_size=width), min_size=2, max_size=6)
)


def grid(table: Table) -> list[list[str]]:
    return [[table.words(r, c) for c in range(1, table.columns + 1)] for r in range(1, table.rows + 1)]


def only(document: Document) -> Table:
    (table,) = document.tables
    for cell in table.cells:
        assert "".join(document.text[cell.place.start : cell.place.end].split()) == cell.words
    return table


def workbook(rows: list[list[object]], merges: tuple[str, ...] = (), top: int = 0) -> bytes:
    """Rows from A1 down; an item may be (value, number format)."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("收支")
    for area in merges:
        sheet.merge_range(area, "")
    for number, row in enumerate(rows, start=top):
        for column, item in enumerate(row):
            value, form = item if isinstance(item, tuple) else (item, "")
            if value is not None:
                sheet.write(number, column, value, book.add_format({"num_format": form}) if form else None)
    book.close()
    return stream.getvalue()


def test_a_word_table_keeps_merged_cells_caption_and_unit() -> None:
    document = docx.Document()
    document.add_paragraph("示例收支情况表")
    document.add_paragraph("单位：万元")
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "预算数"
    rows = (("", "年初", "全年"), ("甲", "12.00", "13.50"), ("乙", "—", "0.00"))
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts):
            if text:
                table.cell(row, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    found = only(open_document(stream.getvalue(), "a.docx"))
    assert (found.caption, found.unit, found.headers) == ("示例收支情况表", "万元", 2)
    assert [found.heading(column) for column in (1, 2, 3)] == [
        ("项目",),
        ("预算数", "年初"),
        ("预算数", "全年"),
    ]
    assert grid(found)[2:] == [["甲", "12.00", "13.50"], ["乙", "—", "0.00"]]
    cell = found.at(3, 3)
    assert cell is not None
    assert cell.place.label == "表1 第3行第3列"


def test_a_page_table_keeps_spans() -> None:
    page = """<html><body><table><caption>示例支出<br>单位：元</caption>
    <tr><th rowspan="2">项目</th><th colspan="2">支出</th></tr><tr><th>预算</th><th>决算</th></tr>
    <tr><td>甲</td><td>1,200</td><td>1,100</td></tr></table></body></html>"""
    found = only(open_document(page.encode(), "a.html"))
    assert (found.caption, found.unit, found.headers) == ("示例支出", "元", 2)
    assert found.heading(3) == ("支出", "决算")
    assert grid(found)[2] == ["甲", "1,200", "1,100"]


def test_a_sheet_is_read_as_it_is_shown() -> None:
    rows: list[list[object]] = [
        ["示例区收支表", None, None, None],
        [None, None, None, "单位：万元"],
        ["项目", "预算", None, "执行率"],
        [None, "年初", "全年", None],
        ["合计", (1234.5, "#,##0.00"), (2000, "0.00"), (0.97283, "0.00%")],
        ["甲", 3, 0.1 + 0.2, (0, "0.00")],
    ]
    document = open_document(workbook(rows, ("A3:A4", "B3:C3", "D3:D4")), "a.xlsx")
    found = only(document)
    assert (found.caption, found.unit, found.headers) == ("示例区收支表", "万元", 4)
    assert found.heading(3) == ("单位：万元", "预算", "全年")[-2:]
    assert grid(found)[4:] == [["合计", "1,234.50", "2000.00", "97.28%"], ["甲", "3", "0.3", "0.00"]]
    cell = found.at(5, 2)
    assert cell is not None
    assert cell.place.label == "收支!B5"
    assert document.place(cell.place.start, cell.place.end).label == "收支!B5"


def test_a_formula_counts_by_the_value_stored_with_it() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.write_row("A1", ["项目", "数"])
    sheet.write("A2", "合计")
    sheet.write_formula("B2", "=SUM(1,2)", None, 3)
    book.close()
    assert grid(only(open_document(stream.getvalue(), "a.xlsx")))[1] == ["合计", "3"]


def test_empty_rows_part_the_tables_of_a_sheet_and_hidden_sheets_stay_away() -> None:
    rows: list[list[object]] = [["甲表"], [], ["项目", "数"], ["甲", 1], [], ["项目", "人数"], ["乙", 2]]
    first, second = open_document(workbook(rows), "a.xlsx").tables
    assert (first.caption, first.rows, grid(second)[0]) == ("甲表", 2, ["项目", "人数"])


def test_an_old_sheet_is_read_with_its_merged_cells() -> None:
    document = open_document(OLD_SHEET, "a.xls")
    found = only(document)
    assert grid(found) == [["示例区收支表"] * 2, ["项目", "数"], ["甲", "0.97283"], ["乙", "12"]]
    assert document.place(document.text.index("12"), document.text.index("12") + 2).label == "收支!D6"


@pytest.mark.parametrize(
    ("stored", "form", "words"),
    [
        ("0.95104895104895104", "0.00%", "95.10%"),
        ("1234567.891", "#,##0.00_ ", "1,234,567.89"),
        ("0.30000000000000004", "", "0.3"),
        ("12", "General", "12"),
        ("-3.5", "#,##0.00;[Red]-#,##0.00", "-3.50"),
        ("3.1", "0.##", "3.1"),
        ("45292", "yyyy/m/d", "2024-01-01"),
        ("0.5", "# ?/?", "0.5"),
        ("1E+400", "0.00", "1E+400"),
        ("甲", "0.00", "甲"),
    ],
)
def test_numbers_are_shown_by_their_format(stored: str, form: str, words: str) -> None:
    assert shown(stored, form) == words


@settings(max_examples=25, deadline=None)
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_a_shown_number_is_within_half_a_step(value: Decimal, places: int) -> None:
    text = shown(str(value), "#,##0" + ("." + "0" * places if places else ""))
    assert abs(Decimal(text.replace(",", "")) - value) <= Decimal(5).scaleb(-places - 1)


@settings(max_examples=20, deadline=None)
@given(grids)
def test_tables_read_back_as_they_were_written(rows: list[list[str]]) -> None:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>" for texts in rows)
    page = f"<html><body><table>{body}</table></body></html>".encode()
    text_cells: list[list[object]] = [list(texts) for texts in rows]
    for data, name in ((stream.getvalue(), "a.docx"), (page, "a.html"), (workbook(text_cells), "a.xlsx")):
        assert grid(only(open_document(data, name))) == rows


@pytest.mark.parametrize("form", ["docx", "html", "pdf"])
def test_the_tables_of_our_own_reports_read_back(form: str) -> None:
    found = only(open_document(WRITERS[form](report(), None), f"report.{form}"))
    assert (found.rows, found.columns, found.headers, found.unit) == (51, 2, 1, "户")
    assert grid(found)[0] == ["指标", "数值"]
    assert grid(found)[1] == ["示例指标0", "100户"]


def test_a_ruled_pdf_table_is_rebuilt_with_digits_off_the_line() -> None:
    cells = [
        (60, 623, "项目"),
        (210, 623, "金额"),
        (60, 603, "甲类"),
        (210, 601, "12.50"),
        (60, 583, "乙类"),
        (260, 583, "7"),
    ]
    drawn = "\n".join([ruled([50, 200, 350], [580, 600, 620, 640]), *(glyphs(*cell) for cell in cells)])
    drawn += "\n" + glyphs(210, 583, "1,20") + "\n" + glyphs(250, 580.5, "4")
    document = open_document(pdf([[(50.0, "示例表"), (50.0, "单位：万元")]], drawn=(drawn,)), "a.pdf")
    (found,) = document.tables
    assert (found.caption, found.unit, found.headers) == ("示例表", "万元", 1)
    assert grid(found) == [["项目", "金额"], ["甲类", "12.50"], ["乙类", "1,2047"]]
    cell = found.at(2, 2)
    assert cell is not None
    assert document.text[cell.place.start : cell.place.end] == "12.50"
    assert cell.place.label == "第1页 表1 第2行第2列"


def test_a_pdf_table_goes_on_over_the_page() -> None:
    pages: list[list[tuple[float, str]]] = [[], []]
    drawn = tuple(
        "\n".join(
            [
                ruled([50, 200, 350], [580, 600, 620]),
                *(glyphs(60, 603, "项目"), glyphs(210, 603, "金额")),
                *(glyphs(60, 583, name), glyphs(210, 583, number)),
            ]
        )
        for name, number in (("甲类", "1.00"), ("乙类", "2.00"))
    )
    (found,) = open_document(pdf(pages, drawn=drawn), "a.pdf").tables
    assert grid(found) == [["项目", "金额"], ["甲类", "1.00"], ["乙类", "2.00"]]


def test_a_merged_and_open_sided_pdf_table() -> None:
    walls = ["50 640 m 350 640 l S", "150 620 m 350 620 l S", "50 600 m 350 600 l S", "50 580 m 350 580 l S"]
    walls += ["150 580 m 150 640 l S", "250 580 m 250 620 l S"]
    cells = [(60, 613, "项目"), (200, 623, "预算数"), (160, 603, "年初"), (260, 603, "全年")]
    cells += [(60, 583, "甲类"), (160, 583, "1"), (260, 583, "2")]
    drawn = "\n".join([*walls, *(glyphs(*cell) for cell in cells)])
    (found,) = open_document(pdf([[]], drawn=(drawn,)), "a.pdf").tables
    assert (found.rows, found.columns, found.headers) == (3, 3, 2)
    assert found.heading(3) == ("预算数", "全年")
    assert found.words(2, 1) == "项目"


def test_drawings_make_no_table() -> None:
    page = [(50.0, "收到来信20件")]
    lines = "\n".join(f"{x} 100 m {x} 500 l S 50 {x} m 500 {x} l S" for x in range(50, 450))
    assert open_document(pdf([page], drawn=("50 50 500 700 re S",)), "a.pdf").tables == ()
    assert open_document(pdf([page], drawn=(lines,)), "a.pdf").tables == ()


def test_spans_without_end_are_cut() -> None:
    cell = '<td rowspan="999" colspan="999">1</td>'
    page = f"<html><body><table>{f'<tr>{cell * 30}</tr>' * 30}</table></body></html>"
    document = open_document(page.encode(), "a.html")
    assert document.text.count("1") == 900
    assert all(table.rows * table.columns <= 1_000_000 for table in document.tables)


def test_a_workbook_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.reading.formats.xlsx.MOST_CELLS", 10)
    with pytest.raises(BadInput, match="单元格"):
        open_document(workbook([[number] * 4 for number in range(5)]), "a.xlsx")


def test_far_cells_cost_nothing() -> None:
    sheet = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook {namespace} xmlns:r="{office}"><sheets><sheet name="表" r:id="a"/></sheets></workbook>'
    parts = {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": '<a><Relationship Id="a" Target="worksheets/sheet1.xml"/></a>',
        "xl/worksheets/sheet1.xml": f"<worksheet {namespace}><sheetData>{sheet}</sheetData></worksheet>",
    }
    document = open_document(package(parts), "a.xlsx")
    assert document.text == "1\n2\n"
    assert document.tables == ()


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["a.xlsx", "a.xls", "a.docx", "a.pdf"]),
    st.integers(0, 10**6),
    st.binary(min_size=1, max_size=8),
)
def test_mutated_files_are_read_or_refused(name: str, where: int, noise: bytes) -> None:
    whole = {"a.xlsx": SHEET, "a.xls": OLD_SHEET, "a.docx": WORD, "a.pdf": RULED}[name]
    at = where % len(whole)
    with suppress(BadInput):
        open_document(whole[:at] + noise + whole[at + len(noise) :], name)


SHEET = workbook([["项目", "数"], ["甲", 1], ["乙", (0.5, "0%")]], ("A2:A3",))
WORD = small_docx(
    f"<w:tbl><w:tr><w:tc>{paragraph('来信')}</w:tc><w:tc>{paragraph('30')}</w:tc></w:tr></w:tbl>"
)
RULED = pdf([[(50.0, "来信")]], drawn=(ruled([40, 100, 200], [700, 730, 760]) + glyphs(110, 740, "30"),))
