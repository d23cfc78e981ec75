"""A sheet's cells → lines of text and tables, every cell under its address (表名!B5).

Empty rows part the tables of a sheet; a line by itself above a table is its caption.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jixiao.reading.document import Writer
from jixiao.reading.tables import Cell, Sketch
from jixiao.values import Place


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by row, and its merged areas by their upper left corner as (rows, columns)."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def write(writer: Writer, sheet: Sheet, tables: int) -> int:
    """Write a sheet as lines of cells; rows without a gap between them are one table. Returns the count."""
    lead = sheet.name
    for rows in _blocks(sheet):
        sketch = Sketch(tables + 1, lead=lead)
        left = min(min(sheet.rows[row]) for row in rows)
        start = writer.length
        for row in rows:
            _write_row(writer, sketch, sheet, row, (rows[0] - 1, left - 1))
        if len(rows) > 1 and any(len(sheet.rows[row]) > 1 for row in rows) and sketch.is_sound():
            writer.table(sketch)
            tables, lead = tables + 1, sheet.name
        else:
            lead += "\n" + writer.written_since(start)
    return tables


def _blocks(sheet: Sheet) -> Iterator[list[int]]:
    """Runs of rows without an empty row between them; a merged cell reaches over empty rows."""
    block: list[int] = []
    reach = 0
    for row in sorted(sheet.rows):
        if block and row > reach + 1:
            yield block
            block = []
        block.append(row)
        spans = [sheet.merged.get((row, column), (1, 1))[0] for column in sheet.rows[row]]
        reach = max(reach, row, row + max(spans) - 1)
    if block:
        yield block


def _write_row(writer: Writer, sketch: Sketch, sheet: Sheet, row: int, before: tuple[int, int]) -> None:
    sketch.row = row - before[0]
    for column, text in sorted(sheet.rows[row].items()):
        writer.write("\t" if writer.last not in ("", "\n") else "")
        start = writer.length
        writer.write(text.strip())
        label = f"{sheet.name}!{_letters(column)}{row}"
        writer.block(start, label)
        rows, columns = sheet.merged.get((row, column), (1, 1))
        place = Place(start, writer.length, label)
        sketch.cells.append(Cell(sketch.row, column - before[1], text.strip(), place, rows, columns))
    writer.break_line()


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
