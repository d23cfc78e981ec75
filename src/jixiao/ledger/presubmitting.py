"""A paper → the material that a self-check marks: read as the bureau would read it, whoever wrote it.

Our own report goes through the same reader as a stranger's file; only for it can figures without evidence be told, and
what earlier years left open. Rectification papers beside it are held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jixiao.catalogue import Catalogue
from jixiao.catalogue.presubmissions import Presubmission
from jixiao.errors import BadInput, NotFound
from jixiao.evaluation.presubmission import (
    Broken,
    Grid,
    Material,
    Passage,
    Sheet,
    is_heading,
    mark,
    section_of,
)
from jixiao.reading import Reading, read
from jixiao.reading.behind import behind
from jixiao.reading.checks import examine
from jixiao.reading.crossing import cross
from jixiao.reading.tables import Table
from jixiao.values import Verdict

_WORKBOOKS = (".xlsx", ".xls")
Unproved = tuple[tuple[str, str], ...] | None


@dataclass(frozen=True, slots=True)
class Note:
    """A rectification paper beside the report: what it is called, and its content as a file of that name."""

    title: str
    content: bytes
    name: str


def mark_file(
    content: bytes,
    name: str,
    rules: Presubmission,
    *,
    unproved: Unproved = None,
    carried: tuple[str, ...] | None = None,
    notes: Sequence[Note] | None = None,
) -> Sheet:
    """Mark a file; of a workbook only what may not be published. Raises BadInput for one that cannot be read."""
    reading = read(content, name)
    material = material_of(reading, unproved)
    hidden = tuple(Passage(place, text) for place, text in behind(content, name))
    material = replace(material, behind=hidden)
    if name.lower().endswith(_WORKBOOKS):
        return mark(rules, material, only_publication=True)
    if notes is not None:
        passages, crossed = _beside(reading, notes)
        material = replace(material, notes=passages, crossed=crossed)
    return mark(rules, replace(material, carried=carried))


def _beside(
    reading: Reading, notes: Sequence[Note]
) -> tuple[tuple[Passage, ...], tuple[tuple[str, str], ...]]:
    """The sentences of the papers, each with its place, and the facts that they tell otherwise than the report."""
    passages: list[Passage] = []
    crossed: list[tuple[str, str]] = []
    for note in notes:
        other = read(note.content, note.name)
        inside: set[str] = set()
        passages += [
            Passage(f"{note.title}{one.place}", one.text, one.section, one.is_heading)
            for one in _passages(other, inside)
        ]
        for one in cross([reading, other]):
            if one.verdict is Verdict.BROKEN:
                crossed.append(
                    (one.one.phrase.statement.place.label, f"{one.message}（另一处在{note.title}）")
                )
    return tuple(passages), tuple(crossed)


def rules_in(catalogue: Catalogue, packs: set[str] | None = None) -> Presubmission:
    """The marking table of these packs, else of any pack. Raises NotFound where none has one."""
    found = [one for one in catalogue.presubmissions.values() if packs is None or one.pack in packs]
    if not found:
        raise NotFound("启用的规则包里没有报送前自查的标准；请启用带 presubmissions 的规则包")
    return found[-1]  # packs stand after those they require: the office's own table comes last


def material_of(reading: Reading, unproved: Unproved = None) -> Material:
    """What was read, as plain passages and tables with their places."""
    document = reading.document
    grids = tuple(_grid(table) for table in document.tables)
    inside = {cell.place.label for table in document.tables for cell in table.cells}
    return Material(tuple(_passages(reading, inside)), grids, tuple(_broken(reading)), unproved)


def _passages(reading: Reading, inside: set[str]) -> Iterator[Passage]:
    section = ""
    document = reading.document
    for block in document.blocks:
        if block.label in inside:
            continue
        for line in document.text[block.start : block.end].splitlines():
            text = line.strip()
            if not text:
                continue
            head = is_heading(text)
            section = section_of(text) if head and section_of(text) else section
            yield Passage(block.label, text, section, head)


def _grid(table: Table) -> Grid:
    columns = range(1, table.columns + 1)
    head = tuple("".join(dict.fromkeys(table.heading(column))) for column in columns)
    below = range(table.headers + 1, table.rows + 1)
    rows = tuple(tuple(_words(table, row, column) for column in columns) for row in below)
    name = f"表{table.number}"
    caption = f"{name}“{table.caption}”" if table.caption else name
    return Grid(caption, head, rows, tuple(f"{name}第{row}行" for row in below))


def _words(table: Table, row: int, column: int) -> str:
    cell = table.at(row, column)
    return "" if cell is None else " ".join(cell.text.split())


def _broken(reading: Reading) -> Iterator[Broken]:
    for one in examine(reading):
        if one.verdict is Verdict.BROKEN:
            start, end = min(one.spans)
            yield Broken(one.type, reading.document.place(start, end).label, one.message)


def only_report(name: str) -> None:
    """Raises BadInput for a file that is no report."""
    if not name.lower().endswith((".docx", ".pdf", ".html", ".htm", ".txt", *_WORKBOOKS)):
        raise BadInput(f"“{name}”不是报告文件；可用 .docx、.pdf、.html、.txt，拟公开的表可用 .xlsx")
