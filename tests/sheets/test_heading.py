"""The heading of an office's own table, and what of it is no record."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from jixiao import sheets
from jixiao.catalogue import load

CATALOGUE = load(["cppcc"])
KIND = CATALOGUE.kind("base/problem")
COLUMNS = sheets.columns_of(KIND, CATALOGUE)
HEAD = ("序号", "问题", "类别", "收集日期", "承办单位")
ROWS = [("1", "用工不足", "用工", "2020-03-05", ""), ("2", "贷款难", "融资", "2020-03-06", "")]


def table_of(rows, name="台账.csv"):
    text = "\n".join(",".join(row) for row in rows)
    [table] = sheets.open_book(text.encode("gb18030"), name).tables
    return table


def headed(rows, remembered=()):
    return sheets.under_heading(table_of(rows), COLUMNS, dict(remembered))


def test_a_heading_in_the_first_row_stays():
    found = headed([HEAD, *ROWS])
    assert (found.titles, found.heading, found.left) == (HEAD, 1, ())
    assert [number for number, _ in found.rows] == [2, 3]


def test_title_unit_and_day_stand_above_the_heading():
    found = headed(
        [("2020年问题台账", "", "", "", ""), ("填报单位：示例办", "", "2020年12月31日", "", ""), HEAD, *ROWS]
    )
    assert (found.titles, found.heading, found.left) == (HEAD, 3, (1, 2))
    assert [number for number, _ in found.rows] == [4, 5]


@pytest.mark.parametrize(
    "end",
    [
        ("合计", "", "", "2", ""),
        ("合 计", "2", "", "", ""),
        ("填表人：示例", "", "", "审核人：示例", ""),
        ("注：含上年结转", "", "", "", ""),
        ("负责人：", "", "", "", ""),
    ],
)
def test_totals_and_signatures_are_no_records(end):
    found = headed([HEAD, *ROWS, end])
    assert (len(found.rows), found.left) == (2, (4,))


def test_a_record_that_speaks_of_a_total_is_one():
    assert len(headed([HEAD, ("1", "合计少报", "用工", "2020-03-05", "")]).rows) == 1


def test_a_heading_in_two_rows_is_put_together():
    upper = ("序号", "问题情况", "", "收集日期", "承办单位")
    lower = ("", "问题", "类别", "", "")
    found = headed([("台账", "", "", "", ""), upper, lower, *ROWS])
    assert (found.titles, found.heading) == (HEAD, 3)


def test_a_heading_of_unknown_words_is_found_by_its_width():
    own = ("编号", "事由", "性质", "时间", "去向")
    found = headed([("2020年台账", "", "", "", ""), own, *ROWS])
    assert (found.titles, found.heading) == (own, 2)


def test_what_was_said_of_a_heading_before_counts_as_known():
    own = ("编号", "事由", "性质", "时间", "去向")
    rows = [("2020年", "一季度", "台账", "", ""), own, *ROWS]
    assert headed(rows, {"事由": "title", "时间": "found_on"}).titles == own


def test_a_workbook_with_our_ids_is_left_as_it_is():
    page = sheets.Page(KIND, COLUMNS, [["合计"] + [None] * (len(COLUMNS) - 1)], 1)
    from jixiao.sheets.write import plain_choices

    content = sheets.write([page], plain_choices(COLUMNS, CATALOGUE), org="示例")
    table = sheets.open_book(content, "导出.xlsx").tables[0]
    assert sheets.under_heading(table, COLUMNS, {}) == table


def test_merged_cells_of_a_workbook_are_read_where_they_begin():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("随便叫什么")
        sheet.merge_range(0, 0, 0, 4, "2020年问题台账")
        sheet.write_row(1, 0, HEAD)
        sheet.write_row(2, 0, ROWS[0])
    [table] = sheets.open_book(stream.getvalue(), "台账.xlsx").tables
    assert sheets.under_heading(table, COLUMNS, {}).titles == HEAD


def test_a_day_under_another_name_is_proposed_for_the_one_that_is_missing():
    found = sheets.match(COLUMNS, ("问题", "类别", "发现日期", "备注"))
    assert found.suggested["发现日期"] == ["found_on"]
    assert found.suggested["备注"] == []
