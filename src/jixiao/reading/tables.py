"""Tables of a document: rows × columns of cells, each with its text, its place and the room it spans.

`Sketch` collects cells while a reader walks; `table` turns it into a `Table` with header rows, caption and
unit. Whether the numbers in it hang together is asked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from jixiao.frozen import quick
from jixiao.reading.units import longest_first
from jixiao.values import Place

MOST_CELLS = 200_000
_WIDEST = 1_000  # rows or columns a span may claim
_LARGEST_GRID = 1_000_000

_WORD = "|".join(["万元", "千元", "百万元", "亿元", *longest_first()])
_UNIT = re.compile(rf"单\s{{0,4}}位\s{{0,4}}[:：]\s{{0,4}}(?:人民币)?\s{{0,4}}({_WORD})(?![^\W\d_])")
_IN_BRACKETS = re.compile(rf"[（(]\s{{0,4}}({_WORD})\s{{0,4}}[)）]")
_NUMBER = re.compile(
    r"[-－−+]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?\s{0,4}(?:[%％‰]|[万亿千百]{0,2}[^\W\d_]{0,3})?"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; rows and columns count from 1, and a merged cell stands at its upper left place.

    `words` is the text without any white space: Chinese headings are spread out with blanks (合　计).
    """

    row: int
    column: int
    text: str
    place: Place
    rows: int = 1
    columns: int = 1
    words: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", "".join(self.text.split()))


