"""Claims that published year reports make in passing, as bare numbers: what holds, what cannot be judged."""

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.errors import BadInput, MixedNatures
from jixiao.relations import Operand, examine
from jixiao.relations.wording import amount, written
from jixiao.values import RATIO, Interval, Qualifier, Quantity, Verdict

K, B, N = Verdict.KEPT, Verdict.BROKEN, Verdict.NOT_APPLICABLE


def n(value, unit="件", qualifier=Qualifier.EXACT, title=""):
    name = title or f"{value}{unit}"
    return Operand.from_quantity(name, name, Quantity(Decimal(value), unit, qualifier))


def silent(title):
    return Operand.from_quantity(title, title, None)


ALL = Operand.from_quantity("rate", "满意率", Quantity(Decimal(1), RATIO, step=Fraction(1, 100)))
OVER_30 = n(30, "篇", Qualifier.OVER)

STATEMENTS = {
    "E1": ("partition", {"whole": n(35, "家"), "parts": [n(6, "家"), n(29, "家")]}, {}, K),
    "E2": ("chain", {"stages": [n(20), n(20), n(20), n(20)]}, {}, K),
    "E3": ("rate", {"numerator": n(20), "denominator": n(20), "rate": ALL}, {}, K),
    "E3 forms not printed": (
        "rate",
        {"numerator": silent("满意件数"), "denominator": n(20), "rate": ALL},
        {},
        N,
    ),
    "E4": ("chain", {"stages": [n(20), n(4), n(2)]}, {}, K),
    "E4 conferred within instructed": ("subset", {"whole": n(4), "parts": [n(3)]}, {}, K),
    "E5": ("union_bound", {"parts": [n(5, "篇"), n(8, "篇")], "union": n(10, "篇"), "whole": OVER_30}, {}, K),
    "E5 too many": ("union_bound", {"parts": [n(5, "篇"), n(8, "篇")], "union": n(14, "篇")}, {}, B),
    "E6": ("sum", {"total": n(4, "篇"), "parts": [n(2, "篇"), n(2, "篇")]}, {}, K),
    "E7": ("subset", {"whole": OVER_30, "parts": [n(8, "条")]}, {"same_units": ["篇", "条"]}, K),
    "E8": ("subset", {"whole": n(9, "条"), "parts": [n(8, "条")]}, {}, K),
    "E9": ("repeat", {"places": [n(25, "个"), n(25, "名")]}, {"same_units": ["个", "名"]}, K),
    "E10": (
        "subset",
        {"whole": n(76, "项"), "parts": [n(12, "项")]},
        {"undeclared": "是否同一批建议未声明"},
        N,
    ),
    "E11 sum": (
        "sum",
        {"total": n(12, "次"), "parts": [n(4, "次"), n(1, "次"), n(4, "次"), n(3, "次")]},
        {},
        K,
    ),
    "E11 rhythm": ("rhythm", {"stretches": [n(4, "次"), n(1, "次"), silent("三季度"), n(3, "次")]}, {}, N),
    "E12": (
        "list",
        {"count": n(4, "期"), "items": Operand.from_items("讲座", "讲座", list("甲乙丙丁"))},
        {},
        K,
    ),
    "E13": ("subset", {"whole": n(81, "家"), "parts": [n(42, "家")]}, {}, K),
    "E14": ("sum", {"total": n(103, "家"), "parts": [silent("一队"), silent("二队")]}, {}, N),
    "E15": ("subset", {"whole": n(103, "家"), "parts": [n(20, "家")]}, {"undeclared": "是否包含未声明"}, N),
    "E16": ("sum", {"total": n(3, "个"), "parts": [n(1, "个"), n(2, "个")]}, {}, K),
    "E17": ("list", {"count": n(7, "个"), "items": 3, "exhaustive": False}, {}, K),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_published_statement_gets_its_verdict(name):
    relation, arguments, more, verdict = STATEMENTS[name]
    finding = examine(relation, arguments, **more)
    assert finding.verdict is verdict, finding


def test_five_natures_of_money_have_no_total():
    natures = {"aid": 35, "coordinated": 216, "credit": 350, "donation": 2, "award": 73}
    lines = [
        Operand.from_quantity(nature, nature, Quantity(Decimal(size) * 10_000, "元", scale="万"), nature)
        for nature, size in natures.items()
    ]
    with pytest.raises(MixedNatures):
        examine("sum", {"total": n(6_760_000, "元"), "parts": lines})


def test_money_of_one_nature_is_added():
    lines = [
        Operand.from_quantity(f"l{size}", "", Quantity(Decimal(size), "元"), "aid") for size in (3, 1, 2)
    ]
    assert examine("sum", {"total": lines[0], "parts": lines[1:]}).verdict is K


def test_equal_numbers_of_different_things_do_not_meet():
    with pytest.raises(BadInput, match=r"“35家”以“家”计，“35户”以“户”计"):
        examine("repeat", {"places": [n(35, "家"), n(35, "户")]})


def test_amount_per_thing_needs_no_common_unit_but_a_share_does():
    cost = Operand.from_quantity("c", "每件费用", Quantity(Decimal(500), "元/件"))
    assert examine("rate", {"numerator": n(1000, "元"), "denominator": n(2), "rate": cost}).verdict is K
    with pytest.raises(BadInput, match="单位不同"):
        examine("rate", {"numerator": n(20, "件"), "denominator": n(20, "人"), "rate": ALL})


def test_points_of_a_per_cent_are_no_growth_rate():
    points = Operand.from_quantity("p", "提高", Quantity(Decimal("3.4"), "百分点"))
    with pytest.raises(BadInput, match="不是增长率"):
        examine("change", {"current": n(3), "previous": n(2), "growth": points})


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        ({"total": n(100, "件", Qualifier.AT_LEAST), "parts": [n(90), n(20)]}, K),
        ({"total": n(100, "件", Qualifier.AT_LEAST), "parts": [n(90), n(5)]}, B),
        ({"total": n(100, "件", Qualifier.AT_MOST), "parts": [n(90), n(20)]}, B),
        ({"total": n(100, "件", Qualifier.AT_MOST), "parts": [n(90, "件", Qualifier.AT_LEAST), n(5)]}, K),
        ({"total": n(30, "件", Qualifier.OVER), "parts": [n(30), n(0)]}, B),
    ],
)
def test_bounds_are_compared_as_bounds(arguments, verdict):
    finding = examine("sum", arguments)
    assert finding.verdict is verdict, finding
    assert finding.reason


def test_an_open_edge_is_told_without_a_distance():
    finding = examine("sum", {"total": OVER_30, "parts": [n(30, "篇")]})
    assert "两者不能同时成立" in finding.reason


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval.point(3), "3件"),
        (Interval(Fraction(1), Fraction(5, 2)), "1件至2.5件之间"),
        (Interval(Fraction(1), None), "不少于1件"),
        (Interval(Fraction(1), None, low_open=True), "大于1件"),
        (Interval(None, Fraction(1)), "不多于1件"),
        (Interval(None, Fraction(1), high_open=True), "小于1件"),
        (Interval(None, None), "不定"),
    ],
)
def test_intervals_are_written_for_people(interval, words):
    assert written(interval, "件") == words


def test_amounts_are_written_in_the_unit_people_use():
    assert amount(Fraction(136, 143), RATIO) == "95.1049%"
    assert amount(634_600, "元") == "63.46万元"
    assert amount(9_999, "元") == "9999元"


def test_an_operand_without_number_has_no_interval_to_hand_out():
    with pytest.raises(ValueError, match="not reported"):
        _ = silent("一队").known
