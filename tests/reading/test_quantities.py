"""What counts as a figure, and what it is worth."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.reading.quantities import find, find_alone
from jixiao.values import Qualifier


def told(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (
            mention.text,
            f"{mention.quantity.value.normalize():f}",
            mention.quantity.unit,
            mention.quantity.qualifier,
        )
        for mention in find(text)
    ]


@pytest.mark.parametrize(
    ("sentence", "span", "value", "unit", "qualifier", "kind"),
    [
        ("全年办理来信18件。", "18件", "18", "件", "exact", "count"),
        ("拨付补助35万元。", "35万元", "350000", "元", "exact", "money"),
        ("满意率为97.28%。", "97.28%", "0.9728", "ratio", "exact", "ratio"),
        ("满意率为98%%，", "98%%", "0.98", "ratio", "exact", "ratio"),
        ("死亡率2.5‰。", "2.5‰", "0.0025", "ratio", "exact", "ratio"),
        ("回升3.4个百分点。", "3.4个百分点", "3.4", "百分点", "exact", "ratio"),
        ("是上年的2.7倍。", "2.7倍", "2.7", "倍", "exact", "ratio"),
        ("增长2倍多。", "2倍多", "2", "倍", "over", "ratio"),
        ("占近四成。", "近四成", "0.4", "ratio", "approx", "ratio"),
        ("按8.5折供应。", "8.5折", "0.85", "ratio", "exact", "ratio"),
        ("占百分之三十五。", "百分之三十五", "0.35", "ratio", "exact", "ratio"),
        ("有五分之四赞成。", "五分之四", "0.8", "ratio", "exact", "ratio"),
        ("撰写文字20余万字。", "20余万字", "200000", "字", "over", "count"),
        ("发动5万余个家庭。", "5万余个", "50000", "个", "over", "count"),
        ("走访百余户。", "百余户", "100", "户", "over", "count"),
        ("培训二十多人次。", "二十多人次", "20", "人次", "over", "count"),
        ("筹集约216万元。", "约216万元", "2160000", "元", "approx", "money"),
        ("支出13.52 万\n元。", "13.52 万\n元", "135200", "元", "exact", "money"),
        ("支出3万4000元。", "3万4000元", "34000", "元", "exact", "money"),
        ("产值1,100.9亿元。", "1,100.9亿元", "110090000000", "元", "exact", "money"),
        ("收到３５件。", "３５件", "35", "件", "exact", "count"),
        ("参会60人以上。", "60人以上", "60", "人", "at_least", "count"),
        ("单笔100万元（含）以上。", "100万元", "1000000", "元", "at_least", "money"),
        ("不少于12次。", "不少于12次", "12", "次", "at_least", "count"),
        ("培训场次≥12场。", "≥12场", "12", "场", "at_least", "count"),
        ("每超一个百分点扣分。", "超一个百分点", "1", "百分点", "over", "ratio"),
        ("控制在5%以内。", "5%以内", "0.05", "ratio", "at_most", "ratio"),
        ("到会率逾90%。", "逾90%", "0.9", "ratio", "over", "ratio"),
        ("规模突破2亿元。", "2亿元", "200000000", "元", "over", "money"),
        ("共有十二个村。", "十二个", "12", "个", "exact", "count"),
        ("分成四类管理。", "四类", "4", "类", "exact", "count"),
        ("收入超696万，", "超696万", "6960000", "元", "over", "money"),
        ("客流超696万，", "超696万", "6960000", "", "over", "count"),
        ("得分95.5分。", "95.5分", "95.5", "分", "exact", "score"),
        ("绿地14万平方米。", "14万平方米", "140000", "平方米", "exact", "area"),
        ("发电2亿千瓦时。", "2亿千瓦时", "200000000", "千瓦时", "exact", "other"),
        ("历时3个多月。", "3个多月", "3", "个月", "over", "other"),
        ("连续五年先进。", "五年", "5", "年", "exact", "other"),
        ("共计0件。", "0件", "0", "件", "exact", "count"),
        ("购置一套变压器。", "一套", "1", "套", "exact", "count"),
        ("支出壹佰万元。", "壹佰万元", "1000000", "元", "exact", "money"),
        ("同比下降（增长）12.5%。", "12.5%", "0.125", "ratio", "exact", "ratio"),
    ],
)
def test_one_quantity_is_read(
    sentence: str, span: str, value: str, unit: str, qualifier: str, kind: str
) -> None:
    (mention,) = find(sentence)
    assert (mention.text, mention.quantity.value, mention.quantity.unit) == (span, Decimal(value), unit)
    assert (mention.quantity.qualifier, mention.kind) == (qualifier, kind)
    assert sentence[mention.start : mention.end] == span


@pytest.mark.parametrize(
    "text",
    [
        "2020年3月12日下午",
        "“十四五”期间，过去五年，近10年，前3个月",
        "位居全区第4位，第二名，前10名",
        "五届五次会议、三届人大",
        "示例发〔2021〕15号",
        "1.加强领导。（二）改进作风。3、抓好落实。",
        "增强“四个意识”，落实两个维护和八项规定",
        "电话0731-12345678",
        "5G基站、PM2.5、T1000材料、1830化肥",
        "一方面、一系列、一批、一站式、一对一",
        "千家万户、十分重视、四处奔走、二期工程",
        "30万吨级航道",
        "数十个、几百家",
        "节假日9时15分出发",
        "三次产业结构",
        "十九届中央",
        "人均15.",
        "第2至3名、第一、二、三名",
        "收支两条线管理，更换零件，红十字会",
    ],
)
def test_what_is_no_figure_is_left_out(text: str) -> None:
    assert told(text) == []


def test_what_fills_the_places_after_ten_thousand_is_one_number_and_anything_else_is_not() -> None:
    assert told("投入3万4000元。") == [("3万4000元", "34000", "元", "exact")]
    assert told("为390万65岁以上老人体检。")[0] == ("390万", "3900000", "", "exact")


def test_a_round_number_with_up_before_it_is_more() -> None:
    assert told("服务上千家企业。") == [("上千家", "1000", "家", "over")]
    assert told("网上百件来信") == []


def test_only_money_lends_its_unit_to_a_bare_number() -> None:
    assert told("免费为36万女生接种。")[0][2] == ""
    assert told("补贴惠及120余万儿童。")[0][2] == ""
    assert told("决算支出36.5万，")[0][2] == "元"


def test_a_unit_is_lent_along_a_whole_series() -> None:
    assert [unit for _, _, unit, _ in told("分别达1.2万亿、1.1万亿、8200亿元。")] == ["元", "元", "元"]


@pytest.mark.parametrize(
    ("text", "span", "unit", "qualifier"),
    [
        ("下降6.6个百\n分点。", "6.6个百\n分点", "百分点", "exact"),
        ("完成2.4万亩左\n右。", "2.4万亩左\n右", "亩", "approx"),
        ("达到84%\n以上，", "84%\n以上", "ratio", "at_least"),
        ("新增12平方\n公里。", "12平方\n公里", "平方公里", "exact"),
    ],
)
def test_a_line_may_end_inside_a_measure_word(text: str, span: str, unit: str, qualifier: str) -> None:
    assert [(one[0], *one[2:]) for one in told(text)] == [(span, unit, qualifier)]


def test_a_line_end_does_not_glue_two_words_together() -> None:
    assert told("共3人\n次日返回") == [("3人", "3", "人", "exact")]
    assert told("附件3个\n以上请示妥否") == [("3个", "3", "个", "exact")]


def test_points_are_counted_where_they_follow_and_hours_are_not() -> None:
    assert told("主要做法有五点：") == [("五点", "5", "点", "exact")]
    assert told("上午8点，开会") == []


@pytest.mark.parametrize("text", ["市委六届历次全会", "稳增长“30条”出台", "水质达到3类标准", "扶持三元乳业"])
def test_names_of_sessions_measures_and_classes_are_no_counts(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("每次3至5人参加", "3", "5", "人"),
        ("收到100—200万元", "1000000", "2000000", "元"),
        ("涨幅10%-20%之间", "0.1", "0.2", "ratio"),
        ("有三四百人到场", "300", "400", "人"),
        ("走访十五六户", "15", "16", "户"),
        ("上升1.2个至1.5个百分点", "1.2", "1.5", "百分点"),
    ],
)
def test_a_range_takes_its_lower_end_and_keeps_the_upper(text: str, low: str, high: str, unit: str) -> None:
    (mention,) = find(text)
    quantity = mention.quantity
    assert (quantity.value, quantity.high, quantity.unit) == (Decimal(low), Decimal(high), unit)
    assert quantity.qualifier is Qualifier.APPROX


def test_a_course_is_two_figures_and_no_range() -> None:
    assert [mention.text for mention in find("比例从26.7%到52.1%，由80户增加到810户")] == [
        "26.7%",
        "52.1%",
        "80户",
        "810户",
    ]


def test_neighbours_stay_apart() -> None:
    assert [mention.text for mention in find("提出5类12项建议，涉及301户611人")] == [
        "5类",
        "12项",
        "301户",
        "611人",
    ]


def test_an_elliptical_number_borrows_its_neighbours_word() -> None:
    assert told("客运1409万、1305万人次")[0] == ("1409万", "14090000", "人次", "exact")


def test_a_list_number_does_not_become_decimals() -> None:
    assert told("1.3个街道完成改造") == [("3个", "3", "个", "exact")]
    assert told("平均每人1.3个岗位") == [("1.3个", "1.3", "个", "exact")]


def test_words_that_only_end_like_a_qualifier_commit_nothing() -> None:
    assert told("全年节约2万元，附近20家") == [
        ("2万元", "20000", "元", "exact"),
        ("20家", "20", "家", "exact"),
    ]


def test_the_step_is_the_last_printed_unit() -> None:
    steps = {mention.text: mention.quantity.step for mention in find("13.52万元，97.28%，20件，3万件，815元")}
    assert steps == {
        "13.52万元": 100,
        "97.28%": Fraction(1, 10_000),
        "20件": 0,
        "3万件": 10_000,
        "815元": 1,
    }


def test_a_denominator_after_a_slash_stays_outside() -> None:
    assert told("浓度31.3微克/立方米，每月645元/人") == [
        ("31.3微克", "31.3", "微克", "exact"),
        ("645元", "645", "元", "exact"),
    ]


def test_a_third_is_kept_to_many_digits() -> None:
    (mention,) = find("须有1/3以上委员同意")
    assert abs(Fraction(mention.quantity.value) - Fraction(1, 3)) < Fraction(1, 10**20)
    assert mention.quantity.qualifier is Qualifier.AT_LEAST


@pytest.mark.parametrize(("cell", "value"), [("20", "20"), (" 730,000.50 ", "730000.50"), ("３", "3")])
def test_a_bare_cell_is_read_by_itself(cell: str, value: str) -> None:
    mention = find_alone(cell)
    assert mention is not None
    assert mention.quantity.value == Decimal(value)
    assert mention.quantity.unit == ""


def test_a_cell_of_words_holds_no_quantity() -> None:
    assert find_alone("未填报") is None
    assert find_alone("") is None


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("全系统核定编制2 316名。", "2 316名", 2316, "名"),
        ("受理各类事项18 067件，", "18 067件", 18067, "件"),
        ("处理后资金余额约3 405.7 万元。", "约3 405.7 万元", 34057000, "元"),
        ("共登记档案4种1 208份。", "1 208份", 1208, "份"),
        ("较上年增加 318.\n06 万元", "318.\n06 万元", 3180600, "元"),
        ("完成预算 27\n.40 万元的九成", "27\n.40 万元", 274000, "元"),
        ("本年度用于日常运行和维护的各项支出合计 15\n38.2 万元", "15\n38.2 万元", 15382000, "元"),
        ("全市执委会平均每个12.\n6名", "12.\n6名", Decimal("12.6"), "名"),
        ("微信公众号3 847条", "3 847条", 3847, "条"),
        ("覆盖楼栋2 184栋", "2 184栋", 2184, "栋"),
        ("开展“送讲下乡”1 236场次", "1 236场次", 1236, "场次"),
        ("目标≥2 600人", "≥2 600人", 2600, "人"),
        ("收入增加，增幅为 7. 25%", "7. 25%", Decimal("0.0725"), "ratio"),
    ],
)
def test_a_number_torn_within_its_digits_is_one_number(
    text: str, span: str, value: Decimal, unit: str
) -> None:
    assert (span, value, unit) in [(one.text, one.quantity.value, one.quantity.unit) for one in find(text)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("详见附件1 200名人员名单", "200名"),
        ("评分指标3 100分", "100分"),
        ("合格率指标 甲镇 15 120户", "120户"),
        ("完成年度目标1 100%", "100%"),
        ("一、办理情况\n1 230件", "230件"),
        ("甲镇\t12\n345户", "345户"),
        ("全区开展了两轮大规模走访的时间是2023\n120户", "120户"),
        ("具体安排如下1. 20个村先行试点", "20个"),
    ],
)
def test_what_may_be_an_items_number_or_a_cell_is_not_joined_to_a_number(text: str, span: str) -> None:
    assert span in [one.text for one in find(text)]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("其中学前206.4万元、小学318万元", "206.4万元", 2064000),
        ("参会的26个代表团共同审议", "26个", 26),
        ("其中：100分3家", "100分", 100),
        ("各单位提案四件，专委会提案二件。", "二件", 2),
        ("2.新建幼儿园一所；", "一所", 1),
        ("投入3千余万元用于修缮", "3千余万元", 30000000),
        ("发放帐篷40顶、棉被", "40顶", 40),
        ("出版文集3辑", "3辑", 3),
        ("四个一级指标得分情况", "四个", 4),
        ("投工3.6万个工日", "3.6万个工日", 36000),
        ("约占全部面积的 1/8，", "1/8", Decimal("0.125")),
        ("达到全区总量1/8。", "1/8", Decimal("0.125")),
        ("公务接待 21 批次 134 人\n次，支出", "134 人\n次", 134),
    ],
)
def test_a_figure_is_read_that_looks_like_a_name_or_a_rank(text: str, span: str, value: Decimal) -> None:
    assert (span, value) in [(one.text, one.quantity.value) for one in find(text)]


@pytest.mark.parametrize(
    "text", ["学习三个代表重要思想", "录取前100名", "一县一所，", "开会时间9：15分", "更上一层楼，其二，"]
)
def test_names_ranks_and_hours_stay_unread(text: str) -> None:
    assert find(text) == []
