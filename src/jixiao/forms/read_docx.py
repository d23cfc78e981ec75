"""A Word document → rows, as a workbook has them, so that the same reader finds a form in either.

A paragraph is a row, parted where layout puts wide gaps; a table row has as many places as its grid, merged cells hold
their text in the first. Answers which forms begin where; reads nothing into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from jixiao.catalogue.forms import Form
from jixiao.forms.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_GAPS = re.compile(r"[ \t\u3000]{2,}")
_AROUND_TITLE = re.compile(r"^(?:附件?表?\s*\d*\s*[:：]?)|[（(]?20\d\d年?度?[）)]?|[\s\u3000]")
_MOST_ROWS = 5_000


def rows_of(content: bytes) -> list[list[str]]:
    """Every paragraph and table row of a .docx in order, empty ones too. Raises BadInput for what is none."""
    body = Package(content, ".docx").part("word/document.xml").find(f"{_W}body")
    found: list[list[str]] = []
    for block in body if body is not None else ():
        if block.tag == f"{_W}p":
            found.append(_GAPS.split(_text(block).strip()))
        elif block.tag == f"{_W}tbl":
            found += [_cells(row) for row in block.iter(f"{_W}tr")]
        if len(found) > _MOST_ROWS:
            break
    return [row if any(row) else [] for row in found[:_MOST_ROWS]]


def forms_in(rows: Sequence[Sequence[str]], forms: Sequence[Form]) -> Iterator[tuple[Form, list[list[str]]]]:
    """Each form whose title stands alone in a row, with the rows from there to the next such title."""
    titles = {_title(form.title): form for form in forms}
    starts = [
        (number, titles[words])
        for number, row in enumerate(rows)
        if len(told := [text for text in row if text]) == 1 and (words := _title(told[0])) in titles
    ]
    for place, (number, form) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(rows)
        yield form, [list(row) for row in rows[number:end]]


def _title(text: str) -> str:
    return _AROUND_TITLE.sub("", text)


def _cells(row: etree._Element) -> list[str]:
    found: list[str] = []
    for cell in row.findall(f"{_W}tc"):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        width = int(span.get(f"{_W}val", "1")) if span is not None else 1
        found += ["\n".join(_text(one) for one in cell.iter(f"{_W}p")).strip(), *[""] * (min(width, 100) - 1)]
    return found


def _text(paragraph: etree._Element) -> str:
    """The words of its runs, tabs and line breaks too (those of the paragraph's settings are no words)."""
    return "".join(
        _SIGNS.get(str(one.tag)) or one.text or ""
        for run in paragraph.iter(f"{_W}r")
        for one in run.iter(f"{_W}t", *_SIGNS)
    )
