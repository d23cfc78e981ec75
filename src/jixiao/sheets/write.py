"""Sheets → a workbook: titles, drop-downs, help beside the cell, dates and money as such, and no cell that a spreadsheet
would run as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.sheets.columns import ID, ORGS, SEEN, YES, Column, Sort, problems_column, sheet_title
from jixiao.sheets.read import META, NOTES, OPTIONS
from jixiao.sheets.rows import LONGEST_CELL, Cell

FORMAT = "1"
FIRST_ROW = 2  # counted from 0: titles, ids, records
FORMED_ROWS = 2000  # as far as drop-downs reach below what is there
_WIDTHS = {FieldType.DATE: 13, FieldType.MONEY: 14, FieldType.BOOLEAN: 8, FieldType.LONG_TEXT: 36}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

Choices = Mapping[str, Sequence[tuple[str, str]]]  # list → (name, id)


@dataclass(frozen=True, slots=True)
class Marked:
    """A row that is given back to be put right: its cells as they were, and what is wrong by column id."""

    cells: Sequence[Cell]
    problems: Mapping[str, str]


@dataclass(slots=True)
class Page:
    """The sheet of one kind. `rows` are cells in the order of the columns, or such rows marked."""

    kind: Kind
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell] | Marked] = field(default_factory=list)
    count: int = 0  # of rows, for the reach of drop-downs


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet that is no register: for people, passed over by an import."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()


def write(
    pages: Sequence[Page],
    choices: Choices,
    *,
    org: str,
    marked: bool = False,
    beside: Sequence[Listing] = (),
) -> bytes:
    """The workbook. `marked` adds the column in which problems are told; `beside` stands before the registers."""
    import xlsxwriter

    stream = io.BytesIO()
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, settings) as book:
        styles = _styles(book)
        ranges = _ranges(choices)
        for listing in beside:
            _listing(book, listing, styles)
        for page in pages:
            shown = (*page.columns, problems_column()) if marked else tuple(page.columns)
            _sheet(book, page, shown, styles, ranges)
        _notes(book, pages, styles)
        _options(book, choices)
        meta = book.add_worksheet(META)
        meta.very_hidden()
        told = [("format", FORMAT), ("org", org)]
        told += [("sheet", sheet_title(page.kind.title), page.kind.full_id) for page in pages]  # type: ignore[misc]
        for number, line in enumerate(told):
            for place, text in enumerate(line):
                meta.write_string(number, place, text)
    return stream.getvalue()


def _sheet(
    book: Any, page: Page, columns: Sequence[Column], styles: Mapping[str, Any], ranges: Mapping[str, str]
) -> None:
    sheet = book.add_worksheet(sheet_title(page.kind.title))
    sheet.freeze_panes(FIRST_ROW, 0)
    last = max(page.count, 0) + FORMED_ROWS
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column), styles[_style(column)])
        _guide(sheet, place, column, last, ranges)
    for place, column in enumerate(columns):
        title = f"*{column.title}" if column.required else column.title
        sheet.write_string(0, place, title, styles["must" if column.required else "head"])
    sheet.set_row(1, None, None, {"hidden": True})
    for place, column in enumerate(columns):
        sheet.write_string(1, place, column.id)
    for number, row in enumerate(page.rows, FIRST_ROW):
        _row(sheet, number, row, columns, styles)


def _guide(sheet: Any, place: int, column: Column, last: int, ranges: Mapping[str, str]) -> None:
    """A drop-down where there are choices, and the help beside the cell; nothing is forbidden here."""
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices in ranges:
        rule = {"validate": "list", "source": ranges[column.choices], "error_type": "warning"}
        rule |= {"error_title": "不在可选之列", "error_message": "这一项应从下拉中选取；仍要保留请选“是”"}
    if column.help:
        rule |= {"input_title": column.title[:32], "input_message": column.help[:255]}
    if len(rule) > 1:
        sheet.data_validation(FIRST_ROW, place, last, place, rule)


def _row(
    sheet: Any,
    number: int,
    row: Sequence[Cell] | Marked,
    columns: Sequence[Column],
    styles: Mapping[str, Any],
) -> None:
    problems = row.problems if isinstance(row, Marked) else {}
    cells = row.cells if isinstance(row, Marked) else row
    for place, column in enumerate(columns):
        if column.sort is Sort.PROBLEMS:
            sheet.write_string(number, place, _told(columns, problems), styles["text"])
            continue
        cell = cells[place] if place < len(cells) else None
        if cell in (None, "") and column.id not in problems:
            continue  # most cells of a wide sheet
        style = _style(column) + ("!" if column.id in problems else "")
        match cell:
            case None | "":
                sheet.write_blank(number, place, None, styles[style])
            case date():
                sheet.write_datetime(number, place, cell, styles[style])
            case int() | float():
                sheet.write_number(number, place, cell, styles[style])
            case _:
                quoted = style + "'" if cell.lstrip().startswith(_FORMULA_STARTS) else style
                sheet.write_string(number, place, cell[:LONGEST_CELL], styles[quoted])


def _told(columns: Sequence[Column], problems: Mapping[str, str]) -> str:
    titles = {column.id: column.title for column in columns}
    lines = [f"{titles[id_]}：{text}" if id_ in titles else text for id_, text in problems.items()]
    return "；".join(lines)[:LONGEST_CELL]


def _listing(book: Any, listing: Listing, styles: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(sheet_title(listing.title))
    sheet.freeze_panes(1, 0)
    for place, width in enumerate(listing.widths):
        sheet.set_column(place, place, width)
    for place, head in enumerate(listing.heads):
        sheet.write_string(0, place, head, styles["head"])
    for number, row in enumerate(listing.rows, 1):
        for place, cell in enumerate(row):
            quoted = "text'" if cell.lstrip().startswith(_FORMULA_STARTS) else "text"
            sheet.write_string(number, place, cell[:LONGEST_CELL], styles[quoted])


def _notes(book: Any, pages: Sequence[Page], styles: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(NOTES)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 8)
    sheet.set_column(3, 3, 80)
    lines = [("工作表", "列", "必填", "怎么填")]
    for page in pages:
        for column in page.columns:
            must = "必填" if column.required else ""
            lines.append((sheet_title(page.kind.title), column.title, must, column.help))
    lines.append(("", "", "", "每行一条记录；列可以调换次序，不用的列可以删去；隐藏的第 2 行请保留。"))
    lines.append(
        (
            "",
            "",
            "",
            "本系统为非涉密系统，不得填写国家秘密和工作秘密；不记录个人的民族、信仰、党派、健康、行踪。",
        )
    )
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, styles["head"] if number == 0 else None)


def _options(book: Any, choices: Choices) -> None:
    sheet = book.add_worksheet(OPTIONS)
    sheet.hide()
    lists = list(choices.items())
    longest = max((len(pairs) for _, pairs in lists), default=0)
    for place, (name, _) in enumerate(lists):
        sheet.write_string(0, 2 * place, name)
    for number in range(longest):  # rows are written in order: the file is made without holding it
        for place, (_, pairs) in enumerate(lists):
            if number < len(pairs):
                sheet.write_string(number + 1, 2 * place, pairs[number][0][:LONGEST_CELL])
                sheet.write_string(number + 1, 2 * place + 1, pairs[number][1])


def _ranges(choices: Choices) -> dict[str, str]:
    from xlsxwriter.utility import xl_col_to_name

    found = {}
    for place, (name, pairs) in enumerate(choices.items()):
        letter = xl_col_to_name(2 * place)
        if pairs:
            found[name] = f"='{OPTIONS}'!${letter}$2:${letter}${len(pairs) + 1}"
    return found


def _style(column: Column) -> str:
    if column.id in (ID, SEEN):
        return "system"
    return {FieldType.DATE: "date", FieldType.MONEY: "money", FieldType.INTEGER: "number"}.get(
        column.type, "text"
    )


def _styles(book: Any) -> dict[str, Any]:
    base = {"valign": "top"}
    plain: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@", "text_wrap": True},
        "date": {"num_format": "yyyy-mm-dd"},
        "money": {"num_format": "#,##0.00"},
        "number": {"num_format": "0"},
        "system": {"num_format": "@", "font_color": "#808080"},
    }
    found = {
        "head": book.add_format({"bold": True, "bg_color": "#E8ECF1", "text_wrap": True, "valign": "top"}),
        "must": book.add_format(
            {"bold": True, "bg_color": "#E8ECF1", "font_color": "#B00020", "text_wrap": True, "valign": "top"}
        ),
    }
    wrong = {"bg_color": "#FFD7D7", "border": 1, "border_color": "#B00020"}
    for name, given in plain.items():
        format_ = {**base, **given}
        found[name] = book.add_format(format_)
        found[f"{name}'"] = book.add_format({**format_, "quote_prefix": True})
        found[f"{name}!"] = book.add_format({**format_, **wrong})
        found[f"{name}!'"] = book.add_format({**format_, **wrong, "quote_prefix": True})
    return found


def _width(column: Column) -> float:
    if column.sort is Sort.PROBLEMS:
        return 60
    wide = 24 if column.spec is not None and column.required else 16
    return _WIDTHS.get(column.type, wide)


def yes_and_no() -> list[tuple[str, str]]:
    return [("是", ""), ("否", "")]


def plain_choices(columns: Iterable[Column], catalogue: Any) -> dict[str, list[tuple[str, str]]]:
    """The lists that need no ledger: codes in force and 是/否. Records and orgs are added by whoever knows them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for column in columns:
        if column.choices == YES:
            found[YES] = yes_and_no()
        elif column.choices.startswith("codes:") and column.spec is not None:
            table = catalogue.codes.get(column.spec.codes or "")
            if table:
                found[column.choices] = [(code.title, name) for name, code in table.codes.items()]
    return found


def needed(columns: Iterable[Column]) -> set[str]:
    """The lists of records and orgs that the columns would offer."""
    return {
        column.choices for column in columns if column.choices == ORGS or column.choices.startswith("kind:")
    }
