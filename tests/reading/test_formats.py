"""Each format to text in which every character knows its place, and what is refused with which words."""

from __future__ import annotations

import codecs
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.small_files import docx, figure, package, paragraph, pdf

from jixiao.errors import BadInput
from jixiao.reading import Reading, normalise, read

FULL = 50.0  # left edge; 50 characters of 10 points reach the right edge at 550


def texts(reading: Reading) -> list[str]:
    return [statement.text for statement in reading.statements]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_of_a_text_is_found_out(encoding: str) -> None:
    text = "示例街道办事处\r\n\r\nTotal: 全年收到来信20件。\n"
    document = read(text.encode(encoding), "小结.txt").document
    assert document.text == text
    assert document.place(text.index("20"), text.index("20") + 3).label == "第3行"


def test_a_marked_utf16_text_may_be_of_either_order() -> None:
    text = "收到来信20件"
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert read(mark + text.encode(encoding), "a.txt").document.text == text


def test_word_text_is_read_with_controls_tables_and_places() -> None:
    body = (
        paragraph("一、办理情况")
        + f"<w:p><w:r><w:t>共收到来信</w:t></w:r>{figure('f_one', '20件')}"
        + "<w:del><w:r><w:delText>30件</w:delText></w:r></w:del><w:r><w:t>。</w:t></w:r></w:p>"
        + "<w:tbl><w:tr><w:tc>"
        + paragraph("来信")
        + "</w:tc><w:tc><w:p>"
        + figure("f_two", "35", 2)
        + "</w:p></w:tc></w:tr></w:tbl>"
        + paragraph("完")
    )
    reading = read(docx(body), "小结.docx")
    assert reading.document.text == "一、办理情况\n共收到来信20件。\n来信\t35\n完\n"
    assert [(s.text, s.key, s.place.label) for s in reading.statements] == [
        ("20件", "f_one", "第2段"),
        ("35", "f_two", "表1 第1行第2列"),
    ]
    assert {(mark.key, mark.source) for mark in reading.document.marks} == {
        ("f_one", "bookmark"),
        ("f_one", "control"),
        ("f_two", "bookmark"),
        ("f_two", "control"),
    }


def test_a_bookmark_round_a_clause_is_no_figure() -> None:
    body = (
        '<w:p><w:bookmarkStart w:id="1" w:name="clause"/><w:r><w:t>全年收到20件</w:t></w:r>'
        '<w:bookmarkEnd w:id="1"/></w:p>'
    )
    (statement,) = read(docx(body), "a.docx").statements
    assert statement.key == ""


def test_a_number_split_over_runs_is_one() -> None:
    body = "<w:p><w:r><w:t>支出13.</w:t></w:r><w:r><w:t>52万</w:t></w:r><w:r><w:t>元</w:t></w:r></w:p>"
    assert texts(read(docx(body), "a.docx")) == ["13.52万元"]


def test_a_page_is_read_as_it_is_seen() -> None:
    page = """<!doctype html><html><head><title>3件</title><style>p{width:3个}</style></head><body>
    <nav>共9条</nav><main><h1>小结</h1><p>收到来信
    <data value="30" data-figure="letters" data-key="f_one">30余件</data>，<b>办结</b>20件。</p>
    <table><caption>单位：万元</caption><tr><th>支出</th><td>73万元</td></tr></table>
    <p hidden>8件</p><script>var a = "7件"</script></main><footer>5件</footer></body></html>"""
    reading = read(page.encode(), "小结.html")
    assert reading.document.text == "小结\n收到来信 30余件，办结20件。\n单位：万元\n支出\t73万元\n"
    assert [(s.text, s.key) for s in reading.statements] == [
        ("30余件", "f_one"),
        ("20件", ""),
        ("73万元", ""),
    ]
    assert reading.statements[2].place.label == "表1 第1行第2列"
    assert reading.document.marks[0].value == "30"


def test_a_page_in_gbk_is_read_by_its_declaration() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>收到来信20件</p></body></html>'
    assert texts(read(page.encode("gbk"), "a.htm")) == ["20件"]


def test_pdf_lines_are_joined_into_paragraphs() -> None:
    filled = [(FULL, character * 50) for character in "甲乙丙"]
    broken = [(FULL, "字" * 46 + "13.5"), (FULL, "2万元。"), (FULL + 20, "另起一段收到来信20件。")]
    reading = read(pdf([[*filled, *broken]]), "a.pdf")
    assert texts(reading) == ["13.52万元", "20件"]
    assert reading.document.text.count("\n") == 1
    assert reading.statements[0].place.label == "第1页"


def test_pdf_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [
        [(FULL, "示例抬头"), (FULL, "字" * 50), (FULL, "字" * 49 + "2"), (280.0, "— 1 —")],
        [(FULL, "示例抬头"), (FULL, "0件来信"), (FULL, "完"), (280.0, "— 2 —")],
    ]
    reading = read(pdf(pages, artifacts=("示例抬头",)), "a.pdf")
    assert "抬头" not in reading.document.text
    assert "—" not in reading.document.text
    assert reading.document.place(len(reading.document.text) - 1, len(reading.document.text)).label == "第2页"


