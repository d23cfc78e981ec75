"""What offices without our program send: forms in Word, moved and renamed cells, mixed units, forms of another year."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import xlsxwriter
from tests.cycle import _under_the_finance_pack  # noqa: F401 - fixture
from tests.ledger.test_desk import STATE, bureau, expect, reviewer, take  # noqa: F401 - fixtures
from tests.packages import YEAR, base_data, docx, leaves, make, report, self_evaluation, title_of

from jixiao.forms import write_docx
from jixiao.forms.read_docx import forms_in, rows_of
from jixiao.forms.read_xlsx import read_rows, sheets_of

UNIT = title_of(3)


@pytest.fixture
def desk(reviewer, bureau):  # noqa: F811
    expect(reviewer, bureau, 6)

    def hand_in(*files):
        return [one.submission for one in take(reviewer, bureau, files)]

    return hand_in


def form_and_report():
    filled = self_evaluation(UNIT, 103, Decimal(95), leaves(3), {}, YEAR)
    base = base_data(UNIT, 3, {"money.procurement.budget": "5", "money.procurement.final": "4.5"}, YEAR)
    return filled, base, report(UNIT, 103, Decimal(95), filled, YEAR)


def changed(content, change):
    """The workbook's rows after a change, written as another program would."""
    rows = change([list(row) for row in next(iter(sheets_of(content).values()))])
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Sheet1")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell not in ("", None):
                    page.write(number, place, cell)
    return out.getvalue()


def swap(old, new):
    return lambda rows: [
        [str(cell).replace(old, new) if old in str(cell) else cell for cell in row] for row in rows
    ]


def evaluation(change):
    """A stranger's package with its self-evaluation form changed."""
    (made,) = make(3, "stranger")
    return [(path, changed(content, change) if "自评表" in path else content) for path, content in made.files]


def found(row):
    return {one["title"]: one for one in row.findings}


def test_a_form_in_word_is_read_as_it_was_filled() -> None:
    from jixiao.catalogue import load

    filled, base, _ = form_and_report()
    for written in (filled, base):
        rows = rows_of(write_docx.write(written, UNIT))
        ((form, section),) = forms_in(rows, list(load(["finance"]).forms.values()))
        told = read_rows(section, form)
        assert (form.full_id, told.told) == (written.form.full_id, [])
        for grid, other in zip(told.filled.grids, written.grids, strict=True):
            assert [line.key for line in grid.lines] == [line.key for line in other.lines]
            for line, same in zip(grid.lines, other.lines, strict=True):
                assert {name: (cell.state, cell.words) for name, cell in line.cells.items()} == {
                    name: (cell.state, cell.words) for name, cell in same.cells.items()
                }


def test_an_office_with_nothing_but_word_is_checked_like_the_others(desk) -> None:
    filled, base, text = form_and_report()
    (row,) = desk(
        (f"{UNIT}/基础数据表.docx", write_docx.write(base, UNIT)),
        (f"{UNIT}/自评表.docx", write_docx.write(filled, UNIT)),
        (f"{UNIT}/自评报告.docx", docx(UNIT, text, YEAR)),
    )
    assert (row.state, row.expected.title) == (STATE.REPORTED, UNIT)
    assert row.summary["defects"] == {}
    assert row.summary["score"] is not None
    assert row.summary["has_report"]
    roles = {one["path"]: one["role"] for one in row.files}
    assert roles["自评表.docx"] == "部门整体支出绩效自评表"


def test_a_workbook_goes_before_the_same_form_in_word(desk) -> None:
    (made,) = make(3, "stranger")
    filled = self_evaluation(UNIT, 999, Decimal(1), leaves(3), {}, YEAR)
    (row,) = desk(*made.files, (f"{UNIT}/自评表打印件.docx", write_docx.write(filled, UNIT)))
    assert "报告与表的数不一致" not in row.summary["defects"]
    assert [one["file"] for one in row.forms if one["form"].endswith("/self_evaluation")] == [
        "附件2 自评表.xlsx"
    ]


def test_moved_cells_are_followed(desk) -> None:
    (row,) = desk(*evaluation(lambda rows: [["说明"], *(["", *row] for row in rows)]))
    assert row.summary["defects"] == {}
    assert row.summary["score"] is not None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("全年执行数（B）", "实际执行数", "缺少列：全年执行数（B）"),
        ("政府性基金拨款", "基金", "缺少行：政府性基金拨款"),
        ("一级指标", "指标一", ""),
    ],
)
def test_renamed_rows_and_columns_are_told_with_what_was_not_read(desk, old, new, told) -> None:
    (row,) = desk(*evaluation(swap(old, new)))
    reason = found(row)["表中缺行列"]["reason"]
    assert told in reason
    assert "没有读到" in reason


def test_a_form_of_another_year_counts_for_nothing(desk) -> None:
    (row,) = desk(*evaluation(swap("2020年度", "2019年度")))
    assert "换成2020年度的" in found(row)["表的年度不对"]["reason"]
    assert row.summary["score"] is None
    assert "缺少部门整体支出绩效自评表" not in row.summary["defects"]


def test_a_cell_that_is_no_number_is_named_by_its_row_and_column(desk) -> None:
    (row,) = desk(*evaluation(swap("30.00", "三十分")))
    where = {one["where"] for one in row.findings if one["title"] == "不是数字"}
    assert "部门整体支出绩效自评表·第1行·分值" in where


def test_two_units_in_one_package_are_asked_with_their_names(desk) -> None:
    (one,), (other,) = make(3, "stranger"), make(6, "stranger")
    mixed = [
        (path, dict(other.files)[path.replace(one.unit, other.unit)] if "基础" in path else content)
        for path, content in one.files
    ]
    (row,) = desk(*mixed)
    assert row.state == STATE.UNPLACED
    assert one.unit in row.trouble
    assert other.unit in row.trouble
