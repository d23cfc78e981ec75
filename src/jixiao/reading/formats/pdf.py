"""Born-digital PDF: text by page, lines joined back into paragraphs, running heads and page numbers left out.

A line continues on the next one where it reaches the right edge that most lines share and the next one is
not indented. Ruled tables are rebuilt beside the lines. Scanned pages have no text and are refused.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from jixiao.errors import BadInput
from jixiao.reading.document import Document, Writer
from jixiao.reading.formats.pdf_grids import Grid, grids
from jixiao.reading.formats.pdf_tables import Character, tables_of

_ONE_AT_A_TIME = Lock()  # PDFium must not be entered by two threads
_MOST_PAGES = 5000
_DROPPED = re.compile("[\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f\xad]")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4})\s*"
)
_TABLE_ROW = re.compile(r"(?:\s|^)[-\d,]+\.\d{2}$")
_DIGITS = re.compile(r"\d+")
_ENOUGH = 3


@dataclass(slots=True)
class _Line:
    text: str
    left: float
    right: float
    size: float
    boxes: Sequence[tuple[int, tuple[float, float, float, float]]] = ()  # of its characters, beside a grid
    start: int = 0  # where it begins in the text


@dataclass(slots=True)
class _Page:
    lines: list[_Line]
    grids: list[Grid] = field(default_factory=list)


def read(data: bytes, name: str) -> Document:
    with _ONE_AT_A_TIME:
        pages = _pages(data, name)
    lines_of_pages = [page.lines for page in pages]
    if not any(lines_of_pages):
        raise BadInput(f"{name}：没有可读的文字，可能是扫描件，请使用可以选中文字的 PDF 或原始的 .docx 文件")
    _drop_running_lines(lines_of_pages)
    writer = Writer()
    _write(writer, lines_of_pages)
    text = "".join(writer.pieces)
    writer.tables = tables_of(
        {
            number: (page.grids, [_characters(line) for line in page.lines])
            for number, page in enumerate(pages, start=1)
            if page.grids
        },
        text,
    )
    return writer.document(name, "pdf")


def _write(writer: Writer, pages: list[list[_Line]]) -> None:
    right, left = _edges(pages)
    previous: _Line | None = None
    for number, lines in enumerate(pages, start=1):
        start = writer.length
        for line in lines:
            if previous is not None and not _continues(previous, line, left, right):
                writer.write("\n")
                start = start if writer.length - start > 1 else writer.length
            line.start = writer.length
            writer.write(line.text)
            previous = line
        writer.block(start, f"第{number}页")


def _characters(line: _Line) -> list[Character]:
    return [
        Character(line.start + place, line.text[place], *box)
        for place, box in line.boxes
        if not line.text[place].isspace()
    ]


def _pages(data: bytes, name: str) -> list[_Page]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadInput(f"{name}：文件加了密码，请去掉密码后再试") from None
        raise BadInput(f"{name}：文件不完整或已损坏，请重新下载或导出一份再试") from None
    try:
        if len(document) > _MOST_PAGES:
            raise BadInput(f"{name}：超过 {_MOST_PAGES} 页，请拆分后再试")
        return [_read_page(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError:
        raise BadInput(f"{name}：其中有损坏的页，请重新下载或导出一份再试") from None
    finally:
        document.close()


def _read_page(document: Any, index: int) -> _Page:
    page = document[index]
    textpage = page.get_textpage()
    try:
        found = grids(page)
        return _Page(list(_lines(textpage, boxed=bool(found))), found)
    finally:
        textpage.close()
        page.close()


def _lines(textpage: Any, *, boxed: bool) -> Iterator[_Line]:
    position = 0
    for raw in textpage.get_text_range(errors="ignore").splitlines(keepends=True):
        first = position
        position += len(raw.encode("utf-16-le")) // 2
        text = _DROPPED.sub("", raw).strip()
        if not text or _is_artifact(textpage, first + len(raw) - len(raw.lstrip())):
            continue
        line = _measured(textpage, text, first, raw)
        if boxed:
            line.boxes = list(_boxes(textpage, text, first, raw))
        yield line


def _boxes(
    textpage: Any, text: str, first: int, raw: str
) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Place in the line and box of each character that is kept."""
    place, count = 0, textpage.count_chars()
    for character in raw:
        if place < len(text) and character == text[place] and first < count:
            yield place, textpage.get_charbox(first, loose=True)
            place += 1
        first += 1 if ord(character) < 0x10000 else 2


def _measured(textpage: Any, text: str, first: int, raw: str) -> _Line:
    start = first + len(raw) - len(raw.lstrip())
    end = first + len(raw.rstrip().encode("utf-16-le")) // 2 - 1
    last = max(0, textpage.count_chars() - 1)
    left, bottom, _, top = textpage.get_charbox(min(start, last), loose=True)
    _, _, right, _ = textpage.get_charbox(min(end, last), loose=True)
    return _Line(text, left, right, max(top - bottom, 1.0))


def _is_artifact(textpage: Any, index: int) -> bool:
    """Tagged PDFs say which text is no content: heads, feet, page numbers."""
    import pypdfium2.raw as pdfium

    item = pdfium.FPDFText_GetTextObject(textpage, index)
    if not item:
        return False
    buffer = (ctypes.c_ushort * 16)()
    length = ctypes.c_ulong()
    for number in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length):
            name = bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "ignore")
            if name == "Artifact":
                return True
    return False


def _drop_running_lines(pages: list[list[_Line]]) -> None:
    """Leave out page numbers, and first or last lines that most of at least three pages share."""
    for edge in (0, -1):
        for lines in pages:
            if lines and _PAGE_NUMBER.fullmatch(lines[edge].text):
                del lines[edge]
        shown = [lines for lines in pages if len(lines) > 1]
        counts = Counter(_DIGITS.sub("#", lines[edge].text) for lines in shown)
        for text, count in counts.most_common(1):
            if count >= _ENOUGH and count * 2 > len(shown):
                for lines in shown:
                    if _DIGITS.sub("#", lines[edge].text) == text:
                        del lines[edge]


def _edges(pages: list[list[_Line]]) -> tuple[float, float]:
    """The right and left edge that most lines share; no right edge where too few do."""
    lines = [line for page in pages for line in page]
    rights = Counter(round(line.right / 6) for line in lines)
    lefts = Counter(round(line.left / 6) for line in lines)
    right, count = rights.most_common(1)[0]
    left = min(edge for edge, number in lefts.items() if number * 4 >= lefts.most_common(1)[0][1])
    return (right * 6.0 if count >= _ENOUGH else float("inf")), left * 6.0


def _continues(line: _Line, following: _Line, left: float, right: float) -> bool:
    if _TABLE_ROW.search(line.text):
        return False
    is_full = line.right >= right - 1.6 * line.size
    is_indented = following.left > left + 1.2 * following.size
    same_size = abs(line.size - following.size) < 0.3 * line.size
    return is_full and not is_indented and same_size
