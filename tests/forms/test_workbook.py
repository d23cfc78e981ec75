"""A form goes out as a workbook and comes back the same; anybody's workbook of the same words is read too."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import xlsxwriter
from tests.forms import samples

from jixiao.errors import BadInput
from jixiao.forms.check import check
from jixiao.forms.fill import Filled
from jixiao.forms.read_xlsx import read
from jixiao.forms.write_xlsx import write
from jixiao.values import Verdict


def same(one: Filled, other: Filled) -> bool:
    """Cell by cell: state, words, and value as far as it is printed."""
    for grid, read_grid in zip(one.grids, other.grids, strict=True):
        assert [line.key for line in grid.lines] == [line.key for line in read_grid.lines]
        for line, read_line in zip(grid.lines, read_grid.lines, strict=True):
            for name, cell in line.cells.items():
                back = read_line.cells[name]
                assert (cell.state, cell.words) == (back.state, back.words), (line.key, name)
                assert abs(cell.value - back.value) < 1, (line.key, name)
    return True


@pytest.mark.parametrize("made", [samples.base, samples.self_evaluation])
def test_out_and_back_is_the_same(made: object) -> None:
    filled: Filled = made()  # type: ignore[operator]
    back = read(write(filled, "示例单位"), filled.form)
    assert (back.told, back.filled.problems, back.filled.year) == ([], {}, filled.year)
    assert same(filled, back.filled)
    assert not [one for one in check(back.filled) if one.verdict is Verdict.BROKEN]


def test_formulas_carry_their_values() -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(write(samples.base(), "示例单位")))
    rows = book.get_sheet_by_index(0).to_python()
    staff = next(row for row in rows if row[0] == "财政供养人员情况（人）")
    assert any(isinstance(cell, float) and abs(cell - 136 / 143) < 1e-9 for cell in staff)


def test_a_repeated_row_keeps_its_title() -> None:
    filled = samples.base({"money.business#2.budget": "80", "money.business#2.title": "专题调研经费"})
    back = read(write(filled, "示例单位"), filled.form).filled
    line = back.grid("money").line("business#2")
    assert line is not None
    assert line.title == "专题调研经费"


def stranger(rows: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("表")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(number, place, cell)
    return stream.getvalue()


def test_a_form_that_was_typed_anew_is_read_by_its_words_and_checked() -> None:
    rows: list[list[object]] = [
        ["基础数据表"],
        ["项 目", "上年决算数", "本年预算数", "本年决算数"],
        ["三公经费", 29.08, 63.46, 44.29],
        ["1、公务用车购置和维护经费", 11.86, 41.46, 39.30],
        ["2、出国经费", "-", "-", "-"],
        ["3、公务接待", 17.22, 22, 9.49],
    ]
    back = read(stranger(rows), samples.form("base_data"))
    found = [one for one in check(back.filled) if one.verdict is Verdict.BROKEN]
    assert [one.subjects[0] for one in found] == ["money.three_public.final"]
    assert any("没有找到" in told for told in back.told)


def test_a_total_of_nought_over_parts_is_found_in_a_strangers_file() -> None:
    rows: list[list[object]] = [
        ["年度预算申请", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"],
        ["年度资金总额", 0, 0, 0, 10, 0, 0],
        ["按收入性质分：一般公共预算", 90, 89.974, 89.974],
    ]
    back = read(stranger(rows), samples.form("self_evaluation"))
    found = {one.subjects[0] for one in check(back.filled) if one.verdict is Verdict.BROKEN}
    assert {"money.total.initial", "money.total.full", "money.total.executed"} <= found


def test_another_form_another_year_and_no_workbook_are_refused() -> None:
    content = write(samples.base(), "示例单位")
    with pytest.raises(BadInput, match="另一张表"):
        read(content, samples.form("self_evaluation"))
    with pytest.raises(BadInput, match="2018年度的表"):
        read(content, samples.form("base_data"), year=2020)
    with pytest.raises(BadInput, match="不是可以读的"):
        read(b"no workbook", samples.form("base_data"))
    with pytest.raises(BadInput, match="没有找到"):
        read(stranger([["别的表"]]), samples.form("base_data"))


def test_rows_are_high_enough_for_their_words_and_fit_a_page() -> None:
    """Whoever prints the sheet sees every word: spreadsheets do not grow rows by themselves."""
    rows = [{**samples.INDICATORS[0], "reason": "因疫情推迟的活动较多，" * 12}, *samples.INDICATORS[1:]]
    with zipfile.ZipFile(io.BytesIO(write(samples.self_evaluation(rows), "示例单位"))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    heights = [float(one) for one in re.findall(r'<row [^>]* ht="([\d.]+)"', page)]
    assert max(heights) > 200
    assert min(heights) < 25
    widths = [float(one) for one in re.findall(r'<col [^>]*width="([\d.]+)"', page)]
    assert all(8 <= width <= 27 for width in widths)
