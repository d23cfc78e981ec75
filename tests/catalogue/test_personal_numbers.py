"""Numbers of persons and accounts in realistic text, all made up; and numbers that are something else."""

from __future__ import annotations

import pytest

from jixiao.catalogue.personal_numbers import check_sign, luhn, numbers_in

BODY = "43060219800101123"
IDENTITY = BODY + check_sign(BODY)
WITH_X = next(
    first + "X" for number in range(1000) if check_sign(first := f"43060219900307{number:03d}") == "X"
)
CARD = next(f"622202190800123{number:04d}" for number in range(10000) if luhn(f"622202190800123{number:04d}"))
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def parted(text, *places):
    for place in reversed(places):
        text = f"{text[:place]} {text[place:]}"
    return text


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        (f"申请人证件{IDENTITY}，已核", "identity"),
        (f"（{WITH_X}）", "identity"),
        (WITH_X.lower(), "identity"),
        (IDENTITY.translate(WIDE), "identity"),
        (parted(IDENTITY, 6, 14), "identity"),
        (f"{IDENTITY[:6]}-{IDENTITY[6:14]}-{IDENTITY[14:]}", "identity"),
        (" ".join(IDENTITY), "identity"),
        ("身份证号：110101800101123", "identity"),
        ("身份证号码 430602198001011230", "identity"),
        ("联系张某13800001234。", "mobile"),
        ("１３８－００００－１２３４", "mobile"),
        ("138 0000 1234", "mobile"),
        ("+86 13800001234", "mobile"),
        ("1 3 8 0 0 0 0 1 2 3 4", "mobile"),
        ("0730-8880000", "landline"),
        ("（0730）8880000", "landline"),
        ("073188800000", "landline"),
        ("０７３０－８８８００００转801", "landline"),
        ("联系电话：8880000", "landline"),
        ("电话888 0000", "landline"),
        (CARD, "bank"),
        (parted(CARD, 4, 8, 12, 16), "bank"),
        (CARD.translate(WIDE), "bank"),
        ("账号：1907 0230 0902 1012 345", "bank"),
        ("开户行：示例银行示例支行 43001520061052501234", "bank"),
    ],
)
def test_a_number_is_found_however_it_is_written(text, sort) -> None:
    assert [one.sort for one in numbers_in(text)] == [sort], text


@pytest.mark.parametrize(
    "text",
    [
        "全年执行数13800001234元",
        "资金13800001234.50元",
        "年末资产 6222021908001234567 元以内" if not luhn("6222021908001234567") else "年末",
        "湘财绩〔2020〕7号",
        "项目编码430600202003050012",
        f"项目代码：{IDENTITY}",
        "统一社会信用代码11430600006367589K",
        "发票号码 13800001234",
        "预算项目43060021T000000012345",
        "2020-03-05至2020-12-31",
        "共征集提案20件，立案20件，办复率100%",
        "拨打12345热线受理3210件",
        "0.07308880000",
        "430602202013321234",
        "完成8880000平方米",
        "三公经费29.46+9.84=39.30",
    ],
)
def test_money_documents_and_codes_are_left_alone(text) -> None:
    assert numbers_in(text) == [], text


def test_the_head_of_a_column_says_what_its_numbers_are() -> None:
    assert [one.sort for one in numbers_in("8880000", "联系电话")] == ["landline"]
    assert [one.sort for one in numbers_in("1907023009021012345", "收款账号")] == ["bank"]
    assert numbers_in("13800001234", "项目编号") == []
    assert numbers_in("20", "电话8880000") == [], "what stands in the label is told where it stands"


def test_check_digits() -> None:
    assert check_sign("11010519491231002") == "X"
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")
