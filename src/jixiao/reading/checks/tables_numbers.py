"""A table as numbers: which columns hold amounts, which rates, which codes, and what each row is called.

Serial numbers, codes, years and telephone numbers are no amounts. A dash is nothing, an empty cell is not
told: neither is zero. A table without a header row is not looked at.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from jixiao.frozen import quick
from jixiao.reading.read import Reading
from jixiao.reading.tables import Cell, Table
from jixiao.relations import Operand
from jixiao.values import RATIO, Interval

MOST_ROWS = 10_000
MOST_COLUMNS = 200

_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,9}))?(%|[^\W\d_]{0,4})")
_NARROW = str.maketrans("０１２３４５６７８９．，％－−＋", "0123456789.,%--+")
_DASHES = {one + other for one in "-－−" for other in ("", *"-－−")}
_NOTHING = frozenset(["–", "—", "——", "/", "*", "无"]) | _DASHES
_CODE = re.compile(r".*(?:编码|代码).*|[类款项]")
_NO_NAME = re.compile(r"年限|起止|时间|日期|备注|说明|联系|负责|责任|地址|地点|主管")
_NO_AMOUNT = re.compile(
    r"序号|行次|栏次|编号|年份|年度$|电话|文号|日期|时间|备注|说明|排名|名次|位次|页码|学号|邮编"
)
_RATE = re.compile(r"[^效利税费汇功]率|占比|比重|比例|[%％]|增幅|增速|进度")
_NOT_ADDED = re.compile(r"单价|均|标准|倍|排|等级|价格")
_COUNTED = re.compile(r"数量|[人件个户次项家篇条场]数|[（(][人件个户次项家篇条场][)）]")
_SCALED = frozenset(["千元", "万元", "百万元", "亿元"])


@quick
@dataclass(frozen=True, slots=True)
class Entry:
    """A number in a cell, as a relation compares it."""

    cell: Cell
    operand: Operand
    value: Fraction  # the number as printed, in the unit of its interval

    @property
    def span(self) -> tuple[int, int]:
        return self.cell.place.start, self.cell.place.end


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers under its headings; `names` is the label column its rows are called by."""

    index: int
    heading: tuple[str, ...]
    names: int

    @property
    def title(self) -> str:
        return "".join(self.heading)


@dataclass(slots=True)
class Numbers:
    """The numbers of one table. `empty` holds the places where nothing at all is written."""

    table: Table
    amounts: list[Column] = field(default_factory=list)
    rates: list[Column] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    empty: set[tuple[int, int]] = field(default_factory=set)

    @property
    def body(self) -> range:
        return range(self.table.headers + 1, self.table.rows + 1)

    @property
    def blocks(self) -> list[list[Column]]:
        """Columns of amounts by the label column before them: income and spending stand side by side."""
        found: dict[int, list[Column]] = {}
        for column in self.amounts:
            found.setdefault(column.names, []).append(column)
        return list(found.values())

    def label(self, row: int, column: int) -> str:
        """What a row is called; `column` is a label column."""
        return self.table.words(row, column)

    def code(self, row: int, names: int = 0) -> str:
        """The digits of the code columns of a row, each merged cell once; of those of one block where several
        stand side by side.
        """
        cells = [self.table.at(row, column) for column in self.codes_of(names)]
        words = [cell.words for number, cell in enumerate(cells) if cell and cell not in cells[:number]]
        code = "".join(words)
        return code if code.isdecimal() and code.isascii() else ""

    def codes_of(self, names: int) -> list[int]:
        """The code columns of the block called by the column `names`; all where the block has none of its own."""
        before = max((column.index for column in self.amounts if column.index < names), default=0)
        return [column for column in self.codes if before < column < names] or self.codes


def numbers_in(reading: Reading) -> tuple[Numbers, ...]:
    """The numbers of every table of a reading, worked out once for all checks; not to be changed."""
    return reading.once(_in_tables)


def _in_tables(reading: Reading) -> tuple[Numbers, ...]:
    return tuple(numbers for table in reading.document.tables for numbers in numbers_of(table))


def numbers_of(table: Table) -> Iterator[Numbers]:
    """The numbers of each section of a table that vouches for itself by a header."""
    if table.rows > MOST_ROWS or table.columns > MOST_COLUMNS:
        return
    for section in _sections(table):
        found = _numbers(section)
        if found is not None:
            yield found


def _sections(table: Table) -> Iterator[Table]:
    """A row of words over columns of numbers is a header again: forms set several tables under one another."""
    counts: Counter[int] = Counter()
    worded: defaultdict[int, set[int]] = defaultdict(set)
    for cell in table.cells:
        if cell.row <= table.headers or not cell.words or cell.words in _NOTHING:
            continue
        is_number = _number(cell.words) is not None
        counts[cell.column] += 1 if is_number else -1
        worded[cell.row].add(0 if is_number else cell.column)
    starts = [
        row
        for row, columns in sorted(worded.items())
        if 0 not in columns and sum(counts[column] >= 0 for column in columns) > 1
    ]
    starts = [row for row in starts if row - 1 not in starts]
    if not starts:
        yield table
        return
    first = 1
    for start in [*starts, table.rows + 1]:
        yield _section(table, first, start)
        first = start


