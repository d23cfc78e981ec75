"""Tables that do not add up, each beside one that does: findings carry cell places; doubt is silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.reading import Reading, read
from jixiao.reading.checks import CHECKS
from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.tables_codes import table_codes
from jixiao.reading.checks.tables_columns import table_columns
from jixiao.reading.checks.tables_rows import table_rows
from jixiao.values import Verdict

ALL = tuple(check for check in CHECKS if check.__name__.startswith("table_"))


def page(table: str, unit: str = "万元") -> Reading:
    """Rows a line, cells parted by |; a cell [2]甲 spans two columns."""
    rows = []
    for line in table.strip().splitlines():
        cells = ""
        for text in line.strip().split("|"):
            text = text.strip()
            wide = text[1] if text.startswith("[") else "1"
            cells += f'<td colspan="{wide}">{text[3:] if text.startswith("[") else text}</td>'
        rows.append(f"<tr>{cells}</tr>")
    html = f"<html><body><p>单位：{unit}</p><table>{''.join(rows)}</table></body></html>"
    return read(html.encode(), "a.html")


def verdicts(reading: Reading, *checks: Callable[[Reading], list[Outcome]]) -> dict[Verdict, list[Outcome]]:
    found: dict[Verdict, list[Outcome]] = {verdict: [] for verdict in Verdict}
    for check in checks or ALL:
        for one in check(reading):
            found[one.verdict].append(one)
    return found


def broken(reading: Reading) -> list[tuple[str, str]]:
    """The type and the text under the first span of each broken finding, over all checks."""
    text = reading.document.text
    return [(one.type, text[slice(*one.spans[0])]) for one in verdicts(reading)[Verdict.BROKEN]]


# The relations of a filled form: headcount rate, three levels of costs, 其中 that is not all, several headers.
FORM = """
财政供养人员情况（人）|编制数|实际在职人数|控制率
 |143|136|95.10%
