"""A scheme from YAML to its total: a filled form, sums, reasons, open points, grades, refusals."""

from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from pydantic import ValidationError

from jixiao.catalogue.indicators import Role
from jixiao.catalogue.schemes import Scheme
from jixiao.errors import BadInput
from jixiao.evaluation import examples
from jixiao.evaluation.answers import Actual, Judgement, Records
from jixiao.evaluation.grading import grade_of
from jixiao.evaluation.scheme import evaluate, score_leaf
from jixiao.values import RATIO, Status, round_half_up

HEAD = """
pack: sample
id: common_table
title: 共性指标评分表（示例）
source: [{title: 示例办法, verified: false}]
"""

COMMON = (
    HEAD
    + """
total: 32
grades: [[90, 优], [80, 良], [60, 中], [0, 差]]
tree:
  - id: input
    title: 投入
    points: 16
    children:
      - id: staff
        title: 在职人员控制率
        points: 8
        leaf:
          indicator: sample/staff_rate
          method: {name: deduct, full_if: "<=100%", per: 1pp, minus: 0.5, mode: linear}
      - id: reception_change
        title: “三公经费”变动率
        points: 8
        leaf:
          indicator: sample/reception_change
          zero_denominator: full_if_zero
          method: {name: deduct, full_if: "<=0", per: 1pp, minus: 0.8, mode: linear}
  - id: process
    title: 过程
    points: 16
    children:
      - id: completion
        title: 预算完成率
        points: 8
        leaf:
          indicator: sample/completion
          method: {name: deduct, full_if: ">=100%", per: 5pp, minus: 2, mode: step_floor}
      - id: control
        title: 预算控制率
        points: 8
        leaf:
          indicator: sample/control
          method:
            name: bands
            unit: "%"
            bands: [["=0", 8], ["(0,10]", 6], ["(10,20]", 4], ["(20,30]", 2], [">30", 0]]
examples:
  - {name: 在职136人、编制143人, leaf: staff, actual: 136/143, earned: 8}
  - {name: 本年预算63.46、上年预算32, leaf: reception_change, actual: 31.46/32, earned: 0}
  - {name: 年末结余19.8, leaf: completion, actual: 2690.62/2710.42, earned: 8}
  - {name: 追加767.86, leaf: control, actual: 767.86/1922.76, earned: 0}
  - {name: 未填报不是零, leaf: control, earned: null}
"""
)

GOALS = (
    HEAD
    + """
grades: [[90, 优], [80, 良], [60, 中], [0, 差]]
not_applicable: rescale
tree:
  - {id: execution, title: 预算执行率, points: 10, leaf: {indicator: sample/execution, method: execution}}
  - id: output
    title: 产出指标
    points: 50
    children:
      - id: filed
        title: 立案率
        points: 20
        leaf: {indicator: sample/filing_rate, op: ">=", target: "0.95", method: proportional}
      - id: held
        title: 协商活动
        points: 30
        leaf: {indicator: sample/held, op: ">=", target: 12, unit: 次, method: {name: proportional}}
  - {id: effect, title: 效益指标, points: 30, leaf: {method: three_band}}
  - id: satisfaction
    title: 满意度
    points: 10
    leaf:
      indicator: sample/satisfied
      method: {name: interval, bands: [[90%, 10], [80%, 8], [60%, 5], [0, 0]]}
"""
)


def scheme(text):
    return Scheme.model_validate(yaml.safe_load(text))


def full_answers():
    return {
        "execution": Actual(Fraction(9, 10), RATIO),
        "filed": Actual(Fraction(1), RATIO),
        "held": Actual(Fraction(11), "次"),
        "effect": Judgement(band="达成年度指标", share=Fraction(95, 100), reason="成果被采纳"),
        "satisfaction": Actual(Fraction(92, 100), RATIO),
    }


def test_the_golden_vectors_of_a_filled_form():
    tried = examples.run(scheme(COMMON))
    assert len(tried) == 5
    assert [one.example.name for one in tried if not one.holds] == []


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(136, 143), "95.10"),
        (Fraction("63.46") / 32 - 1, "98.31"),
        (Fraction("2690.62") / Fraction("2710.42"), "99.27"),
        (Fraction("767.86") / Fraction("1922.76"), "39.94"),
        (Fraction("44.29") / Fraction("63.46"), "69.79"),
        (Fraction("44.29") / Fraction("29.08") - 1, "52.30"),
    ],
)
def test_the_rates_of_that_form_print_as_filed(value, printed):
    assert round_half_up(value * 100, 2) == Decimal(printed)


def test_nothing_spent_in_either_year_is_no_increase():
    node = next(node for node in scheme(COMMON).leaves if node.id == "reception_change")
    assert score_leaf(node, Actual(None, RATIO, Status.NONE, top=0)).earned == 8
    assert score_leaf(node, Actual(None, RATIO, Status.NONE, top=5)).earned is None


