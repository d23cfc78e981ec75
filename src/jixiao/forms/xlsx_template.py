"""A bureau's workbook: its cells listed and set in the XML itself, so that all else in the file stays as it was."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from jixiao.errors import BadInput
from jixiao.forms.package import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_CELLS = 50_000


class Workbook:
    """One .xlsx. Merged cells count as their first one."""

    def __init__(self, content: bytes) -> None:
        self.package = Package(content, ".xlsx")
        self.sheets = self._sheets()
        self.strings = self._strings()
        self.dirty: set[str] = set()

    def _sheets(self) -> dict[str, str]:
        relations = {
            one.get("Id"): posixpath.normpath(posixpath.join("xl", str(one.get("Target", ""))))
            if not str(one.get("Target", "")).startswith("/")
            else str(one.get("Target"))[1:]
            for one in self.package.part("xl/_rels/workbook.xml.rels")
        }
        found = self.package.part("xl/workbook.xml").iterfind(f"{_MAIN}sheets/{_MAIN}sheet")
        return {
            str(one.get("name")): relations[str(one.get(_RELATION))]
            for one in found
            if one.get("state") is None
        }

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.package.names:
            return []
        return [
            "".join(one.itertext(f"{_MAIN}t"))
            for one in self.package.part("xl/sharedStrings.xml").iterfind(f"{_MAIN}si")
        ]

    def cells(self) -> list[tuple[str, str, int, int, str, bool]]:
        """(sheet, place, row, column, text, is a formula) of every cell that is there, blank ones too."""
        found = []
        for name, part in self.sheets.items():
            covered = self._covered(part)
            for cell in self.package.part(part).iterfind(f"{_MAIN}sheetData/{_MAIN}row/{_MAIN}c"):
                place = str(cell.get("r", ""))
                if (where := _where(place)) and place not in covered:
                    found.append((name, place, *where, self._text(cell), cell.find(f"{_MAIN}f") is not None))
                if len(found) > _MOST_CELLS:
                    raise BadInput(f"模板超过{_MOST_CELLS}格，请只留要填的表")
        return found

    def _covered(self, part: str) -> set[str]:
        """The cells that a merged one hides."""
        covered: set[str] = set()
        for merge in self.package.part(part).iterfind(f"{_MAIN}mergeCells/{_MAIN}mergeCell"):
            first, _, last = str(merge.get("ref", "")).partition(":")
            begin, end = _where(first), _where(last)
            if begin and end and (end[0] - begin[0] + 1) * (end[1] - begin[1] + 1) <= _MOST_CELLS:
                covered |= {
                    f"{_letters(column)}{row + 1}"
                    for row in range(begin[0], end[0] + 1)
                    for column in range(begin[1], end[1] + 1)
                } - {first}
        return covered

    def _text(self, cell: etree._Element) -> str:
        value = cell.findtext(f"{_MAIN}v") or ""
        if cell.get("t") == "s" and value.isdigit() and int(value) < len(self.strings):
            return self.strings[int(value)]
        if cell.get("t") == "inlineStr":
            return "".join(cell.itertext(f"{_MAIN}t"))
        return value

    def put(self, table: str, place: str, text: str, number: float | None) -> None:
        """Set one cell; its look stays."""
        part = self.sheets[table]
        cell = next(
            one
            for one in self.package.part(part).iterfind(f"{_MAIN}sheetData/{_MAIN}row/{_MAIN}c")
            if one.get("r") == place
        )
        for child in list(cell):
            cell.remove(child)
        if number is not None:
            cell.attrib.pop("t", None)
            etree.SubElement(cell, f"{_MAIN}v").text = text
        else:
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t").text = text
        self.dirty.add(part)

    def content(self) -> bytes:
        """The file; spreadsheets are asked to compute its formulas anew when they open it."""
        if self.dirty:
            book = self.package.part("xl/workbook.xml")
            properties = book.find(f"{_MAIN}calcPr")
            if properties is None:
                properties = etree.SubElement(book, f"{_MAIN}calcPr")
                last = next(
                    (one for one in book if one.tag in (f"{_MAIN}extLst", f"{_MAIN}fileRecoveryPr")), None
                )
                if last is not None:
                    last.addprevious(properties)
            properties.set("fullCalcOnLoad", "1")
            self.dirty.add("xl/workbook.xml")
        return self.package.content(frozenset(self.dirty))


def _where(place: str) -> tuple[int, int] | None:
    """C5 → (4, 2), counted from 0."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _letters(column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
