"""A workbook → the cells of a form: ours by its hidden map, anybody's by the words of its rows and columns.

What is read is taken as stated, sums and bound cells too, so that `check` can hold it against itself. A cell whose
row or column words have moved away from it is not read but told.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from jixiao.catalogue.forms import Block, Form
from jixiao.errors import BadInput
from jixiao.forms.cells import BLANK, Content, base_unit, typed
from jixiao.forms.fill import TOTAL, WHOLE, Filled, Grid, Line, added
from jixiao.forms.row_titles import Titles, column_word, columns_of, money_told, plain
from jixiao.forms.write_xlsx import MAP
from jixiao.values import RATIO, decimal_text

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 8  # rows in which a sheet tells its unit
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SUMS = ("合计", "总分", "总计")
_MOST_ROWS, _MOST_COLUMNS = 5_000, 100
Rows = Sequence[Sequence[object]]


@dataclass(slots=True)
class ReadForm:
    """`filled` holds what the file states; `told` what could not be placed, for the person who sent it; `lacking` those
    of it without which numbers of the form are missing: blocks, columns, rows.
    """

    filled: Filled
    told: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    org: str = ""


def read(content: bytes, form: Form, *, org: str = "", year: int = 0, sheet: str = "") -> ReadForm:
    """Read a workbook as this form, its first sheet or the one named. Raises BadInput where it is no workbook or another
    form.
    """
    sheets = sheets_of(content)
    named = {
        row[0]: row[1] for row in sheets.get(MAP, ()) if len(row) > 1 and row[0] in ("form", "org", "year")
    }
    if named.get("form", form.full_id) != form.full_id:
        raise BadInput(f"这是另一张表（{named['form']}），不是“{form.title}”；请选对表再上传")
    rows = next((rows for name, rows in sheets.items() if name != MAP and sheet in ("", name)), [])
    stated = int(str(named.get("year", "0"))) if str(named.get("year", "0")).isdigit() else 0
    if year and stated and stated != year:
        raise BadInput(f"这是{stated}年度的表，现在要的是{year}年度；请换用{year}年度的表")
    own = {str(row[1]): str(row[2]) for row in sheets.get(MAP, ()) if len(row) > 2 and row[0] == "cell"}
    told = read_rows(rows, form, org=str(named.get("org", org)), year=year or stated, own=own)
    told.org = str(named.get("org", ""))
    return told


def read_rows(
    rows: Rows, form: Form, *, org: str = "", year: int = 0, own: Mapping[str, str] | None = None
) -> ReadForm:
    """Read rows of raw cells as this form, wherever they come from; `own` are the cells our own file says it drew, address →
    A1: one of them that is empty says nothing, it does not go on with the words above it. Raises BadInput where none of the
    form's blocks is there.
    """
    reader = _Reader(form, rows, own or {})
    grids = tuple(reader.grid(block) for block in form.blocks)
    if not reader.found:
        raise BadInput(f"没有找到“{form.title}”的行和列；请确认上传的是这张表，表头文字没有改动")
    filled = Filled(form, org, year, grids, reader.problems)
    return ReadForm(filled, [*reader.lacking, *reader.told], lacking=reader.lacking)


def sheets_of(content: bytes) -> dict[str, list[list[object]]]:
    """The sheets of a workbook by name, as rows of raw cells. Raises BadInput for what is no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name: [list(row) for row in book.get_sheet_by_name(name).to_python(False, _MOST_ROWS)]
            for name in book.sheet_names[:20]
        }
    except PasswordError as error:
        raise BadInput("文件设了密码，读不了；请去掉密码另存后再上传") from error
    except (CalamineError, OSError, ValueError) as error:
        if _LOCKED in content:
            raise BadInput("文件设了密码，读不了；请去掉密码另存后再上传") from error
        raise BadInput("不是可以读的 Excel 文件；请另存为 .xlsx 后再上传") from error


