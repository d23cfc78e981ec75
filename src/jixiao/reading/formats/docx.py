"""Word documents: the text of the body in document order, with its bookmarks and content controls.

Walks `w:t`, so that text inside content controls, links and text boxes is not lost. A table gives one line a
row with tabs between the cells, and a Table. Foot- and endnotes follow the body. Deleted and hidden text, field
codes, headers and footers are left out; raised digits become raised characters (m², not m2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from jixiao.reading.document import Document, Mark, Writer
from jixiao.reading.tables import Cell, Sketch, span
from jixiao.reading.xml import Package

PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = f"{_W}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMAT = f"{_W}rPr"
_LEFT_OUT = frozenset(
    [_FALLBACK, _FORMAT]
    + [f"{_W}{name}" for name in ("moveFrom", "del", "pPr", "rt", "tcPrChange", "trPrChange", "tblPrChange")]
)
_NOTES = (("word/footnotes.xml", "footnote", "脚注"), ("word/endnotes.xml", "endnote", "尾注"))
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TALLEST = 60  # rows a merged cell may span
_SAY_NOTHING = frozenset(("t", "tcPr", "tblPr", "tblGrid", "gridCol", "tcW"))  # the commonest, by far
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(data: bytes, name: str) -> Document:
    return _read(data, name, _ignore)


def pieces(data: bytes, name: str) -> list[tuple[int, int]]:
    """Where the text of every `w:t` of the body stands in the document's text; (-1, -1) for what is left out."""
    found: list[tuple[int, int]] = []
    _read(data, name, lambda start, end: found.append((start, end)))
    return found


def _ignore(start: int, end: int) -> None:
    """Nobody asked where the pieces stand."""


def _read(data: bytes, name: str, tell: Callable[[int, int], None]) -> Document:
    package, reader = Package(data, name, "docx"), _Walk()
    _walk(package.walk(PART), reader, tell)
    for where, kind, title in _NOTES:
        if package.has(where):
            reader.notes = f"{_W}{kind}", title
            _walk(package.walk(where), reader, _ignore)
    return reader.writer.document(name, "docx")


def _walk(
    events: Iterator[tuple[str, etree._Element]], reader: _Walk, tell: Callable[[int, int], None]
) -> None:
    left_out: etree._Element | None = None
    for event, element in events:
        if event == "end" and element.tag == _TEXT:
            start = reader.writer.length
            is_read = left_out is None and not reader.hidden
            tell(*((start, start + len(element.text or "")) if is_read else (-1, -1)))
        if left_out is not None:
            if event == "end" and element is left_out:
                left_out = None
            elif event == "start" and left_out.tag == _FORMAT and element.getparent() is left_out:
                reader.formatted(element)
        elif event == "end":
            reader.leave(element)
        elif element.tag in _LEFT_OUT or reader.is_rule_of_notes(element):
            left_out = element
        else:
            reader.enter(element)


@dataclass(slots=True)
class _Table:
    """An open table; `ordinal` counts the cells of the row as they are stored, without regard to spans."""

    sketch: Sketch
    ordinal: int = 0
    cell_start: int = 0
    columns: int = 1
    continues: bool = False  # the cell belongs to the one above it

    @property
    def label(self) -> str:
        return f"表{self.sketch.number} 第{self.sketch.row}行第{self.ordinal}列"

    def close_cell(self, writer: Writer) -> None:
        above = self._merged_above() if self.continues else None
        if above is None:
            writer.cell(self.sketch, self.cell_start, self.label, 1, self.columns)
            return
        self.sketch.cells[above] = replace(
            self.sketch.cells[above], rows=self.sketch.row - self.sketch.cells[above].row + 1
        )
        self.sketch.column += self.columns

    def _merged_above(self) -> int | None:
        """The index of the cell in this column that reaches down to the row above."""
        row, column = self.sketch.row - 1, self.sketch.column
        for index in range(len(self.sketch.cells) - 1, -1, -1):
            cell: Cell = self.sketch.cells[index]
            if cell.column == column and cell.row + cell.rows - 1 == row:
                return index
            if cell.row < row - _TALLEST:
                return None
        return None


