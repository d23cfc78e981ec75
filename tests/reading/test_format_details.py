"""What office programs put into files beside plain text, and what of it a reader of the page sees."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx as python_docx
import pytest
import xlsxwriter
from tests.reading.hostile_files import sheet
from tests.reading.locked_files import locked_pdf
from tests.reading.small_files import W, package, paragraph
from tests.reading.small_files import docx as small_docx

from jixiao.errors import BadInput
from jixiao.reading import read
from jixiao.reading.formats import docx
from jixiao.reading.formats.number_formats import shown
from jixiao.reading.text import open_document


def word(body: str) -> str:
    return open_document(small_docx(body), "a.docx").text


def run(text: str, form: str = "", kind: str = "t") -> str:
    return f"<w:r><w:rPr>{form}</w:rPr><w:{kind}>{text}</w:{kind}></w:r>"


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('收到')}<w:del>{run('30', kind='delText')}</w:del><w:ins>{run('20')}</w:ins>{run('件')}"
        f"<w:moveFrom>{run('5个')}</w:moveFrom><w:moveTo>{run('，7个')}</w:moveTo></w:p>"
    )
    assert word(body) == "收到20件，7个\n"


def test_an_old_width_of_a_changed_cell_does_not_count() -> None:
    cell = '<w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange></w:tcPr>'
    body = f"<w:tbl><w:tr>{cell}{paragraph('甲')}</w:tc>{cell}{paragraph('1')}</w:tc></w:tr></w:tbl>"
    (table,) = open_document(small_docx(body), "a.docx").tables
    assert table.columns == 2


def test_hidden_text_is_left_out_and_text_told_not_to_hide_is_read() -> None:
    shown_again = run("，3个", '<w:vanish w:val="0"/>')
    body = f"<w:p>{run('20件')}{run('8件', '<w:vanish/>')}{shown_again}</w:p>"
    assert word(body) == "20件，3个\n"
    assert docx.pieces(small_docx(body), "a.docx") == [(0, 3), (-1, -1), (3, 6)]


def test_raised_digits_stay_apart_from_numbers() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    body = f"<w:p>{run('面积20m')}{run('2', raised)}{run('，共30')}{run('1', raised)}</w:p>"
    reading = read(small_docx(body), "a.docx")
    assert reading.document.text == "面积20m²，共30¹\n"
    assert reading.statements[0].text == "20m²"
    page = "<html><body><p>面积20m<sup>2</sup>，共30<sup>1</sup></p></body></html>"
    assert open_document(page.encode(), "a.html").text == "面积20m²，共30¹\n"


def test_notes_follow_the_body_under_their_own_name() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{paragraph("9")}</w:footnote>'
        f'<w:footnote w:id="1">{paragraph("不含上年结转35件。")}</w:footnote></w:footnotes>'
    )
    body = f'<w:p>{run("收到20件")}<w:r><w:footnoteReference w:id="1"/></w:r>{run("。")}</w:p>'
    main = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    header = f'<w:hdr xmlns:w="{W}">{paragraph("7件")}</w:hdr>'
    parts = {"word/document.xml": main, "word/footnotes.xml": notes, "word/header1.xml": header}
    reading = read(package(parts), "a.docx")
    assert reading.document.text == "收到20件。\n不含上年结转35件。\n"
    assert [one.place.label for one in reading.statements] == ["第1段", "脚注1"]


def test_text_boxes_fields_and_numbering_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('内有5件')}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    field = "<w:r><w:instrText> PAGE 12 </w:instrText></w:r>" + run("3")
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        + run("甲")
        + "</w:p>"
    )
    text = word(f"<w:p>{run('共')}{field}{run('件')}</w:p><w:p><w:r>{both}</w:r></w:p>{numbered}")
    assert [line for line in text.splitlines() if line] == ["共3件", "内有5件", "甲"]


def test_a_table_in_a_table_keeps_both() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('内')}</w:tc><w:tc>{paragraph('5')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('外')}</w:tc><w:tc>{inner}{paragraph('9')}</w:tc></w:tr></w:tbl>"
    document = open_document(small_docx(outer), "a.docx")
    assert [[cell.words for cell in table.cells] for table in document.tables] == [
        ["外", "内59"],
        ["内", "5"],
    ]


@pytest.mark.parametrize(
    ("stored", "form", "words"),
    [
        ("12", '0"件"', "12件"),
        ("12.5", '0.00\\ "万元"', "12.50 万元"),
        ("1234567", '0.00,"千元"', "1234.57千元"),
        ("12345678", "#,##0.0,,", "12.3"),
        ("12345678", '0!.0,"万元"', "1234.6万元"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("-3.5", "#,##0.00_);(#,##0.00)", "-3.50"),
        ("5", ";;;", ""),
        ("5", "G/通用格式", "5"),
        ("12", "@", "12"),
        ("45292", 'm"月"d"日"', "1月1日"),
        ("45292", '[$-804]yyyy"年"m"月"', "2024年1月"),
        ("0.5", "h:mm", "12:00"),
        ("0.5", "0." + "0" * 300, "0.5"),
    ],
)
def test_formats_of_accounts_scale_name_and_hide(stored: str, form: str, words: str) -> None:
    assert shown(stored, form) == words


def test_a_sheet_gives_shown_figures_and_no_dates() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    visible, hidden = book.add_worksheet("甲"), book.add_worksheet("乙")
    visible.write_row("A1", ["项目", "数", "日期"])
    visible.write("A2", "示例")
    visible.write_formula("B2", "=1+2", book.add_format({"num_format": '0"件"'}), 3)
    visible.write_number("C2", 45292, book.add_format({"num_format": 'm"月"d"日"'}))
    visible.write_row("A3", ["合计", 3])
    visible.set_row(1, None, None, {"hidden": True})
    hidden.write("A1", "9件")
    hidden.hide()
    book.close()
    reading = read(stream.getvalue(), "a.xlsx")
    assert reading.document.text == "项目\t数\t日期\n示例\t3件\t1月1日\n合计\t3\n"
    assert [one.text for one in reading.statements] == ["3件"]


def test_what_a_page_hides_is_not_read() -> None:
    page = """<html><body><p style="color:red; DISPLAY : none">1件</p><p style="visibility:hidden">2件</p>
    <template>3件</template><textarea>4件</textarea><p aria-hidden="true">5件</p><noscript>6件</noscript>
    <p>收到<del>7件</del><ins>8件</ins></p><!-- 9件 --></body></html>"""
    assert open_document(page.encode(), "a.html").text == "收到8件\n"


def test_a_table_in_a_table_of_a_page_keeps_both() -> None:
    page = "<html><body><table><tr><td>外</td><td><table><tr><td>内</td><td>5</td></tr></table></td></tr></table></body></html>"
    document = open_document(page.encode(), "a.html")
    assert [[cell.words for cell in table.cells] for table in document.tables] == [["外", "内5"], ["内", "5"]]


CHINESE = "示例街道全年共收到来信，已经全部办结，群众表示满意"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        CHINESE,
        f"一、{CHINESE}\r\n二、共２０件\r{CHINESE}\n",
        f"一一一一一一一一\n{CHINESE}20件",
        f"{CHINESE}\u200b12\u00a0万元𠮷",
    ],
)
def test_the_encoding_is_found_out_without_a_mark(text: str, encoding: str) -> None:
    assert open_document(text.encode(encoding), "a.txt").text == text


def test_newlines_keep_their_places() -> None:
    text = "甲\r\n乙\r丙\n\n收到20件"
    document = open_document(text.encode(), "a.txt")
    at = document.text.index("20")
    assert (at, document.place(at, at + 3).label) == (text.index("20"), "第5行")


@pytest.mark.parametrize(("ending", "kind"), [(".docx", "a.docx"), (".xlsx", "a.xlsx")])
def test_an_office_file_without_words_is_refused(ending: str, kind: str) -> None:
    data = small_docx("<w:p/>") if ending == ".docx" else sheet("<row/>")
    with pytest.raises(BadInput, match="没有"):
        open_document(data, kind)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("old", "filter_name"), [("doc", "MS Word 97"), ("rtf", "Rich Text Format")])
def test_older_documents_are_read_by_way_of_libreoffice(tmp_path: Path, old: str, filter_name: str) -> None:
    source = tmp_path / "a.docx"
    document = python_docx.Document()
    document.add_paragraph("收到来信20件")
    table = document.add_table(2, 2, "Table Grid")
    document.add_paragraph("完")
    for number, text in enumerate(["项目", "数", "甲", "35"]):
        table.cell(number // 2, number % 2).text = text
    document.save(str(source))
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        f"{old}:{filter_name}",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120
    )
    read_back = open_document(tmp_path / f"a.{old}")
    assert read_back.text.startswith("收到来信20件\n")
    assert [cell.words for cell in read_back.tables[0].cells] == ["项目", "数", "甲", "35"]


def test_a_pdf_that_asks_for_a_password_is_refused_and_one_that_forbids_changes_is_read() -> None:
    assert open_document(locked_pdf("total 20 items", b""), "a.pdf").text == "total 20 items"
    with pytest.raises(BadInput, match="密码"):
        open_document(locked_pdf("total 20 items", b"secret"), "a.pdf")