经费控制情况|上年决算数|本年预算数|本年决算数
三公经费|29.08|63.46|44.29
1、公务用车购置和维护经费|11.86|41.46|39.30
其中：公车购置|–|29.46|29.46
公车运行维护|11.86|12|9.84
2、出国经费|–|–|–
3、公务接待|17.22|22|4.99
项目支出|938.8|320|689.16
1、业务工作专项|938.8|320|689.16
2、运行维护专项|–|–|–
公用经费| | |
其中：办公经费|14.44|10|0.68
水费、电费、差旅费|17.92|7.50|25.36
会议费、培训费|0|0.8|0
政府采购金额|16.14|30.66|30.66
部门整体支出预算调整|–|1922.76|2690.62
"""


def test_the_filled_form_is_clean_and_was_checked() -> None:
    found = verdicts(page(FORM))
    assert found[Verdict.BROKEN] == []
    assert {"table_sum", "table_rate"} <= {one.type for one in found[Verdict.KEPT]}
    told = {one.stated for one in found[Verdict.KEPT]}
    assert {"63.46", "44.29", "29.08", "41.46", "39.30", "95.10%"} <= told


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("44.29", "44.92"),
        ("|41.46|", "|41.64|"),
        ("95.10%", "96.10%"),
        ("3、公务接待|17.22|22|4.99", "3、公务接待|17.22|22|5.99"),
    ],
)
def test_one_wrong_cell_of_the_form_is_found(right: str, wrong: str) -> None:
    assert right in FORM
    assert broken(page(FORM.replace(right, wrong)))


BY_CODE = """
[2]项目|[4]本年支出
编码|名称|合计|基本支出|项目支出|经营支出
[2]合计|150.00|90.00|60.00|
201|一般公共服务支出|100.00|70.00|30.00|
20101|人大事务|60.00|50.00|10.00|
2010101|行政运行|50.00|50.00||
2010199|其他人大事务支出|10.00||10.00|
20103|政府办公厅事务|40.00|20.00|20.00|
208|社会保障和就业支出|50.00|20.00|30.00|
20805|行政事业单位养老支出|50.00|20.00|30.00|
"""


def test_a_table_by_code_is_clean_in_every_direction() -> None:
    found = verdicts(page(BY_CODE))
    assert found[Verdict.BROKEN] == []
    assert len(verdicts(page(BY_CODE), table_codes)[Verdict.KEPT]) == 9
    assert len(verdicts(page(BY_CODE), table_columns)[Verdict.KEPT]) == 9 - 1
    assert [one.stated for one in verdicts(page(BY_CODE), table_rows)[Verdict.KEPT]] == [
        "150.00",
        "90.00",
        "60.00",
    ]


def test_a_wrong_cell_is_found_by_code_and_across() -> None:
    reading = page(BY_CODE.replace("20103|政府办公厅事务|40.00", "20103|政府办公厅事务|41.00"))
    assert broken(reading) == [("table_sum", "41.00"), ("table_sum", "100.00")]
    (across,) = verdicts(reading, table_columns)[Verdict.BROKEN]
    assert across.message.startswith("表1 第8行第3列：")
    assert "20.00 + 20.00 = 39.99至40.01" in across.computed


TWO_SIDES = """
[2]收入|[2]支出
项目|决算数|项目|决算数
一、一般公共预算财政拨款收入|900.50|一、一般公共服务支出|700.20
二、事业收入|50.25|二、社会保障和就业支出|150.30
三、其他收入|10.00|三、住房保障支出|80.00
本年收入合计|960.75|本年支出合计|930.50
年初结转和结余|20.00|年末结转和结余|50.25
总计|980.75|总计|980.75
"""


def test_income_and_spending_side_by_side_are_two_lists() -> None:
    found = verdicts(page(TWO_SIDES))
    assert found[Verdict.BROKEN] == []
    assert len(found[Verdict.KEPT]) == 4
    for wrong, total in (
        (("年末结转和结余|50.25", "年末结转和结余|52.25"), "980.75"),
        (("住房保障支出|80.00", "住房保障支出|85.00"), "930.50"),
    ):
        assert broken(page(TWO_SIDES.replace(*wrong))) == [("table_sum", total)]


def test_a_grand_total_amid_other_rows_is_left_to_people() -> None:
    assert broken(page(TWO_SIDES.replace("年末结转和结余|50.25", "其他事项|52.25"))) == []


def test_a_column_of_years_is_no_name_of_rows() -> None:
    rows = (
        "序号|项目名称|建设年限|总投资|2024年计划|2024年完成\n1|甲路|2022-2025|12,600|3,000|3,150\n"
        "2|乙厂|2021-2024|48,000|8,500|8,330\n3|丙场|2024|2,000|2,000|1,960\n|合计||62,600|13,500|13,440"
    )
    assert verdicts(page(rows), table_rows)[Verdict.KEPT]
    assert broken(page(rows.replace("8,330", "8,830"))) == [("table_sum", "13,440")]


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("项目|金额\n甲|12.50\n乙|7.50\n丙|3.00\n合计|32.00", "32.00"),
        ("类别|件数\n工业|12\n农业|20\n教育|30\n总计|63", "63"),
        (
            "资金|年初预算数|全年预算数|全年执行数\n年度资金总额|0|0|0\n其中：本年财政拨款|90|90|89.974\n上年结转|0|0|0",
            "0",
        ),
        (
            "资金|年初预算数|全年预算数|全年执行数\n年度资金总额|0|0|0\n本年财政拨款|90|90|89.974\n其他资金|0|0|0",
            "0",
        ),
        ("项目|预算|决算\n甲|1.00|2.00\n乙|3.00|4.00\n合计|4.00|7.00", ""),
    ],
)
def test_a_wrong_total_is_found_where_the_table_vouches_for_itself(table: str, wrong: str) -> None:
    found = broken(page(table))
    if wrong:
        assert found
        assert {text for _, text in found} == {wrong}
    else:
        assert found == []  # one sum of two is right: too little to hold the other against it


@pytest.mark.parametrize(
    "table",
    [
        "项目|金额\n甲|12.50\n乙|7.50\n丙|3.00\n合计|23.00",
        "项目|金额\n甲|12.5\n乙|7.5\n……|\n合计|100",  # an open list
        "项目|金额\n甲|12.50\n乙|\n丙|3.00\n合计|23.00",  # the empty cell may hold the rest
        "甲|12.50\n乙|7.50\n合计|23.00",  # no header
        "年份|编号\n2021|10\n2022|20\n2023|31\n合计|62",  # years and numbers are no money
        "项目|金额\n一、甲|10\n二、乙|20\n小计|30\n三、丙|5\n合计|35",
        "项目|比重\n甲|50%\n乙|40%\n合计|90%",
        "项目|单价\n甲|5\n乙|6\n合计|30",
        "项目|金额\n合计|30\n其中：甲|20\n其中：乙|25",  # two that overlap
        "序号|项目|预算|决算\n1|甲|3|4\n2|乙|5|6\n3|丙|7|8\n|合计|15|18",
        "项目|收入\n甲|3.33\n乙|3.33\n丙|3.33\n合计|10.00",
        "数据|记录数\n活动次数|45\n县级人数|1\n乡级人数|1\n干部合计|2\n走访户数|103\n问题数|24",
    ],
)
def test_what_adds_up_or_cannot_be_known_is_left_alone(table: str) -> None:
    assert broken(page(table)) == []


RATES = """
项目|年初预算数|全年预算数|全年执行数|执行率
甲|100.00|120.00|60.00|50.00%
乙|50.00|40.00|36.00|90.00%
丙|30.00|30.00|0.00|0.00%
丁|0.00|0.00|0.00|0.00%
"""


def test_rates_are_held_against_the_pair_the_rows_settle_on() -> None:
    found = verdicts(page(RATES))
    assert found[Verdict.BROKEN] == []
    assert len(found[Verdict.KEPT]) == 3
    assert broken(page(RATES.replace("90.00%", "92.00%"))) == [("table_rate", "36.00")]
    assert broken(page(RATES.replace("90.00%", "72.00%"))) == []  # 36 of the 50 at the start of the year


def test_two_pairs_that_fit_equally_are_refused() -> None:
    table = "项目|年初预算数|全年预算数|全年执行数|执行率\n甲|10|10|5|50%\n乙|20|20|10|51%"
    assert broken(page(table)) == []


def test_a_rate_without_its_sign_is_read_as_per_cent() -> None:
    table = "项目|预算数|执行数|执行率（%）\n甲|100|50|50.0\n乙|200|150|75.0\n丙|80|20|{}"
    assert broken(page(table.format("25.0"))) == []
    assert broken(page(table.format("35.0"))) == [("table_rate", "20")]


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (table_rows, "208|社会保障和就业支出|50.00", "208|社会保障和就业支出|51.00"),
        (table_columns, "201|一般公共服务支出|100.00", "201|一般公共服务支出|101.00"),
        (table_codes, "2010101|行政运行|50.00", "2010101|行政运行|15.00"),
    ],
)
def test_each_check_finds_its_own(check: Callable[[Reading], list[Outcome]], right: str, wrong: str) -> None:
    assert not verdicts(page(BY_CODE), check)[Verdict.BROKEN]
    assert verdicts(page(BY_CODE.replace(right, wrong)), check)[Verdict.BROKEN]


LABELS = [
    "合计",
    "小计",
    "其中：甲",
    "一、乙",
    "（一）丙",
    "1、丁",
    "2、戊",
    "201",
    "20101",
    "总计",
    "",
    "己",
]
HEADINGS = ["项目", "编码", "合计", "小计", "预算数", "执行数", "执行率", "其中：甲", "控制率", ""]
CELLS = ["", "—", "0", "0.00", "1", "2.50", "50%", "-3", "1,000", "99999999999", "甲", "3件"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_table_is_examined(data: st.DataObject) -> None:
    width = data.draw(st.integers(2, 6))
    head = "|".join(data.draw(st.lists(st.sampled_from(HEADINGS), min_size=width, max_size=width)))
    rows = [
        "|".join(
            [
                data.draw(st.sampled_from(LABELS)),
                *(data.draw(st.sampled_from(CELLS)) for _ in range(width - 1)),
            ]
        )
        for _ in range(data.draw(st.integers(1, 8)))
    ]
    reading = page("\n".join([f"头{head}", *rows]))
    length = len(reading.document.text)
    for found in verdicts(reading).values():
        for one in found:
            assert all(0 <= start < end <= length for start, end in one.spans)
            assert one.message.startswith("表1 第")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(1, 99999), min_size=3, max_size=3), min_size=3, max_size=8), st.data())
def test_a_sound_table_is_clean_and_one_wrong_total_is_found(
    rows: list[list[int]], data: st.DataObject
) -> None:
    lines = [[sum(row), *row] for row in rows]
    totals = [sum(column) for column in zip(*lines, strict=True)]
    body = [[f"项{number}", *map(cents, line)] for number, line in enumerate(lines)]
    head = "名称|合计|甲类|乙类|丙类"

    def told(last: list[int]) -> Reading:
        return page("\n".join([head, *map("|".join, body), "|".join(["合计", *map(cents, last)])]))

    assert broken(told(totals)) == []
    place = data.draw(st.integers(1, 3))
    totals[place] += data.draw(st.sampled_from([900, 9_00_00, -50]))
    text = cents(totals[place])
    assert text in {stated for _, stated in broken(told(totals))}


def cents(value: int) -> str:
    return f"{value / 100:.2f}"


def test_a_merged_weight_that_was_taken_apart_counts_once() -> None:
    sheet = """
    一级指标|权重|二级指标|权重|得分
    投入|20|预算编制|10|9
    投入|20|目标设定|10|9.5
    过程|30|预算执行|20|19.1
    过程|30|资产管理|10|9.5
    产出|50|任务完成|50|46.5
    合计|100||100|93.6
    """
    assert broken(page(sheet, "分")) == []
    assert [len(one.spans) for one in verdicts(page(sheet, "分"), table_rows)[Verdict.KEPT]] == [4]