def _section(table: Table, first: int, end: int) -> Table:
    cells = tuple(
        replace(cell, row=cell.row - first + 1, rows=min(cell.rows, end - cell.row))
        for cell in table.cells
        if first <= cell.row < end
    )
    headers = table.headers if first == 1 else 1
    return Table(table.number, cells, end - first, table.columns, headers, table.caption, table.unit)


def _numbers(table: Table) -> Numbers | None:
    if not 0 < table.headers < table.rows:
        return None
    found = Numbers(table)
    names = 0
    for index in range(1, table.columns + 1):
        heading = table.heading(index)
        read = [(cell, _number(cell.words)) for cell in _cells(table, index)]
        numbers = [cell for cell, number in read if number]
        words = [cell for cell, number in read if not number and cell.words and cell.words not in _NOTHING]
        title = "".join(heading)
        if _is_code(heading, numbers, words):
            found.codes.append(index)
        elif len(words) > len(numbers) or (not numbers and not names):
            names = index if not names or not _NO_NAME.search(title) else names
        elif numbers and not _NO_AMOUNT.search(title) and not _counts_up(numbers):
            _take(found, Column(index, heading, names), read)
    return found if found.amounts or found.rates else None


def _cells(table: Table, column: int) -> Iterator[Cell]:
    last = None
    for row in range(table.headers + 1, table.rows + 1):
        cell = table.at(row, column)
        if cell is not None and cell is not last and cell.columns < table.columns:
            yield cell
        last = cell


@lru_cache(maxsize=4096)
def _number(words: str) -> re.Match[str] | None:
    """The number that the words of a cell are. Asked first for a table and then for its columns."""
    return _NUMBER.fullmatch(words if words.isascii() else words.translate(_NARROW))


def _is_code(heading: tuple[str, ...], numbers: list[Cell], words: list[Cell]) -> bool:
    digits = [cell.words for cell in numbers if cell.words.isdecimal()]
    if len(digits) < len(numbers) or not digits:
        return False
    return any(_CODE.fullmatch(words) for words in heading) and len(words) <= len(digits) + 1


def _counts_up(numbers: list[Cell]) -> bool:
    """A serial number: 1 2 3 … down the column."""
    values = [cell.words for cell in numbers]
    return len(values) > 2 and values == [str(number) for number in range(1, len(values) + 1)]


def _take(found: Numbers, column: Column, read: list[tuple[Cell, re.Match[str] | None]]) -> None:
    matches = [match for _, match in read if match]
    decimals = max((len(match[3] or "") for match in matches), default=0)
    shares = sum(match[4] == "%" for match in matches)
    is_rate = bool(_RATE.search(column.title)) or shares * 2 > len(matches)
    scaled = found.table.unit in _SCALED or any(unit in column.title for unit in _SCALED)
    money = decimals == 0 and scaled and not _COUNTED.search(column.title)
    fine = Fraction(1, 10**decimals) if decimals else Fraction(money)
    heading = "".join(column.heading[-1:])[:20]
    for cell, match in read:
        if match:
            found.entries[cell.row, column.index] = _entry(found, column, heading, cell, match, fine)
        elif not cell.words:
            found.empty.add((cell.row, column.index))
    for row in found.body:
        if found.table.at(row, column.index) is None:
            found.empty.add((row, column.index))
    if is_rate:
        found.rates.append(column)
    elif not _NOT_ADDED.search(column.title):
        found.amounts.append(column)


def _entry(
    found: Numbers, column: Column, heading: str, cell: Cell, match: re.Match[str], fine: Fraction
) -> Entry:
    """`fine` is the last digit the column prints; a whole number between decimals lost its zeros only."""
    sign, whole, decimals, unit = match.groups()
    number = int(sign + whole.replace(",", "") + (decimals or ""))
    scale = 10 ** len(decimals or "")
    step = (fine if fine.denominator == scale else Fraction(1, scale)) if decimals else fine
    if unit == "%":
        scale, step, unit = scale * 100, (step or Fraction(1)) / 100, RATIO
    value = Fraction(number, scale)
    interval = _printed(number, scale, step, value) if step else Interval.point(value)
    row = found.label(cell.row, column.names) if column.names else ""
    title = "·".join([words for words in (row[:30], heading) if words])
    operand = Operand(cell.place.label, title or cell.place.label, interval, cell.words, unit, None, step)
    return Entry(cell, operand, value)


def _printed(number: int, scale: int, step: Fraction, value: Fraction) -> Interval:
    """Half a step to either side; a printed zero is no debt."""
    middle, half, whole = 2 * number * step.denominator, step.numerator * scale, 2 * scale * step.denominator
    return Interval(Fraction(middle - half, whole) if number else value, Fraction(middle + half, whole))