class _Reader:
    """Walks down the rows once: a block begins at its heading row and ends where the next one begins."""

    def __init__(self, form: Form, rows: Rows, own: Mapping[str, str]) -> None:
        self.own = own
        self.grids: list[Grid] = []
        self.rows = [[_text(cell) for cell in row[:_MOST_COLUMNS]] for row in rows]
        self.numbers = rows
        self.problems: dict[str, str] = {}
        self.told: list[str] = []
        self.lacking: list[str] = []
        self.closing = {plain(words) for words in form.closing}
        self.at = self.end = 0
        self.headings = self._headings(form)
        told = money_told(self.rows[:_HEAD])
        self.money = told if told != form.unit and base_unit(form.unit) == "元" else ""
        if self.money:
            self.told.append(f"表以“{told}”为单位，已按“{told}”读；规定以“{form.unit}”填报")
        self.captions = {plain(block.caption) for block in form.blocks if block.caption}

    @property
    def found(self) -> bool:
        return any(heading is not None for heading in self.headings.values())

    def grid(self, block: Block) -> Grid:
        heading = self.headings[block.id]
        if heading is None:
            self.lacking.append(f"没有找到“{block.caption or block.head}”这一块的表头，未读")
            return Grid(block, ())
        self.at = heading + 1
        later = [place for place in self.headings.values() if place is not None and place > heading]
        self.end = min(later, default=len(self.rows))
        words = columns_of(self.rows[heading])
        places = {name: _find(words, column.title) for name, column in block.columns.items()}
        missing = [block.columns[name].title for name, place in places.items() if place is None]
        if missing:
            self.lacking.append(f"“{block.caption or block.head}”缺少列：{'、'.join(missing)}")
        known = {name: place for name, place in places.items() if place is not None}
        grid = Grid(block, tuple(self._list(block, known) if block.list else self._fixed(block, known)))
        grid = self._with_whole(grid, known) if block.whole else grid
        self.grids.append(grid)
        return grid

    def _with_whole(self, grid: Grid, places: Mapping[str, int]) -> Grid:
        """The row below the total where there is one, or the total itself where it has what other blocks add in it."""
        block, total = grid.block, grid.line(TOTAL)
        if total is None or block.whole is None:
            return grid
        if self._goes_on(places) and (titled := self._total(block, places)) is not None:
            rest = {name: place for name, place in places.items() if place != titled}
            return replace(grid, whole=self._line(block, WHOLE, block.whole.title, rest, None))
        others = {name: added(grid, self.grids, name) for name in block.whole.adds}
        lines = [line for line in grid.lines if line is not total]
        if not any(_has_in_it(total.cells[name], lines, name, other) for name, other in others.items()):
            return grid
        cells = {
            name: replace(cell, value=cell.value - others[name].value)
            if name in others and cell.is_number and others[name].is_number
            else cell
            for name, cell in total.cells.items()
        }
        whole = Line(WHOLE, block.whole.title, 0, total.cells)
        return replace(grid, lines=(*lines, replace(total, cells=cells)), whole=whole)

    def _headings(self, form: Form) -> dict[str, int | None]:
        """The row in which each block's columns are named: the first below the block before it."""
        found: dict[str, int | None] = {}
        begin = 0
        for block in form.blocks:
            titles = [column_word(column.title) for column in block.columns.values()]
            found[block.id] = None
            for number in range(begin, len(self.rows)):
                row = set(columns_of(self.rows[number]))
                if sum(title in row for title in titles) * 2 > len(titles):
                    found[block.id], begin = number, number + 1
                    break
        return found

    def _fixed(self, block: Block, places: Mapping[str, int]) -> Iterator[Line]:
        known = Titles(block)
        current, copies = "", 0
        seen: set[str] = set()
        while self.at < self.end and any(self.rows[self.at]):
            row = self.rows[self.at]
            leading = [text for text in row[: min(places.values(), default=1)] if text]
            title, name = known.find(leading)
            is_said = any(_at(row, place) for place in places.values())
            if not name and (_is_caption(row, self.captions) or self._is_closing(title)):
                break
            if not title and len(block.rows) == 1 and not seen and is_said:
                name = next(iter(block.rows))  # the title stands in a cell that goes on from above
            repeats = bool(current) and block.rows[current].repeat and bool(title) and not name
            if name or repeats:
                current, copies = (name, 1) if name else (current, copies + 1)
                seen.add(current)
                key = current if copies == 1 else f"{current}#{copies}"
                yield self._line(block, key, title, places, current)
            elif title and is_said:
                self.told.append(f"第{self.at + 1}行“{title}”不是本表的行，未读")
            self.at += 1
        if absent := [row.title.strip() for name, row in block.rows.items() if name not in seen]:
            self.lacking.append(f"“{block.caption or block.head}”缺少行：{'、'.join(absent)}")

    def _is_closing(self, title: str) -> bool:
        """Whether a row is the foot of the form: who filled it in, and when."""
        return plain(title).rstrip(":") in self.closing

    def _list(self, block: Block, places: Mapping[str, int]) -> Iterator[Line]:
        inherited: dict[str, str] = {}
        number = 0
        while self._goes_on(places):
            row = self.rows[self.at]
            if _is_caption(row, self.captions) or self._is_closing(row[0]):
                return
            if (titled := self._total(block, places)) is not None:
                rest = {name: place for name, place in places.items() if place != titled}
                yield self._line(block, TOTAL, block.total_title, rest, None)
                self.at += 1
                return
            for name, column in block.columns.items():
                if column.merge and name in places:
                    text = _at(row, places[name])
                    if text:
                        inherited = {**inherited, name: text}
            number += 1
            told = {name: words for name, words in inherited.items() if not self._is_own(block, number, name)}
            yield self._line(block, str(number), "", places, None, told)
            self.at += 1

    def _is_own(self, block: Block, number: int, name: str) -> bool:
        """Whether the file says that this row has a cell of its own there."""
        return self.own.get(f"{block.id}.{number}.{name}", "").lstrip(_LETTERS) == str(self.at + 1)

    def _goes_on(self, places: Mapping[str, int]) -> bool:
        """Whether the list has another row: rows that were left empty are passed over, a note below them is none."""
        begin = self.at
        while self.at < self.end and not any(self.rows[self.at]):
            self.at += 1
        if self.at >= self.end:
            return False
        if self.at == begin:
            return True
        return sum(bool(_at(self.rows[self.at], place)) for place in places.values()) > 1

    def _total(self, block: Block, places: Mapping[str, int]) -> int | None:
        """Where the title of the total stands, in a row that has no other words."""
        row = self.rows[self.at]
        wordy = {place for name, place in places.items() if block.columns[name].text and _at(row, place)}
        for place in range(min(3, len(row))):
            if plain(row[place]) in (plain(block.total_title), *_SUMS) and wordy <= {place}:
                return place
        return None

    def _line(
        self,
        block: Block,
        key: str,
        title: str,
        places: Mapping[str, int],
        name: str | None,
        inherited: Mapping[str, str] | None = None,
    ) -> Line:
        definition = block.rows[name] if name else None
        cells: dict[str, Content] = {}
        for column, spec in block.columns.items():
            text = _at(self.rows[self.at], places.get(column, -1))
            if not text and inherited:
                text = inherited.get(column, "")
            unit = block.unit(definition, column)
            unit = self.money if self.money and base_unit(unit) == "元" else unit
            raw = _raw(self.numbers[self.at], places.get(column, -1))
            if base_unit(unit) == RATIO and isinstance(raw, float) and isfinite(raw):
                text = decimal_text(Decimal(repr(raw)) * 100)
            cells[column] = self._content(f"{block.id}.{key}.{column}", text, unit, spec.text, spec.decimals)
        return Line(key, title.strip(), definition.indent if definition else 0, cells, definition)

    def _content(self, address: str, text: str, unit: str | None, is_text: bool, places: int) -> Content:
        if not text:
            return BLANK
        try:
            return typed(text if is_text else "".join(text.split()), unit, is_text=is_text, places=places)
        except ValueError as error:
            self.problems[address] = str(error)
            return BLANK


def _is_caption(row: Sequence[str], captions: set[str]) -> bool:
    """Whether a row holds the heading of a block and nothing else."""
    told = {plain(text) for text in row if text}
    return len(told) == 1 and told <= captions


def _has_in_it(stated: Content, lines: Sequence[Line], column: str, other: Content) -> bool:
    """Whether a stated total is that of its lines and the other cell, and not of its lines alone."""
    parts = [line.cells[column] for line in lines]
    if not stated.is_number or not other.is_number or not all(one.is_number for one in parts):
        return False
    rest = stated.value - sum((one.value for one in parts), Fraction(0))
    return rest == other.value != 0


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return decimal_text(Decimal(repr(cell))) if isfinite(cell) else ""
    return str(cell).strip() if cell is not None else ""


def _find(words: Sequence[str], title: str) -> int | None:
    return words.index(column_word(title)) if column_word(title) in words else None


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if 0 <= place < len(row) else ""


def _raw(row: Sequence[object], place: int) -> object:
    return row[place] if 0 <= place < len(row) else None
