"""What a reader hands over: text in which every character knows its place, its tables, the figures it marked.

A block is a paragraph, a table cell, a line or a page, in the order of the text. A mark is a span that the
document itself names as a figure: a bookmark, a content control, a `<data>` element. The cells of a table
are stretches of the same text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from jixiao.errors import BadInput
from jixiao.frozen import quick
from jixiao.reading.tables import Sketch, Table, table
from jixiao.values import Place

LONGEST_TEXT = 8_000_000
_LEAD = 300  # characters above a table in which its caption and unit are looked for


class TextTooLong(BadInput):
    """More text than any report has; the message names no file yet."""

    def __init__(self) -> None:
        super().__init__(f"正文超过 {LONGEST_TEXT // 10_000} 万字，请拆分后再试")


@quick
@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text with a name people recognise: 第3段, 表2 第4行第1列, 第5页."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A span the document names. `source` is bookmark, control or data.

    `value`, `unit` and `qualifier` are what a machine would read, in the document's own words.
    """

    key: str
    start: int
    end: int
    source: str
    value: str = ""
    unit: str = ""
    qualifier: str = ""


@dataclass(frozen=True)
class Document:
    """A file as text. Blocks are sorted by start; a character belongs to the last one begun before it."""

    name: str
    form: str  # txt, html, docx, pdf, xlsx
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    tables: tuple[Table, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """Name the place of a span."""
        index = bisect_right(self._starts, start) - 1
        return Place(start, end, self.blocks[index].label if index >= 0 else "")

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def marked(self, mark: Mark) -> str:
        """The text under a mark."""
        return self.text[mark.start : mark.end]


@dataclass(slots=True)
class Writer:
    """Collects text, blocks and marks while a reader walks through a file."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    length: int = 0
    last: str = ""

    def write(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.last = text[-1]
            if self.length > LONGEST_TEXT:
                raise TextTooLong

    def break_line(self) -> None:
        """End the line unless it is empty: blocks inside blocks make one line break."""
        if self.last not in ("", "\n"):
            self.write("\n")

    def block(self, start: int, label: str) -> None:
        """Close the block that began at `start`, where any text was written in it."""
        if self.length > start:
            self.blocks.append(Block(start, self.length, label))

    def written_since(self, start: int) -> str:
        """The text from an offset on; meant for the last cell or lines, as it walks back from the end."""
        missing, taken = self.length - start, list[str]()
        if missing and len(self.pieces[-1]) == missing:  # as most cells are
            return self.pieces[-1]
        for piece in reversed(self.pieces):
            if missing <= 0:
                break
            taken.append(piece)
            missing -= len(piece)
        return "".join(reversed(taken))[-missing if missing < 0 else 0 :] if missing <= 0 else ""

    def lead(self) -> str:
        """The last lines written, where a table's caption stands."""
        return self.written_since(max(0, self.length - _LEAD))

    def cell(self, sketch: Sketch, start: int, label: str, rows: int = 1, columns: int = 1) -> None:
        """Close the table cell whose text began at `start`."""
        text = self.written_since(start)
        sketch.put(text, Place(start, start + len(text.rstrip()), label), rows, columns)

    def table(self, sketch: Sketch) -> None:
        """Close a table."""
        if sketch.is_sound():
            self.tables.append(table(sketch.number, sketch.cells, sketch.lead))

    def document(self, name: str, form: str) -> Document:
        """Freeze what was collected."""
        blocks = tuple(sorted(self.blocks, key=lambda block: (block.start, block.end)))
        marks = tuple(sorted(self.marks, key=lambda mark: (mark.start, mark.end, mark.source, mark.key)))
        tables = tuple(sorted(self.tables, key=lambda found: found.number))
        return Document(name, form, "".join(self.pieces), blocks, marks, tables)
