"""A bureau's Word form: the cells of its tables listed and set, runs and content controls keeping their look, all else
untouched.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal

from lxml import etree

from jixiao.errors import BadInput
from jixiao.forms.package import Package
from jixiao.forms.template_words import Cell

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BODY = "word/document.xml"
_MOST_CELLS = 50_000
_WRAPS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins")  # around rows, cells and paragraphs
_RUNS = (f"{_W}r", f"{_W}hyperlink", f"{_W}smartTag", f"{_W}fldSimple", f"{_W}proofErr")


class Paper:
    """One .docx. Cells are counted as drawn: a span takes as many columns as it covers."""

    def __init__(self, content: bytes) -> None:
        self.package = Package(content, ".docx")
        self.where: dict[tuple[str, str], etree._Element] = {}
        self.touched = False

    def cells(self) -> list[Cell]:
        """Every cell of every table, nested ones as tables of their own."""
        found: list[Cell] = []
        for number, table in enumerate(self.package.part(_BODY).iter(f"{_W}tbl"), start=1):
            found += self._in(f"表{number}", table)
            if len(found) > _MOST_CELLS:
                raise BadInput(f"模板超过{_MOST_CELLS}格，请只留要填的表")
        return found

    def _in(self, name: str, table: etree._Element) -> list[Cell]:
        found: dict[tuple[int, int], Cell] = {}
        above: dict[int, tuple[int, int]] = {}  # column → the cell that may go on below
        for row, line in enumerate(_inner(table, "tr")):
            column = _skipped(line)
            for cell in _inner(line, "tc"):
                across = _span(cell)
                place = f"{row + 1}行{column + 1}列"
                if _continues(cell) and column in above:
                    first = found[above[column]]
                    found[above[column]] = first._replace(down=row - first.row + 1)
                else:
                    self.where[name, place] = cell
                    found[row, column] = Cell(
                        name, place, row, column, _text(cell), across=across, is_paper=True
                    )
                    above[column] = (row, column)
                column += across
        return list(found.values())

    def put(self, table: str, place: str, text: str, number: Decimal | None) -> None:
        """Put text into a cell, in the look of its first run; a content control in it stays and holds the text. Where one
        sign is all that changes (a box is ticked), only that sign does.
        """
        self.touched = True
        cell = self.where[table, place]
        if _tick(cell, _text(cell), text):
            return
        paragraphs = list(_inner(cell, "p"))
        first = paragraphs[0] if paragraphs else etree.SubElement(cell, f"{_W}p")
        for paragraph in paragraphs[1:]:
            if paragraph.find(f".//{_W}bookmarkStart") is None:
                _parent(paragraph).remove(paragraph)
        control = next(first.iter(f"{_W}sdtContent"), None)
        if control is None:
            _fill(first, text)
        else:
            _fill(control, text.removeprefix(_words(first)))
        for properties in [*cell.iter(f"{_W}sdtPr"), *_around(cell)]:
            for hint in properties.findall(f"{_W}showingPlcHdr"):
                properties.remove(hint)

    def content(self) -> bytes:
        return self.package.content(frozenset({_BODY}) if self.touched else frozenset())


def _tick(cell: etree._Element, old: str, new: str) -> bool:
    """Change the only sign in which the texts differ; tells whether there is but one."""
    changed = [place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other]
    if len(old) != len(new) or len(changed) != 1 or "\n" in old:
        return False
    place = changed[0]
    for words in cell.iter(f"{_W}t"):
        text = words.text or ""
        if place < len(text):
            words.text = f"{text[:place]}{new[changed[0]]}{text[place + 1 :]}"
            for box in _parent(_parent(words)).iterancestors(f"{_W}sdt"):
                for checked in box.iter(f"{_W14}checked"):
                    checked.set(f"{_W14}val", "1")
            return True
        place -= len(text)
    return False


def _fill(holder: etree._Element, text: str) -> None:
    """One run with the text in place of the runs of a paragraph or a control."""
    look = next(holder.iter(f"{_W}rPr"), None)
    kept = None if look is None else deepcopy(look)
    for child in list(holder):
        if child.tag in _RUNS:
            holder.remove(child)
    run = etree.SubElement(holder, f"{_W}r")
    if kept is not None:
        for style in kept.findall(f"{_W}rStyle"):  # the grey of a hint that is overwritten
            if "laceholder" in str(style.get(f"{_W}val", "")):
                kept.remove(style)
        run.append(kept)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{_W}br")
        words = etree.SubElement(run, f"{_W}t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _inner(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table, the cells of a row, the paragraphs of a cell: also those a content control wraps."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _WRAPS:
            yield from _inner(child, name)


def _around(cell: etree._Element) -> Iterator[etree._Element]:
    """The properties of a control that wraps the whole cell."""
    above = cell.getparent()
    if above is not None and above.tag == f"{_W}sdtContent":
        yield from _parent(above).iterfind(f"{_W}sdtPr")


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _continues(cell: etree._Element) -> bool:
    """Covered by the cell above."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _span(cell: etree._Element) -> int:
    return _count(cell.find(f"{_W}tcPr/{_W}gridSpan")) or 1


def _skipped(line: etree._Element) -> int:
    """The columns a row leaves out at its beginning."""
    return _count(line.find(f"{_W}trPr/{_W}gridBefore"))


def _count(told: etree._Element | None) -> int:
    value = str(told.get(f"{_W}val", "")) if told is not None else ""
    return min(int(value), 100) if value.isdigit() else 0


def _text(cell: etree._Element) -> str:
    return "\n".join(_words(one) for one in _inner(cell, "p")).strip("\n")


def _words(paragraph: etree._Element) -> str:
    """What is written there; what a control shows while it is empty is not."""
    return "".join(
        one.text or ""
        for one in paragraph.iter(f"{_W}t")
        if not any(map(_is_empty, one.iterancestors(f"{_W}sdt")))
    )


def _is_empty(control: etree._Element) -> bool:
    return control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