def test_a_whole_scheme_adds_up_and_asks_for_reasons():
    done = evaluate(scheme(GOALS), full_answers(), reasons={"execution": "采购合同跨年支付"})
    assert done.earned == Decimal("9") + 20 + Decimal("27.5") + Decimal("28.5") + 10
    assert (done.grade, done.is_complete, done.open) == ("优", True, 0)
    assert [score.leaf for score in done.unexplained] == ["held"]
    output = done.tree[1]
    assert (output.points, output.earned, output.open) == (50, Decimal("47.5"), 0)
    assert [score.leaf for score in done.scores] == ["execution", "filed", "held", "effect", "satisfaction"]
    assert done.scores[0].reason == "采购合同跨年支付"
    assert done.scores[3].reason == "成果被采纳"
    assert done.text == "得95分（满分100分），等级为优"


def test_a_leaf_not_reported_leaves_the_total_open():
    answers = full_answers()
    del answers["held"]
    done = evaluate(scheme(GOALS), answers)
    assert (done.earned, done.open, done.grade, done.is_complete) == (Decimal("67.5"), 30, None, False)
    assert "另有30分尚未填报" in done.text
    assert "held" not in [score.leaf for score in done.unexplained]


def test_a_leaf_that_does_not_apply_is_dropped_and_the_rest_re_scaled():
    answers = full_answers()
    del answers["satisfaction"]
    done = evaluate(scheme(GOALS), answers, not_applicable={"satisfaction": "本年度未开展调查"})
    assert done.earned == round_half_up(Fraction(85) * 100 / 90, 2)
    assert "85 × 100 ÷ 90" in done.working
    assert done.is_complete
    assert done.tree[3].dropped == "本年度未开展调查"
    assert "satisfaction" not in [score.leaf for score in done.scores]


def test_dropping_is_refused_where_the_scheme_forbids_it_or_no_reason_is_given():
    with pytest.raises(BadInput, match="不允许剔除"):
        evaluate(scheme(COMMON), {}, not_applicable={"staff": "无编制"})
    with pytest.raises(BadInput, match="应说明理由"):
        evaluate(scheme(GOALS), {}, not_applicable={"held": " "})
    with pytest.raises(BadInput, match="全部评分项均不适用"):
        evaluate(scheme(GOALS), {}, not_applicable=dict.fromkeys(full_answers(), "不适用"))


@pytest.mark.parametrize("role", [Role.PLAN, Role.DESCRIPTION, Role.STRUCTURE])
def test_plans_and_descriptions_are_never_scored_as_output(role):
    with pytest.raises(BadInput, match="不能作为产出计分：held"):
        evaluate(scheme(GOALS), full_answers(), roles={"sample/held": role})
    assert evaluate(scheme(GOALS), full_answers(), roles={"sample/held": Role.RESULT}).is_complete


def test_an_unknown_leaf_is_named():
    with pytest.raises(BadInput, match="没有评分项 nowhere"):
        evaluate(scheme(GOALS), {}, reasons={"nowhere": "…"})


def test_a_heading_has_no_score_of_its_own():
    with pytest.raises(BadInput, match="没有评分规则"):
        score_leaf(scheme(GOALS).tree[1], None)


def test_a_scheme_without_grades_gives_a_bare_total():
    text = HEAD + "tree: [{id: one, title: 一, points: 100, leaf: {method: direct}}]"
    done = evaluate(scheme(text), {"one": Judgement(points=Decimal(80))})
    assert (done.grade, done.text) == (None, "得80分（满分100分）")


POINTS = (
    HEAD
    + """
total: 10
tree:
  - id: activity
    title: 履职
    points: 10
    leaf:
      kind: points
      clauses: [{id: meeting, title: 参加会议, clause: 第一条, rows: meeting, add: 4}]
examples:
  - {name: 两次, leaf: activity, subject: 甲, records: {meeting: [{id: a}, {id: b}]}, earned: 8}
  - name: 三次以满分为限
    leaf: activity
    subject: 甲
    records: {meeting: [{id: a}, {id: b}, {id: c}]}
    earned: 10
"""
)


def test_a_points_leaf_scores_records_within_its_points():
    rules = scheme(POINTS)
    assert all(one.holds for one in examples.run(rules))
    done = evaluate(rules, {"activity": Records("甲", {"meeting": [{"id": "a"}]})})
    assert done.tree[0].lines[0].records == ("a",)
    assert evaluate(rules, {"activity": Records("甲")}).earned == 0
    assert evaluate(rules, {}).open == 10
    with pytest.raises(BadInput, match="应给出记录"):
        evaluate(rules, {"activity": Actual(Fraction(1))})


