"""What office people type becomes exact stored values; what cannot be taken is told with what would be right."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.catalogue import load
from jixiao.catalogue.columns import SYSTEM, columns_of
from jixiao.catalogue.fields import (
    carried,
    column_value,
    column_values,
    missing,
    parse,
    parse_all,
    show,
    show_money,
)
from jixiao.catalogue.kinds import FieldSpec, FieldType


def spec(type_: str, **more: Any) -> FieldSpec:
    extra = {
        "money": {"nature": "own"},
        "code": {"codes": "office/form"},
        "ref": {"to": "office/letter"},
        "form": {"form": "office/sheet"},
    }
    return FieldSpec(type=FieldType(type_), title="字段", **{**extra.get(type_, {}), **more})


@pytest.mark.parametrize(
    "raw",
    ["2020年3月5日", "2020-3-5", "2020/3/5", "2020.03.05", "20200305", "２０２０年３月５日", " 2020-03-05 ",
     "2020-03-05 00:00:00", date(2020, 3, 5), datetime(2020, 3, 5, 8), 20200305, "3月5日"],
)  # fmt: skip
def test_dates_as_people_write_them(raw: object) -> None:
    assert parse(spec("date"), raw, today=date(2020, 12, 1)) == "2020-03-05"


@pytest.mark.parametrize(
    ("raw", "fen"),
    [("73万元", 73_000_000), ("1.5亿元", 15_000_000_000), ("1,234.50", 123_450), ("１２３４元", 123_400),
     ("￥20", 2_000), ("0", 0), (12.0, 1_200), ("13.52万元", 13_520_000)],
)  # fmt: skip
def test_amounts_are_kept_in_fen(raw: object, fen: int) -> None:
    assert parse(spec("money"), raw) == fen


@pytest.mark.parametrize(
    ("raw", "value", "qualifier"),
    [("30余", 30, "over"), ("约200", 200, "approx"), ("20余万", 200_000, "over"), ("1000余人", 1000, "over"),
     ("100多个", 100, "over"), ("30个以上", 30, "at_least"), ("不超过5", 5, "at_most"), ("12", 12, "exact"),
     ("至少3", 3, "at_least")],
)  # fmt: skip
def test_stated_numbers_keep_how_far_they_commit(raw: str, value: int, qualifier: str) -> None:
    assert parse(spec("stated"), raw) == {"value": value, "qualifier": qualifier}


@pytest.mark.parametrize(
    ("raw", "stored"), [("是", True), ("否", False), ("√", True), ("0", False), (False, False)]
)
def test_yes_and_no(raw: object, stored: bool) -> None:
    assert parse(spec("boolean"), raw) is stored


def test_nothing_typed_is_nothing_and_nought_is_nought() -> None:
    for type_ in FieldType:
        assert parse(spec(type_), "  ") is None
        assert parse(spec(type_), None) is None
    assert parse(spec("integer"), "0") == 0


def test_other_values() -> None:
    assert parse(spec("integer", unit="人"), "1,204人") == 1204
    assert parse(spec("integer"), 12.0) == 12
    assert parse(spec("decimal", places=2, unit="吨"), "1.5吨") == "1.50"
    assert parse(spec("text"), " 一 件\n事 ") == "一 件 事"
    assert parse(spec("long_text"), "第一段\n第二段") == "第一段\n第二段"


@pytest.mark.parametrize(
    ("type_", "raw", "told"),
    [
        ("date", "2020-02-30", "不是日历上有的日子"),
        ("date", "三月", "请写成 2020-03-05"),
        ("integer", "1.5", "不是整数"),
        ("integer", "十", "不是数字"),
        ("integer", "1,20", "不是数字"),
        ("integer", "9" * 30, "太大"),
        ("money", "1.234", "精确到分"),
        ("money", "约3万", "不是金额"),
        ("money", "-3.5万", "小于 0"),
        ("boolean", "也许", "请填写 是 或 否"),
        ("stated", "约30余", "两个约数词"),
        ("serial", "张三", "不含姓名"),
        ("serial", "zhangsan", "不含姓名"),
        ("serial", "110101199003071234", "身份证"),
        ("serial", "11010119900307123X", "身份证"),
        ("serial", "13800001234", "手机号码"),
        ("text", "长" * 501, "超过500字"),
    ],
)
def test_what_cannot_be_taken_is_told(type_: str, raw: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse(spec(type_), raw)


def test_an_amount_below_zero_is_taken_where_its_field_says_so() -> None:
    assert parse(spec("money", may_be_negative=True), "-3.5万") == -3_500_000
    with pytest.raises(ValueError, match="只有金额字段"):
        spec("integer", may_be_negative=True)


@pytest.mark.parametrize("raw", ["12", "A012", "2020-03", "WZ-7"])
def test_serial_numbers_that_stand_for_nobody(raw: str) -> None:
    assert parse(spec("serial"), raw) == raw


def test_codes_by_id_and_by_title(write_pack: Any) -> None:
    catalogue = load([], [write_pack()])
    form = catalogue.kind("letter").fields["form"]
    assert parse(form, "联名", catalogue) == "joint"
    assert parse(form, "joint", catalogue) == "joint"
    assert show(form, "joint", catalogue) == "联名"
    with pytest.raises(ValueError, match=r"“联”不在形式之列；是否想填 联名；可填：个人、联名"):
        parse(form, "联", catalogue)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_shown_amount_reads_back(fen: int) -> None:
    assert parse(spec("money", may_be_negative=True), show_money(fen)) == fen


@given(st.integers(0, 10**9), st.sampled_from(["exact", "over", "approx", "at_least", "at_most"]))
def test_a_shown_stated_number_reads_back(value: int, qualifier: str) -> None:
    stored = {"value": value, "qualifier": qualifier}
    assert parse(spec("stated", unit="人"), show(spec("stated", unit="人"), stored)) == stored


@given(st.decimals(-1000, 1000, places=3), st.dates(date(1900, 1, 1)))
def test_shown_numbers_and_dates_read_back(number: Decimal, day: date) -> None:
    decimal, dated = spec("decimal", places=3, unit="吨"), spec("date")
    stored = parse(decimal, str(number))
    assert Decimal(stored) == number
    assert parse(decimal, show(decimal, stored)) == stored
    assert parse(dated, show(dated, day.isoformat())) == day.isoformat()


def test_several_fields_at_once(write_pack: Any) -> None:
    kind = load([], [write_pack()]).kind("letter")
    values, messages = parse_all(kind, {"title": "甲", "cost": "许多", "titel": "x"})
    assert values == {"title": "甲"}
    assert messages["cost"].startswith("费用：“许多”不是金额")
    assert "是否想写 title" in messages["titel"]
    assert missing(kind, {}, ["cost"]) == {"title": "请填写标题", "cost": "请填写费用"}
    assert missing(kind, {"title": "甲", "cost": 0}, ["cost"]) == {}


def test_the_projection_holds_every_column(write_pack: Any) -> None:
    kind = load([], [write_pack()]).kind("letter")
    data = {
        "title": "甲",
        "received_on": "2020-03-05",
        "cost": 1200,
        "weight": "1.50",
        "urgent": False,
        "pages": {"value": 30, "qualifier": "over"},
        "body": "长文",
    }
    way = (("open", date(2020, 3, 6)), ("answered", date(2020, 4, 1)))
    row = column_values(kind, data, way, {"answer": date(2020, 6, 5)})
    assert set(row) == {column.name for column in columns_of(kind)} - {column.name for column in SYSTEM}
    assert row["received_on"] == date(2020, 3, 5)
    assert (row["cost"], row["weight"], row["urgent"]) == (1200, 150, False)
    assert (row["pages"], row["pages_qualifier"]) == (30, "over")
    assert (row["open_on"], row["asked_on"], row["answered_on"]) == (date(2020, 3, 6), None, date(2020, 4, 1))
    assert row["answer_due_on"] == date(2020, 6, 5)
    assert row["form"] is None
    assert "body" not in row
    dues = {"answer": date(2020, 6, 5)}
    alone = {name: column_value(kind, name, data, lambda: dict(way), lambda: dues) for name in (*row, "body")}
    assert alone == row | {"body": None}


def test_a_date_field_named_as_a_state_counts_only_on_the_way(edit_pack: Any) -> None:
    kind = load(
        [],
        [
            edit_pack(
                "kinds/letter.yaml", "  urgent:", "  closed_on: {type: date, title: 办结日期}\n  urgent:"
            )
        ],
    ).kind("letter")
    data = {"closed_on": "2020-05-05"}
    assert column_values(kind, data, [("open", date(2020, 1, 1))])["closed_on"] is None
    way = [("open", date(2020, 1, 1)), ("closed", date(2020, 5, 6))]
    assert column_values(kind, data, way)["closed_on"] == date(2020, 5, 5)
    assert column_values(kind, {}, way)["closed_on"] == date(2020, 5, 6)
    for data in ({"closed_on": "2020-05-05"}, {}):
        for path in ({}, dict(way)):
            alone = column_value(kind, "closed_on", data, lambda path=path: path, dict)
            assert alone == column_values(kind, data, list(path.items()))["closed_on"]


@pytest.mark.parametrize(
    ("type_", "stored", "expected"),
    [("integer", "12", 12), ("integer", "十几件", None), ("date", "2020年3月5日", "2020-03-05"), ("date", "年初", None),
     ("money", "3.50", 350), ("text", 12, "12"), ("boolean", "是", True), ("stated", 30, {"value": 30, "qualifier": "exact"}),
     ("integer", {"value": 30, "qualifier": "over"}, None), ("decimal", "许多", None)],
)  # fmt: skip
def test_what_was_written_as_another_type_is_read_or_left_out(type_: str, stored: Any, expected: Any) -> None:
    assert carried(spec(type_), stored) == expected


def test_what_cannot_be_read_is_shown_as_it_was_written() -> None:
    assert show(spec("integer"), "十几件") == "十几件"
    assert show(spec("date"), "年初") == "年初"
    assert show(spec("money"), {"value": 30, "qualifier": "over"}) == "30余"


@pytest.mark.parametrize(
    ("typed", "is_taken"), [("100", True), ("0", True), ("100.01", False), ("-1", False)]
)
def test_a_number_stays_within_what_it_may_be(typed: str, is_taken: bool) -> None:
    score = spec("decimal", places=2, unit="分", within=(0, 100))
    if is_taken:
        assert parse(score, typed) == f"{typed}.00"
    else:
        with pytest.raises(ValueError, match="不在0到100分之间"):
            parse(score, typed)


def test_only_numbers_have_bounds() -> None:
    with pytest.raises(ValueError, match="within"):
        spec("text", within=(0, 100))
