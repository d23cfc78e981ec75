"""A filled form → a workbook in the official layout: formulas with their values, and a hidden sheet that says
where each cell stands, by which `read_xlsx` finds them again.

A number is written in printed units; blank stays blank, 不适用 is —. Formulas carry what they come to, so that a
reader without recalculation sees the same.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from math import ceil
from typing import Any

from jixiao.catalogue.forms import CellSpec
from jixiao.forms.cells import Content, State, base_unit, factor
from jixiao.forms.fill import TOTAL, WHOLE, Filled, Grid, Line
from jixiao.forms.grid import Printed, Sheet, sheet
from jixiao.values import RATIO

MAP = "_jixiao"
FIRST = 3  # strips begin in this row, counted from 0: number, title, office and unit stand above
_TITLES, _NARROWEST, _WIDEST = 26, 8, 18  # widths of columns, in digits
_LINE, _AIR, _TALLEST = 14.0, 6.0, 400.0  # heights of rows, in points
_NARROW = 0x2E80  # below it signs are as wide as a digit
_UPRIGHT, _ACROSS = 96, 140  # what a page of A4 holds at its full size
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write(filled: Filled, org_title: str) -> bytes:
    """The workbook as bytes; the same form gives the same bytes."""
    import xlsxwriter

    laid = sheet(filled, org_title)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _EPOCH})
        page = book.add_worksheet(filled.form.title.translate(_FORBIDDEN)[:31])
        writer = _Writer(book, page, filled, laid)
        writer.head()
        writer.strips()
        writer.foot()
        hidden = book.add_worksheet(MAP)
        hidden.very_hidden()
        told = [
            ("format", "1"),
            ("form", filled.form.full_id),
            ("org", filled.org),
            ("year", str(filled.year)),
        ]
        for number, line in enumerate([*told, *(("cell", *pair) for pair in writer.where.items())]):
            for place, text in enumerate(line):
                hidden.write_string(number, place, text)
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, page: Any, filled: Filled, laid: Sheet) -> None:
        self.page = page
        self.filled = filled
        self.laid = laid
        self.where: dict[str, str] = {}  # address → A1
        self.styles = _Styles(book)
        page = _ACROSS if filled.form.landscape else _UPRIGHT
        self.across = min(max((page - _TITLES) / max(laid.width - 1, 1), _NARROWEST), _WIDEST)
        self._place()

    def _place(self) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        for number, strip in enumerate(self.laid.strips, FIRST):
            for place, cell in zip(strip.places, strip.cells, strict=True):
                if cell.address:
                    self.where[cell.address] = xl_rowcol_to_cell(number, place)

    def head(self) -> None:
        width = self.laid.width
        self.page.set_paper(9)
        if self.filled.form.landscape:
            self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.set_column(0, 0, _TITLES)
        self.page.set_column(1, max(width - 1, 1), self.across)
        self.page.set_margins(left=0.6, right=0.6)
        self.page.write_string(0, 0, self.laid.number, self.styles.get())
        self._merged(1, 0, 1, width, self.laid.title, self.styles.get(title=True))
        self._merged(2, 0, 1, max(width - 1, 1), f"单位名称：{self.laid.org}", self.styles.get())
        self.page.write_string(2, width - 1, f"单位：{self.laid.unit}", self.styles.get(right=True))

    def strips(self) -> None:
        for number, strip in enumerate(self.laid.strips, FIRST):
            cells = list(zip(strip.places, strip.cells, strict=True))
            lines = max((self._lines(place, cell) for place, cell in cells if cell.down == 1), default=1)
            self.page.set_row(number, min(_LINE * lines + _AIR, _TALLEST))
            for place, cell in cells:
                self._cell(number, place, cell)

    def _lines(self, place: int, cell: Printed) -> int:
        """How many lines the words of a cell take; a Chinese sign is as wide as two digits."""
        width = self.across * cell.across + (0 if place else _TITLES - self.across) - 2 * cell.indent - 1
        sizes = [sum(1 + (ord(sign) > _NARROW) for sign in line) for line in cell.text.split("\n")]
        return sum(max(1, ceil(size / width)) for size in sizes)

    def foot(self) -> None:
        row = FIRST + len(self.laid.strips) + 1
        for place, words in enumerate(self.laid.closing):
            self.page.write_string(
                row + place // self.laid.width, place % self.laid.width, f"{words}：", self.styles.get()
            )

    def _cell(self, row: int, place: int, cell: Printed) -> None:
        if cell.heading or not cell.address or cell.address.endswith(".title"):
            style = self.styles.get(grid=True, heading=cell.heading, indent=cell.indent)
            self._merged(row, place, cell.down, cell.across, cell.text, style)
            return
        block, key, column = cell.address.split(".")
        grid = self.filled.grid(block)
        line = grid.line(key)
        if line is None:
            raise LookupError(f"{cell.address}: a printed cell that belongs to no line of its form")
        content, unit = line.cells[column], grid.unit(line, column)
        places = grid.block.columns[column].decimals
        if not content.is_number:
            style = self.styles.get(grid=True, wrap=True, center=content.state is State.NOT_APPLICABLE)
            self._merged(row, place, cell.down, cell.across, cell.text, style)
            return
        style = self.styles.get(grid=True, right=True, places=places, percent=base_unit(unit) == RATIO)
        value = _cell_value(content, unit)
        if cell.down > 1 or cell.across > 1:
            self.page.merge_range(row, place, row + cell.down - 1, place + cell.across - 1, "", style)
        formula = _formula(grid, line, column, self.where) if content.origin == "formula" else None
        if formula:
            self.page.write_formula(row, place, formula, style, value)
        else:
            self.page.write_number(row, place, value, style)

    def _merged(self, row: int, place: int, down: int, across: int, text: str, style: Any) -> None:
        if down > 1 or across > 1:
            self.page.merge_range(row, place, row + down - 1, place + across - 1, text, style)
        elif text:
            self.page.write_string(row, place, text, style)
        else:
            self.page.write_blank(row, place, None, style)


def _cell_value(content: Content, unit: str | None) -> float:
    """Shares stay shares (0.951 printed as 95.10%), money goes into printed units."""
    size = 1 if base_unit(unit) == RATIO else factor(unit)
    return float(content.value / size)


def _formula(grid: Grid, line: Line, column: str, where: Mapping[str, str]) -> str | None:
    """The spreadsheet formula of a computed cell."""
    block = grid.block

    def at(key: str, name: str = column) -> str:
        return where[f"{block.id}.{key}.{name}"]

    if line.key == WHOLE and block.whole:
        return f"={at(TOTAL)}+{where[block.whole.adds[column]]}"
    if line.key == TOTAL:
        keys = [one.key for one in grid.lines if one.key != TOTAL]
        return f"=SUM({at(keys[0])}:{at(keys[-1])})" if keys else None
    spec: CellSpec = block.cell(line.definition, column) if line.definition else block.columns[column].cell
    if spec.rate:
        return f"={at(line.key, spec.rate[0])}/{at(line.key, spec.rate[1])}"
    if spec.difference:
        return f"={at(line.key, spec.difference[0])}-{at(line.key, spec.difference[1])}"
    if spec.award:
        share, points = (at(line.key, name) for name in spec.award)
        return f"=ROUND(MIN({points},{share}*{points}),{block.columns[column].decimals})"
    if line.definition and line.definition.sum:
        parts = [one.key for one in grid.lines if one.key.split("#")[0] in line.definition.sum]
        return f"=SUM({','.join(at(key) for key in parts)})"
    return None


class _Styles:
    """Formats, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[object, ...], Any] = {}

    def get(
        self,
        *,
        grid: bool = False,
        heading: bool = False,
        title: bool = False,
        right: bool = False,
        center: bool = False,
        wrap: bool = False,
        percent: bool = False,
        places: int = 0,
        indent: int = 0,
    ) -> Any:
        key = (grid, heading, title, right, center, wrap, percent, places, indent)
        if key not in self.made:
            digits = "0" + ("." + "0" * places if places else "")
            look: dict[str, Any] = {
                "font_name": "宋体",
                "font_size": 16 if title else 10.5,
                "bold": title or heading,
                "valign": "vcenter",
                "text_wrap": wrap or heading or grid,
                "num_format": f"{digits}%" if percent else (f"#,##{digits}" if places else digits),
                "align": "center" if heading or title or center else ("right" if right else "left"),
            }
            if grid:
                look["border"] = 1
            if indent:
                look["indent"] = indent
            self.made[key] = self.book.add_format(look)
        return self.made[key]
