"""Whatever was typed into a form comes back from its workbook cell by cell: numbers, 0, nothing, 不适用 and any words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.forms import samples

from jixiao.catalogue.forms import Block
from jixiao.forms.cells import printed
from jixiao.forms.check import check
from jixiao.forms.fill import Filled, fill
from jixiao.forms.read_docx import forms_in, rows_of
from jixiao.forms.read_xlsx import read, read_rows
from jixiao.forms.write_docx import write as write_paper
from jixiao.forms.write_xlsx import write
from jixiao.values import Verdict

FORMS = ("base_data", "self_evaluation", "project_self_evaluation", "goal_declaration", "monitoring")
NUMBERS = st.one_of(
    st.sampled_from(["", "—", "0"]), st.decimals(0, 99_999, places=2).map(str), st.integers(0, 9_999).map(str)
)
WORDS = st.sampled_from(
    [
        "",
        "≥95%",
        "甲\n乙",
        "a  b",
        "=1+1",
        "0012",
        "—",
        "1、完成",
        "数量指标",
        "3",
        "“引号”",
        "2020年12月",
        "<b>&",
        "1.50",
    ]
)


def rows(block: Block) -> st.SearchStrategy[list[dict[str, str]]]:
    row = st.fixed_dictionaries({name: WORDS if one.text else NUMBERS for name, one in block.columns.items()})
    return st.lists(row.filter(lambda one: any(one.values())), max_size=4)


@st.composite
def forms(draw: st.DrawFn, name: str) -> Filled:
    form = samples.form(name)
    entries = {
        f"{block.id}.{row}.{column}": draw(WORDS if spec.text else NUMBERS)
        for block in form.blocks
        for row in block.rows
        for column, spec in block.columns.items()
    }
    lists = {block.list: draw(rows(block)) for block in form.blocks if block.list}
    return fill(
        form, org="o", year=2020, entries={key: text for key, text in entries.items() if text}, lists=lists
    )


def shown(filled: Filled) -> list[tuple[str, str, str, str]]:
    return [
        (f"{grid.block.id}.{line.key}.{name}", cell.state.value, line.title.strip(),
         printed(cell, grid.unit(line, name), grid.block.columns[name].decimals))
        for grid in filled.grids for line in grid.lines for name, cell in line.cells.items()
    ]  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_a_workbook_brings_back_every_cell(name: str, data: st.DataObject) -> None:
    filled = data.draw(forms(name))
    assert shown(read(write(filled, "示例单位"), filled.form).filled) == shown(filled)


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_a_document_brings_back_every_cell_that_stands_in_it(name: str, data: st.DataObject) -> None:
    """On paper a level that was left empty goes on with the one above it, as people read it."""
    filled = data.draw(forms(name))
    ((form, found),) = forms_in(rows_of(write_paper(filled, "示例单位")), [filled.form])
    back = shown(read_rows(found, form).filled)
    assert [
        one for one, other in zip(back, shown(filled), strict=True) if one != other and other[1] != "blank"
    ] == []


def test_rows_left_empty_are_passed_over_and_notes_below_are_no_rows() -> None:
    head = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]
    first = ["产出指标", "数量指标", "提案办理件数", "≥20件", "20件", 60, 60, ""]
    second = ["效益指标", "社会效益", "建议采纳条数", "≥5条", "5条", 30, 30, ""]
    total = ["总分", "", "", "", "", 90, 90, ""]
    note = ["注：定量指标填写具体数值。", *[""] * 7]
    empty = [""] * 8
    form = samples.form("self_evaluation")
    told = read_rows([head, first, empty, second, empty, empty, total, empty, note], form)
    assert [line.key for line in told.filled.grid("indicators").lines] == ["1", "2", "total"]
    without = read_rows([head, first, second, empty, note], form)
    assert [line.key for line in without.filled.grid("indicators").lines] == ["1", "2"]


HEAD = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
MONEY = ["年度预算申请", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"]


def official(*last: list[object]) -> Filled:
    """A self-evaluation sheet in the official layout: 10 points of execution, 90 of indicators, and the rows below."""
    rows: list[list[object]] = [
        MONEY,
        ["年度资金总额", 90, 90, 45, 10, "50%", 5],
        HEAD,
        ["产出指标", "数量指标", "提案办理件数", "≥20件", "20件", 50, 50, ""],
        ["效益指标", "社会效益", "建议采纳条数", "≥5条", "5条", 30, 28, "两条尚在研究"],
        ["满意度指标", "服务对象满意度", "委员满意度", "≥90%", "92%", 10, 10, ""],
        *last,
    ]
    return read_rows(rows, samples.form("self_evaluation")).filled


def told(filled: Filled) -> list[str]:
    broken = [one for one in check(filled) if one.verdict is Verdict.BROKEN]
    return [one.subjects[0] for one in broken if one.subjects[0].startswith("indicators")]


@pytest.mark.parametrize(
    "last",
    [
        [["总分", "", "", "", "", 100, 93, ""]],
        [["合计", "", "", "", "", 90, 88, ""], ["总分", "", "", "", "", 100, 93, ""]],
        [["总分", "", "", "", "", 90, 88, ""]],
        [["合计", "", "", "", "", 100, 93, ""]],
    ],
)
def test_the_points_of_execution_may_stand_in_the_last_row_or_not(last: list[list[object]]) -> None:
    filled = official(*last)
    assert filled.cell("indicators.total.score").value == 88
    assert told(filled) == []


def test_a_whole_that_does_not_add_up_is_found() -> None:
    assert told(official(["合计", "", "", "", "", 90, 88, ""], ["总分", "", "", "", "", 100, 95, ""])) == [
        "indicators.whole.score"
    ]
    assert told(official(["总分", "", "", "", "", 100, 95, ""])) == ["indicators.total.score"]


def test_our_own_sheet_ends_with_the_whole() -> None:
    filled = samples.self_evaluation()
    whole = filled.grid("indicators").whole
    assert whole is not None
    assert [str(whole.cells[name].value) for name in ("points", "score")] == ["100", "1979/20"]
    back = read(write(filled, "示例单位"), filled.form).filled
    assert back.cell("indicators.whole.score").value == whole.cells["score"].value
