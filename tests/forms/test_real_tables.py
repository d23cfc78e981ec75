"""Real tables: the filled one of 2018 cell by cell, and those that contradict themselves, each contradiction at its place."""

from __future__ import annotations

import io
from fractions import Fraction

import pytest
import xlsxwriter
from pydantic import ValidationError
from tests.forms import samples

from jixiao.catalogue.schemes import Node
from jixiao.forms.cells import printed
from jixiao.forms.check import check
from jixiao.forms.fill import Filled, fill
from jixiao.forms.read_xlsx import read
from jixiao.forms.write_xlsx import write
from jixiao.values import Verdict

# row: 上年决算数, 本年预算数, 本年决算数 as printed; blank where the sample has nothing
PRINTED = {
    "three_public": ("29.08", "63.46", "44.29"),
    "vehicles": ("11.86", "41.46", "39.30"),
    "vehicle_purchase": ("—", "29.46", "29.46"),
    "vehicle_running": ("11.86", "12.00", "9.84"),
    "abroad": ("—", "—", "—"),
    "reception": ("17.22", "22.00", "4.99"),
    "projects": ("938.80", "320.00", "689.16"),
    "business": ("938.80", "320.00", "689.16"),
    "upkeep": ("—", "—", "—"),
    "special": ("—", "—", "—"),
    "running": ("", "", ""),
    "office": ("14.44", "10.00", "0.68"),
    "utilities": ("17.92", "7.50", "25.36"),
    "meetings": ("0.00", "0.80", "0.00"),
    "procurement": ("16.14", "30.66", "30.66"),
    "adjustment": ("—", "1922.76", "2690.62"),
}
STRUCK = {f"money.{row}.{column}": "—" for row in ("upkeep", "special") for column in samples.COLUMNS}


def shown(filled: Filled, address: str) -> str:
    block, key, column = address.split(".")
    grid = filled.grid(block)
    line = grid.line(key)
    assert line is not None
    return printed(line.cells[column], grid.unit(line, column), grid.block.columns[column].decimals)


def wrong(filled: Filled) -> list[str]:
    return [one.subjects[0] for one in check(filled) if one.verdict is Verdict.BROKEN]


@pytest.mark.parametrize("again", [False, True], ids=["filled", "out and back"])
def test_the_filled_table_of_2018_cell_by_cell(again: bool) -> None:
    filled = samples.base(STRUCK)
    if again:
        filled = read(write(filled, "示例单位"), filled.form, year=2018).filled
    for row, texts in PRINTED.items():
        for column, text in zip(samples.COLUMNS, texts, strict=True):
            assert shown(filled, f"money.{row}.{column}") == text, (row, column)
    assert [shown(filled, f"staff.supported.{one}") for one in ("posts", "staff", "control")] == [
        "143",
        "136",
        "95.10",
    ]
    assert wrong(filled) == []


def test_what_follows_from_the_filled_table() -> None:
    filled = samples.base(STRUCK)

    def exact(address: str) -> Fraction:
        return filled.cell(address).value / 10_000

    budget, final, before = (
        exact(f"money.three_public.{one}") for one in ("budget", "final", "final_before")
    )
    assert round(float(final / budget * 100), 2) == 69.79
    assert round(float((final / before - 1) * 100), 2) == 52.30
    added = exact("money.adjustment.final") - exact("money.adjustment.budget")
    assert added == Fraction("767.86")
    assert round(float(added / exact("money.adjustment.budget") * 100), 2) == 39.94
    start, left = Fraction("19.8") + Fraction("1922.76") + added, Fraction("19.8")
    assert round(float((start - left) / start * 100), 2) == 99.27


@pytest.mark.parametrize(
    ("cell", "text", "place"),
    [
        ("money.vehicle_running.final", "9.48", "money.vehicles.final"),
        ("money.vehicle_purchase.budget", "26.46", "money.vehicles.budget"),
        ("money.reception.final_before", "17.32", "money.three_public.final_before"),
        ("money.vehicles.budget", "41.64", "money.vehicles.budget"),
    ],
)
def test_one_digit_turned_round_is_found_where_it_no_longer_adds_up(cell: str, text: str, place: str) -> None:
    assert place in wrong(samples.base({**STRUCK, cell: text}))


