"""A bureau's own file is filled where it was bound, follows cells that moved, and tells what it could not fill."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction
from typing import Any

import docx
import pytest
import xlsxwriter

from jixiao.errors import BadInput
from jixiao.forms import templates
from jixiao.forms.cells import BLANK, number, words
from jixiao.forms.template_places import Binding, bind

HEAD = ("项目", "预算数（万元）", "决算数（万元）")
CONTENTS = {
    "filed:finance/executed": number(Fraction(899_740)),
    "filed:finance/initial_budget": number(Fraction(900_000)),
    "filed:finance/carried_in": BLANK,
    "text:org": words("示例单位"),
}


def workbook(rows: list[tuple[object, ...]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("自评表")
        look = book.add_format({"bold": True, "border": 2})
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.startswith("="):
                    page.write_formula(row, column, cell, look, 0)
                else:
                    page.write(row, column, cell, look)
    return stream.getvalue()


def paper(rows: list[tuple[str, ...]]) -> bytes:
    document = docx.Document()
    document.add_paragraph("关于报送自评表的说明")
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


ROWS: list[tuple[Any, ...]] = [
    ("单位名称", "", ""),
    HEAD,
    ("年度资金", "", ""),
    ("结转资金", "", ""),
    ("合计", "=B3+B4", ""),
]


def bound(content: bytes, name: str) -> list[Binding]:
    return [
        pointed(content, name, (0, 1), "text:org"),
        pointed(content, name, (2, 1), "filed:finance/initial_budget", "万元"),
        pointed(content, name, (2, 2), "filed:finance/executed", "万元"),
        pointed(content, name, (3, 1), "filed:finance/carried_in", "万元"),
    ]


def pointed(content: bytes, name: str, where: tuple[int, int], source: str, unit: str = "") -> Binding:
    known = templates.spots(templates.open_template(content, name))
    return bind(next(one for one in known if (one.row, one.column) == where), source, unit, 2, known)


def texts(content: bytes, name: str) -> dict[str, str]:
    return {one.place: one.text for one in templates.spots(templates.open_template(content, name))}


@pytest.mark.parametrize(
    ("make", "name", "places", "budget"),
    [
        (workbook, "套表.xlsx", ("B1", "B3", "C3", "B4"), "90"),  # the cell's own look says how many decimals
        (paper, "套表.docx", ("1行2列", "3行2列", "3行3列", "4行2列"), "90.00"),
    ],
)
def test_that_file_comes_back_filled(make: Any, name: str, places: tuple[str, ...], budget: str) -> None:
    content = make(ROWS)
    outcome = templates.fill(templates.open_template(content, name), bound(content, name), CONTENTS)
    shown = texts(outcome.content, name)
    assert [shown[place] for place in places] == ["示例单位", budget, "89.97", ""]
    assert [reason for _, reason in outcome.unfilled] == ["还没有填报，留空"]
    assert len(outcome.filled) == 3


def test_all_other_parts_of_the_file_stay_byte_for_byte() -> None:
    content = workbook(ROWS)
    outcome = templates.fill(templates.open_template(content, "a.xlsx"), bound(content, "a.xlsx"), CONTENTS)
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (content, outcome.content))
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert b'fullCalcOnLoad="1"' in after.read("xl/workbook.xml")


def test_a_cell_that_moved_is_followed_and_told() -> None:
    old = workbook(ROWS)
    new = workbook([ROWS[0], ("（2021年修订）", "", ""), *ROWS[1:]])
    outcome = templates.fill(templates.open_template(new, "a.xlsx"), bound(old, "a.xlsx"), CONTENTS)
    assert texts(outcome.content, "a.xlsx")["C4"] == "89.97"
    assert any("由 自评表!C3 移到了 自评表!C4" in told for _, told in outcome.moved)


def test_a_cell_that_is_gone_or_there_twice_is_left_and_told() -> None:
    old = workbook(ROWS)
    gone = workbook([ROWS[0], HEAD, ("本年资金", "", "")])
    twice = workbook([*ROWS[:2], ("其他", "", ""), ROWS[2], ROWS[2]])
    for new, told in ((gone, "找不到"), (twice, "有2处")):
        outcome = templates.fill(templates.open_template(new, "a.xlsx"), bound(old, "a.xlsx")[1:3], CONTENTS)
        assert not outcome.filled
        assert all(told in reason for _, reason in outcome.unfilled)


def test_a_formula_of_the_bureau_is_never_overwritten() -> None:
    content = workbook(ROWS)
    binding = pointed(content, "a.xlsx", (4, 1), "filed:finance/executed", "万元")
    outcome = templates.fill(templates.open_template(content, "a.xlsx"), [binding], CONTENTS)
    assert "公式" in outcome.unfilled[0][1]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"x", "a.xlsx", "不是可以读的"),
        (b"x", "a.docx", "不是可以读的"),
        (b"x", "a.wps", "另存为"),
    ],
)
def test_what_is_no_template_is_refused_in_words(content: bytes, name: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        templates.open_template(content, name)
