"""A workbook → the cells of a form: ours by its hidden map, anybody's by the words of its rows and columns.

What is read is taken as stated, sums and bound cells too, so that `check` can hold it against itself. A cell whose
row or column words have moved away from it is not read but told.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.catalogue.forms import Block, Form
from jixiao.errors import BadInput
from jixiao.forms.cells import BLANK, Content, base_unit, typed
from jixiao.forms.fill import TOTAL, Filled, Grid, Line
from jixiao.forms.write_xlsx import MAP
from jixiao.values import RATIO, decimal_text

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
    told = read_rows(rows, form, org=str(named.get("org", org)), year=year or stated)
    told.org = str(named.get("org", ""))
    return told


def read_rows(rows: Rows, form: Form, *, org: str = "", year: int = 0) -> ReadForm:
    """Read rows of raw cells as this form, wherever they come from. Raises BadInput where none of its blocks is there."""
    reader = _Reader(form, rows)
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
        raise BadInput("不是可以读的 Excel 文件；请另存为 .xlsx 后再上传") from error


class _Reader:
    """Walks down the rows once: a block begins at its heading row and ends where the next one begins."""

    def __init__(self, form: Form, rows: Rows) -> None:
        self.rows = [[_text(cell) for cell in row[:_MOST_COLUMNS]] for row in rows]
        self.numbers = rows
        self.problems: dict[str, str] = {}
        self.told: list[str] = []
        self.lacking: list[str] = []
        self.closing = {_plain(words) for words in form.closing}
        self.at = self.end = 0
        self.headings = self._headings(form)
        self.captions = {_plain(block.caption) for block in form.blocks if block.caption}

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
        places = {name: _find(self.rows[heading], column.title) for name, column in block.columns.items()}
        missing = [block.columns[name].title for name, place in places.items() if place is None]
        if missing:
            self.lacking.append(f"“{block.caption or block.head}”缺少列：{'、'.join(missing)}")
        known = {name: place for name, place in places.items() if place is not None}
        return Grid(block, tuple(self._list(block, known) if block.list else self._fixed(block, known)))

    def _headings(self, form: Form) -> dict[str, int | None]:
        """The row in which each block's columns are named: the first below the block before it."""
        found: dict[str, int | None] = {}
        begin = 0
        for block in form.blocks:
            titles = [_plain(column.title) for column in block.columns.values()]
            found[block.id] = None
            for number in range(begin, len(self.rows)):
                row = {_plain(text) for text in self.rows[number]}
                if sum(title in row for title in titles) * 2 > len(titles):
                    found[block.id], begin = number, number + 1
                    break
        return found

    def _fixed(self, block: Block, places: Mapping[str, int]) -> Iterator[Line]:
        titles = {_plain(row.title): name for name, row in block.rows.items()}
        current, copies = "", 0
        seen: set[str] = set()
        while self.at < self.end and any(self.rows[self.at]):
            row = self.rows[self.at]
            title = next((text for text in row[: min(places.values(), default=1)] if text), "")
            name = titles.get(_plain(title), "")
            repeats = bool(current) and block.rows[current].repeat and bool(title) and not name
            if not name and (_plain(title) in self.captions or self._is_closing(title)):
                break
            if name or repeats:
                current, copies = (name, 1) if name else (current, copies + 1)
                seen.add(current)
                key = current if copies == 1 else f"{current}#{copies}"
                yield self._line(block, key, title, places, current)
            elif title:
                self.told.append(f"第{self.at + 1}行“{title}”不是本表的行，未读")
            self.at += 1
        if absent := [row.title.strip() for name, row in block.rows.items() if name not in seen]:
            self.lacking.append(f"“{block.caption or block.head}”缺少行：{'、'.join(absent)}")

    def _is_closing(self, title: str) -> bool:
        """Whether a row is the foot of the form: who filled it in, and when."""
        return _plain(title).rstrip("：:") in self.closing

    def _list(self, block: Block, places: Mapping[str, int]) -> Iterator[Line]:
        inherited: dict[str, str] = {}
        number = 0
        while self.at < self.end and any(self.rows[self.at]):
            row = self.rows[self.at]
            if _plain(row[0]) in self.captions or self._is_closing(row[0]):
                return
            titled = [
                place for place in range(min(3, len(row))) if _plain(row[place]) == _plain(block.total_title)
            ]
            if titled:
                told = {name: place for name, place in places.items() if place not in titled}
                yield self._line(block, TOTAL, block.total_title, told, None)
                self.at += 1
                return
            for name, column in block.columns.items():
                if column.merge and name in places:
                    text = _at(row, places[name])
                    if text:
                        inherited = {**inherited, name: text}
            number += 1
            yield self._line(block, str(number), "", places, None, inherited)
            self.at += 1

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
            raw = _raw(self.numbers[self.at], places.get(column, -1))
            if base_unit(unit) == RATIO and isinstance(raw, float):
                text = decimal_text(Decimal(repr(raw)) * 100)
            cells[column] = self._content(f"{block.id}.{key}.{column}", text, unit, spec.text, spec.decimals)
        return Line(key, title.strip(), definition.indent if definition else 0, cells, definition)

    def _content(self, address: str, text: str, unit: str | None, is_text: bool, places: int) -> Content:
        if not text:
            return BLANK
        try:
            return typed(text, unit, is_text=is_text, places=places)
        except ValueError as error:
            self.problems[address] = str(error)
            return BLANK


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return decimal_text(Decimal(repr(cell))) if cell == cell else ""
    return str(cell).strip() if cell is not None else ""


def _plain(text: str) -> str:
    """Words without the blanks that layout puts between characters, and without trailing units in brackets."""
    return "".join(text.split()).replace("（万元）", "").replace("(万元)", "")


def _find(row: Sequence[str], title: str) -> int | None:
    return next((place for place, text in enumerate(row) if _plain(text) == _plain(title)), None)


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if 0 <= place < len(row) else ""


def _raw(row: Sequence[object], place: int) -> object:
    return row[place] if 0 <= place < len(row) else None
