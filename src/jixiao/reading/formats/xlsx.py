"""Spreadsheets: each visible sheet as lines of text and as tables, every cell under its address (表名!B5).

Numbers come as the sheet shows them, formula cells by the value stored with them. Empty rows part the tables
of a sheet. Hidden sheets, comments and drawings are left out; hidden rows are read, as totals count them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from jixiao.errors import BadInput
from jixiao.reading.document import Document, Writer
from jixiao.reading.formats.number_formats import BUILT_IN, shown
from jixiao.reading.formats.sheets import Sheet, write
from jixiao.reading.tables import MOST_CELLS
from jixiao.reading.xml import Package

_MOST_SHEETS = 200
_LARGEST_MERGE = 20_000
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def read(data: bytes, name: str) -> Document:
    """Raises BadInput where there is no workbook in it or more cells than a report can have."""
    package = Package(data, name, "xlsx")
    sheets = list(_sheet_parts(package))
    texts, forms = _shared_texts(package), _forms(package)
    writer = Writer()
    seen = tables = 0
    for title, where in sheets:
        sheet = Sheet(title)
        for row, column, text in _cells(package, where, sheet, texts, forms):
            seen += 1
            if seen > MOST_CELLS:
                raise BadInput(
                    f"{name}：单元格超过 {MOST_CELLS // 10_000} 万个，请只留下要核对的工作表后再试"
                )
            if text.strip():
                sheet.rows.setdefault(row, {})[column] = text
        tables = write(writer, sheet, tables)
    if not writer.length:
        raise BadInput(f"{name}：工作表里没有内容，请确认选对了文件")
    return writer.document(name, "xlsx")


def _sheet_parts(package: Package) -> Iterator[tuple[str, str]]:
    """Title and part of each visible sheet, in the order of the workbook."""
    targets = {
        element.get("Id"): str(element.get("Target") or "")
        for event, element in package.walk("xl/_rels/workbook.xml.rels")
        if event == "start" and _word(element) == "Relationship"
    }
    found = 0
    for event, element in package.walk("xl/workbook.xml"):
        if event == "start" and _word(element) == "sheet" and element.get("state", "visible") == "visible":
            target = targets.get(element.get(f"{_OFFICE}id"), "")
            where = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found += 1
            if found <= _MOST_SHEETS and "chartsheet" not in where and package.has(where):
                yield str(element.get("name") or f"表{found}"), where


def _shared_texts(package: Package) -> list[str]:
    texts: list[str] = []
    if not package.has("xl/sharedStrings.xml"):
        return texts
    pieces: list[str] = []
    for event, element in package.walk("xl/sharedStrings.xml"):
        if event == "start":
            continue
        match _word(element):
            case "t":
                pieces.append(element.text or "")
            case "rPh" if pieces:  # how a word is pronounced is no part of it
                pieces.pop()
            case "si":
                texts.append("".join(pieces))
                pieces = []
    return texts


def _forms(package: Package) -> list[str]:
    """The number format of each cell style."""
    if not package.has("xl/styles.xml"):
        return []
    own: dict[int, str] = {}
    forms: list[str] = []
    in_cells = False
    for event, element in package.walk("xl/styles.xml"):
        word = _word(element)
        if word == "cellXfs":
            in_cells = event == "start"
        elif event == "start" and word == "numFmt":
            own[_whole(element.get("numFmtId"))] = str(element.get("formatCode") or "")
        elif event == "start" and word == "xf" and in_cells:
            number = _whole(element.get("numFmtId"))
            forms.append(own.get(number) or BUILT_IN.get(number, ""))
    return forms


def _cells(
    package: Package, where: str, sheet: Sheet, texts: list[str], forms: list[str]
) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each stored cell; merged areas go to the sheet."""
    row = column = 0
    value, inline = "", ""
    for event, element in package.walk(where):
        word = _word(element)
        if event == "start":
            if word == "row":
                row, column = _whole(element.get("r")) or row + 1, 0
            elif word == "c":
                row, column = _address(element.get("r")) or (row, column + 1)
                value = inline = ""
            elif word == "mergeCell" and len(sheet.merged) < MOST_CELLS:
                _merge(sheet, str(element.get("ref") or ""))
        elif word == "v":
            value = element.text or ""
        elif word == "t":
            inline += element.text or ""
        elif word == "c":
            yield row, column, _text(element, value or inline, texts, forms)


def _text(cell: etree._Element, value: str, texts: list[str], forms: list[str]) -> str:
    match cell.get("t", "n"):
        case "s":
            number = _whole(value)
            return texts[number] if number < len(texts) else ""
        case "n" if value:
            style = _whole(cell.get("s"))
            return shown(value, forms[style] if style < len(forms) else "")
        case "b":
            return "是" if value == "1" else "否"
    return value


def _merge(sheet: Sheet, area: str) -> None:
    first, _, last = area.partition(":")
    upper, lower = _address(first), _address(last)
    if upper and lower:
        rows, columns = lower[0] - upper[0] + 1, lower[1] - upper[1] + 1
        if 0 < rows * columns <= _LARGEST_MERGE and rows > 0:
            sheet.merged[upper] = (rows, columns)


def _address(text: str | None) -> tuple[int, int] | None:
    """B5 → row 5, column 2."""
    match = _ADDRESS.fullmatch(text or "")
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _word(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
