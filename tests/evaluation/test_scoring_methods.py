"""Each scoring method by example, and what holds for all of them whatever the numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from jixiao.catalogue.methods import Method
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Actual, Judgement, Records
from jixiao.evaluation.methods import apply
from jixiao.evaluation.row import APPROXIMATE, NEEDS_CAUSE, NEEDS_JUDGEMENT, Row
from jixiao.values import RATIO, Status

METHODS = TypeAdapter(Method)
QUICK = settings(max_examples=60, deadline=None)


def row(points="10", op="", target=None, to=None):
    def exact(value):
        return None if value is None else Fraction(value)

    return Row("x", "示例指标", Decimal(points), "m", 2, op, exact(target), exact(to))


def method(**settings):
    return METHODS.validate_python(settings)


def earned(row, rule, value, unit=RATIO, **more):
    answer = Actual(None if value is None else Fraction(value), unit, **more)
    return apply(row, rule, answer).earned


def D(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("op", "target", "value", "gives"),
    [
        (">=", "0.95", "0.95", "10"),
        (">=", "0.95", "0.90", "9.47"),
        (">=", "0.95", "-0.1", "0"),
        (">=", "0", "0", "10"),
        (">=", "0", "-1", "0"),
        (">", "0", "0", "0"),
        (">", "0", "1", "10"),
        (">=", "-0.05", "-0.1", "5"),
        (">=", "-0.05", "0", "10"),
        ("<=", "0.05", "0.05", "10"),
        ("<=", "0.05", "0.10", "5"),
        ("<=", "0", "0", "10"),
        ("<=", "0", "1", "0"),
        ("<", "0", "0", "0"),
        ("<", "0", "-1", "10"),
        ("<=", "-0.3", "-0.2", "6.67"),
        ("<=", "-0.3", "0.1", "0"),
        ("<=", "-0.3", "-0.4", "10"),
    ],
)
def test_proportional_in_each_direction(op, target, value, gives):
    assert earned(row(op=op, target=target), method(name="proportional"), value) == D(gives)


@pytest.mark.parametrize(
    ("op", "target", "to", "miss", "value", "gives"),
    [
        ("=", "100", None, "proportional", "100", "10"),
        ("=", "100", None, "proportional", "90", "9"),
        ("=", "100", None, "proportional", "130", "7"),
        ("=", "100", None, "proportional", "300", "0"),
        ("=", "100", None, "all_or_nothing", "99", "0"),
        ("=", "0", None, "proportional", "0", "10"),
        ("=", "0", None, "proportional", "1", "0"),
        ("range", "10", "20", "proportional", "10", "10"),
        ("range", "10", "20", "proportional", "20", "10"),
        ("range", "10", "20", "proportional", "5", "5"),
        ("range", "10", "20", "proportional", "40", "5"),
        ("range", "10", "20", "all_or_nothing", "9", "0"),
        ("range", "0", "20", "proportional", "-1", "0"),
        ("range", "10", None, "proportional", "10", "10"),
    ],
)
def test_equality_and_ranges_cost_what_the_pack_says(op, target, to, miss, value, gives):
    assert earned(row(op=op, target=target, to=to), method(name="proportional", miss=miss), value, "件") == D(
        gives
    )


def test_below_the_pass_threshold_nothing_is_earned():
    rule = method(name="proportional", pass_at="60%")
    assert earned(row(op=">=", target="100"), rule, "59", "件") == 0
    assert earned(row(op=">=", target="100"), rule, "60", "件") == 6


def test_far_above_the_target_the_cause_is_asked_for_and_the_points_stay():
    rule = method(name="proportional", over_by="30%")
    score = apply(row(op=">=", target="100"), rule, Actual(Fraction(131), "件"))
    assert (score.earned, score.flags) == (10, (NEEDS_CAUSE,))
    assert apply(row(op=">=", target="100"), rule, Actual(Fraction(130), "件")).flags == ()
    assert apply(row(op="<=", target="100"), rule, Actual(Fraction(10), "件")).flags == ()


def test_the_working_is_the_arithmetic_of_the_sheet():
    score = apply(row(op=">=", target="0.95"), method(name="proportional"), Actual(Fraction(9, 10), RATIO))
    assert score.working == "实际值90.00%，目标值≥95.00%，完成比例94.74%；10分 × 94.74% = 9.47分"
    score = apply(
        row(op="range", target="1", to="2"),
        method(name="proportional", miss="proportional"),
        Actual(Fraction(1), "件"),
    )
    assert score.working == "实际值1件，目标值1件至2件，已达成，得满分10分"


@pytest.mark.parametrize(
    ("value", "gives"), [("0.9235", "9.24"), ("1", "10"), ("1.2", "10"), ("0", "0"), (None, None)]
)
def test_execution_is_capped_at_the_points(value, gives):
    assert earned(row(), method(name="execution"), value) == D(gives)


@pytest.mark.parametrize(
    ("mode", "value", "gives"),
    [
        ("step_floor", "0.9927", "8"),
        ("step_floor", "0.95", "6"),
        ("step_ceil", "0.9927", "6"),
        ("step_ceil", "0.95", "6"),
        ("linear", "0.975", "7"),
        ("linear", "0.1", "0"),
        ("linear", "1.2", "8"),
        ("linear", None, None),
    ],
)
def test_deduction_by_whole_steps_begun_steps_or_in_proportion(mode, value, gives):
    rule = method(name="deduct", full_if=">=100%", per="5pp", minus=2, mode=mode)
    assert earned(row("8"), rule, value) == D(gives)


def test_deduction_on_both_sides_and_down_to_a_floor():
    both = method(name="deduct", full_if="=100%", per="5pp", minus=1, mode="step_floor", floor=2)
    assert [earned(row("6"), both, value) for value in ("1", "0.9", "1.1", "0")] == [6, 4, 4, 2]
    range_ = method(name="deduct", full_if="[90%,100%]", per="1pp", minus="0.5", mode="linear")
    assert [earned(row("5"), range_, value) for value in ("0.95", "0.89", "1.01")] == [5, D("4.5"), D("4.5")]


SPANS = [["=0", 8], ["(0,10]", 6], ["(10,20]", 4], ["(20,30]", 2], [">30", 0]]


@pytest.mark.parametrize(
    ("value", "gives"),
    [
        ("0", "8"),
        ("0.0001", "6"),
        ("0.1", "6"),
        ("0.1001", "4"),
        ("0.3", "2"),
        ("0.31", "0"),
        ("-0.1", None),
        (None, None),
    ],
)
def test_bands_written_as_spans(value, gives):
    assert earned(row("8"), method(name="bands", unit="%", bands=SPANS), value) == D(gives)


@pytest.mark.parametrize(
    ("value", "gives"), [("0.9", "10"), ("0.8999", "8"), ("0.6", "5"), ("0", "0"), ("1.5", "10")]
)
@pytest.mark.parametrize(
    "bands", [[["90%", 10], ["80%", 8], ["60%", 5], [0, 0]], [[0, 0], [0.6, 5], [0.8, 8], [0.9, 10]]]
)
def test_bands_written_as_lower_bounds_in_any_order(bands, value, gives):
    assert earned(row(), method(name="interval", bands=bands), value) == D(gives)


def test_a_value_no_band_covers_is_left_to_a_person():
    score = apply(row("8"), method(name="bands", unit="%", bands=SPANS), Actual(Fraction(-1, 10), RATIO))
    assert (score.earned, score.flags) == (None, (NEEDS_JUDGEMENT,))


def test_yes_or_no():
    rule = method(name="yes_no")
    assert apply(row(), rule, Judgement(yes=True)).earned == 10
    assert apply(row(), rule, Judgement(yes=False)).earned == 0
    assert apply(row(), rule, Judgement()).earned is None
    assert [earned(row(), rule, value, "次") for value in ("2", "0", None)] == [10, 0, None]


def test_check_points_share_the_points_or_cost_a_fixed_part():
    shares = method(name="checkpoints", checkpoints=["已制定", "合法合规", "有效执行"])
    partly = apply(row("8"), shares, Judgement(met=(True, True, False)))
    assert partly.earned == D("5.33")
    assert "未达到：有效执行" in partly.working
    assert apply(row("8"), shares, Judgement(met=(True, True, True))).earned == 8
    assert apply(row("8"), shares, Judgement(met=(True, None, True))).earned is None
    assert apply(row("8"), shares, Judgement()).earned is None
    costs = method(name="checkpoints", checkpoints=["甲", "乙", "丙", "丁", "戊"], minus=1)
    assert apply(row("3"), costs, Judgement(met=(True, True, True, False, False))).earned == 1
    assert apply(row("3"), costs, Judgement(met=(False,) * 5)).earned == 0
    with pytest.raises(BadInput, match="有3个评价要点，填了2个"):
        apply(row("8"), shares, Judgement(met=(True, True)))


def test_three_bands_with_a_percentage_and_a_reason():
    rule = method(name="three_band")

    def judged(band, share, reason="见佐证材料"):
        return apply(row(), rule, Judgement(band=band, share=Fraction(share), reason=reason)).earned

    assert judged("达成年度指标", "1") == 10
    assert judged("达成年度指标", "0.8") == 8
    assert judged("部分达成", "0.7999") == 8
    assert judged("部分达成", "0.6") == 6
    assert judged("未达成", "0") == 0
    assert judged("未达成", "0.5", reason=" ") is None
    assert apply(row(), rule, Judgement(band="未达成")).earned is None
    assert apply(row(), rule, Judgement()).earned is None
    with pytest.raises(BadInput, match=r"60\.00%（含）至80\.00%之间"):
        judged("部分达成", "0.8")
    with pytest.raises(BadInput, match="没有“优秀”这一档"):
        judged("优秀", "1")


def test_points_given_by_a_person():
    manual, direct = method(name="manual_with_reason"), METHODS.validate_python("direct")
    assert apply(row(), direct, Judgement(points=Decimal("9.5"))).earned == D("9.5")
    assert apply(row(), direct, Judgement()).earned is None
    assert apply(row(), manual, Judgement(points=Decimal(9))).earned is None
    assert (
        apply(row(), manual, Judgement(points=Decimal(9), reason="材料齐全")).working == "评定9分：材料齐全"
    )
    assert apply(row(), manual, Judgement(reason="材料齐全")).earned is None
    for points in ("10.5", "-1"):
        with pytest.raises(BadInput, match="应在0至10分之间"):
            apply(row(), direct, Judgement(points=Decimal(points)))


ALL_MEASURED = [
    (row(op=">=", target="0.9"), method(name="proportional")),
    (row(), method(name="execution")),
    (row(), method(name="deduct", full_if="<=100%", per="1pp", minus="0.5", mode="linear")),
    (row(), method(name="bands", bands=[["90%", 10], [0, 5]])),
]


@pytest.mark.parametrize(("line", "rule"), ALL_MEASURED)
def test_not_reported_is_not_zero(line, rule):
    for answer in (None, Actual(None, RATIO, Status.NOT_REPORTED)):
        score = apply(line, rule, answer)
        assert score.earned is None
        assert score.lost is None
        assert "未填报" in score.working


@pytest.mark.parametrize(("line", "rule"), ALL_MEASURED)
def test_a_rate_without_denominator_is_left_to_a_person_unless_nothing_became_nothing(line, rule):
    score = apply(line, rule, Actual(None, RATIO, Status.NONE, top=5), full_if_zero=True)
    assert (score.earned, score.flags) == (None, (NEEDS_JUDGEMENT,))
    assert apply(line, rule, Actual(None, RATIO, Status.NONE, top=0), full_if_zero=True).earned == 10
    assert apply(line, rule, Actual(None, RATIO, Status.NONE, top=0)).earned is None


def test_an_approximation_is_said_to_be_one():
    score = apply(
        row(op=">=", target="30"), method(name="proportional"), Actual(Fraction(30), "篇", approximate=True)
    )
    assert (score.earned, score.flags) == (10, (APPROXIMATE,))


@pytest.mark.parametrize(
    ("settings", "answer"),
    [
        ({"name": "execution"}, Judgement()),
        ({"name": "direct"}, Actual(Fraction(1))),
        ({"name": "yes_no"}, Records("甲")),
    ],
)
def test_an_answer_of_the_wrong_sort_is_refused(settings, answer):
    with pytest.raises(BadInput, match="应给出"):
        apply(row(), METHODS.validate_python(settings), answer)


fractions = st.fractions(min_value=-3, max_value=3, max_denominator=1000)
points = st.decimals(min_value="0.5", max_value=50, places=1)
rules = st.sampled_from([rule for _, rule in ALL_MEASURED[1:]])
operators = st.sampled_from([">=", ">", "<=", "<", "=", "range"])


@QUICK
@given(points, operators, fractions, fractions, st.sampled_from(["proportional", "all_or_nothing"]))
def test_a_proportional_score_stays_within_its_points(worth, op, target, value, miss):
    line = row(worth, op, target, target + 1 if op == "range" else None)
    score = earned(line, method(name="proportional", miss=miss), value)
    assert 0 <= score <= worth


@QUICK
@given(points, rules, fractions)
def test_every_measured_score_stays_within_its_points(worth, rule, value):
    score = earned(row(worth), rule, value)
    assert score is None or 0 <= score <= worth


@QUICK
@given(points, st.sampled_from([">=", ">", "<=", "<"]), fractions, fractions, fractions)
def test_a_better_value_never_earns_less(worth, op, target, one, other):
    worse, better = sorted((one, other), reverse=op in ("<=", "<"))
    line, rule = row(worth, op, target), method(name="proportional")
    assert earned(line, rule, worse) <= earned(line, rule, better)


@QUICK
@given(
    st.sampled_from(["linear", "step_floor", "step_ceil"]),
    st.sampled_from([">=", "<="]),
    fractions,
    fractions,
)
def test_a_deduction_never_shrinks_with_the_distance(mode, sign, one, other):
    rule = method(name="deduct", full_if=f"{sign}50%", per="3pp", minus="0.7", mode=mode)
    worse, better = sorted((one, other), reverse=sign == "<=")
    assert earned(row(), rule, worse) <= earned(row(), rule, better)


@QUICK
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=6, unique=True), fractions)
def test_bands_leave_no_gap_and_no_overlap(bounds, value):
    ordered = sorted(bounds)
    rule = method(name="bands", unit="%", bands=[[bound, place] for place, bound in enumerate(ordered)])
    holding = [band for band in rule.bands if band.interval.contains(value)]
    covered = value >= Fraction(ordered[0], 100)
    assert len(holding) == (1 if covered else 0)
    if covered:
        assert holding[0].award == sum(value >= Fraction(bound, 100) for bound in ordered) - 1
