"""A bureau's Word form: the cells of its tables listed and set, runs keeping their look, all else untouched."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from jixiao.errors import BadInput
from jixiao.forms.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_MOST_CELLS = 50_000


class Paper:
    """One .docx. Cells are counted as drawn: a span takes as many columns as it covers."""

    def __init__(self, content: bytes) -> None:
        self.package = Package(content, ".docx")
        self.where: dict[tuple[str, str], etree._Element] = {}
        self.touched = False

    def cells(self) -> list[tuple[str, str, int, int, str, bool]]:
        """(table, place, row, column, text, False) of every cell of every table."""
        found = []
        for number, table in enumerate(self.package.part(_BODY).iter(f"{_W}tbl"), start=1):
            name = f"表{number}"
            for row, line in enumerate(table.iterfind(f"{_W}tr")):
                column = 0
                for cell in line.iterfind(f"{_W}tc"):
                    place = f"{row + 1}行{column + 1}列"
                    if not _continues(cell):
                        self.where[name, place] = cell
                        found.append((name, place, row, column, _text(cell), False))
                    column += _span(cell)
                    if len(found) > _MOST_CELLS:
                        raise BadInput(f"模板超过{_MOST_CELLS}格，请只留要填的表")
        return found

    def put(self, table: str, place: str, text: str, number: float | None) -> None:
        """Put text into a cell's first paragraph, in the look of its first run."""
        cell = self.where[table, place]
        paragraphs = cell.findall(f"{_W}p")
        first = paragraphs[0] if paragraphs else etree.SubElement(cell, f"{_W}p")
        look = next(first.iter(f"{_W}rPr"), None)
        for paragraph in paragraphs[1:]:
            cell.remove(paragraph)
        for child in list(first):
            if child.tag != f"{_W}pPr":
                first.remove(child)
        run = etree.SubElement(first, f"{_W}r")
        if look is not None:
            run.append(deepcopy(look))
        etree.SubElement(run, f"{_W}t").text = text
        self.touched = True

    def content(self) -> bytes:
        return self.package.content(frozenset({_BODY}) if self.touched else frozenset())


def _continues(cell: etree._Element) -> bool:
    """Covered by the cell above."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = str(span.get(f"{_W}val", "1")) if span is not None else "1"
    return min(int(value), 100) if value.isdigit() and int(value) else 1


def _text(cell: etree._Element) -> str:
    return "\n".join("".join(one.itertext(f"{_W}t")) for one in cell.iterfind(f"{_W}p"))
