"""Born-digital PDF: text by page, lines joined back into paragraphs, running heads and page numbers left out.

A line continues on the next one where it reaches a right edge that many lines share and the next one is not
indented. A table stands in the text row by row, tabs between its cells. Scanned pages have no text and are
refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from threading import Lock
from typing import Any

from jixiao.errors import BadInput
from jixiao.reading.bounded import apart
from jixiao.reading.document import Document, Writer
from jixiao.reading.formats.pdf_grids import rules
from jixiao.reading.formats.pdf_lines import Line, Turn, are_torn, close_lines, line_of, mend, plain_lines
from jixiao.reading.formats.pdf_tables import Found, TableWriter, mark_continued, tables_on
from jixiao.reading.formats.pdf_weight import is_heavy
from jixiao.reading.formats.pdf_words import Columns

Item = Line | Found

_ONE_AT_A_TIME = Lock()  # PDFium must not be entered by two threads
_MOST_PAGES = 5000
_MOST_CHARACTERS = 100_000  # of one page
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－·•]{1,2}\s*\d{1,4}\s*[-—–－·•]{1,2}|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4})\s*"
)
_LONE_NUMBER = re.compile(r"(?<!\S)[-－−]?\d[\d,，]*(?:\.\d+)?%?(?!\S)")
_SENTENCE = re.compile("[，。；]")
_FEWEST_ROWS = 3  # below which a page is not looked at for tables
_TABLE_ROW = re.compile(r"(?:\s|^)[-\d,]+\.\d{2}$|单\s*位\s*[:：]\s*\S{1,5}$")
_LEADER = re.compile(r"(?:[.…·．] ?){6,}\s*\d{1,4}$")
_ITEM = re.compile(
    r"\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[①-⑳●■◆]"
)
_DIGITS = re.compile(r"\d+")
_BARE = re.compile(r"\d{1,4}")
_ENOUGH = 3
_STEP = 6.0  # points within which edges are the same


def read(data: bytes, name: str) -> Document:
    """Raises BadInput for what is no PDF, has a password, has no text or is heavier than a report."""
    return apart(read_here, data, name) if is_heavy(data) else read_here(data, name)


def read_here(data: bytes, name: str) -> Document:
    """The same in this process."""
    with _ONE_AT_A_TIME:
        pages = _pages(data, name)
    if not any(pages):
        raise BadInput(f"{name}：没有可读的文字，可能是扫描件，请使用可以选中文字的 PDF 或原始的 .docx 文件")
    _drop_running_lines(pages)
    mark_continued(pages)
    writer = Writer()
    _write(writer, pages)
    return writer.document(name, "pdf")


def running_lines(data: bytes, name: str) -> list[tuple[int, str]]:
    """The running heads and feet that `read` leaves out, with the page, each once."""
    with _ONE_AT_A_TIME:
        pages = _pages(data, name)
    before = [[item for item in page if isinstance(item, Line)] for page in pages]
    _drop_running_lines(pages)
    found: dict[str, int] = {}
    for number, (lines, kept) in enumerate(zip(before, pages, strict=True), start=1):
        still = {id(item) for item in kept}
        for item in lines:
            if id(item) not in still:
                found.setdefault(item.text.strip(), number)
    return [(page, text) for text, page in found.items()]


def properties(data: bytes) -> list[tuple[str, str]]:
    """What the file tells of itself: author, title …; nothing where it cannot be opened."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return []
        try:
            return list(document.get_metadata_dict(skip_empty=True).items())
        finally:
            document.close()


def _write(writer: Writer, pages: Sequence[Sequence[Item]]) -> None:
    edges = _Edges([item for page in pages for item in page if isinstance(item, Line)])
    tables = TableWriter(writer)
    previous: Line | None = None
    for number, items in enumerate(pages, start=1):
        start = writer.length
        for item in items:
            if isinstance(item, Found):
                writer.block(start, f"第{number}页")
                tables.write(item, number)
                previous, start = None, writer.length
                continue
            if previous is not None and not edges.continues(previous, item):
                writer.write("\n")
                start = start if writer.length - start > 1 else writer.length
            writer.write(item.text)
            previous = item
        writer.block(start, f"第{number}页")
    tables.close()


def _pages(data: bytes, name: str) -> list[list[Item]]:
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
        pages: list[list[Item]] = []
        for index in range(len(document)):
            pages.append(_read_page(document, index, pages[-1] if pages else []))
        return pages
    except pypdfium2.PdfiumError:
        raise BadInput(f"{name}：其中有损坏的页，请重新下载或导出一份再试") from None
    finally:
        document.close()


def _read_page(document: Any, index: int, before: Sequence[Item]) -> list[Item]:
    page = document[index]
    textpage = page.get_textpage()
    try:
        items = _items(page, textpage, before)
        for item in items:
            item.forget()
        return items
    finally:
        textpage.close()
        page.close()


def _items(page: Any, textpage: Any, before: Sequence[Item]) -> list[Item]:
    """The lines and tables of a page in the order in which they were drawn."""
    text = textpage.get_text_range(errors="ignore")
    lines = plain_lines(textpage, text)
    if textpage.count_chars() > _MOST_CHARACTERS:
        return list(lines)
    turn = _turn(page)
    across, down = rules(page, turn)
    has_rows = sum(1 for _ in islice(filter(_is_row, lines), _FEWEST_ROWS)) == _FEWEST_ROWS
    if not (across and down) and not has_rows and not turn.quarters and not are_torn(lines):
        return list(lines)
    lines = mend(close_lines(textpage, turn))
    tables = tables_on(lines, across, down, _open_columns(before))
    return _in_order(lines, tables)


