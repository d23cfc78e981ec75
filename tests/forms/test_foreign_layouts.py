"""The self-evaluation sheet as offices lay it out: bands of merged titles, 其中 before rows, narrow brackets, another unit."""

from __future__ import annotations

import pytest
from tests.forms import samples

from jixiao.forms.check import check
from jixiao.forms.read_xlsx import ReadForm, read_rows
from jixiao.forms.row_titles import core, money_told
from jixiao.values import Verdict

MONEY = ["年初预算数", "全年预算数(A)", "全年执行数(B)", "分值", "执行率(B/A)", "得分"]
LIST = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]


def sheet(unit: str = "万元", times: int = 1, *, band_below: bool = False) -> list[list[object]]:
    """`band_below`: the merged titles at the left begin beside the first row instead of beside the heading."""
    first = "" if band_below else "年度预算申请（万元）"
    below = "年度预算申请（万元）" if band_below else ""

    def money(title: str, *amounts: float) -> list[object]:
        return ["", title, *(one * times for one in amounts), "", "", ""]

    total: list[object] = [below, "年度资金总额", 90 * times, 90 * times, 89.974 * times, 10, "99.97%", 10]
    return [
        ["附件2"],
        ["部门整体支出绩效自评表（2020年度）"],
        ["预算部门名称", "示例局", "", "", "", "", "", f"单位：{unit}"],
        [first, "", *MONEY],
        total,
        ["", "按收入性质分："],
        money("其中：一般公共预算", 90, 90, 89.974),
        ["", "政府性基金拨款："],
        ["", "纳入专户管理的非税收入拨款"],
        ["", "其他资金"],
        ["", "按支出性质分："],
        money("其中：基本支出", 50, 50, 50),
        money("项目支出", 40, 40, 39.974),
        ["年度总体目标", "预期目标", "", "", "", "实际完成情况"],
        ["", "完成年度任务", "", "", "", "已完成"],
        ["" if band_below else "绩效指标", *LIST],
        [
            "绩效指标" if band_below else "",
            "产出指标（50分）",
            "数量指标",
            "提案办理件数",
            "≥20件",
            "20件",
            50,
            50,
            "",
        ],
        ["", "效益指标（30分）", "社会效益指标", "采纳条数", "≥5条", "5条", 30, 30, ""],
        ["", "满意度指标（10分）", "服务对象满意度指标", "满意度", "≥90%", "92%", 10, 10, ""],
        ["总分", "", "", "", "", "", 100, 100, ""],
        ["填表人：示例", "", "填报日期："],
    ]


def read(rows: list[list[object]]) -> ReadForm:
    width = max(map(len, rows))
    return read_rows([[*row, *[""] * (width - len(row))] for row in rows], samples.form("self_evaluation"))


@pytest.mark.parametrize("band_below", [False, True])
def test_every_row_of_an_offices_own_layout_is_read(band_below: bool) -> None:
    told = read(sheet(band_below=band_below))
    assert (told.lacking, told.told, told.filled.problems) == ([], [], {})
    places = ("money.total.full", "money.general.executed", "money.basic.full", "money.project.executed")
    assert [float(told.filled.cell(place).value) for place in places] == [900_000, 899_740, 500_000, 399_740]
    assert told.filled.cell("goals.goal.actual").words == "已完成"
    assert told.filled.cell("indicators.total.score").value == 90
    assert [one.reason for one in check(told.filled) if one.verdict is Verdict.BROKEN] == []


def test_a_sheet_in_yuan_is_read_in_yuan_and_told() -> None:
    told = read(sheet("元", 10_000))
    assert told.filled.cell("money.total.full").value == 900_000
    assert told.told == ["表以“元”为单位，已按“元”读；规定以“万元”填报"]
    assert told.lacking == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("其中：一般公共预算", "一般公共预算"),
        ("按支出性质分：基本支出", "基本支出"),
        ("1、公务用车购置和维护经费", "公务用车购置和维护经费"),
        ("（一）基本支出：", "基本支出"),
        ("三公经费", "三公经费"),
        ("其中", "其中"),
    ],
)
def test_a_title_is_known_without_what_stands_before_it(title: str, words: str) -> None:
    assert core(title) == words


@pytest.mark.parametrize(
    ("text", "unit"),
    [("单位：元", "元"), ("金额单位: 万元", "万元"), ("单位：示例局", ""), ("单位：元器件厂", "")],
)
def test_the_unit_of_a_sheet_is_one_of_money(text: str, unit: str) -> None:
    assert money_told([["表", text]]) == unit


def test_headings_with_years_are_those_of_this_year_and_the_last() -> None:
    rows: list[list[object]] = [
        ["财政供养人员情况", "编制数", "", "2018年实际在职人数", "", "控制率"],
        ["", 143, "", 136, "", "95.10%"],
        ["经费控制情况", "2017年决算数", "", "2018年预算数", "", "2018年决算数"],
        ["三公经费", 29.08, "", 63.46, "", 44.29],
        ["1、公务用车购置和维护经费", 11.86, "", 41.46, "", 39.30],
        ["其中：公车购置", "-", "", 29.46, "", 29.46],
    ]
    filled = read_rows(rows, samples.form("base_data")).filled
    places = ("final_before", "budget", "final")
    assert [float(filled.cell(f"money.three_public.{one}").value) for one in places] == [
        290_800,
        634_600,
        442_900,
    ]
    assert filled.cell("money.vehicle_purchase.final_before").state.value == "not_applicable"
    assert [int(filled.cell(f"staff.supported.{one}").value) for one in ("posts", "staff")] == [143, 136]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_number_of_this_world_is_nothing(value: float) -> None:
    rows = sheet()
    rows[4][2] = rows[4][6] = value
    assert read(rows).filled.cell("money.total.initial").state.value == "blank"
