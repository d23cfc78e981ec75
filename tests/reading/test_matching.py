"""Which figure a statement speaks of is told by words and measure word; where two fit, nobody guesses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.reading import read
from jixiao.reading.agreement import Group, compare
from jixiao.reading.fitting import Known
from jixiao.reading.matching import NOTHING, matches
from jixiao.relations import Operand
from jixiao.values import Interval, Period, Qualifier, Quantity

YEAR = Period("calendar_year", "2020年度", date(2020, 1, 1), date(2020, 12, 31), 2020)


def known(id, unit, value, *phrases, **more):
    interval = None if value is None else Interval.point(Fraction(str(value)))
    operand = Operand(id, phrases[0], interval, f"{value}{unit}" if value is not None else "未填报", unit)
    return Known(id, phrases[0], unit, phrases, operand, **{"period": YEAR, **more})


OFFICE = [
    known("received", "件", 20, "征集提案", "收到提案", "收到 提案", "征集 提案", "提案"),
    known("filed", "件", 18, "审查立案", "提案 立案"),
    known("sent", "条", 9, "报送微建议", "微建议"),
    known("handled", "条", 8, "办理微建议"),
    known("items", "篇", 34, "收到社情民意信息", "收到 社情民意信息"),
    known("city", "篇", 8, "社情民意信息 市政协采用"),
    known("province", "篇", 5, "社情民意信息 省政协采用"),
    known("residents", "位", 948, "访谈 居民"),
    known("heads", "位", 25, "访谈 社区负责人"),
    known("workers", "位", 414, "访谈 社区工作者"),
    known("sites", "个", 25, "走访 社区"),
    known("filing", "ratio", 1, "立案率"),
    known("reply", "ratio", 1, "办复率"),
    known("silent", "期", None, "举办 讲堂"),
]


def told(text, figures=OFFICE, remembered=None):
    """(number, group, ids) of every statement."""
    lines = compare(read(text.encode(), "a.txt"), figures, remembered)
    return [
        (one.match.statement.text, one.group.value, [figure.id for figure in one.known])
        for one in lines
        if one.match is not None
    ]


def test_words_and_unit_decide_where_numbers_are_equal():
    assert told("报送微建议9条；办理微建议8条。其中被市政协采用8篇。") == [
        ("9条", "agrees", ["sent"]),
        ("8条", "agrees", ["handled"]),
        ("8篇", "only_document", []),  # of what, the sentence does not say
    ]


def test_words_earlier_in_the_sentence_help():
    assert told("共收到社情民意信息30余篇，其中省政协采用5篇，市政协采用7篇。") == [
        ("30余篇", "agrees", ["items"]),
        ("5篇", "agrees", ["province"]),
        ("7篇", "differs", ["city"]),
    ]


def test_words_between_two_quantities_belong_to_the_one_they_stand_at():
    assert told("走访25个社区，访谈948位居民、25位社区负责人和414位社区工作者。") == [
        ("25个", "agrees", ["sites"]),
        ("948位", "agrees", ["residents"]),
        ("25位", "agrees", ["heads"]),
        ("414位", "agrees", ["workers"]),
    ]


def test_one_number_may_speak_of_several_rates():
    assert told("立案率、办复率均为100%。") == [("100%", "agrees", ["filing", "reply"])]
    assert told("立案率、办复率均为96%。") == [("96%", "differs", ["filing", "reply"])]


@pytest.mark.parametrize(
    "text",
    [
        "其中集体提案6件。",
        "上年收到提案18件。",
        "计划收到提案30件。",
        "收到提案比上年增加5件。",
        "上半年收到提案9件。",
        "2019年收到提案19件。",
        "全市收到提案300件。",
        "经济界委员提交提案4件，立案3件。",
        "收到社情民意信息30条。",
        "办理微建议工作会议8次。",
        "访谈新迁入的外来居民30位。",
    ],
)
def test_another_thing_is_never_called_a_difference(text):
    assert not [one for one in told(text) if one[1] in ("differs", "agrees")]


def test_a_doubt_lets_equal_numbers_agree_and_leaves_others_to_a_person():
    assert told("上半年收到提案20件。")[0][1] == "agrees"
    assert told("上半年收到提案12件。")[0][1] == "unsure"


def test_two_that_fit_equally_are_both_offered():
    both = [
        known("one", "条", 7, "提出意见建议", "提出 意见建议"),
        known("other", "条", 9, "提出意见建议"),
    ]
    for number in (7, 9, 8):
        assert told(f"提出意见建议{number}条。", both) == [(f"{number}条", "unsure", ["one", "other"])]


def test_a_silent_register_and_a_silent_document_are_told_apart():
    lines = compare(read("举办讲堂4期。".encode(), "a.txt"), OFFICE)
    assert lines[0].group is Group.ONLY_DOCUMENT
    assert [one.id for one in lines[0].known] == ["silent"]
    unspoken = [one.known[0].id for one in lines if one.group is Group.ONLY_LEDGER]
    assert "received" in unspoken
    assert "silent" not in unspoken


def test_what_a_person_said_is_remembered_for_the_same_words_with_another_number():
    first = matches(read("共收到各方来信7件。".encode(), "a.txt"), OFFICE)[0]
    assert not first.chosen
    remembered = {first.phrase.fingerprint: "received"}
    assert told("另有别的事。\n共收到各方来信20件。", remembered=remembered) == [
        ("20件", "agrees", ["received"])
    ]
    assert told("共收到各方来信21件。", remembered=remembered) == [("21件", "differs", ["received"])]
    assert told("共收到各方来电20件。", remembered=remembered)[0][2] != ["received"]


def test_words_that_speak_of_nothing_stay_so():
    first = matches(read("收到提案20件。".encode(), "a.txt"), OFFICE)[0]
    assert told("收到提案20件。", remembered={first.phrase.fingerprint: NOTHING}) == [
        ("20件", "only_document", [])
    ]


def test_a_document_more_exact_than_the_ledger_is_not_confirmed():
    printed = Quantity(Decimal(300), "幅", Qualifier.OVER)
    rough = Known("pictures", "收录图片", "幅", ("收录 图片",), Operand.from_quantity("", "", printed))
    assert told("收录图片300余幅。", [rough]) == [("300余幅", "agrees", ["pictures"])]
    assert told("收录图片350幅。", [rough]) == [("350幅", "unsure", ["pictures"])]
    assert told("收录图片420幅。", [rough]) == [("420幅", "differs", ["pictures"])]


def test_two_unequal_numbers_for_one_figure_are_no_difference_of_either():
    assert {group for _, group, _ in told("收到提案21件。\n全年收到提案22件。")} == {"unsure"}
    mixed = told("收到提案20件。\n全年收到提案22件。")
    assert [group for _, group, _ in mixed] == ["agrees", "unsure"]


def test_a_report_of_another_year_is_not_judged():
    assert told("2019年度工作总结\n收到提案20件。") == [("20件", "unsure", ["received"])]
    assert told("2020年度工作总结\n收到提案20件。") == [("20件", "agrees", ["received"])]


def test_a_document_that_stops_earlier_than_the_figure_is_not_said_to_differ():
    year_end = [known("received", "件", 20, "收到提案", as_of=date(2020, 12, 31))]
    june = [known("received", "件", 20, "收到提案", as_of=date(2020, 6, 30))]
    text = "2020年上半年工作总结\n收到提案12件。"
    assert told(text, year_end)[0][1] == "unsure"
    assert told(text, june)[0][1] == "differs"
    whole = read("2020年度总结\n收到提案12件。".encode(), "a.txt")
    assert compare(whole, year_end)[0].group is Group.DIFFERS
    assert compare(whole, year_end, until=date(2020, 10, 31))[0].group is Group.UNSURE


TABLE = """<table><tr><th>指标</th><th>年初目标</th><th>上年</th><th>全年完成</th></tr>
<tr><td>收到提案</td><td>15件</td><td>18件</td><td>{}</td></tr>
<tr><td>立案率</td><td>≥95%</td><td>90%</td><td>100%</td></tr></table>"""


def test_a_cell_is_named_by_its_row_and_judged_under_its_heading():
    def held(number):
        lines = compare(read(TABLE.format(number).encode(), "a.html"), OFFICE)
        return [(one.match.statement.text, one.group.value) for one in lines if one.match]

    assert held("20件") == [
        ("15件", "only_document"),
        ("18件", "only_document"),
        ("20件", "agrees"),
        ("≥95%", "only_document"),
        ("90%", "only_document"),
        ("100%", "agrees"),
    ]
    assert held("21件")[2] == ("21件", "differs")


def test_a_minus_sign_counts():
    change = [known("change", "ratio", "-0.0417", "接待费变动率")]
    assert told("接待费变动率-4.17%。", change) == [("4.17%", "agrees", ["change"])]
    assert told("接待费变动率为4.17%。", change) == [("4.17%", "differs", ["change"])]


def test_a_word_that_narrows_leaves_a_match_in_part():
    cadres = [known("cadres", "名", 7, "县处级 后备干部")]
    assert told("县处级后备干部8名。", cadres)[0][1] == "differs"
    assert told("县处级以上后备干部8名。", cadres)[0][1] == "unsure"
