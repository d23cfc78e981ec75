"""What goes out with a file beside its text is found: margins, comments, hidden words and sheets, deletions, properties."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from jixiao.reading.behind import behind


def paper() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "机密★1年"
    document.sections[0].footer.paragraphs[0].text = "联系人：张示例"
    paragraph = document.add_paragraph("正文")
    paragraph.add_run("藏起来的话").font.hidden = True
    gone = f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>删去的账号</w:delText></w:r></w:del>'
    paragraph._p.append(parse_xml(gone))
    document.core_properties.author = "李示例"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("自评表")
        page.write("A1", "部门整体支出绩效自评表")
        page.write_comment("A1", "经办人：张示例")
        page.set_header("&C机密")
        page.set_footer("&L联系电话：0730-8880000&R第 &P 页")
        hidden = book.add_worksheet("底稿")
        hidden.write_row(0, 0, ["身份证号", "430602198001011234"])
        hidden.very_hidden()
        book.set_properties({"manager": "王示例"})
    return stream.getvalue()


@pytest.mark.parametrize(
    "told",
    [
        ("页眉", "机密★1年"),
        ("页脚", "联系人：张示例"),
        ("隐藏文字", "藏起来的话"),
        ("修订中删去而仍在文件里的文字", "删去的账号"),
        ("文件属性", "作者姓名：李示例"),
    ],
)
def test_a_document_is_looked_through(told: tuple[str, str]) -> None:
    assert told in behind(paper(), "a.docx")


@pytest.mark.parametrize(
    "told",
    [
        ("批注", "经办人：张示例"),
        ("“自评表”的页眉页脚", "机密"),
        ("“自评表”的页眉页脚", "联系电话：0730-8880000"),
        ("隐藏的工作表“底稿”第1行", "身份证号：430602198001011234"),
        ("文件属性", "经理姓名：王示例"),
    ],
)
def test_a_workbook_is_looked_through(told: tuple[str, str]) -> None:
    assert told in behind(workbook(), "a.xlsx")


def test_what_is_seen_anyway_is_not_told_again() -> None:
    assert not [text for _, text in behind(paper(), "a.docx") if "正文" in text]
    assert not [text for _, text in behind(workbook(), "a.xlsx") if "自评表" in text]


@pytest.mark.parametrize(("content", "name"), [(b"x", "a.txt"), (b"PK", "a.docx"), (b"%PDF-x", "a.pdf")])
def test_what_cannot_be_opened_says_nothing(content: bytes, name: str) -> None:
    assert behind(content, name) == []


def test_a_part_that_is_no_xml_says_nothing() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<broken")
    assert behind(stream.getvalue(), "a.docx") == []
