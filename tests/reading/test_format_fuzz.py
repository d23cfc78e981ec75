"""Damaged files of every format: read or refused with a message, never a trace, and every place stays valid.

A small good file is damaged by bytes, and where it is packed, by the text of its parts. The long run is in
`make soak`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.small_files import docx, figure, glyphs, package, paragraph, pdf, ruled
from tests.reading.test_tables import OLD_SHEET, workbook
from tests.reading.typeset import plain_table, titled, typeset

from jixiao.errors import BadInput
from jixiao.reading import read

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>小结</title></head><body><main><h1>小结</h1>
<p>收到来信<data value="30" data-key="f">30余件</data>，占比<b>95.5%</b>，面积20m<sup>2</sup>。</p>
<table><caption>单位：万元</caption><tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr>
<tr><th>预算</th><th>决算</th></tr><tr><td>甲</td><td>1,204.35</td><td>980.12</td></tr></table></main></body></html>"""


def word_file() -> bytes:
    cells = "".join(
        f"<w:tc><w:tcPr><w:gridSpan w:val='1'/></w:tcPr>{paragraph(text)}</w:tc>" for text in "甲乙丙"
    )
    rows = f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph('35')}</w:tc></w:tr></w:tbl>"
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>8件</w:t></w:r></w:p>"
    return docx(paragraph("全年收到来信20件") + figure("f_one", "30余件") + rows + hidden)


@cache
def good_files() -> dict[str, bytes]:
    lines = [(50.0, "示例支出表"), (50.0, "单位：万元"), (50.0, "收到来信20件")]
    drawn = (
        ruled([40, 100, 200], [600, 630, 660])
        + "\n"
        + glyphs(110, 640, "30")
        + "\n"
        + glyphs(45, 610, "来信")
    )
    rows = [["项目", "预算数", "决算数"]] + [[f"事项{n}", f"{n}.10", f"{n}.50"] for n in range(1, 6)]
    table = titled("示例表", "万元") + plain_table(rows, "(2fr, 1fr, 1fr)", "(left, right, right)")
    return {
        "a.txt": "一、全年收到来信20件，办结率95.5%。\r\n投入１２．５万元\u200b。".encode(),
        "b.txt": "全年收到来信20件".encode("utf-16"),
        "a.html": PAGE.encode(),
        "a.docx": word_file(),
        "a.xlsx": workbook(
            [["项目", "数"], ["甲", 1], ["乙", (0.5, "0%")], ["合计", (3, '0"件"')]], ("A2:A3",)
        ),
        "a.xls": OLD_SHEET,
        "a.pdf": pdf([lines], drawn=(drawn,)),
        "b.pdf": typeset(table),
    }


def hold(data: bytes, name: str) -> None:
    """Read a file that may be damaged; whatever is said of it must have its place in its text."""
    reading, refusal = None, ""
    try:
        reading = read(data, name)
    except BadInput as told:
        refusal = str(told)
    if reading is None:
        assert name in refusal
        return
    document = reading.document
    end = len(document.text)
    assert all(0 <= block.start <= block.end <= end for block in document.blocks)
    assert all(0 <= mark.start <= mark.end <= end for mark in document.marks)
    for statement in reading.statements:
        assert document.text[statement.place.start : statement.place.end] == statement.text
    for table in document.tables:
        for cell in table.cells:
            assert 0 <= cell.place.start <= cell.place.end <= end
            assert 1 <= cell.row <= cell.row + cell.rows - 1 <= table.rows
            assert 1 <= cell.column <= cell.column + cell.columns - 1 <= table.columns


damages = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6
)
words = st.one_of(
    st.sampled_from(
        ["<", ">", "/>", '"', "&", "&#0;", "&a;", "w:tbl", "w:tc", "</w:p>", "<w:tr>", "-1", "99999999"]
    ),
    st.sampled_from(
        ["<td>", "</table>", "rowspan=9", "<v>1E9</v>", 'r="ZZZ9999999"', 't="s"', "\u0000", "１"]
    ),
    st.text(max_size=6),
)
edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), words), min_size=1, max_size=5)


def damaged(data: bytes, damage: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, noise in damage:
        at = int(where * len(data))
        data = data[:at] + noise + data[at + length :]
    return data


def edited(data: bytes, edit: list[tuple[float, int, str]], pick: int) -> bytes:
    """A packed file with one of its parts changed, or a page with its text changed."""
    if not data.startswith(b"PK"):
        return change(data.decode("utf-8", "ignore"), edit).encode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = sorted(parts)[pick % len(parts)]
    return package({**parts, name: change(parts[name], edit)})


def change(text: str, edit: list[tuple[float, int, str]]) -> str:
    for where, length, word in edit:
        at = int(where * len(text))
        text = text[:at] + word + text[at + length :]
    return text.encode("utf-8", "ignore").decode()


def check_damage(name: str, damage: list[tuple[float, int, bytes]]) -> None:
    hold(damaged(good_files()[name], damage), name)


def check_edit(name: str, edit: list[tuple[float, int, str]], pick: int) -> None:
    hold(edited(good_files()[name], edit, pick), name)


NAMES = ["a.txt", "b.txt", "a.html", "a.docx", "a.xlsx", "a.pdf", "b.pdf"]
EDITED = ["a.html", "a.docx", "a.xlsx"]


@pytest.mark.parametrize("name", [*NAMES, "a.xls"])
def test_the_good_files_are_read(name: str) -> None:
    reading = read(good_files()[name], name)
    assert reading.statements or reading.document.tables
    hold(good_files()[name], name)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), damages)
def test_damaged_bytes_are_read_or_refused(name: str, damage: list[tuple[float, int, bytes]]) -> None:
    check_damage(name, damage)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(EDITED), edits, st.integers(0, 20))
def test_damaged_parts_are_read_or_refused(name: str, edit: list[tuple[float, int, str]], pick: int) -> None:
    check_edit(name, edit, pick)


@settings(max_examples=8, deadline=None)
@given(damages)
def test_damaged_old_sheets_are_read_or_refused(damage: list[tuple[float, int, bytes]]) -> None:
    check_damage("a.xls", damage)


@pytest.mark.parametrize("name", [*NAMES, "a.xls"])
def test_truncated_files_and_wrong_endings_are_read_or_refused(name: str) -> None:
    whole = good_files()[name]
    for share in range(1, 8):
        if name != "a.xls" or share in (2, 5):
            hold(whole[: len(whole) * share // 8], name)
    for other in (".txt", ".html", ".docx", ".xlsx", ".pdf", ".md", ".bin", ""):
        hold(whole, f"文件{other}")


@pytest.mark.soak
@pytest.mark.parametrize("check", [check_damage, check_edit])
def test_many_damaged_files_are_read_or_refused(check: Callable[..., None]) -> None:
    arguments = {"damage": damages} if check is check_damage else {"edit": edits, "pick": st.integers(0, 20)}
    names = st.sampled_from([*NAMES, "a.xls"] if check is check_damage else EDITED)

    @settings(max_examples=20_000, deadline=None, database=None)
    @given(name=names, **arguments)
    def long_run(name: str, **given_arguments: object) -> None:
        check(name, **given_arguments)

    long_run()
