"""The .docx as XML: page, grid, styles, numbers, bookmarks and controls, tables; and as bytes."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree
from tests.reports.told import context, document, outline, with_clause

from jixiao.reports import write_docx
from jixiao.reports.document import placed
from jixiao.reports.outline import compose

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def attributes(element: etree._Element) -> dict[str, str]:
    return {name.removeprefix(W): value for name, value in element.attrib.items()}


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_docx.write(document(), None)


@pytest.fixture(scope="module")
def body(written: bytes) -> etree._Element:
    return part(written)


def test_the_page_is_that_of_the_standard(body: etree._Element) -> None:
    (section,) = body.iter(f"{W}sectPr")
    margins = attributes(section.find(f"{W}pgMar"))
    assert (margins["top"], margins["bottom"], margins["left"], margins["right"]) == (
        "2097",
        "1984",
        "1587",
        "1474",
    )
    assert attributes(section.find(f"{W}pgSz")) == {"w": "11906", "h": "16838"}
    assert attributes(section.find(f"{W}docGrid")) == {"type": "lines", "linePitch": "579"}


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("BodyText", "仿宋_GB2312", "32"),
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "黑体", "32"),
        ("Heading2", "楷体_GB2312", "32"),
        ("Heading3", "仿宋_GB2312", "32"),
        ("Heading4", "仿宋_GB2312", "32"),
        ("PageNumberOdd", "宋体", "28"),
        ("AttachmentMark", "黑体", "32"),
    ],
)
def test_styles_name_the_official_fonts(written: bytes, style: str, font: str, half_points: str) -> None:
    (found,) = part(written, "word/styles.xml").xpath(f"//*[@*[local-name()='styleId']='{style}']")
    assert found.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == font
    assert found.find(f"{W}rPr/{W}sz").get(f"{W}val") == half_points


def test_body_text_is_tracked_and_indented(written: bytes) -> None:
    (body_text,) = part(written, "word/styles.xml").xpath("//*[@*[local-name()='styleId']='BodyText']")
    assert body_text.find(f"{W}rPr/{W}spacing").get(f"{W}val") == "-5"
    assert body_text.find(f"{W}pPr/{W}ind").get(f"{W}firstLineChars") == "200"


def test_every_style_in_use_is_defined_and_no_run_names_a_font(written: bytes, body: etree._Element) -> None:
    defined = set(part(written, "word/styles.xml").xpath("//@*[local-name()='styleId']"))
    assert {one.get(f"{W}val") for one in body.iter(f"{W}pStyle")} <= defined
    assert all(set(attributes(one)) == {"hint"} for one in body.iter(f"{W}rFonts"))


def test_page_numbers_are_whole_fields_at_the_outer_edge(written: bytes) -> None:
    for name, style in (("word/footer1.xml", "PageNumberOdd"), ("word/footer2.xml", "PageNumberEven")):
        footer = part(written, name)
        kinds = [one.get(f"{W}fldCharType") for one in footer.iter(f"{W}fldChar")]
        assert kinds == ["begin", "separate", "end"]
        assert footer.find(f".//{W}pStyle").get(f"{W}val") == style
        assert "".join(footer.itertext()) == "—  PAGE 1 —"
    assert part(written, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_each_figure_is_a_bookmark_around_a_control(body: etree._Element) -> None:
    figures = list(placed(document()))
    starts = list(body.iter(f"{W}bookmarkStart"))
    assert [one.get(f"{W}name") for one in starts] == [one.key for one in figures]
    for start, figure in zip(starts, figures, strict=True):
        control = start.getnext()
        assert control.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == figure.key
        assert control.find(f"{W}sdtPr/{W}alias").get(f"{W}val") == figure.label[:64]
        assert "".join(control.itertext(f"{W}t")) == figure.text
        assert control.getnext().tag == f"{W}bookmarkEnd"
        assert control.getnext().get(f"{W}id") == start.get(f"{W}id")


def test_ids_of_bookmarks_and_controls_differ(body: etree._Element) -> None:
    for path in (f".//{W}bookmarkStart", f".//{W}sdtPr/{W}id"):
        name = f"{W}id" if "Start" in path else f"{W}val"
        ids = [one.get(name) for one in body.findall(path)]
        assert len(ids) == len(set(ids)) == len(list(placed(document())))


def test_tables_repeat_their_head_and_keep_rows_whole(body: etree._Element) -> None:
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == 5
    for table in tables:
        first, *others = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in [first, *others])
        widths = [int(one.get(f"{W}w")) for one in table.iter(f"{W}gridCol")]
        for row in table.findall(f"{W}tr"):
            assert sum(int(one.get(f"{W}w")) for one in row.iter(f"{W}tcW")) == sum(widths)
        unit, caption = table.getprevious(), table.getprevious().getprevious()
        styles = [one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for one in (unit, caption)]
        assert styles[0] == "Caption" or styles == ["TableUnit", "Caption"]


def test_an_attachment_begins_a_page_with_its_title_on_the_third_line(body: etree._Element) -> None:
    paragraphs = list(body.iter(f"{W}p"))
    styles = [one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for one in paragraphs]
    at = styles.index("AttachmentMark")
    assert styles[at : at + 3] == ["AttachmentMark", "Normal", "AttachmentTitle"]
    assert "".join(paragraphs[at].itertext()) == "附件"


def test_example_data_are_marked_in_the_header_of_odd_and_even_pages(written: bytes) -> None:
    for name in ("word/header1.xml", "word/header2.xml"):
        assert "".join(part(written, name).itertext()) == "示例数据"
    unmarked = write_docx.write(document(marks=()), None)
    with zipfile.ZipFile(io.BytesIO(unmarked)) as archive:
        assert not [name for name in archive.namelist() if "header" in name]


def test_words_of_records_cannot_break_the_xml() -> None:
    nasty = ["<w:p>&amp;", "]]>", '"', "𠮷"]
    content = write_docx.write(document(lists={"demo/opinions": nasty}), None)
    assert "、".join(nasty) in "".join(part(content).itertext(f"{W}t"))


def test_the_same_document_gives_the_same_bytes(written: bytes) -> None:
    assert write_docx.write(document(), None) == written
    assert write_docx.write(document(), b'{"root":"a"}') == write_docx.write(document(), b'{"root":"a"}')


def test_another_library_opens_it(written: bytes) -> None:
    opened = docx.Document(io.BytesIO(written))
    assert opened.core_properties.title == "2020年度示例区示例办公室整体支出绩效评价报告"
    assert opened.core_properties.created.year == 2020
    assert [one.style.name for one in opened.paragraphs][:1] == ["Title"]
    assert len(opened.tables) == 5


def test_every_part_is_related_and_has_a_content_type(written: bytes) -> None:
    content = write_docx.write(document(), b'{"root":"a"}')
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    assert {one.get("PartName").lstrip("/") for one in types if one.get("PartName")} <= names
    assert {one.get("Target") for one in relations} >= {"styles.xml", "footer1.xml", "../customXml/item1.xml"}
    assert len({one.get("Id") for one in relations}) == len(relations)


def test_an_empty_document_is_written() -> None:
    content = write_docx.write(compose(outline(clauses=[], attachments=[]), context(marks=())), None)
    assert len(docx.Document(io.BytesIO(content)).paragraphs) == 5


def test_the_signature_keeps_with_the_text_before_it(body: etree._Element) -> None:
    for paragraphs in (list(body.iter(f"{W}p")), list(part(_plain_report()).iter(f"{W}p"))):
        styles = [one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for one in paragraphs]
        above = paragraphs[styles.index("Signature") - 1]
        assert above.find(f"{W}pPr/{W}keepNext") is not None
    last = paragraphs[styles.index("Signature") - 2]
    assert "".join(last.itertext()) == "完。"
    assert last.find(f"{W}pPr/{W}keepNext") is not None


def _plain_report() -> bytes:
    return write_docx.write(compose(with_clause("完。"), context()), None)