def test_a_judgement_in_an_example_is_checked():
    text = (
        HEAD
        + """
tree: [{id: one, title: 一, points: 100, leaf: {method: direct}}]
examples:
  - {name: 九十分, leaf: one, judgement: {points: 90}, earned: 90}
  - {name: 写错, leaf: one, judgement: {points: 很多}, earned: 90}
"""
    )
    with pytest.raises(BadInput, match="“写错”的评定有误：应为数字"):
        examples.run(scheme(text))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("points: 20", "points: 21", "合计51分，应为50分"),
        ("points: 30, leaf", "points: 31, leaf", "合计101分，应为100分"),
        ("id: held", "id: filed", "id 重复：filed"),
        ("[90%, 10]", "[90%, 12]", "只有10分，评分规则却可得12分"),
        ('op: ">=", target: "0.95", ', "", "应写 op 与 target"),
        ('op: ">=", target: "0.95"', 'op: range, target: "0.95"', "op 为 range 时应写"),
        ('op: ">=", target: "0.95"', "op: range, target: 3, to: 2", "应不小于 target"),
        ('op: ">=", target: "0.95"', 'op: "=", target: "0.95"', "应写 miss"),
        ("indicator: sample/execution, ", "", "应写 indicator"),
        ("{method: three_band}", "{method: three_band, indicator: sample/x}", "不应写 indicator"),
        ("{method: three_band}", "{method: three_band, target: 3}", "不用 op、target、to"),
        ("leaf: {method: three_band}", "note_: 1", "Extra inputs"),
        (", leaf: {method: three_band}", "", "应有 leaf 或 children"),
        ("[80, 良]", "[90, 良]", "等级的下限有重复"),
        ("[80%, 8]", '["[80%,85%)", 8]', "区间应写成"),
        ("[[90%, 10], [80%, 8], [60%, 5], [0, 0]]", '[[">=90%", 10], ["[0,90%]", 8]]', "两档之间留空或重叠"),
        ("[[90%, 10], [80%, 8], [60%, 5], [0, 0]]", '[[">90%", 10], ["[0,90%)", 8]]', "两档之间留空或重叠"),
        ("[[90%, 10], [80%, 8], [60%, 5], [0, 0]]", '[["(90%,80%]", 10]]', "下限应小于上限"),
        ("[[90%, 10], [80%, 8], [60%, 5], [0, 0]]", "[[90%]]", "bands"),
        ("[[90%, 10], [80%, 8], [60%, 5], [0, 0]]", "九十分以上", "bands"),
        ("method: execution", "method: magic", "magic"),
        ('target: "0.95"', "target: 很高", "应为数字"),
        ('target: "0.95"', "target: true", "应为数字"),
        ('target: "0.95"', "target: Infinity", "应为有限的数字"),
        (
            "{method: three_band}",
            "{method: {name: three_band, grades: [{name: 一, at_least: 0, below: 0.5}]}}",
            "首尾相接",
        ),
        (
            "{indicator: sample/execution, method: execution}",
            "{indicator: a/b, method: {name: deduct, full_if: '<1', per: 1, minus: 1, mode: linear}}",
            "扣分从边界起算",
        ),
    ],
)
def test_a_scheme_that_cannot_be_right_is_refused_with_what_would_be(before, after, message):
    assert before in GOALS
    with pytest.raises(ValidationError, match=message):
        scheme(GOALS.replace(before, after, 1))


def test_an_example_must_point_at_a_leaf_and_a_quotient_needs_a_divisor():
    with pytest.raises(ValidationError, match="不是评分项"):
        scheme(COMMON.replace("leaf: staff, actual", "leaf: input, actual"))
    with pytest.raises(ValidationError, match="分母不能为零"):
        scheme(COMMON.replace("136/143", "136/0"))


def test_a_scheme_survives_its_own_json():
    first = scheme(COMMON)
    assert Scheme.model_validate(first.model_dump(mode="json")) == first
    assert first.indicators == (
        "sample/staff_rate",
        "sample/reception_change",
        "sample/completion",
        "sample/control",
    )


@pytest.mark.parametrize(("score", "name"), [("90", "优"), ("89.99", "良"), ("59.5", "差"), ("-1", None)])
def test_grades_are_half_open(score, name):
    bands = [(Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差")]
    assert grade_of(Decimal(score), bands) == name
    assert grade_of(Decimal(score), []) is None


@pytest.mark.parametrize(
    ("unit", "target", "kept", "base"),
    [
        ("万元", "120", "1200000", "元"),
        ("亿元", "1.2", "120000000", "元"),
        ("%", "95", "0.95", RATIO),
        ("%", "95%", "0.95", RATIO),
        ("件", "20", "20", "件"),
    ],
)
def test_targets_are_kept_in_base_units(unit, target, kept, base):
    text = GOALS.replace("target: 12, unit: 次", f'target: "{target}", unit: "{unit}"')
    leaf = next(node.leaf for node in scheme(text).leaves if node.id == "held")
    assert (leaf.target, leaf.unit) == (Decimal(kept), base)
    assert Scheme.model_validate(scheme(text).model_dump(mode="json")) == scheme(text)
