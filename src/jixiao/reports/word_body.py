"""The body of a .docx: paragraphs, figures as bookmark and control, tables, attachments, signature."""

from __future__ import annotations

from itertools import count

from jixiao.reports.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Placed,
    Row,
    Runs,
    Table,
    attachment_list,
)
from jixiao.reports.layout import TABLE_PT, column_widths, signature_indents
from jixiao.reports.word_page import text_width
from jixiao.reports.word_styles import CHARACTER
from jixiao.reports.word_xml import Element, element, paragraph, qualified, run, text

NAME_LIMIT = 64  # Word's limit for tags and titles of content controls
CELL_STYLES = {"left": "TableText", "center": "TableCentre", "right": "TableNumber"}


class Body:
    """Writes one document; counts bookmarks and controls, whose ids must differ."""

    def __init__(self) -> None:
        self._ids = count(1)

    def elements(self, document: Document) -> list[Element]:
        """Everything between the body's tags but the section properties."""
        made = [_title("Title", document.title_lines)] if document.title_lines else []
        made.append(_blank())
        made += self._blocks(document.blocks)
        _keep_with_next(made[-1])
        made += _attachment_list(document)
        made += _signature(document)
        for attachment in document.attachments:
            made += [paragraph("AttachmentMark", run(text(attachment.number))), _blank()]
            made += [_title("AttachmentTitle", (attachment.title,)), _blank()]
            made += self._blocks(attachment.blocks)
        return made

    def _blocks(self, blocks: tuple[Block, ...]) -> list[Element]:
        return [one for block in blocks for one in self._block(block)]

    def _block(self, block: Block) -> list[Element]:
        match block:
            case Heading(level=level, number=number, runs=runs):
                return [paragraph(f"Heading{level}", *self._runs((number, *runs)))]
            case Paragraph(runs=runs, flush=flush):
                return [paragraph("Addressee" if flush else "BodyText", *self._runs(runs))]
            case Table():
                return self._table(block)

    def _runs(self, runs: Runs) -> list[Element]:
        made: list[Element] = []
        for one in runs:
            made += self._figure(one) if isinstance(one, Placed) else [run(text(one))]
        return made

    def _figure(self, figure: Placed) -> list[Element]:
        """Bookmark around control: re-saving may drop the control's tag, but keeps the bookmark.

        The control is of rich text: LibreOffice repeats the words of a plain-text control that mixes Chinese
        with digits.
        """
        number = next(self._ids)
        control = element(
            "sdt",
            element(
                "sdtPr",
                element("alias", val=figure.label[:NAME_LIMIT]),
                element("tag", val=figure.key),
                element("id", val=number),
            ),
            element("sdtContent", element("r", text(figure.text))),
        )
        return [
            element("bookmarkStart", id=number, name=figure.key),
            control,
            element("bookmarkEnd", id=number),
        ]

    def _table(self, table: Table) -> list[Element]:
        widths = column_widths(tuple(column.width for column in table.columns), text_width())
        head = element(
            "tr",
            element("trPr", element("cantSplit"), element("tblHeader")),
            *(
                _cell(width, paragraph("TableHead", run(text(column.title))))
                for width, column in zip(widths, table.columns, strict=True)
            ),
        )
        made = element(
            "tbl",
            _table_properties(table.caption),
            element("tblGrid", *(element("gridCol", w=width) for width in widths)),
            head,
            *(self._row(table, row, widths) for row in table.rows),
        )
        above = [paragraph("Caption", run(text(table.caption)))]
        if table.unit:
            above.append(paragraph("TableUnit", run(text(f"单位：{table.unit}"))))
        return [*above, made, _blank()]

    def _row(self, table: Table, row: Row, widths: list[int]) -> Element:
        made = element("tr", element("trPr", element("cantSplit")))
        if row.group:
            keep = (element("keepNext"),)
            words = paragraph("TableGroup", *self._runs(row.cells[0]), properties=keep)
            made.append(_cell(sum(widths), words, span=len(widths)))
            return made
        for width, column, cell in zip(widths, table.columns, row.cells, strict=True):
            made.append(_cell(width, paragraph(CELL_STYLES[column.align], *self._runs(cell))))
        return made


def _cell(width: int, words: Element, span: int = 1) -> Element:
    properties = element(
        "tcPr",
        element("tcW", w=width, type="dxa"),
        element("gridSpan", val=span) if span > 1 else None,
        element("vAlign", val="center"),
    )
    return element("tc", properties, words)


def _table_properties(caption: str) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [element(one, val="single", sz=4, space=0, color="000000") for one in sides]
    side = round(TABLE_PT * 10)
    return element(
        "tblPr",
        element("tblW", w=text_width(), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *lines),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", w=side, type="dxa"), element("right", w=side, type="dxa")),
        element("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, noHBand=1, noVBand=1),
        element("tblCaption", val=caption),
    )


def _title(style: str, lines: tuple[str, ...]) -> Element:
    runs: list[Element] = []
    for n, line in enumerate(lines):
        runs += [run(element("br"))] if n else []
        runs.append(run(text(line)))
    return paragraph(style, *runs)


def _blank(*properties: Element) -> Element:
    return paragraph("Normal", properties=properties)


def _keep_with_next(last: Element) -> None:
    """The signature never stands on a page without text: what comes before it goes with it."""
    if last.tag == qualified("w:p"):
        last[0].insert(1, element("keepNext"))


def _attachment_list(document: Document) -> list[Element]:
    """附件：1.名称 two characters in; further numbers and wrapped lines stand under what they continue."""
    if not document.attachments:
        return []
    made = [_blank(element("keepNext"))]
    for n, line in enumerate(attachment_list(document)):
        hanging = 3 if len(document.attachments) == 1 else (1 if n else 4)
        left = 6 if len(document.attachments) > 1 else 5
        indent = element("ind", left=left * CHARACTER, hanging=hanging * CHARACTER)
        made.append(paragraph("AttachmentList", run(text(line)), properties=(indent,)))
    return made


def _signature(document: Document) -> list[Element]:
    name, day = signature_indents(document.org, document.date_text)
    return [
        _blank(element("keepNext")),
        paragraph("Signature", run(text(document.org)), properties=(_right(name),)),
        paragraph("Date", run(text(document.date_text)), properties=(_right(day),)),
    ]


def _right(characters: float) -> Element:
    return element("ind", rightChars=round(characters * 100), right=round(characters * CHARACTER))
