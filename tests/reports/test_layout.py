"""The arithmetic of the page: titles, signature, numbers."""

from __future__ import annotations

import pytest

from jixiao.reports.layout import LINE_PT, MARGINS_MM, PAGE_MM, column_widths, signature_indents, width
from jixiao.reports.numbering import chinese
from jixiao.reports.titles import LINE, break_title


def test_twenty_two_lines_fit_and_twenty_three_do_not() -> None:
    height = (PAGE_MM[1] - MARGINS_MM["top"] - MARGINS_MM["bottom"]) / 25.4 * 72
    assert 22 * LINE_PT <= height < 23 * LINE_PT


@pytest.mark.parametrize(("org", "day"), [("示例区示例办公室", "2021年1月15日"), ("某局", "2021年12月15日")])
def test_the_date_begins_two_characters_right_of_the_name(org: str, day: str) -> None:
    name, date = signature_indents(org, day)
    assert (28 - date - width(day)) - (28 - name - width(org)) == 2
    assert 2 in (name, date)


def test_columns_fill_the_table_to_the_last_twip() -> None:
    widths = column_widths((3, 3, 1), 8845)
    assert sum(widths) == 8845
    assert widths[0] == widths[1] > 2 * widths[2]


def test_a_title_breaks_between_its_words() -> None:
    pieces = ["2020", "年度", "示例市示例区示例管理委员会办公室", "部门整体支出绩效评价报告"]
    lines = break_title(pieces)
    assert lines == ("2020年度示例市示例区示例管理委员会办公室", "部门整体支出绩效评价报告")
    assert max(map(width, lines)) <= LINE


def test_a_title_that_fits_is_one_line_and_its_author_may_break_it() -> None:
    assert break_title(["短标题"]) == ("短标题",)
    assert break_title(["上一行", "\n", "下一行"]) == ("上一行", "下一行")


def test_a_name_longer_than_a_line_is_cut_evenly() -> None:
    lines = break_title(["甲" * 45])
    assert "".join(lines) == "甲" * 45
    assert max(map(width, lines)) <= LINE


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_numbers_of_headings(number: int, words: str) -> None:
    assert chinese(number) == words
