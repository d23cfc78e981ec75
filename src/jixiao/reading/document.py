"""What a reader hands over: text in which every character knows its place, and the figures it has marked.

A block is a paragraph, a table cell, a line or a page, in the order of the text. A mark is a span that the
document itself names as a figure: a bookmark, a content control, a `<data>` element.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from jixiao.values import Place


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text with a name people recognise: 第3段, 表2 第4行第1列, 第5页."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A span the document names. `source` is bookmark, control or data; `value` what a machine would read."""

    key: str
    start: int
    end: int
    source: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text. Blocks are sorted by start; a character belongs to the last one begun before it."""

    name: str
    form: str  # txt, html, docx, pdf
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """Name the place of a span."""
        index = bisect_right(self.blocks, start, key=lambda block: block.start) - 1
        return Place(start, end, self.blocks[index].label if index >= 0 else "")

    def marked(self, mark: Mark) -> str:
        """The text under a mark."""
        return self.text[mark.start : mark.end]


@dataclass(slots=True)
class Writer:
    """Collects text, blocks and marks while a reader walks through a file."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0
    last: str = ""

    def write(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.last = text[-1]

    def break_line(self) -> None:
        """End the line unless it is empty: blocks inside blocks make one line break."""
        if self.last not in ("", "\n"):
            self.write("\n")

    def block(self, start: int, label: str) -> None:
        """Close the block that began at `start`, where any text was written in it."""
        if self.length > start:
            self.blocks.append(Block(start, self.length, label))

    def document(self, name: str, form: str) -> Document:
        """Freeze what was collected."""
        blocks = tuple(sorted(self.blocks, key=lambda block: (block.start, block.end)))
        marks = tuple(sorted(self.marks, key=lambda mark: (mark.start, mark.end, mark.source, mark.key)))
        return Document(name, form, "".join(self.pieces), blocks, marks)
