"""The report as frozen blocks, before any file format: what every writer writes and every seal covers.

A run is plain text or a `Placed` figure. The reading order of `sections` is the order of the three files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jixiao.values import Finding, Quantity

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure where it stands. `key` is its bookmark, tag and data key; `figures` the ids it prints.

    `quantity` is None where words were placed: names of records, or 未填报.
    """

    key: str
    figures: tuple[str, ...]
    text: str
    quantity: Quantity | None
    label: str


Run = str | Placed
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`number` is the printed number (一、); it is text, so that all formats and all re-saves keep it."""

    level: int
    number: str
    runs: Runs
    clause: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`flush` begins at the left edge of the type area, as the name of the office a letter goes to does."""

    runs: Runs
    clause: str
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is relative to the other columns of the table."""

    title: str
    width: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """`group` marks a row of one cell that names the rows below it and spans the table."""

    cells: tuple[Runs, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    clause: str


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Attachment:
    """`number` is 附件, or 附件1, 附件2 … where there are several."""

    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ClauseState:
    """Which words a clause came out with. `template` is the text with its slots, as a clerk would edit it."""

    id: str
    outcome: Literal["text", "otherwise", "rewritten", "table", "items"]
    template: str


@dataclass(frozen=True, slots=True)
class Document:
    """`problems` are shown in the preview and must be empty before the document is issued."""

    title_lines: tuple[str, ...]
    org: str
    year: int
    as_of: date
    date_text: str
    marks: tuple[str, ...]
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    clauses: tuple[ClauseState, ...]
    problems: tuple[Finding, ...] = ()

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def may_be_issued(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text with one name: a clause, a row of a table, the title, the head of an attachment.

    `repeats` marks the head of a table, which stands again on every page the table runs over.
    """

    id: str
    label: str
    runs: Runs
    repeats: bool = False

    @property
    def text(self) -> str:
        return text_of(self.runs)


def text_of(runs: Runs) -> str:
    return "".join(run if isinstance(run, str) else run.text for run in runs)


def attachment_list(document: Document) -> tuple[str, ...]:
    """The lines of the 附件说明 below the text: 附件：名称, or 附件：1.名称, 2.名称 …"""
    titles = [attachment.title for attachment in document.attachments]
    if len(titles) == 1:
        return (f"附件：{titles[0]}",)
    return tuple(f"{'附件：' if not n else ''}{n + 1}.{title}" for n, title in enumerate(titles))


def sections(document: Document) -> tuple[Section, ...]:
    """Every word of the document once, in reading order; page numbers and page marks are not words of it."""
    found = [Section("title", "标题", (document.title,))]
    found += _of_blocks(document.blocks)
    if document.attachments:
        found.append(Section("attachments", "附件说明", ("\n".join(attachment_list(document)),)))
    found.append(Section("signature", "署名", (f"{document.org}\n{document.date_text}",)))
    for attachment in document.attachments:
        head = f"{attachment.number}\n{attachment.title}"
        found.append(Section(attachment.number, attachment.number, (head,)))
        found += _of_blocks(attachment.blocks)
    return tuple(found)


def plain_text(document: Document) -> str:
    return "\n".join(section.text for section in sections(document))


def placed(document: Document) -> Iterator[Placed]:
    """Every placed figure in reading order."""
    for section in sections(document):
        for run in section.runs:
            if isinstance(run, Placed):
                yield run


def names_placed(document: Document) -> set[str]:
    """What gives the numbers of a document, by name."""
    return {name for run in placed(document) for name in run.figures}


def _of_blocks(blocks: tuple[Block, ...]) -> list[Section]:
    found: list[Section] = []
    heading = ""
    for block in blocks:
        match block:
            case Table():
                found += _of_table(block)
            case Heading(number=number, runs=runs):
                heading = text_of((number, *runs))
                found.append(Section(block.clause, f"标题“{heading}”", (number, *runs)))
            case Paragraph(runs=runs) if found and found[-1].id == block.clause:
                found[-1] = Section(block.clause, found[-1].label, (*found[-1].runs, "\n", *runs))
            case Paragraph(runs=runs):
                opening = f"“{text_of(runs)[:12]}…”"
                found.append(Section(block.clause, f"{heading}之下{opening}" if heading else opening, runs))
    return found


def _of_table(table: Table) -> list[Section]:
    name = f"表“{table.caption}”"
    above = f"{table.caption}\n单位：{table.unit}" if table.unit else table.caption
    head = "\t".join(column.title for column in table.columns)
    found = [
        Section(f"{table.clause}#caption", f"{name}表题", (above,)),
        Section(f"{table.clause}#head", f"{name}表头", (head,), repeats=True),
    ]
    for n, row in enumerate(table.rows, 1):
        runs: list[Run] = []
        for m, cell in enumerate(row.cells):
            runs += ["\t", *cell] if m else [*cell]
        found.append(Section(f"{table.clause}#{n}", f"{name}第{n}行", tuple(runs)))
    return found
