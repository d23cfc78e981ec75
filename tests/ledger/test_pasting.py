"""What a pasted line is read as: its day, its kind, what it names; never who said it."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import TRIAL

from jixiao.catalogue import load
from jixiao.ledger.pasting import Reader
from jixiao.ledger.pasting.days import find_day
from jixiao.ledger.pasting.speaking import said

ON = date(2020, 3, 11)  # a Wednesday
KINDS = list(TRIAL.kinds.values())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月5日到访", "2020-03-05"),
        ("昨天到访", "2020-03-10"),
        ("前天到访", "2020-03-09"),
        ("大前天到访", "2020-03-08"),
        ("今天上午", "2020-03-11"),
        ("2020.3.5到访", "2020-03-05"),
        ("2020/3/5 到访", "2020-03-05"),
        ("2020年3月5号", "2020-03-05"),
        ("12月30日到访", "2019-12-30"),
        ("2月29日到访", "2020-02-29"),
        ("5日到访", "2020-03-05"),
        ("25号到访", "2020-02-25"),
        ("上周五到访", "2020-03-06"),
        ("周一到访", "2020-03-09"),
        ("周五到访", "2020-03-06"),
        ("本周一到访", "2020-03-09"),
        ("3月5日至7日培训", "2020-03-05"),
        ("3.5上午到访", "2020-03-05"),
        ("3/5 到访三家", "2020-03-05"),
        ("3-5到访", "2020-03-05"),
        ("三月五日到访", "2020-03-05"),
        ("十二月三十一号到访", "2019-12-31"),
        ("3.5万元到账", None),
        ("3.5 个百分点", None),
        ("1/3的群众到场", None),
        ("3.18：到访", "2019-03-18"),
        ("没有日子", None),
        ("13月45日", None),
        ("3号楼漏水", None),
        ("共3.5万元", None),
    ],
)
def test_days_as_they_are_said(text, day):
    found = find_day(text, ON)
    assert (found.on.isoformat() if found else None) == day


def test_a_span_of_days_is_taken_out_whole():
    day = find_day("3月5日至7日培训", ON)
    assert "3月5日至7日培训"[day.end :] == "培训"


@pytest.mark.parametrize(
    "text",
    [
        "张小示 2020/3/9 10:12\n路灯不亮",
        "张小示  10:12\n路灯不亮",
        "张小示：路灯不亮",
        "张小示: 路灯不亮",
        "[2020-03-09 10:12] 张小示：路灯不亮",
        "2020-03-09 10:12:33 张小示\n路灯不亮",
        "1. 张小示：路灯不亮",
        "- 路灯不亮",
    ],
)
def test_who_spoke_is_left_out(text):
    assert [line.text for line in said(text, ON)] == ["路灯不亮"]


def test_what_was_said_yesterday_is_seen_from_the_day_it_was_said():
    [line] = said("张小示 2020/3/9 10:12\n昨天路灯不亮", ON)
    assert find_day(line.text, line.said_on).on == date(2020, 3, 8)


def test_a_day_of_chat_is_the_nearest_to_when_it_was_said():
    early, late = said("张小示 3月5日 10:12\n3月8日路灯不亮\n12月30日路灯不亮", date(2020, 12, 22))
    assert find_day(early.text, early.said_on, date(2020, 12, 22)).on == date(2020, 3, 8)
    assert find_day(late.text, late.said_on, date(2020, 12, 22)).on == date(2019, 12, 30)


def test_a_word_of_a_kind_before_a_colon_is_no_name():
    assert [line.text for line in said("来件：路灯不亮", ON, frozenset({"来件"}))] == ["来件：路灯不亮"]


def read(text, **more):
    return Reader(ON, KINDS, TRIAL, {"示例街道": "street"}, **more).lines(text)


@cache
def packs_reader():
    catalogue = load(["base", "cppcc", "finance"])
    return Reader(ON, list(catalogue.kinds.values()), catalogue, {})


@pytest.fixture
def office():
    """A reader under the packs of an office, seen from the same day."""
    return packs_reader()


def test_a_line_becomes_a_proposal():
    [line] = read("昨天收到城市来件，反映路灯不亮，涉及金额1.2万元")
    assert line.kind == "trial/case"
    assert line.values == {
        "received_on": "2020-03-10",
        "title": "收到城市来件，反映路灯不亮，涉及金额1.2万元",
        "class": "city",
        "amount": "1.2万元",
    }


def test_orgs_are_known_by_their_names():
    [line] = read("3月5日，在示例街道", usual="trial/firm")
    assert (line.kind, line.values["site"]) == ("trial/firm", "street")


def test_registered_subjects_are_known_by_their_names():
    firms = {"示例建材": "short", "示例建材企业": "long"}
    text = "3月5日来件，示例建材企业反映路灯不亮"
    [line] = read(text, records=lambda kind: firms if kind == "trial/firm" else {})
    assert line.values["sender"] == "long"


def test_what_is_no_fact_stays_out():
    lines = "收到\n好的\n辛苦了辛苦了\n[图片]\n@所有人 请各单位报送来件\n请各位今天上报来件\n通知：3月30日收来件\n3月30日收来件，请准时参加"
    assert [line.kind for line in read(lines)] == [""] * 8


def test_a_line_that_does_not_tell_is_of_the_usual_kind():
    assert [line.kind for line in read("3月5日路灯不亮\n大家看看", usual="trial/case")] == ["trial/case", ""]


def test_what_lies_below_others_is_told_so():
    [line] = read("3月5日沟通一次，谈了路灯的事")
    assert line.kind == ""
    assert "来件" in line.warnings[0]


def test_telephone_numbers_are_warned_about():
    [line] = read("3月5日来件，电话13800138000")
    assert "手机号码" in line.warnings[0]


def test_a_banned_column_of_a_pasted_table_is_not_kept():
    [line] = read("标题\t收到日期\t民族\n路灯\t2020.3.5\t某族")
    assert "某族" not in str(line)


def test_a_pasted_table_is_read_below_its_title_and_above_its_total():
    text = "2020年来件\t\t\n标题\t收到日期\t涉及金额\n路灯\t2020.3.5\t1万元\n合计\t\t1万元"
    one, end = read(text)
    assert (one.number, one.kind, one.values["title"]) == (3, "trial/case", "路灯")
    assert (end.kind, end.values) == ("", {})


def test_a_long_line_keeps_all_it_says():
    text = "3月5日来件反映路灯不亮。" + "经查系线路老化，已列入改造计划。" * 9
    [line] = read(text)
    assert line.values["title"] == "来件反映路灯不亮"
    assert line.values["result"].endswith("已列入改造计划")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3.4上午走访了示例机械公司，反映用工难", "base/enterprise_visit"),
        ("3/8 走访企业3家：甲、乙、丙", "base/enterprise_visit"),
        ("今天下午在委员之家开会，23人参加", "base/meeting"),
        ("收到社情民意信息1篇《关于完善路灯的建议》", "cppcc/opinion_item"),
        ("3-20 召开专题协商会，议题是加装电梯", "cppcc/consultation_topic"),
        ("三月二十六日 视察重点项目4个", "cppcc/duty_activity"),
        ("3.21 委员讲堂第3期，参加60余人", "cppcc/lecture"),
        ("3月25日收到提案1件：关于公交线路的建议", "cppcc/proposal"),
        ("4月12日 调研报告《关于社区食堂的调研》得到批示", "base/research_report"),
        ("4月1日 群众反映路灯不亮，已转办", "base/problem"),
        ("清明节放假通知", ""),
        ("4月9日与示例单位对接", ""),
    ],
)
def test_packs_say_how_chat_speaks(office, text, kind):
    assert {line.kind for line in office.lines(text)} == {kind}


def test_two_cases_in_one_line_that_cannot_be_told_apart_are_told_so():
    [line] = read("3月5日收到来件2件，涉及路灯")
    assert "2件" in line.warnings[0]
    assert "分成几行" in line.warnings[0]


def rows(reader, text):
    return [(row.text, next(iter(row.values.values()), "")) for row in reader.lines(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "3月5日走访A村2户，3月8日走访B村3户",
            [("3月5日走访A村2户", "2020-03-05"), ("3月8日走访B村3户", "2020-03-08")],
        ),
        (
            "走访：3月5日A村2户，3月8日B村3户",
            [("走访：3月5日A村2户", "2020-03-05"), ("走访：3月8日B村3户", "2020-03-08")],
        ),
        (
            "3.5走访示例甲公司；3.8走访示例乙公司",
            [("3.5走访示例甲公司", "2020-03-05"), ("3.8走访示例乙公司", "2020-03-08")],
        ),
        (
            "3月5日走访示例甲公司、3月8日走访示例乙公司",
            [("3月5日走访示例甲公司", "2020-03-05"), ("3月8日走访示例乙公司", "2020-03-08")],
        ),
        (
            "3.5：走访示例甲公司；3.8：走访示例乙公司",
            [("3.5：走访示例甲公司", "2020-03-05"), ("3.8：走访示例乙公司", "2020-03-08")],
        ),
        (
            "本周：1.走访示例甲公司；2、召开座谈会；③走访示例乙公司",
            [
                ("走访示例甲公司", "2020-03-11"),
                ("召开座谈会", "2020-03-11"),
                ("走访示例乙公司", "2020-03-11"),
            ],
        ),
        (
            "3月2日完成：1.3月3日走访示例甲公司；2.走访示例乙公司",
            [("3月3日走访示例甲公司", "2020-03-03"), ("走访示例乙公司", "2020-03-03")],
        ),
        (
            "周三上午视察重点项目4个；下午召开座谈会，15人参加",
            [("周三上午视察重点项目4个", "2020-03-11"), ("下午召开座谈会，15人参加", "2020-03-11")],
        ),
        (
            "3月5日、8日走访示例机械公司",
            [("2020年3月5日走访示例机械公司", "2020-03-05"), ("2020年3月8日走访示例机械公司", "2020-03-08")],
        ),
        (
            "3/8 走访企业3家：甲、乙和丙",
            [
                ("3/8 走访企业：甲", "2020-03-08"),
                ("3/8 走访企业：乙", "2020-03-08"),
                ("3/8 走访企业：丙", "2020-03-08"),
            ],
        ),
        (
            "今天走访了2家企业（示例甲公司、示例乙公司）",
            [("今天走访了企业：示例甲公司", "2020-03-11"), ("今天走访了企业：示例乙公司", "2020-03-11")],
        ),
    ],
)
def test_a_line_of_several_facts_is_divided(office, text, expected):
    assert rows(office, text) == expected
    assert {row.whole for row in office.lines(text)} == {text}


@pytest.mark.parametrize(
    "text",
    [
        "3月5日至3月8日走访示例公司",
        "3月2日走访示例公司，反映：1.用工难；2.贷款难",
        "3月5日收到来件，3月20日前办结",
        "3月5日报送信息1篇，3月8日被市政协采用",
        "3月5日走访企业3家：甲、乙",
        "3月5日收到提案1件：关于路灯的建议",
        "3月5日走访示例公司，了解用工、贷款和用地情况",
        "3月5日召开会议，捐款3.5万元",
    ],
)
def test_a_line_of_one_fact_stays_whole(office, text):
    [row] = office.lines(text)
    assert (row.text, row.whole) == (text, "")


@settings(deadline=None)  # the first call reads the packs
@given(st.text(alphabet="35月日走访企业家甲乙：，；、。1.2.①② 会（）", max_size=40))
def test_a_division_loses_no_word_of_a_line(text):
    """Every sign of what is said but numbers, marks between and the count of a list stands in some part; before a colon
    may stand the name of whoever speaks.
    """
    kept = "".join(row.text for row in packs_reader().lines(text))
    for sign in set("走访企业会甲乙") & set(text.rpartition("：")[2]):
        assert sign in kept


def test_a_document_in_one_line_is_not_divided(office):
    text = "3月5日走访示例甲公司，" * 3000
    assert [row.whole for row in office.lines(text)] == [""]


def test_a_title_is_what_was_received(office):
    titles = [row.values["title"] for row in office.lines("昨天收到提案2件：关于公交的建议、关于路灯的建议")]
    assert titles == ["关于公交的建议", "关于路灯的建议"]


@pytest.mark.parametrize(
    "text",
    [
        "示例局走访示例公司（3月5日上午）",
        "3月5日（周四）上午，示例局走访示例公司",
        "3月5日（下午）示例局走访示例公司",
    ],
)
def test_the_day_and_its_half_are_no_part_of_a_title(office, text):
    [row] = office.lines(text)
    assert (row.values["title"], row.values["visited_on"]) == ("示例局走访示例公司", "2020-03-05")


def test_households_of_one_outing_are_so_many_visits(office):
    [row] = office.lines("3月5日走访示例村2户")
    assert row.values["households"] == "2"


def test_a_sentence_goes_on_in_the_next_line():
    [one, other] = read("3月5日来件，\n反映路灯不亮。\n反映以下几个问题：\n一是路灯；\n二是井盖。")[:2]
    assert one.text == "3月5日来件，反映路灯不亮。"
    assert other.text == "反映以下几个问题：一是路灯；二是井盖。"


@pytest.mark.parametrize(
    "text",
    ["「张小示：3月5日来件，反映路灯不亮」\n- - - - - - -\n好的辛苦了", "> 张小示：3月5日来件，反映路灯不亮"],
)
def test_what_is_quoted_is_not_recorded_again(text):
    first, *_ = read(text)
    assert (first.kind, first.text) == ("", "3月5日来件，反映路灯不亮")
    assert "引用" in first.warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "张小示（来件组） 10:20\n路灯不亮",
        "———— 2020-03-09 ————\n路灯不亮",
        "转发：张小示 3月9日 路灯不亮",
        "@张小示 路灯不亮",
        "回复 张小示：路灯不亮",
        '"张小示" 撤回了一条消息\n路灯不亮',
        "3、路灯不亮",
        "示例街道办张小示：\n路灯不亮",
        "【管理员】张小示(123456789) 2020/3/9 10:12:33\n路灯不亮",
        "张小示(123456789)  10:12\n路灯不亮",
    ],
)
def test_names_of_the_group_are_left_out(text):
    [line] = said(text, ON, frozenset({"来件"}))
    assert line.text.removeprefix("3月9日 ") == "路灯不亮"


def test_a_heading_of_what_was_done_stays():
    lines = [one.text for one in said("本周工作：\n来件：\n路灯不亮", ON, frozenset({"来件"}))]
    assert lines == ["本周工作：", "来件：", "路灯不亮"]


def test_the_day_between_lines_of_a_forwarded_chat_is_theirs():
    [line] = said("———— 2020-03-09 ————\n张小示 10:12\n昨天路灯不亮", ON)
    assert line.said_on == date(2020, 3, 9)


def test_little_pictures_are_no_part_of_a_title():
    [line] = read("3月5日来件，路灯不亮😊[强][强]")
    assert line.values["title"] == "来件，路灯不亮"


def test_of_a_span_that_opens_a_line_the_first_day_counts():
    assert find_day("3.1-3.5 共走访", ON).on == date(2020, 3, 1)
