"""A bureau's workbook: its cells listed and set in the XML itself, so that all else in the file stays as it was."""

from __future__ import annotations

import posixpath
import re
from decimal import Decimal, InvalidOperation

from lxml import etree

from jixiao.errors import BadInput
from jixiao.forms.formulas import Place, Results, Unknown, Value
from jixiao.forms.package import Package
from jixiao.forms.template_words import Cell

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_CELLS = 50_000
_WIDEST = 60  # columns to which missing cells are thought of
_NO_FORMULA = "#"  # nothing that can be worked out
_PERCENTS = frozenset({"9", "10"})


class Workbook:
    """One .xlsx. Merged cells count as their first one."""

    def __init__(self, content: bytes) -> None:
        self.package = Package(content, ".xlsx")
        self.sheets = self._sheets()
        self.strings = self._strings()
        self.shares = self._shares()
        self.dirty: set[str] = set()
        self.known: dict[str, dict[tuple[int, int], etree._Element]] = {}

    def _sheets(self) -> dict[str, str]:
        relations = {
            one.get("Id"): posixpath.normpath(posixpath.join("xl", str(one.get("Target", ""))))
            if not str(one.get("Target", "")).startswith("/")
            else str(one.get("Target"))[1:]
            for one in self.package.part("xl/_rels/workbook.xml.rels")
        }
        found = list(self.package.part("xl/workbook.xml").iterfind(f"{_MAIN}sheets/{_MAIN}sheet"))
        self.parts = {
            str(one.get("name")): relations[str(one.get(_RELATION))]
            for one in found
            if relations.get(str(one.get(_RELATION))) in self.package.names
        }
        return {
            title: self.parts[title]
            for one in found
            if (title := str(one.get("name"))) in self.parts and one.get("state", "visible") == "visible"
        }

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.package.names:
            return []
        return [_shown(one) for one in self.package.part("xl/sharedStrings.xml").iterfind(f"{_MAIN}si")]

    def _shares(self) -> frozenset[int]:
        """The styles that print 0.95 as 95%."""
        if "xl/styles.xml" not in self.package.names:
            return frozenset()
        styles = self.package.part("xl/styles.xml")
        codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{_MAIN}numFmt")}
        looks = styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
        return frozenset(
            number
            for number, look in enumerate(looks)
            if look.get("numFmtId") in _PERCENTS or "%" in codes.get(look.get("numFmtId"), "")
        )

    def cells(self) -> list[Cell]:
        """Every cell of the sheets that are shown, blank ones too, also those that the file has no place for yet."""
        found: list[Cell] = []
        for name, part in self.sheets.items():
            found += self._in(name, part)
            if len(found) > _MOST_CELLS:
                raise BadInput(f"模板超过{_MOST_CELLS}格，请只留要填的表")
        return found

    def _in(self, name: str, part: str) -> list[Cell]:
        there = self.elements(part)
        if len(there) > _MOST_CELLS:
            raise BadInput(f"模板超过{_MOST_CELLS}格，请只留要填的表")
        spans, covered = self._merged(part)
        rows = {row for row, _ in there}
        width = 1 + max((column for (_, column), cell in there.items() if self._text(cell)), default=-1)
        places = set(there) | {(row, column) for row in rows for column in range(min(width, _WIDEST))}
        found = []
        for row, column in sorted(places - covered):
            cell = there.get((row, column))
            text = "" if cell is None else self._text(cell)
            is_formula = cell is not None and cell.find(f"{_MAIN}f") is not None
            is_share = cell is not None and self._is_share(cell)
            down, across = spans.get((row, column), (1, 1))
            place = f"{_letters(column)}{row + 1}"
            found.append(Cell(name, place, row, column, text, is_formula, down, across, is_share))
        return found

    def elements(self, part: str) -> dict[tuple[int, int], etree._Element]:
        """The cells of a sheet by place; where the file leaves places out they follow one another."""
        if part not in self.known:
            self.known[part] = self._elements(part)
        return self.known[part]

    def _elements(self, part: str) -> dict[tuple[int, int], etree._Element]:
        found: dict[tuple[int, int], etree._Element] = {}
        row = -1
        for line in self.package.part(part).iterfind(f"{_MAIN}sheetData/{_MAIN}row"):
            told = str(line.get("r", ""))
            row = int(told) - 1 if told.isdigit() else row + 1
            column = -1
            for cell in line.iterfind(f"{_MAIN}c"):
                where = _where(str(cell.get("r", "")))
                column = where[1] if where else column + 1
                found[row, column] = cell
        return found

    def _merged(self, part: str) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
        """What merged cells cover: first cell → (down, across), and the cells that are hidden by them."""
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        covered: set[tuple[int, int]] = set()
        for merge in self.package.part(part).iterfind(f"{_MAIN}mergeCells/{_MAIN}mergeCell"):
            first, _, last = str(merge.get("ref", "")).partition(":")
            begin, end = _where(first), _where(last)
            if begin and end and (end[0] - begin[0] + 1) * (end[1] - begin[1] + 1) <= _MOST_CELLS:
                spans[begin] = (end[0] - begin[0] + 1, end[1] - begin[1] + 1)
                covered |= {
                    (row, column)
                    for row in range(begin[0], end[0] + 1)
                    for column in range(begin[1], end[1] + 1)
                } - {begin}
        return spans, covered

    def _is_share(self, cell: etree._Element) -> bool:
        style = str(cell.get("s", ""))
        return style.isdigit() and int(style) in self.shares

    def _text(self, cell: etree._Element) -> str:
        value = cell.findtext(f"{_MAIN}v") or ""
        kind = cell.get("t")
        if kind == "s":
            known = value.isdigit() and int(value) < len(self.strings)
            return self.strings[int(value)] if known else ""
        if kind == "inlineStr":
            return _shown(cell)
        return _number(value, self._is_share(cell)) if kind in (None, "n") else value

    def put(self, table: str, place: str, text: str, number: Decimal | None) -> None:
        """Set one cell; its look stays. A `number` goes in as one, a share as a share."""
        part = self.sheets[table]
        cell = self._cell(part, place)
        for child in list(cell):
            cell.remove(child)
        if number is not None:
            cell.attrib.pop("t", None)
            value = number / 100 if text.endswith("%") else number
            etree.SubElement(cell, f"{_MAIN}v").text = f"{value:f}"
        else:
            cell.set("t", "inlineStr")
            words = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
            words.text = text
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        self.dirty.add(part)

    def _cell(self, part: str, place: str) -> etree._Element:
        """The element of a cell; one the file has no place for gets its own, in the order of columns."""
        where = _where(place)
        there = self.elements(part)
        if where is None:
            raise BadInput(f"没有 {place} 这一格")
        if where in there:
            return there[where]
        row = next(_parent(cell) for at, cell in there.items() if at[0] == where[0])
        before = [cell for at, cell in there.items() if at[0] == where[0] and at[1] < where[1]]
        made = there[where] = etree.Element(f"{_MAIN}c", r=place)
        row.insert(row.index(before[-1]) + 1 if before else 0, made)
        row.attrib.pop("spans", None)
        return made

    def content(self) -> bytes:
        """The file. Its formulas hold what they come to now; one that cannot be worked out here holds nothing, so that whoever
        opens the file computes it.
        """
        if self.dirty:
            self._work_out()
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

    def _work_out(self) -> None:
        values: dict[Place, Value] = {}
        formulas: dict[Place, str] = {}
        cells = [
            ((title, *place), part, cell)
            for title, part in self.parts.items()
            for place, cell in self.elements(part).items()
        ]
        for place, _, cell in cells:
            formula = cell.find(f"{_MAIN}f")
            if formula is not None or cell.get("t") == "e":
                is_plain = formula is not None and formula.get("t") in (None, "normal")
                formulas[place] = (
                    (formula.text or _NO_FORMULA) if formula is not None and is_plain else _NO_FORMULA
                )
            else:
                values[place] = self._value(cell)
        results = Results(values, formulas)
        for place, part, cell in cells:
            if cell.find(f"{_MAIN}f") is not None:
                _store(cell, results, place)
                self.dirty.add(part)

    def _value(self, cell: etree._Element) -> Value:
        if cell.get("t") == "b":
            return cell.findtext(f"{_MAIN}v") == "1"
        if cell.get("t") not in (None, "n"):
            return self._text(cell)
        try:
            return Decimal(cell.findtext(f"{_MAIN}v") or "")
        except InvalidOperation:
            return None


def _store(cell: etree._Element, results: Results, place: Place) -> None:
    """Put what a formula comes to beside it."""
    for old in cell.findall(f"{_MAIN}v"):
        cell.remove(old)
    cell.attrib.pop("t", None)
    try:
        found = results.at(place)
    except Unknown:
        return
    value = etree.SubElement(cell, f"{_MAIN}v")
    if isinstance(found, bool):
        cell.set("t", "b")
        value.text = "1" if found else "0"
    elif isinstance(found, Decimal):
        value.text = repr(float(found))
    else:
        cell.set("t", "str")
        value.text = found or ""


def _shown(words: etree._Element) -> str:
    """The text as it is seen: without the reading aids that East Asian text may carry."""
    return "".join(one.text or "" for one in words.iter(f"{_MAIN}t") if _parent(one).tag != f"{_MAIN}rPh")


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _number(text: str, is_share: bool) -> str:
    """A stored number as it is meant: without the dust of binary fractions; a share with its sign."""
    try:
        value = Decimal(repr(float(text))) * (100 if is_share else 1)
    except (ValueError, InvalidOperation):
        return text
    plain = f"{value.normalize():f}" if value.is_finite() else text
    return f"{plain}%" if is_share else plain


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
