"""A bad and a clean table for each check of tables; every clean one is clean for all checks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from jixiao.reading import read
from jixiao.reading.checks import CHECKS, examine
from jixiao.reading.read import Reading
from jixiao.values import Verdict


@dataclass(frozen=True)
class TableCard:
    """Rows divided by line breaks, cells by |; in `bad` one cell is wrong. `prose` stands before the table."""

    check: str
    type: str
    clean: str
    bad: str
    caption: str = "示例表（单位：万元）"
    prose: str = ""
    also: tuple[str, ...] = ()


CARDS = [
    TableCard(
        "table_rows",
        "table_sum",
        "项目|上年数|本年数\n甲经费|10.50|12.00\n乙经费|20.25|22.00\n丙经费|3.25|4.00\n合计|34.00|38.00",
        "项目|上年数|本年数\n甲经费|10.50|12.00\n乙经费|20.25|27.00\n丙经费|3.25|4.00\n合计|34.00|38.00",
    ),
    TableCard(
        "table_columns",
        "table_sum",
        "项目|合计|基本支出|项目支出\n甲单位|30.00|10.00|20.00\n乙单位|50.00|30.00|20.00\n丙单位|9.00|4.00|5.00",
        "项目|合计|基本支出|项目支出\n甲单位|30.00|10.00|20.00\n乙单位|50.00|30.00|20.00\n丙单位|9.00|4.00|8.00",
    ),
    TableCard(
        "table_codes",
        "table_sum",
        "科目编码|科目名称|金额\n201|公共服务|30.00\n20101|甲类|10.00\n20102|乙类|20.00\n"
        "208|保障|9.00\n20801|丙类|4.00\n20802|丁类|5.00\n221|住房|7.00\n22101|戊类|3.00\n22102|己类|4.00",
        "科目编码|科目名称|金额\n201|公共服务|30.00\n20101|甲类|10.00\n20102|乙类|20.00\n"
        "208|保障|9.00\n20801|丙类|4.00\n20802|丁类|8.00\n221|住房|7.00\n22101|戊类|3.00\n22102|己类|4.00",
    ),
    TableCard(
        "table_codes",
        "table_sum",
        "编码|科目名称|决算数|编码|科目名称|决算数\n301|工资福利|30.00|302|商品服务|9.00\n"
        "30101|甲工资|10.00|30201|丙用品|4.00\n30102|乙工资|20.00|30202|丁用品|5.00\n303|补助|7.00|310|资本支出|6.00\n"
        "30301|戊补助|3.00|31001|庚设备|2.00\n30302|己补助|4.00|31002|辛设备|4.00",
        "编码|科目名称|决算数|编码|科目名称|决算数\n301|工资福利|30.00|302|商品服务|9.00\n"
        "30101|甲工资|10.00|30201|丙用品|4.00\n30102|乙工资|20.00|30202|丁用品|5.00\n303|补助|7.00|310|资本支出|6.00\n"
        "30301|戊补助|8.00|31001|庚设备|2.00\n30302|己补助|4.00|31002|辛设备|4.00",
    ),
    TableCard(
        "table_rows",
        "table_sum",
        "项目|预算数|决算数\n合计|42.00|31.26\n一、甲费用|0.00|0.00\n二、乙费用|30.00|25.48\n（一）购置费|0.00|0.00\n"
        "（二）维护费|30.00|25.48\n三、丙费用|12.00|5.78",
        "项目|预算数|决算数\n合计|42.00|31.26\n一、甲费用|0.00|0.00\n二、乙费用|30.00|25.48\n（一）购置费|0.00|0.00\n"
        "（二）维护费|30.00|25.48\n三、丙费用|12.00|7.58",
    ),
    TableCard(
        "table_rates",
        "table_rate",
        "项目|全年预算数|全年执行数|执行率\n甲项目|100.00|90.00|90.00%\n乙项目|80.00|60.00|75.00%",
        "项目|全年预算数|全年执行数|执行率\n甲项目|100.00|90.00|90.00%\n乙项目|80.00|60.00|78.00%",
    ),
    TableCard(
        "table_shares",
        "table_rate",
        "类别|数量|占比\n城建类|20|25.0%\n教育类|30|37.5%\n医疗类|30|37.5%\n合计|80|100.0%",
        "类别|数量|占比\n城建类|20|25.0%\n教育类|30|37.5%\n医疗类|30|73.5%\n合计|80|100.0%",
        caption="来信分类表（单位：件）",
    ),
    TableCard(
        "table_growth",
        "table_change",
        "项目|2022年|2023年|增减额|增减率\n甲经费|20.00|25.00|5.00|25.00%\n乙经费|40.00|30.00|-10.00|-25.00%",
        "项目|2022年|2023年|增减额|增减率\n甲经费|20.00|25.00|5.00|25.00%\n乙经费|40.00|30.00|-10.00|-52.00%",
    ),
    TableCard(
        "table_scores",
        "score",
        "评价指标|分值|得分\n举办讲座|30|28\n编印资料|40|38.5\n服务满意|30|30\n总分|100|96.5",
        "评价指标|分值|得分\n举办讲座|30|28\n编印资料|40|38.5\n服务满意|30|33\n总分|100|99.5",
        caption="自评表",
    ),
    TableCard(
        "table_scores",
        "table_sum",
        "评价指标|分值|得分\n举办讲座|30|28\n编印资料|40|38.5\n服务满意|30|30\n总分|100|96.5",
        "评价指标|分值|得分\n举办讲座|30|28\n编印资料|40|38.5\n服务满意|30|30\n总分|100|98.5",
        caption="自评表",
    ),
    TableCard(
        "table_scores",
        "score",
        "资金|全年预算数|全年执行数|分值|执行率|得分\n年度资金总额|200.00|190.00|10|95.00%|9.5\n其他事项|20.00|10.00|5|50.00%|2.5",
        "资金|全年预算数|全年执行数|分值|执行率|得分\n年度资金总额|200.00|190.00|10|95.00%|9.9\n其他事项|20.00|10.00|5|50.00%|2.5",
    ),
    TableCard(
        "table_prose",
        "repeat",
        "项目名称|支出决算数\n示例培训经费|6465.33\n示例维护经费|415.20",
        "项目名称|支出决算数\n示例培训经费|6645.33\n示例维护经费|415.20",
        prose="示例培训经费支出决算为6465.33万元。",
    ),
    TableCard(
        "table_prose",
        "repeat",
        "项目名称|支出决算数\n示例培训经费|6465.33\n示例维护经费|415.20",
        "项目名称|支出决算数\n示例培训经费|6645.33\n示例维护经费|415.20",
        prose="附表2所列示例培训经费支出决算数为6465.33万元，居首位。",
    ),
    TableCard(
        "table_prose",
        "repeat",
        "类别|件数\n社会建设类建议|97\n文化建设类建议|42",
        "类别|件数\n社会建设类建议|79\n文化建设类建议|42",
        caption="建议分类统计表",
        prose="社会建设类建议97件，居首位。",
    ),
    TableCard(
        "table_rates",
        "table_rate",
        "年度|收到建议（件）|立案（件）|立案率\n2022年|263|236|89.7%\n2023年|269|242|90.0%\n2024年|286|251|87.8%",
        "年度|收到建议（件）|立案（件）|立案率\n2022年|263|236|89.7%\n2023年|269|242|90.0%\n2024年|286|251|78.8%",
        caption="建议办理情况对比表",
    ),
]


def reading(card: TableCard, rows: str) -> Reading:
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows.split("\n")
    )
    page = f"<html><body><p>{card.prose}</p><p>{card.caption}</p><table>{lines}</table></body></html>"
    return read(page.encode(), "card.html")


def named(card: TableCard) -> str:
    return f"{card.check}: {card.clean[:16]}"


@pytest.mark.parametrize("card", CARDS, ids=named)
def test_a_clean_table_is_clean_for_all_checks_and_checked_by_its_own(card: TableCard) -> None:
    found = examine(reading(card, card.clean))
    assert [one for one in found if one.verdict is Verdict.BROKEN] == []
    own = next(check for check in CHECKS if check.__name__ == card.check)
    kept = [one for one in own(reading(card, card.clean)) if one.verdict is Verdict.KEPT]
    assert card.type in {one.type for one in kept}


@pytest.mark.parametrize("card", CARDS, ids=named)
def test_a_bad_table_is_broken_by_its_own_check(card: TableCard) -> None:
    document = reading(card, card.bad)
    broken = {
        check.__name__: [one for one in check(document) if one.verdict is Verdict.BROKEN] for check in CHECKS
    }
    alarms = {name for name, some in broken.items() if some}
    assert card.type in {one.type for one in broken[card.check]}
    assert alarms <= {card.check, *card.also}
    for one in examine(document):
        assert one.message
        assert one.reading


def test_every_check_of_tables_has_a_card() -> None:
    names = {check.__name__ for check in CHECKS if check.__name__.startswith("table_")}
    assert {card.check for card in CARDS} == names


def test_a_missed_target_with_full_points_is_one_note() -> None:
    rows = "三级指标|年度指标值|实际完成值|分值|得分\n培训场次|≥20场|18场|50|50\n满意率|≥90%|85%|30|30\n其他|≥3个|4个|20|20"
    found = examine(reading(TableCard("table_scores", "score", rows, rows, caption="自评表"), rows))
    noted = [one for one in found if one.verdict is Verdict.NOT_APPLICABLE]
    assert [len(one.spans) for one in noted] == [2]
    assert "共2处" in noted[0].message