@dataclass(frozen=True)
class Table:
    """A table of a document. The first `headers` rows name the columns; `unit` is as written (万元)."""

    number: int
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    headers: int = 0
    caption: str = ""
    unit: str = ""

    @cached_property
    def _covering(self) -> dict[tuple[int, int], Cell]:
        found: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            if cell.rows == 1 == cell.columns:
                found[cell.row, cell.column] = cell
            else:
                found.update(dict.fromkeys(_places(cell), cell))
        return found

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place of the grid."""
        return self._covering.get((row, column))

    def words(self, row: int, column: int) -> str:
        """The words of the cell that covers a place, without white space; empty where there is none."""
        cell = self._covering.get((row, column))
        return "" if cell is None else cell.words

    def heading(self, column: int) -> tuple[str, ...]:
        """What the header rows say over a column, from the top down, each merged cell once."""
        words: list[str] = []
        for row in range(1, self.headers + 1):
            said = self.words(row, column)
            cell = self.at(row, column)
            spans_all = cell is not None and cell.columns >= self.columns
            if said and not spans_all and (not words or words[-1] != said):
                words.append(said)
        return tuple(words)


_IN_ORDER, _COLUMN = attrgetter("row", "column"), attrgetter("column")


def _places(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            yield row, column


@dataclass(slots=True)
class Sketch:
    """A table while it is read: cells fall into the next free place of their row, as on a page."""

    number: int
    cells: list[Cell] = field(default_factory=list)
    row: int = 0
    column: int = 1
    lead: str = ""  # the lines just above it, or its caption
    taken: set[tuple[int, int]] = field(default_factory=set)

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, 1

    def next_column(self) -> int:
        """The first free column of the row."""
        while (self.row, self.column) in self.taken:
            self.column += 1
        return self.column

    def put(self, text: str, place: Place, rows: int = 1, columns: int = 1) -> None:
        """Set a cell at the next free place of the row."""
        if len(self.taken) + rows * columns > MOST_CELLS:
            rows = columns = 1
        column = self.next_column()
        self.cells.append(Cell(self.row, column, text.strip(), place, rows, columns))
        if rows > 1 or columns > 1:
            self.taken.update(_places(self.cells[-1]))
        self.column = column + columns

    def is_sound(self) -> bool:
        """False for what no reader of a report would call a table: nothing in it, or endless in both ways."""
        columns = max(map(_COLUMN, self.cells), default=0)
        return 0 < self.row * columns <= _LARGEST_GRID and any(cell.text for cell in self.cells)


def span(text: str | None) -> int:
    """A span as written in a file; what is no sensible number is 1."""
    return min(int(text), _WIDEST) if text and text.isdecimal() and len(text) < 6 and int(text) > 0 else 1


def table(number: int, cells: Iterable[Cell], lead: str = "") -> Table:
    """The table of these cells, its spans cut to its size; `lead` holds the words printed just above it."""
    kept = tuple(sorted(cells, key=_IN_ORDER))
    rows = kept[-1].row if kept else 0
    columns = max(map(_COLUMN, kept), default=0)
    kept = tuple(_cut(cell, rows, columns) for cell in kept)
    bare = Table(number, kept, rows, columns)
    headers = _header_rows(bare)
    titles = [_title(bare, row) for row in range(1, headers + 1)]
    above = [line.strip() for line in lead.splitlines() if line.strip()][-3:] + [
        title for title in titles if title
    ]
    caption = next((line for line in reversed(above) if not _UNIT.search(line)), "")
    return Table(number, kept, rows, columns, headers, caption[:200], _unit(bare, headers, above))


def _cut(cell: Cell, rows: int, columns: int) -> Cell:
    if cell.rows == 1 == cell.columns:
        return cell
    height = min(cell.rows, rows - cell.row + 1)
    width = min(cell.columns, columns - cell.column + 1)
    if (height, width) == (cell.rows, cell.columns):
        return cell
    return Cell(cell.row, cell.column, cell.text, cell.place, height, width)


def _header_rows(table: Table) -> int:
    """Rows before the first that states an amount; a row with words in its first column alone is a section.

    Years and column numbers (1 2 3 …) are no amounts. A table without amounts has one header row.
    """
    headers = 0
    for row in range(1, min(table.rows, 12) + 1):
        words = [cell for cell in _row(table, row) if cell.words]
        if _states_amounts(words) or (headers and _is_bare_year(words)):
            return headers
        is_section = len(words) == 1 and words[0].column == 1 and words[0].columns < table.columns
        is_section = is_section and not _UNIT.search(words[0].text)
        if is_section and headers and table.columns > 1:
            return headers
        headers = row
        if all(cell.rows == 1 for cell in words) and _is_numbering(words):
            return headers
    return min(1, table.rows - 1) if table.rows else 0


def _row(table: Table, row: int) -> list[Cell]:
    seen: list[Cell] = []
    for column in range(1, table.columns + 1):
        cell = table.at(row, column)
        if cell is not None and cell not in seen[-1:]:
            seen.append(cell)
    return seen


_OF_YEAR = re.compile(r"(?:19|20)\d\d年度?[^\W\d]")  # 2024年计划 names a column


def _states_amounts(cells: list[Cell]) -> bool:
    numbers = [cell.words for cell in cells[1:] if _NUMBER.fullmatch(cell.words)]
    numbers = [words for words in numbers if not _OF_YEAR.match(words)]
    if not numbers and len(cells) == 1:
        return False
    return bool(numbers) and not all(_YEAR.fullmatch(words) for words in numbers) and not _is_numbering(cells)


def _is_bare_year(cells: list[Cell]) -> bool:
    """2055 alone under a heading counts things, 2024年 does not."""
    numbers = [cell.words for cell in cells[1:] if _NUMBER.fullmatch(cell.words)]
    return len(numbers) == 1 and len(cells) == 2 and numbers[0].isdecimal() and len(numbers[0]) == 4


def _is_numbering(cells: list[Cell]) -> bool:
    """栏次 1 2 3 4: nothing but numbers that rise by one from 1, which name the columns."""
    numbers = [int(cell.words) for cell in cells if cell.words.isdecimal() and len(cell.words) < 4]
    others = [cell.words for cell in cells if cell.words and not cell.words.isdecimal()]
    rises = len(numbers) >= 2 and numbers == list(range(1, len(numbers) + 1))
    return rises and (not others or others in (["栏次"], ["行次"], ["列次"], ["序号"]))


def _title(table: Table, row: int) -> str:
    """The words of a row that is one cell over (nearly) the whole width, else only its unit note."""
    words = [cell for cell in _row(table, row) if cell.words]
    if len(words) == 1 and (words[0].columns * 2 > table.columns or row == 1) and table.columns > 2:
        return words[0].text
    return next((cell.text for cell in words if _UNIT.search(cell.text)), "")


def _unit(table: Table, headers: int, above: list[str]) -> str:
    for line in reversed(above):
        if found := _UNIT.search(line) or _IN_BRACKETS.search(line):
            return found[1]
    for row in range(1, headers + 1):
        for cell in _row(table, row):
            if found := _UNIT.search(cell.text):
                return found[1]
    return ""