@dataclass(slots=True)
class _Walk:
    """Where the walk is: open tables, paragraphs, bookmarks and controls, and what was written so far."""

    writer: Writer = field(default_factory=Writer)
    paragraphs: int = 0
    tables_seen: int = 0
    tables: list[_Table] = field(default_factory=list)
    paragraph_starts: list[int] = field(default_factory=list)
    bookmarks: dict[str, tuple[str, int]] = field(default_factory=dict)
    controls: list[tuple[str, int]] = field(default_factory=list)
    hidden: bool = False  # the run is
    raised: bool = False
    notes: tuple[str, str] = ("", "")  # the tag of a note and what it is called
    notes_seen: int = 0

    def formatted(self, word: etree._Element) -> None:
        """One word of how the run that begins is shown."""
        if word.tag == f"{_W}vanish":
            self.hidden = _value(word, "val") not in ("0", "false", "off")
        elif word.tag == f"{_W}vertAlign":
            self.raised = _value(word, "val") == "superscript"

    def is_rule_of_notes(self, element: etree._Element) -> bool:
        """The line between text and notes is kept among the notes."""
        return element.tag == self.notes[0] and _value(element, "type") not in ("", "normal")

    def enter(self, element: etree._Element) -> None:
        word = str(element.tag).removeprefix(_W)
        if word in _SAY_NOTHING:
            return
        match word:
            case "p":
                self._enter_paragraph()
            case "r":
                self.hidden = self.raised = False
            case "footnote" | "endnote":
                self.notes_seen += 1
            case "tbl" | "tr" | "tc":
                self._enter_table_part(word)
            case "sdt":
                self.controls.append(("", self.writer.length))
            case "tag" if self.controls:
                self.controls[-1] = (_value(element, "val"), self.controls[-1][1])
            case "gridSpan" | "vMerge" | "gridBefore" if self.tables:
                self._span(word, element)
            case "bookmarkStart":
                self.bookmarks[_value(element, "id")] = (_value(element, "name"), self.writer.length)
            case "bookmarkEnd":
                key, start = self.bookmarks.pop(_value(element, "id"), ("", 0))
                self._mark(key, start, "bookmark")
            case _ if not self.hidden:
                self.writer.write(_CHARACTERS.get(word, ""))

    def leave(self, element: etree._Element) -> None:
        word = str(element.tag).removeprefix(_W)
        match word:
            case "t" if not self.hidden:
                text = element.text or ""
                self.writer.write(text.translate(_RAISED) if self.raised else text)
            case "r":
                self.hidden = self.raised = False
            case "p" if self.paragraph_starts:
                self._leave_paragraph()
            case "tc" if self.tables:
                self.writer.block(self.tables[-1].cell_start, self.tables[-1].label)
                self.tables[-1].close_cell(self.writer)
            case "tr":
                self._end_line()
            case "tbl" if self.tables:
                self.writer.table(self.tables.pop().sketch)
            case "sdt" if self.controls:
                key, start = self.controls.pop()
                self._mark(key, start, "control")

    def _enter_paragraph(self) -> None:
        inside_cell = self.tables and self.writer.length == self.tables[-1].cell_start
        if not inside_cell:
            self.writer.break_line()
        self.paragraphs += 1
        self.paragraph_starts.append(self.writer.length)

    def _leave_paragraph(self) -> None:
        start = self.paragraph_starts.pop()
        if not self.tables:
            label = f"{self.notes[1]}{self.notes_seen}" if self.notes[1] else f"第{self.paragraphs}段"
            self.writer.block(start, label)
            self._end_line()

    def _enter_table_part(self, word: str) -> None:
        if word == "tbl":
            self.writer.break_line()
            self.tables_seen += 1
            self.tables.append(_Table(Sketch(self.tables_seen, lead=self.writer.lead())))
        if not self.tables:
            return
        table = self.tables[-1]
        if word == "tr":
            table.sketch.next_row()
            table.ordinal = 0
        elif word == "tc":
            table.sketch.row = table.sketch.row or 1  # a cell may come without its row
            table.ordinal += 1
            self.writer.write("\t" if table.ordinal > 1 else "")
            table.cell_start = self.writer.length
            table.columns, table.continues = 1, False

    def _span(self, word: str, element: etree._Element) -> None:
        table = self.tables[-1]
        if word == "gridSpan":
            table.columns = span(_value(element, "val"))
        elif word == "vMerge":
            table.continues = _value(element, "val") != "restart"
        else:
            table.sketch.column += span(_value(element, "val"))

    def _end_line(self) -> None:
        if self.writer.last != "\n":
            self.writer.write("\n")

    def _mark(self, key: str, start: int, source: str) -> None:
        """Names that begin with an underscore are the word processor's own (_GoBack, _Toc1)."""
        if key and not key.startswith("_") and self.writer.length > start:
            self.writer.marks.append(Mark(key, start, self.writer.length, source))


def _value(element: etree._Element, attribute: str) -> str:
    return str(element.get(f"{_W}{attribute}") or "")