def _is_row(line: Line) -> bool:
    """A number by itself and no sentence around it, as in a table."""
    return bool(_LONE_NUMBER.search(line.text)) and not _SENTENCE.search(line.text)


def _turn(page: Any) -> Turn:
    quarters = page.get_rotation() // 90
    width, height = page.get_size()
    return Turn(quarters, height, width) if quarters % 2 else Turn(quarters, width, height)


def _open_columns(before: Sequence[Item]) -> Columns | None:
    """The columns of the table that ends the page before, a foot line and a page number at most below it."""
    last = min((item for item in before if isinstance(item, Found)), key=lambda one: one.bottom, default=None)
    if last is None or sum(item.top <= last.bottom for item in before) > 2:
        return None
    return last.columns


def _in_order(lines: Sequence[Line], tables: Sequence[Found]) -> list[Item]:
    """Lines in their order; a table where its first character was drawn, without the lines it is made of."""
    home = {glyph: number for number, found in enumerate(tables) for glyph in found.glyphs}
    items: list[Item] = []
    seen: set[int] = set()
    for line in lines:
        inside = [home.get(id(glyph)) for glyph in line.glyphs or ()]
        numbers = [number for number in inside if number is not None]
        for number in sorted(set(numbers) - seen):
            seen.add(number)
            items.append(tables[number])
        rest = [glyph for glyph, number in zip(line.glyphs or (), inside, strict=True) if number is None]
        if not numbers:
            items.append(line)
        elif any(not glyph.text.isspace() for glyph in rest):
            items.append(line_of(rest))
    return items


def _drop_running_lines(pages: Sequence[list[Item]]) -> None:
    """Leave out page numbers, and highest or lowest lines that most of at least three pages share."""
    for edge in (_highest, _lowest):
        for items in pages:
            if (line := edge(items)) is not None and _PAGE_NUMBER.fullmatch(line.text):
                items.remove(line)
        _drop_counted(pages, edge)
        shown = [(items, line) for items in pages if len(items) > 1 and (line := edge(items)) is not None]
        counts = Counter(_DIGITS.sub("#", line.text) for _, line in shown)
        for text, count in counts.most_common(1):
            if count >= _ENOUGH and count * 2 > len(shown):
                for items, line in shown:
                    if _DIGITS.sub("#", line.text) == text:
                        items.remove(line)


def _drop_counted(pages: Sequence[list[Item]], edge: Callable[[list[Item]], Line | None]) -> None:
    """Bare numbers at the edge of pages that count with them are page numbers."""
    found = [
        (items, line, int(line.text) - number)
        for number, items in enumerate(pages)
        if (line := edge(items)) is not None and _BARE.fullmatch(line.text)
    ]
    if len(found) > 1 and len({offset for _, _, offset in found}) == 1:
        for items, line, _ in found:
            items.remove(line)


def _highest(items: list[Item]) -> Line | None:
    """The line above everything else on a page."""
    item = max(items, key=lambda one: one.top, default=None)
    return item if isinstance(item, Line) else None


def _lowest(items: list[Item]) -> Line | None:
    """The line below everything else on a page."""
    item = min(items, key=lambda one: one.bottom, default=None)
    return item if isinstance(item, Line) else None


class _Edges:
    """Where the columns of text begin and end: most documents have one, some pages two or three."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.columns: list[tuple[float, float]] = []
        rights = Counter(round(line.right / _STEP) for line in lines)
        lefts = Counter(round(line.left / _STEP) for line in lines)
        if not lines or rights.most_common(1)[0][1] < _ENOUGH:
            return
        main = rights.most_common(1)[0][0]
        begins = _common(lefts, 4)
        left = begins[0]
        for right in _common(rights, 4):
            following = [begin for begin in begins if begin >= right]
            if left < right < main and following:
                self.columns.append((left * _STEP, right * _STEP))
                left = following[0]
        self.columns.append((left * _STEP, main * _STEP))

    def continues(self, line: Line, following: Line) -> bool:
        """Whether the paragraph of a line goes on in the following one."""
        if _TABLE_ROW.search(line.text) or _LEADER.search(line.text) or _ITEM.match(following.text):
            return False
        own, other = self._column(line), self._column(following)
        if own is None or other is None:
            return False
        is_full = line.right >= own[1] - 1.6 * line.size
        is_indented = following.left > other[0] + 1.2 * following.size
        same_size = abs(line.size - following.size) < 0.3 * line.size
        return is_full and not is_indented and same_size

    def _column(self, line: Line) -> tuple[float, float] | None:
        """The last column that begins left of a line."""
        fitting = [column for column in self.columns if column[0] - line.size <= line.left]
        return fitting[-1] if fitting else (self.columns[0] if self.columns else None)


def _common(counts: Counter[int], part: int) -> list[int]:
    """Places that are at least that part as frequent as the most frequent one, from the left."""
    most = counts.most_common(1)[0][1]
    return sorted(place for place, count in counts.items() if count * part >= most)