def stranger(rows: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("表")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(number, place, cell)
    return stream.getvalue()


HEAD = ["项目资金", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]


def test_a_township_project_with_noughts_above_its_parts() -> None:
    rows: list[list[object]] = [
        HEAD,
        ["年度资金总额", 0, 0, 0, 10, 0, 0],
        ["其中：当年财政拨款", 90, 89.974, 89.974, "—", "—", "—"],
        ["上年结转资金", "—", "—", "—", "—", "—", "—"],
        ["其他资金", "—", "—", "—", "—", "—", "—"],
    ]
    back = read(stranger(rows), samples.form("project_self_evaluation")).filled
    assert {f"money.total.{one}" for one in ("initial", "full", "executed")} <= set(wrong(back))


def test_what_that_project_should_have_said() -> None:
    entries = {"money.grant.initial": "90", "money.grant.full": "90", "money.grant.executed": "89.974"}
    struck = {
        f"money.{row}.{one}": "—" for row in ("carried", "other") for one in ("initial", "full", "executed")
    }
    filled = fill(
        samples.form("project_self_evaluation"), org="demo", year=2022, entries={**entries, **struck}
    )
    assert [shown(filled, f"money.total.{one}") for one in ("full", "executed", "rate", "score")] == [
        "90.00", "89.97", "99.97", "10.00",
    ]  # fmt: skip
    assert filled.cell("money.total.rate").value == Fraction("89.974") / 90
    assert wrong(filled) == []


def test_other_points_than_the_forms_ten_are_found_in_a_strangers_file() -> None:
    rows = [
        HEAD,
        ["年度资金总额", 90, 90, 81, 20, 0.9, 18],
        ["其中：当年财政拨款", 90, 90, 81, "—", "—", "—"],
    ]
    found = wrong(read(stranger(rows), samples.form("project_self_evaluation")).filled)
    assert "money.total.points" in found


def test_targets_met_and_points_lost_without_a_word() -> None:
    given = [
        ("≥1批", "1批", "10", "9"),
        ("≥95%", "95%", "20", "19"),
        ("≤7.29万元", "7.29万元", "20", "19"),
        ("≥90%", "90%", "30", "27"),
    ]
    rows = [
        {"level1": "产出指标", "level2": "数量指标", "level3": f"示例指标{n}", "target": target, "actual": actual,
         "points": points, "score": score}
        for n, (target, actual, points, score) in enumerate(given, 1)
    ]  # fmt: skip
    filled = fill(samples.form("project_self_evaluation"), org="demo", year=2020, lists={"indicators": rows})
    silent = [place for place in wrong(filled) if place.endswith(".score")]
    assert silent == [f"indicators.{n}.score" for n in (1, 2, 3, 4)]
    assert "indicators.total.points" in wrong(filled), "80 分，不是 90 分"


def test_seventy_thousand_yuan_against_seven_ten_thousands() -> None:
    row = {"level1": "产出指标", "level2": "成本指标", "level3": "采购成本", "target": "≤7.29万元", "actual": "72890元",
           "points": "10", "score": "10"}  # fmt: skip
    filled = fill(samples.form("project_self_evaluation"), org="demo", year=2020, lists={"indicators": [row]})
    assert "indicators.1.actual" in wrong(filled)


def test_a_goal_told_in_words_alone_is_no_target() -> None:
    row = {
        "level1": "产出指标",
        "level2": "成本指标",
        "level3": "成本控制",
        "target": "符合相关规定",
        "points": "90",
    }
    filled = fill(samples.form("goal_declaration"), org="demo", year=2022, lists={"indicators": [row]})
    assert "indicators.1.target" in wrong(filled)


def test_a_rule_that_awards_eight_of_five_points_is_refused() -> None:
    bands = {
        "name": "bands",
        "unit": "%",
        "bands": [["<=0", 8], ["(0,10]", 6], ["(10,20]", 4], ["(20,30]", 2], [">30", 0]],
    }
    with pytest.raises(ValidationError, match="只有5分，评分规则却可得8分"):
        Node.model_validate(
            {
                "id": "control",
                "title": "预算控制率",
                "points": 5,
                "leaf": {"indicator": "rate", "method": bands},
            }
        )
