"""Every door through which a zip comes in refuses a damaged, locked or oddly packed one in words, and never fails otherwise."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest

from jixiao.errors import BadInput
from jixiao.forms.package import Package
from jixiao.ledger import evidence_store
from jixiao.ledger.desk.parts import unpack
from jixiao.reading import read
from jixiao.reading.marked.word_anchors import NoPlace
from jixiao.reading.marked.word_comments import commented
from jixiao.reports import carrying, refresh
from jixiao.sheets import files

PARTS = ("word/document.xml", "xl/workbook.xml", "[Content_Types].xml", "customXml/item1.xml")
CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"
REFUSALS = (BadInput, NoPlace)


def whole() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in PARTS:
            archive.writestr(name, "<a>" + "示例" * 40 + "</a>")
    return stream.getvalue()


def changed(mark: bytes, place: int, value: int) -> bytes:
    """The zip with one byte of every header of this sort set."""
    made, at = bytearray(whole()), whole().find(mark)
    while at >= 0:
        made[at + place] = value
        at = made.find(mark, at + 1)
    return bytes(made)


def garbled() -> bytes:
    """The packed bytes of every part are no longer what was packed."""
    made = bytearray(whole())
    for info in zipfile.ZipFile(io.BytesIO(made)).infolist():
        begin = info.header_offset + 30 + len(info.filename)
        made[begin : begin + info.compress_size] = b"\xff" * info.compress_size
    return bytes(made)


DAMAGE = {
    "a version nobody has": changed(CENTRAL, 6, 99),
    "locked": changed(CENTRAL, 8, 1),
    "locked in both headers": changed(LOCAL, 6, 1),
    "packed in an unknown way": changed(CENTRAL, 10, 97),
    "packed as lzma, which it is not": changed(CENTRAL, 10, 14),
    "packed as bzip2, which it is not": changed(CENTRAL, 10, 12),
    "another sum": changed(CENTRAL, 16, 7),
    "another place": changed(CENTRAL, 44, 200),
    "garbled": garbled(),
    "cut off": whole()[: len(whole()) // 2],
    "without its end": whole()[:-10],
}
DOORS: dict[str, Callable[[bytes], object]] = {
    "a bureau's file": lambda data: [Package(data, ".xlsx").part(name) for name in PARTS],
    "a bureau's file, written back": lambda data: Package(data, ".xlsx").content(frozenset()),
    "a report to read": lambda data: read(data, name="报告.docx"),
    "a workbook to read": lambda data: read(data, name="报表.xlsx"),
    "a report to comment": lambda data: commented(data, "报告.docx", ()),
    "a report to refresh": refresh._entries,
    "a report to verify": carrying._from_docx,
    "a register to import": lambda data: files._check_archive("台账.xlsx", data),
    "a paper to attach": lambda data: evidence_store._has_member(data, "word/"),
    "a package at the desk": lambda data: unpack("报送.zip", data),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("door", DOORS)
def test_a_damaged_zip_is_refused_in_words(door: str, damage: str) -> None:
    with suppress(*REFUSALS):  # whatever else is raised fails the test
        DOORS[door](DAMAGE[damage])
