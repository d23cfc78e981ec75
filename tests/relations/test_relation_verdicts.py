"""Each relation kept, broken, explained by rounding, and not applicable, on numbers as documents print
them.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.errors import BadInput, MixedNatures
from jixiao.relations import RELATIONS, Operand, Part, examine, parts_of
from jixiao.relations.grades import grades_of
from jixiao.values import POINTS, RATIO, Interval, Qualifier, Quantity, Verdict

K, B, R, N = Verdict.KEPT, Verdict.BROKEN, Verdict.ROUNDING, Verdict.NOT_APPLICABLE


def count(value, unit="件", qualifier=Qualifier.EXACT, title="", nature=None):
    quantity = None if value is None else Quantity(Decimal(value), unit, qualifier)
    name = title or f"n{value}"
    operand = Operand.from_quantity(name, name, quantity, nature)
    return operand


def wan(text, nature=None):
    """Money printed in 万元, as finely as `text` shows."""
    number = Decimal(text)
    step = Fraction(10_000) * Fraction(10) ** number.as_tuple().exponent
    quantity = Quantity(number * 10_000, "元", step=step, scale="万")
    return Operand.from_quantity(text, text, quantity, nature)


def percent(text):
    number = Decimal(text)
    return Operand.from_quantity(
        text, text, Quantity(number / 100, RATIO, step=Fraction(10) ** (number.as_tuple().exponent - 2))
    )


def points(text):
    number = Decimal(text)
    return Operand.from_quantity(
        text, text, Quantity(number, POINTS, step=Fraction(10) ** number.as_tuple().exponent)
    )


def marks(text):
    number = Decimal(text)
    step = Fraction(10) ** number.as_tuple().exponent if "." in text else Fraction(0)
    return Operand.from_quantity(text, text, Quantity(number, "分", step=step))


over_30 = count(30, "篇", Qualifier.OVER)
BANDS = [(Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差")]

CARDS = [
    ("sum", {"total": count(35), "parts": [count(6), count(29)]}, K),
    ("sum", {"total": count(36), "parts": [count(6), count(29)]}, B),
    ("sum", {"total": wan("41.46"), "parts": [wan("29.46"), wan("12.00")]}, K),
    ("sum", {"total": wan("41.48"), "parts": [wan("29.46"), wan("12.00")]}, R),
    ("sum", {"total": wan("41.52"), "parts": [wan("29.46"), wan("12.00")]}, B),
    ("sum", {"total": count(35), "parts": [count(6), count(None)]}, N),
    ("rate", {"numerator": count(20), "denominator": count(20), "rate": percent("100")}, K),
    ("rate", {"numerator": count(136), "denominator": count(143), "rate": percent("95.10")}, K),
    ("rate", {"numerator": count(2), "denominator": count(3), "rate": percent("66.66")}, R),
    ("rate", {"numerator": count(19), "denominator": count(20), "rate": percent("96")}, R),
    ("rate", {"numerator": count(19), "denominator": count(20), "rate": percent("100")}, B),
    ("rate", {"numerator": count(0), "denominator": count(0), "rate": percent("100")}, N),
    ("rate", {"numerator": count(None), "denominator": count(20), "rate": percent("100")}, N),
    ("subset", {"whole": count(20), "parts": [count(4)]}, K),
    ("subset", {"whole": over_30, "parts": [count(5, "篇"), count(8, "篇")], "disjoint": True}, K),
    ("subset", {"whole": count(12), "parts": [count(5), count(8)], "disjoint": True}, B),
    ("subset", {"whole": count(12), "parts": [count(5), count(8)]}, K),
    ("subset", {"whole": count(4), "parts": [count(None), count(5)]}, B),
    ("subset", {"whole": count(4), "parts": [count(None), count(3)]}, N),
    ("subset", {"whole": count(None), "parts": [count(3)]}, N),
    ("subset", {"whole": count(4), "parts": [count(None), count(3)], "disjoint": True}, N),
    ("subset", {"whole": wan("1.00"), "parts": [wan("1.02")]}, R),
    ("chain", {"stages": [count(20), count(20), count(18)]}, K),
    ("chain", {"stages": [count(20), count(None), count(21)]}, B),
    ("chain", {"stages": [count(20), count(None), count(18)]}, N),
    ("chain", {"stages": [wan("1.00"), wan("1.02")]}, R),
    ("partition", {"whole": count(35), "parts": [count(6), count(29)], "union": count(35)}, K),
    ("partition", {"whole": count(35), "parts": [count(6), count(29)]}, K),
    ("partition", {"whole": count(35), "parts": [count(6), count(30)], "union": count(35)}, B),
    ("partition", {"whole": count(36), "parts": [count(6), count(29)], "union": count(35)}, B),
    ("partition", {"whole": wan("3.00"), "parts": [wan("1.00"), wan("2.02")]}, R),
    ("partition", {"whole": count(35), "parts": [count(6), count(29)], "union": count(None)}, N),
    (
        "union_bound",
        {"parts": [count(5, "篇"), count(8, "篇")], "union": count(10, "篇"), "whole": over_30},
        K,
    ),
    ("union_bound", {"parts": [count(5), count(8)], "union": count(14)}, B),
    ("union_bound", {"parts": [count(5), count(8)], "union": count(7)}, B),
    ("union_bound", {"parts": [count(5), count(8)], "union": count(12), "whole": count(11)}, B),
    ("union_bound", {"parts": [count(5), count(8)], "union": count(9), "whole": count(11)}, K),
    ("union_bound", {"parts": [count(5), count(8)], "whole": count(7)}, B),
    ("union_bound", {"parts": [count(5), count(8)], "union": count(None), "whole": count(11)}, N),
    ("union_bound", {"parts": [count(5), count(None)], "union": count(9)}, N),
    ("union_bound", {"parts": [wan("1.00"), wan("2.00")], "union": wan("3.02")}, R),
    ("list", {"count": count(4, "期"), "items": Operand.from_items("x", "讲座", list("甲乙丙丁"))}, K),
    ("list", {"count": count(4, "期"), "items": Operand.from_items("x", "讲座", list("甲乙丙"))}, B),
    ("list", {"count": count(7, "个"), "items": 3, "exhaustive": False}, K),
    ("list", {"count": count(2, "个"), "items": 3, "exhaustive": False}, B),
    ("list", {"count": count(None), "items": 3}, N),
    ("repeat", {"places": [count(25), count(25)]}, K),
    ("repeat", {"places": [count(25), count(24)]}, B),
    ("repeat", {"places": [count(25), count(24), count(None)]}, B),
    ("repeat", {"places": [count(25), count(25), count(None)]}, N),
    ("repeat", {"places": [wan("13.52"), wan("13.5")]}, K),
    ("repeat", {"places": [wan("13.52"), wan("13.54")]}, R),
    ("average", {"base": count(100), "current": count(121), "rate": percent("10"), "years": 2}, K),
    ("average", {"base": count(1000), "current": count(1213), "rate": percent("10.0"), "years": 2}, R),
    ("average", {"base": count(100), "current": count(121), "rate": percent("13"), "years": 2}, B),
    (
        "average",
        {"base": count(100), "current": count(81), "rate": percent("10"), "years": 2, "falling": True},
        K,
    ),
    ("average", {"base": count(0), "current": count(81), "rate": percent("10"), "years": 2}, N),
    ("change", {"current": wan("44.29"), "previous": wan("29.08"), "growth": percent("52.30")}, K),
    ("change", {"current": wan("63.46"), "previous": wan("32.00"), "growth": percent("98.31")}, K),
    ("change", {"current": count(115), "previous": count(100), "growth": percent("16")}, R),
    ("change", {"current": count(115), "previous": count(100), "growth": percent("18")}, B),
    ("change", {"current": count(5), "previous": count(0), "growth": percent("100")}, B),
    ("change", {"current": count(0), "previous": count(0), "growth": percent("0")}, K),
    ("change", {"current": count(85), "previous": count(100), "growth": percent("15"), "falling": True}, K),
    ("change", {"current": count(85), "previous": count(100), "delta": count(15), "falling": True}, K),
    ("change", {"current": count(85), "previous": count(100), "delta": count(15)}, B),
    ("change", {"current": percent("93.4"), "previous": percent("90.0"), "delta": points("3.4")}, K),
    ("change", {"current": percent("93.4"), "previous": percent("90.0"), "delta": points("4.4")}, B),
    ("change", {"current": count(120), "delta": count(20), "growth": percent("20")}, K),
    ("change", {"current": count(120), "delta": count(20), "growth": percent("16.7")}, B),
    ("change", {"current": count(80), "delta": count(20), "growth": percent("20"), "falling": True}, K),
    ("change", {"current": count(20), "delta": count(20), "growth": percent("20")}, B),
    ("change", {"current": count(0), "delta": count(0), "growth": percent("20")}, B),
    ("change", {"current": wan("1.0"), "delta": wan("1.0"), "growth": percent("9999")}, K),
    ("change", {"current": wan("1.0"), "delta": wan("1.0"), "growth": percent("500")}, B),
    ("change", {"current": count(None), "previous": count(100), "growth": percent("15")}, N),
    ("change", {"current": count(115)}, N),
    ("shares", {"shares": [percent("33.3"), percent("33.3"), percent("33.3")]}, K),
    ("shares", {"shares": [percent("33.3"), percent("33.3"), percent("33.2")]}, R),
    ("shares", {"shares": [percent("30"), percent("45")], "whole": percent("75")}, K),
    ("shares", {"shares": [percent("30"), percent("45")], "whole": percent("80")}, B),
    ("shares", {"shares": [percent("30"), count(None, RATIO)]}, N),
    ("score", {"total": marks("96.5"), "scores": [marks("9.5"), marks("87")]}, K),
    ("score", {"total": marks("97"), "scores": [marks("9"), marks("87")]}, B),
    ("score", {"total": marks("96.52"), "scores": [marks("9.50"), marks("87.00")]}, R),
    (
        "score",
        {"total": marks("96"), "scores": [marks("11"), marks("85")], "points": [marks("10"), marks("90")]},
        B,
    ),
    (
        "score",
        {
            "total": marks("96"),
            "scores": [marks("9"), marks("87")],
            "points": [marks("10"), marks("80")],
            "full": 100,
        },
        B,
    ),
    (
        "score",
        {
            "total": marks("96"),
            "scores": [marks("9"), marks("87")],
            "points": [marks("10"), marks("90")],
            "full": 100,
        },
        K,
    ),
    (
        "score",
        {"total": marks("96"), "scores": [marks("9"), count(None)], "points": [marks("8"), marks("90")]},
        B,
    ),
    (
        "score",
        {"total": marks("96"), "scores": [marks("9"), count(None)], "points": [marks("10"), marks("90")]},
        N,
    ),
    ("score", {"total": marks("8"), "scores": [marks("9"), marks("-1")]}, B),
    ("grade", {"score": marks("89.5"), "grade": "良", "bands": BANDS}, K),
    ("grade", {"score": marks("89.9"), "grade": "优", "bands": BANDS}, B),
    ("grade", {"score": marks("89"), "grade": "优", "bands": BANDS}, B),
    ("grade", {"score": count(None, "分"), "grade": "优", "bands": BANDS}, N),
    ("rhythm", {"stretches": [count(4), count(1), count(4), count(3)]}, K),
    ("rhythm", {"stretches": [count(4), count(0), count(None)]}, B),
    ("rhythm", {"stretches": [count(4), count(None)], "least": 2}, N),
]


@pytest.mark.parametrize(("relation", "arguments", "verdict"), CARDS)
def test_a_relation_gives_its_verdict_with_a_reason(relation, arguments, verdict):
    finding = examine(relation, arguments, title="示例", id="r1", reading="按本级口径")
    assert finding.verdict is verdict, finding
    assert finding.reason
    assert (finding.relation, finding.title, finding.reading) == ("r1", "示例", "按本级口径")


def test_every_relation_has_a_card_for_each_verdict_it_can_reach():
    reached = {}
    for relation, _, verdict in CARDS:
        reached.setdefault(relation, set()).add(verdict)
    assert set(reached) == set(RELATIONS)
    without_rounding = {"list", "rhythm", "grade"}
    for relation, verdicts in reached.items():
        assert verdicts == ({K, B, N} if relation in without_rounding else {K, B, R, N}), relation


def test_a_finding_shows_the_arithmetic_and_the_distance():
    finding = RELATIONS["sum"](
        count(36, "家", title="联系"), [count(6, "家", title="帮扶"), count(29, "家", title="走访")]
    )
    assert finding.stated == "36家"
    assert finding.computed == "6家 + 29家 = 35家"
    assert "相差1家" in finding.reason
    assert finding.subjects == ("联系", "帮扶", "走访")


def test_an_operand_not_reported_is_named():
    finding = RELATIONS["sum"](count(36), [count(6), count(None, title="走访")])
    assert finding.reason == "“走访”未填报，无法核对"


def test_a_figure_counted_exactly_leaves_no_room_for_rounding():
    exact = Operand("f", "办复率", Interval.point(Fraction(19, 20)), "95%", RATIO)
    finding = RELATIONS["rate"](count(190), count(201), exact)
    assert finding.verdict is B


def test_overlapping_parts_above_the_whole_are_no_contradiction_but_told():
    finding = RELATIONS["union_bound"]([count(8), count(9)], count(10), count(12))
    assert finding.verdict is K
    assert "重复" in finding.reason


def test_件_and_件次_are_not_added():
    with pytest.raises(BadInput, match="单位不同"):
        RELATIONS["sum"](count(3, "件"), [count(1, "件"), count(2, "件次")])
    with pytest.raises(BadInput, match="不是同一单位"):
        examine("repeat", {"places": [count(3), count(3)]}, same_units=["件", "件次"])


def test_measure_words_declared_alike_are_compared():
    arguments = {"whole": over_30, "parts": [count(8, "条")]}
    with pytest.raises(BadInput, match="单位不同"):
        examine("subset", arguments)
    assert examine("subset", arguments, same_units=["篇", "条"]).verdict is K


@pytest.mark.parametrize("relation", ["sum", "partition", "repeat"])
def test_money_of_two_natures_is_never_added(relation):
    award, aid = count(2, "元", nature="award"), count(3, "元", nature="aid")
    arguments = {
        "sum": {"total": count(5, "元"), "parts": [award, aid]},
        "partition": {"whole": count(5, "元"), "parts": [award, aid]},
        "repeat": {"places": [award, aid]},
    }[relation]
    with pytest.raises(MixedNatures, match="award、aid"):
        examine(relation, arguments)


def test_money_of_two_natures_may_be_compared_stage_by_stage():
    applied, drawn = count(5, "元", nature="applied"), count(3, "元", nature="drawn")
    assert RELATIONS["chain"]([applied, drawn]).verdict is K
    with pytest.raises(MixedNatures):
        RELATIONS["subset"](applied, [drawn], disjoint=True)


def test_an_overlap_nobody_declared_is_not_judged():
    finding = examine(
        "subset", {"whole": count(103, "家"), "parts": count(20, "家")}, undeclared="是否包含未声明"
    )
    assert (finding.verdict, finding.reason) == (N, "是否包含未声明")
    assert finding.computed == "20家 对 103家"


@pytest.mark.parametrize(
    ("relation", "arguments", "message"),
    [
        ("product", {}, "没有名为“product”"),
        ("sum", {"total": 3}, "缺少parts"),
        ("sum", {"total": 3, "parts": [1], "whole": 4}, "多了whole"),
        (
            "score",
            {"total": marks("3"), "scores": [marks("3")], "points": [marks("3"), marks("1")]},
            "一一对应",
        ),
    ],
)
def test_arguments_that_do_not_fit_are_refused_with_what_would(relation, arguments, message):
    with pytest.raises(BadInput, match=message):
        examine(relation, arguments)


def test_a_relation_tells_which_arguments_it_takes():
    assert parts_of("partition") == {
        "whole": (Part.ONE, True),
        "parts": (Part.MANY, True),
        "union": (Part.MAYBE, False),
    }
    assert parts_of("rhythm")["least"] == (Part.SETTING, False)


@pytest.mark.parametrize(
    ("score", "grades"),
    [
        ("90", ["优"]),
        ("89.99", ["良"]),
        ("80", ["良"]),
        ("79.5", ["中"]),
        ("60", ["中"]),
        ("0", ["差"]),
        ("-1", []),
    ],
)
def test_grade_bands_are_half_open(score, grades):
    assert grades_of(Interval.point(Decimal(score)), BANDS) == grades


def test_a_rounded_score_at_an_edge_may_have_two_grades():
    assert grades_of(Interval(Fraction(179, 2), Fraction(181, 2)), BANDS) == ["优", "良"]


def test_a_title_with_quotation_marks_is_quoted_with_single_ones_inside():
    whole, part = count(2, title="“三公”经费"), count(3, title="接待费")
    told = examine("subset", {"whole": whole, "parts": [part]})
    assert "“‘三公’经费”" in told.reason
    assert "““" not in told.reason
