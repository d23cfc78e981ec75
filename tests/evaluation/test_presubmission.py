"""A paper marked before the bureau does: every kind of fault on a bad paper, none on a clean one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.catalogue.presubmissions import Presubmission
from jixiao.evaluation.presubmission import Broken, Grid, Material, Passage, faults_of, mark, section_of

HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
CLEAN = (
    ("产出指标", "数量指标", "提案办理件数", "≥20件", "20件", "30", "30", ""),
    ("产出指标", "质量指标", "办理满意率", "≥95%", "90%", "20", "18.95", "两件政策未出台"),
    ("效益指标", "社会效益", "建议采纳条数", "≥5条", "5条", "40", "40", ""),
)


def grid(*rows):
    return Grid("表1", HEAD, rows, tuple(f"表1第{n}行" for n in range(2, len(rows) + 2)))


def rules(check, **given):
    rule = {"id": "rule", "title": "规则", "check": check, "each": "0.5", "mend": "改好"} | given
    item = {"id": "item", "title": "项目", "points": 2, "deductions": [rule]}
    return Presubmission(id="table", pack="trial", title="自查", source=[{"title": "样表"}], items=[item])


def faults(material, check, **given):
    return [
        (one.place, one.found) for one in faults_of(rules(check, **given).items[0].deductions[0], material)
    ]


def passages(*texts):
    section, found = "", []
    for n, text in enumerate(texts, 1):
        section = section_of(text) or section
        found.append(Passage(f"第{n}段", text, section, bool(section_of(text))))
    return tuple(found)


def test_a_clean_table_costs_nothing() -> None:
    material = Material((), (grid(*CLEAN),))
    for check in ("full_marks", "reasons", "targets"):
        assert faults(material, check) == []


@pytest.mark.parametrize(
    ("check", "column", "text", "told"),
    [
        ("reasons", 7, "", "失 1.05 分，没有写原因"),
        ("reasons", 6, "21", "高于分值"),
        ("targets", 3, "", "没有指标值"),
    ],
)
def test_a_bad_row_is_told_with_its_place(check, column, text, told) -> None:
    row = list(CLEAN[1])
    row[column] = text
    ((place, found),) = faults(Material((), (grid(CLEAN[0], tuple(row)),)), check)
    assert place == "表1第3行"
    assert told in found
    assert "办理满意率" in found


def test_full_marks_everywhere_are_asked_about() -> None:
    rows = [(*row[:6], row[5], "") for row in CLEAN]
    assert faults(Material((), (grid(*rows),)), "full_marks") == [("表1", "3 项全部满分")]


def test_targets_of_words_and_misplaced_rates_are_found() -> None:
    rows = [("产出指标", "数量指标", "办理率", "≥95%", "95%", "10", "10", ""),
            ("效益指标", "社会效益", "影响", "显著提升", "提升", "10", "10", "")]  # fmt: skip
    material = Material((), (grid(*rows),))
    assert faults(material, "vague", patterns={"空泛": "提升"})[0][0] == "表1第3行"
    assert faults(material, "misplaced", patterns={"数量": "%|率"})[0][0] == "表1第2行"
    assert faults(material, "coverage", patterns={"满意度指标": "满意"}) == [("表1", "没有满意度指标")]


def test_execution_far_from_plan_is_told() -> None:
    money = Grid("表2", ("项目", "全年预算数", "执行率（B/A）"), (("总额", "90", "75.00%"), ("其中", "50", "95.00%")),
                 ("表2第2行", "表2第3行"))  # fmt: skip
    assert faults(Material((), (money,)), "execution", limit="20%") == [
        ("表2第2行", "“总额”执行率 75.00%，离 100% 超过 20 个百分点")
    ]


def test_missing_and_doubled_sections() -> None:
    material = Material(passages("一、基本情况", "二、基本情况", "三、问题"))
    wanted = {"基本情况": "基本情况", "措施": "措施"}
    assert faults(material, "outline", patterns=wanted) == [
        ("第2段", "“基本情况”一段重复"),
        ("全文", "缺“措施”一段"),
    ]


def test_problems_without_measures_owners_and_days() -> None:
    material = Material(
        passages("一、存在的问题", "办理慢。", "答复迟。", "二、改进措施", "加强管理。", "三、其他", "暂无。")
    )
    assert faults(material, "answered", section="问题", patterns={"措施": "措施"}) == [
        ("措施", "问题 2 条，措施 1 条")
    ]
    ((place, found),) = faults(material, "owners", section="措施")
    assert (place, "没有责任和时限" in found) == ("第5段", True)
    assert faults(material, "empty_section", section="其他")[0][0] == "第7段"
    good = Material(passages("一、改进措施", "逐件回访，由提案科负责，3月底前完成。"))
    assert faults(good, "owners", section="措施") == []


def test_a_paper_that_says_it_lost_nothing_owes_no_measure() -> None:
    material = Material(
        passages("一、存在的问题", "办理慢。", "项目自评没有另外的失分。", "二、改进措施", "逐件催办。")
    )
    assert faults(material, "answered", section="问题", patterns={"措施": "措施"}) == []


def test_statements_need_a_number_or_an_example() -> None:
    material = Material(passages("一、绩效情况", "各项工作取得了比较好的成效。", "办理提案20件。"))
    assert [place for place, _ in faults(material, "statements", section="绩效")] == ["第2段"]


def test_small_samples_and_what_may_not_be_published() -> None:
    material = Material(passages("发出问卷40份，有效问卷12份。", "电话13812345678。"))
    assert faults(material, "sample", limit=30, patterns={"有效问卷": r"有效问卷(\d+)份"})[0][0] == "第1段"
    assert faults(material, "numbers_of_persons")[0][0] == "第2段"
    assert faults(material, "matches", patterns={"电话": "电话"})[0][0] == "第2段"


def test_broken_sums_are_priced_and_never_cost_more_than_the_item() -> None:
    broken = tuple(Broken("sum", f"第{n}段", "合计不符") for n in range(9))
    sheet = mark(rules("findings"), Material((), (), broken))
    assert (sheet.points, sheet.earned, len(sheet.faults)) == (Decimal(2), Decimal(0), 9)
    capped = mark(rules("findings", most="1"), Material((), (), broken))
    assert capped.earned == 1


def test_evidence_of_a_strangers_paper_is_not_asked() -> None:
    sheet = mark(rules("evidence"), Material(()))
    assert (sheet.earned, sheet.lines[0].unasked) == (Decimal(2), ("规则",))
    known = mark(rules("evidence"), Material((), unproved=(("第1段", "没有佐证"),)))
    assert known.earned == Decimal("1.5")


def test_an_unreadable_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="读不懂"):
        rules("matches", patterns={"坏": "("})
