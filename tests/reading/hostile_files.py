"""Small files made to harm: what unpacks to gigabytes, nests without end, or claims more than it holds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.reading.small_files import docx, package, paragraph

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MB = 1024 * 1024


def sheet(data: str, extra: str = "", parts: dict[str, str] | None = None, sheets: int = 1) -> bytes:
    """A workbook whose sheet part holds `data`, and `extra` behind it; every sheet is this one."""
    titles = "".join(f'<sheet name="表{number}" r:id="a"/>' for number in range(sheets))
    body = f'<dimension ref="A1:XFD1048576"/><sheetData>{data}</sheetData>{extra}'
    return package(
        {
            "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{titles}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<a><Relationship Id="a" Target="worksheets/s.xml"/></a>',
            "xl/worksheets/s.xml": f"<worksheet {_MAIN}>{body}</worksheet>",
            **(parts or {}),
        }
    )


def pdf_of(content: bytes, resources: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page with this content object; objects in `more` are numbered from 6."""
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>"
            + resources
            + b">>/Contents 5 0 R>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            content,
            *more,
        ]
    )


def packed(content: bytes, words: bytes = b"") -> bytes:
    """A stream object, pressed together."""
    small = zlib.compress(content, 9)
    head = b"<</Length %d/Filter/FlateDecode%s>>" % (len(small), words)
    return head + b"stream\n" + small + b"\nendstream "


def _pdf(objects: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + item + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    index = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return out + index + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))


def _many_parts() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(6_000):
            archive.writestr(f"word/{number}.xml", "")
    return stream.getvalue()


def _zip_in_zip() -> bytes:
    inner = docx(paragraph("字" * 1_000_000))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", inner)
    return stream.getvalue()


def _forms() -> bytes:
    """Twelve forms, each of which draws the next one ten times."""
    words = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [packed(b"/X Do " * 10, words % (7 + number)) for number in range(11)]
    forms.append(packed(b"BT ET", words % 6))
    return pdf_of(packed(b"/X Do " * 10), b"/XObject<</X 6 0 R>>", forms)


def _entities() -> bytes:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return docx(paragraph("&e11;"), prologue=f'<!DOCTYPE w [<!ENTITY e0 "笑">{lines}]>')


def _far_merges() -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>2</v></c></row>' for n in (1, 2, 3)
    )
    return sheet(rows, "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 500 + "</mergeCells>")


def _shared_text() -> bytes:
    strings = f"<sst {_MAIN}><si><t>{'长' * 100_000}</t></si></sst>"
    return sheet(
        "<row>" + '<c t="s"><v>0</v></c>' * 5_000 + "</row>", parts={"xl/sharedStrings.xml": strings}
    )


# name → (file, words of the refusal, or nothing where it is read)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "整片空白.docx": (lambda: docx("<w:p/>" * 5_000_000), "解压后过大"),
    "一段到底.docx": (lambda: docx(paragraph("1" * 40 * _MB)), "解压后过大"),
    "部件过多.docx": (_many_parts, "部件过多"),
    "套压缩包.docx": (_zip_in_zip, "损坏"),
    "实体.docx": (_entities, "实体"),
    "外部实体.docx": (
        lambda: docx(paragraph("&a;"), prologue='<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        "实体",
    ),
    "嵌套.docx": (lambda: docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), "损坏"),
    "表中有表.docx": (lambda: docx("<w:tbl><w:tr><w:tc>" * 5_000), "损坏"),
    "一百万位.docx": (lambda: docx(paragraph("共" + "1" * 1_000_000 + "件")), ""),
    "远处.xlsx": (lambda: sheet('<row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'), ""),
    "合并整张.xlsx": (_far_merges, ""),
    "一百万位.xlsx": (lambda: sheet(f"<row><c><v>{'9' * 1_000_000}</v></c></row>"), ""),
    "同一长文.xlsx": (_shared_text, "万字"),
    "空行.xlsx": (lambda: sheet("<row/>" * 4_000_000), "解压后过大"),
    "同一张表.xlsx": (lambda: sheet("<row>" + "<c><v>1</v></c>" * 2_000 + "</row>", sheets=150), "单元格"),
    "嵌套.html": (lambda: f"<html><body>{'<div>' * 100_000}20件".encode(), "嵌套过深"),
    "跨行跨列.html": (
        lambda: f"<html><table>{'<tr>' + '<td rowspan=9999 colspan=9999>1' * 60}".encode() * 2,
        "",
    ),
    "标签.html": (lambda: b"<html><body>" + b"<p>" * 700_000, "网页过大"),
    "一行一字.txt": (lambda: b"1\n" * 3_000_000, "万行"),
    "一百万位.txt": (lambda: b"1" * 1_000_000 + "件".encode(), ""),
    "太长.txt": (lambda: b"1 " * 5_000_000, "万字"),
    "空白.pdf": (lambda: pdf_of(packed(b" " * 300 * _MB)), "异常庞大"),
    "文字.pdf": (lambda: pdf_of(packed(b"BT /F 9 Tf " + b"(ab)Tj " * 2_000_000 + b"ET")), "异常庞大"),
    "套图.pdf": (_forms, "异常庞大"),
    "绕圈.pdf": (
        lambda: _pdf(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>"]
        ),
        "损坏",
    ),
    "多页.pdf": (
        lambda: _pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[" + b"3 0 R " * 6_000 + b"]/Count 6000>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
            ]
        ),
        "页",
    ),
}