def test_one_report_has_one_normal_form_in_every_format() -> None:
    sentence = "全年收到来信30余件，办结率100%，投入“专项”资金73万元。"
    as_docx = docx(
        paragraph("工作小结")
        + paragraph(sentence)
        + "<w:tbl><w:tr><w:tc>"
        + paragraph("来信")
        + "</w:tc><w:tc>"
        + paragraph("30")
        + "</w:tc></w:tr></w:tbl>"
    )
    as_html = (
        f"<html><body><h1>工作小结</h1><p>{sentence}</p>"
        "<table><tr><td>来信</td><td>30</td></tr></table></body></html>"
    )
    as_pdf = pdf(
        [
            [
                (280.0, "工作小结"),
                (FULL, sentence[:20]),
                (FULL, sentence[20:]),
                (FULL, "来信　30"),
                (280.0, "— 1 —"),
            ]
        ]
    )
    as_text = f"工作小结\r\n\r\n{sentence}\r\n来信 30\r\n"
    forms = {
        normalise(read(data, name).document.text)
        for data, name in (
            (as_docx, "a.docx"),
            (as_html.encode(), "a.html"),
            (as_pdf, "a.pdf"),
            (as_text.encode(), "a.txt"),
        )
    }
    assert len(forms) == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "空"),
        (bytes(range(256)) * 8, "a.txt", "不是文本"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "a.txt", "不是文本"),
        (docx(paragraph("收到20件"))[:120], "a.docx", "不完整"),
        (package({"xl/workbook.xml": "<a/>"}), "a.docx", "Excel 表格"),
        (package({"content.xml": "<a/>"}), "a.docx", "没有正文"),
        (docx("<w:p>"), "a.docx", "损坏"),
        (b"not a zip", "a.docx", "没有下载完整"),
        (docx(paragraph("收到20件")), "a.pdf", "Word 文档"),
        (b"%PDF-1.7\nbroken", "a.pdf", "损坏"),
        (b"%PDF-1.7\nbroken", "a.docx", "PDF"),
        (b"PK\x03\x04", "a.xlsx", "不完整"),
        (package({"ppt/presentation.xml": "<a/>"}), "a.pptx", "导出为 .pdf"),
        (package({"a.docx": "<a/>"}), "a.zip", "解压"),
        ("件数,20".encode(), "a.csv", "另存为 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "密码"),
        (pdf([[]]), "a.pdf", "扫描件"),
        (b"GIF89a", "a.gif", "图片"),
        (b"MZ", "a.exe", "不认识 .exe"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(data: bytes, name: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(data, name)
    assert words in str(refused.value)
    assert name in str(refused.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="找不到"):
        read(tmp_path / "无此文件.txt")


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(BadInput, match="实体定义"):
        read(docx(paragraph("&b;"), prologue=bomb), "a.docx")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.reading.xml.LARGEST_PART", 10_000)
    with pytest.raises(BadInput, match="过大"):
        read(docx(paragraph("字" * 20_000)), "a.docx")


def test_deep_nesting_is_refused_or_read() -> None:
    page = "<html><body>" + "<div>" * 50_000 + "20件" + "</div>" * 50_000 + "</body></html>"
    with suppress(BadInput):
        assert texts(read(page.encode(), "a.html")) in (["20件"], [])
    with pytest.raises(BadInput):
        read(docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "a.docx")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.html", "a.txt", "a"])
def test_damaged_bytes_never_escape_as_a_trace(name: str) -> None:
    whole = {
        "a.docx": docx(paragraph("收到来信20件") + figure("f", "3个")),
        "a.pdf": pdf([[(FULL, "收到来信20件")]]),
    }.get(name, "<html><body><p>收到20件</p></body></html>".encode())
    for step in range(0, len(whole), max(1, len(whole) // 40)):
        for damaged in (whole[:step], whole[:step] + b"\x00\xff" + whole[step + 2 :]):
            with suppress(BadInput):
                read(damaged, name)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["a.docx", "a.pdf", "a.html", "a.txt", "a"]),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"\xff\xfe"]),
    st.binary(max_size=200),
)
def test_any_bytes_are_read_or_refused(name: str, opening: bytes, rest: bytes) -> None:
    with suppress(BadInput):
        reading = read(opening + rest, name)
        for statement in reading.statements:
            assert statement.text in reading.document.text


def test_a_table_in_a_pdf_does_not_run_into_the_next_row() -> None:
    rows = [(FULL, character * 43 + f" {number}.50") for number, character in enumerate("甲乙丙丁", start=10)]
    assert read(pdf([rows]), "a.pdf").document.text.count("\n") == 3


def test_cells_below_one_another_make_no_quantity() -> None:
    text = "购房补贴 258.50\n支出决算表\n收入 60.99\n十、节能\n310 个人补助\n合计 20.05 本年支出"
    assert texts(read(text.encode(), "a.txt")) == []


def test_a_unit_in_a_cell_of_its_own_belongs_to_the_number_before() -> None:
    assert texts(read("来信\t20\t件\t名次\n办结\t30\t条例清单\n".encode(), "a.txt")) == ["20\t件"]
    assert texts(read("合计20\n\n件件有着落".encode(), "a.txt")) == []


def test_a_path_is_read_under_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "小结.txt"
    file.write_bytes("收到来信20件".encode())
    reading = read(file)
    assert reading.document.name == "小结.txt"
    (statement,) = reading.statements
    assert (statement.before, statement.after) == ("收到来信", "")


def test_an_older_document_without_libreoffice_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.reading.formats.converted.shutil.which", lambda program: None)
    with pytest.raises(BadInput, match=r"LibreOffice.*另存为 \.docx"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "旧.doc")


def test_an_encrypted_document_asks_for_its_password_to_be_removed() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le")
    for name in ("a.docx", "a.xlsx"):
        with pytest.raises(BadInput, match="加了密码"):
            read(data, name)


def test_a_page_under_an_old_ending_is_read_as_the_page_it_is() -> None:
    page = "<html><body><table><tr><td>来信</td><td>30</td></tr></table></body></html>"
    assert read(page.encode(), "导出.xls").document.text == "来信\t30\n"
