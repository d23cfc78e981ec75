"""The text of a document that is no .docx, as a plain .docx with the findings as comments at their places."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from jixiao.reading.document import Document
from jixiao.reading.marked.layout import Strip, lay_out
from jixiao.reading.marked.remarks import Remark
from jixiao.reading.marked.word_anchors import SPACE
from jixiao.reading.marked.word_comments import comment, words
from jixiao.reading.tables import Table

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WIDTH = 9_000  # of the text, in twentieths of a point
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/comments.xml" ContentType="{_WORD}.comments+xml"/></Types>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{SPACE}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/>'
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def plain_docx(document: Document, remarks: Sequence[Remark]) -> bytes:
    """A paragraph for each line, a table for each table of the reading; the same text gives the same bytes."""
    body = _Body(document, remarks).xml()
    made = "".join(comment(number, remark) for number, remark in enumerate(remarks))
    return _packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": _relations({"styles": "styles.xml", "comments": "comments.xml"}),
            "word/document.xml": body,
            "word/styles.xml": _STYLES,
            "word/comments.xml": f'{_HEAD}<w:comments xmlns:w="{SPACE}">{made}</w:comments>',
        }
    )


class _Body:
    """Writes the strips of a document; knows which anchors stand before which character."""

    def __init__(self, document: Document, remarks: Sequence[Remark]) -> None:
        self.text = document.text
        self.strips = lay_out(document, ()).strips
        self.points: dict[int, tuple[list[str], list[str]]] = {}
        stretches = sorted(stretch for strip in self.strips for stretch in _stretches(strip))
        for number, remark in enumerate(remarks if stretches else ()):
            start, end = _within(stretches, remark)
            self.points.setdefault(end, ([], []))[0].append(
                f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            )
            self.points.setdefault(start, ([], []))[1].append(f'<w:commentRangeStart w:id="{number}"/>')
        self.stops = sorted(self.points)

    def xml(self) -> str:
        blocks = "".join(self._blocks())
        return (
            f'{_HEAD}<w:document xmlns:w="{SPACE}"><w:body>{blocks}<w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
            "</w:sectPr></w:body></w:document>"
        )

    def _blocks(self) -> Iterator[str]:
        for start, group in groupby(self.strips, key=lambda one: one.grid.start if one.grid else -1):
            strips = list(group)
            grid = strips[0].grid
            if start >= 0 and grid is not None:
                yield self._table(grid.table)
            else:
                yield from (self._paragraph(strip.start, strip.end) for strip in strips)

    def _paragraph(self, start: int, end: int) -> str:
        return f"<w:p>{''.join(self._runs(start, end))}</w:p>"

    def _runs(self, start: int, end: int) -> Iterator[str]:
        """The characters as runs between the anchors; ends of a range stand before starts."""
        at = start
        low, high = bisect_left(self.stops, start), bisect_right(self.stops, end)
        for stop in self.stops[low:high]:
            if stop > at:
                yield _run(self.text[at:stop])
            ends, starts = self.points[stop]
            yield "".join(ends) if stop > start else ""
            yield "".join(starts) if stop < end else ""
            at = stop
        if end > at:
            yield _run(self.text[at:end])

    def _table(self, table: Table) -> str:
        width = _WIDTH // table.columns
        grid = f'<w:gridCol w:w="{width}"/>' * table.columns
        rows = "".join(f"<w:tr>{''.join(self._cells(table, row))}</w:tr>" for row in range(1, table.rows + 1))
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
        )

    def _cells(self, table: Table, row: int) -> Iterator[str]:
        column = 1
        while column <= table.columns:
            cell = table.at(row, column)
            if cell is None:
                yield "<w:tc><w:p/></w:tc>"
                column += 1
                continue
            spans = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
            if cell.rows > 1:
                spans += '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
            words = self._paragraph(cell.place.start, cell.place.end) if cell.row == row else "<w:p/>"
            yield f"<w:tc><w:tcPr>{spans}</w:tcPr>{words}</w:tc>"
            column = cell.column + cell.columns


def _stretches(strip: Strip) -> list[tuple[int, int]]:
    if strip.grid is None:
        return [(strip.start, strip.end)]
    places = [cell.place for cell in strip.cells]
    return [(place.start, place.end) for place in places if place.end > place.start]


def _within(stretches: Sequence[tuple[int, int]], remark: Remark) -> tuple[int, int]:
    """The remark's span, drawn in to characters that are written."""
    first = min(bisect_right(stretches, remark.start, key=lambda one: one[1]), len(stretches) - 1)
    last = max(bisect_left(stretches, remark.end, key=lambda one: one[0]) - 1, first)
    start = min(max(remark.start, stretches[first][0]), stretches[first][1] - 1)
    return start, max(min(remark.end, stretches[last][1]), start + 1)


def _run(text: str) -> str:
    """A run; line breaks inside it (a number over two lines of a page) stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{words(line)}</w:t>' for line in lines)
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{inner}</w:r>'


def _relations(targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _packed(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content.encode())
    return made.getvalue()
