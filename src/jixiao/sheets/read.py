"""A file → tables of text: .xlsx through calamine, .csv in UTF-8, UTF-16 or GB 18030. Every cell becomes the text one
would type; what a formula made is left out and told.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from jixiao.errors import BadInput
from jixiao.sheets import files
from jixiao.sheets.columns import ID

META, OPTIONS, NOTES = "_jixiao", "选项", "说明"
MOST_ROWS = 200_000
MOST_COLUMNS = 500
_ENCODINGS = ("utf-8-sig", "gb18030")
_ESCAPED = ("'=", "'+", "'-", "'@", "'＝", "'＋", "'－", "'＠")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `rows` are (row number as the spreadsheet shows it, cells); `formulas` are (row, position).

    `heading` is the row in which the heading was found, once it was looked for; `left` are rows that are no records.
    """

    title: str
    kind: str  # as the file says; empty where it does not
    titles: tuple[str, ...]
    ids: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    heading: int = 0
    left: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A file as it was read. `ids` maps a list of choices to name → id, as the file offered them."""

    name: str
    tables: tuple[Table, ...]
    org: str = ""
    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def open_book(content: bytes, name: str) -> Book:
    """Read a file into tables, empty rows left out. Raises BadInput with what to do."""
    if files.check(name, content) == "csv":
        return Book(name, (_table("", "", list(enumerate(_csv_rows(content, name), 1))),))
    return _workbook(content, name)


def _workbook(content: bytes, name: str) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {
            title: list(_sheet_rows(workbook.get_sheet_by_name(title))) for title in workbook.sheet_names
        }
    except PasswordError:
        raise BadInput(f"“{name}”设了密码，读不了；请去掉密码后再上传") from None
    except (CalamineError, OSError, ValueError):
        raise BadInput(f"“{name}”不完整或已损坏；请用表格软件打开后另存一份再上传") from None
    said = [cells for _, cells in sheets.pop(META, [])]
    kinds = {row[1]: row[2] for row in said if len(row) > 2 and row[0] == "sheet"}
    org = next((row[1] for row in said if len(row) > 1 and row[0] == "org"), "")
    offered = _offered(sheets.pop(OPTIONS, []))
    sheets.pop(NOTES, None)
    made = files.formulas(content)
    tables = [
        _table(title, kinds.get(title, ""), rows, made.get(title, frozenset()))
        for title, rows in sheets.items()
        if rows
    ]
    if not tables:
        raise BadInput(f"“{name}”里没有内容；请确认选对了文件")
    return Book(name, tuple(tables), org, offered)


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    if (sheet.total_height or 0) > MOST_ROWS + 2:
        raise BadInput(f"工作表“{sheet.name}”超过 {MOST_ROWS // 10_000} 万行；请拆成几个文件，分次导入")
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        cells = tuple(text_of(cell) for cell in row[:MOST_COLUMNS])
        if any(cells):
            yield number, cells


def _table(
    title: str, kind: str, rows: list[tuple[int, tuple[str, ...]]], formulas: frozenset[str] = frozenset()
) -> Table:
    if not rows:
        raise BadInput("文件里没有内容；请确认选对了文件")
    _, titles = rows[0]
    told = next((at for at, (_, cells) in enumerate(rows) if at and ID in cells), None)
    ids = () if told is None else rows[told][1]  # sorting may have moved the hidden row
    body = [row for at, row in enumerate(rows) if at and at != told]
    if len(body) > MOST_ROWS:
        raise BadInput(f"超过 {MOST_ROWS // 10_000} 万行；请拆成几个文件，分次导入")
    return Table(title, kind, titles, ids, body, frozenset(map(_place, formulas)))


def _csv_rows(content: bytes, name: str) -> Iterator[tuple[str, ...]]:
    text = _decoded(content, name)
    first = text.split("\n", 1)[0]
    sign = max(",\t;，", key=first.count)
    csv.field_size_limit(1_000_000)
    try:
        for row in csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=sign):
            yield tuple(_unescaped(cell.strip()) for cell in row[:MOST_COLUMNS])
    except csv.Error:
        raise BadInput(f"“{name}”的引号没有配对，读不成表格；请用表格软件打开后另存为 CSV 或 .xlsx") from None


def _unescaped(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running the cell."""
    return cell[1:] if cell.startswith(_ESCAPED) else cell


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(f"“{name}”的文字编码认不出；请在表格软件里另存为“CSV UTF-8（逗号分隔）”或 .xlsx")


def _offered(rows: Sequence[tuple[int, tuple[str, ...]]]) -> dict[str, dict[str, str]]:
    """Lists of choices stand in pairs of columns: names under the list's name, ids beside them."""
    if not rows:
        return {}
    head = rows[0][1]
    found: dict[str, dict[str, str]] = {name: {} for name in head[::2] if name}
    for _, cells in rows[1:]:
        for place in range(0, len(cells) - 1, 2):
            if place < len(head) and cells[place] and cells[place + 1]:
                found[head[place]][cells[place]] = cells[place + 1]
    return found


def text_of(cell: object) -> str:
    """A cell as one would type it: numbers with the fifteen digits a spreadsheet keeps, days without hours.

    >>> text_of(0.1 + 0.2), text_of(12.0), text_of(datetime(2020, 3, 5)), text_of(True)
    ('0.3', '12', '2020-03-05', '是')
    """
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float():
            return f"{Decimal(f'{cell:.15g}'):f}"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time() | timedelta():
            return str(cell)
    return str(cell).replace("\r\n", "\n").strip()


def _place(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]), column - 1
