"""A filled form → a Word file in the official layout: A4, the title centred, one full grid, heading rows repeated.

Pure XML, like the reports; the office's own fonts are named, so that Word and WPS use them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import escape

from jixiao.forms.fill import Filled
from jixiao.forms.grid import Printed, Sheet, Strip, sheet

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PORTRAIT, _LANDSCAPE = (11906, 16838), (16838, 11906)  # A4 in twips
_MARGIN = 1134  # 20 mm
_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def write(filled: Filled, org_title: str) -> bytes:
    """The .docx as bytes; the same form gives the same bytes."""
    laid = sheet(filled, org_title)
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": _document(laid, filled.form.landscape),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _document(laid: Sheet, landscape: bool) -> str:
    width, height = _LANDSCAPE if landscape else _PORTRAIT
    usable = width - 2 * _MARGIN
    turned = ' w:orient="landscape"' if landscape else ""
    body = [
        _paragraph(laid.number, size=28, font="黑体") if laid.number else "",
        _paragraph(laid.title, size=36, align="center", font="方正小标宋简体"),
        _paragraph(f"单位名称：{laid.org}　　　　单位：{laid.unit}", size=21),
        _table(laid, usable),
        _paragraph("　　".join(f"{words}：" for words in laid.closing), size=21) if laid.closing else "",
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" '
        f'w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>',
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
    )


def _table(laid: Sheet, usable: int) -> str:
    first = usable * 26 // (26 + 15 * (laid.width - 1)) if laid.width > 1 else usable
    widths = (
        [first, *([(usable - first) // (laid.width - 1)] * (laid.width - 1))] if laid.width > 1 else [usable]
    )
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    open_: dict[int, tuple[int, int]] = {}  # column → (rows still covered, span)
    rows = "".join(_row(strip, widths, open_) for strip in laid.strips)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{usable}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(strip: Strip, widths: list[int], open_: dict[int, tuple[int, int]]) -> str:
    cells: dict[int, str] = {}
    for place, cell in zip(strip.places, strip.cells, strict=True):
        merge = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
        cells[place] = _cell(sum(widths[place : place + cell.across]), cell.across, merge, _inside(cell))
        if cell.down > 1:
            open_[place] = (cell.down, cell.across)
    for place, (left, span) in list(open_.items()):
        if place not in cells:
            cells[place] = _cell(
                sum(widths[place : place + span]), span, "<w:vMerge/>", _paragraph("", size=18)
            )
        open_[place] = (left - 1, span)
        if left <= 1:
            del open_[place]
    again = "<w:tblHeader/>" if strip.heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells[place] for place in sorted(cells))}</w:tr>"


def _cell(width: int, across: int, merge: str, inside: str) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{inside}</w:tc>"
    )


def _inside(cell: Printed) -> str:
    align = "center" if cell.heading else ("right" if cell.numeric and cell.text not in ("—", "") else "left")
    align = "center" if cell.text == "—" else align
    text = "　" * cell.indent + cell.text
    return _paragraph(text, size=18, align=align, font="黑体" if cell.heading else "宋体")


def _paragraph(text: str, *, size: int, align: str = "left", font: str = "宋体") -> str:
    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{size}"/>'
    return f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="{align}"/></w:pPr>{"".join(_runs(text, face))}</w:p>'


def _runs(text: str, face: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n") if text else ()):
        broken = "<w:br/>" if number else ""
        yield f'<w:r><w:rPr>{face}</w:rPr>{broken}<w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r>'
