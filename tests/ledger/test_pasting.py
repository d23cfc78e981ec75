"""What a pasted line is read as: its day, its kind, what it names; never who said it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ledger.conftest import TRIAL

from jixiao.catalogue import load
from jixiao.ledger.pasting import propose
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
    return propose(text, on=ON, kinds=KINDS, catalogue=TRIAL, orgs={"示例街道": "street"}, **more)


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
    [line] = propose(
        text,
        on=ON,
        kinds=KINDS,
        catalogue=TRIAL,
        orgs={},
        records=lambda kind: firms if kind == "trial/firm" else {},
    )
    assert line.values["sender"] == "long"


def test_what_is_no_fact_stays_out():
    lines = "收到\n好的\n辛苦了辛苦了\n[图片]\n@所有人 请各单位报送来件\n请各位今天上报来件"
    assert [line.kind for line in read(lines)] == [""] * 6


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
def test_packs_say_how_chat_speaks(text, kind):
    catalogue = load(["base", "cppcc", "finance"])
    [line] = propose(text, on=ON, kinds=list(catalogue.kinds.values()), catalogue=catalogue, orgs={})
    assert line.kind == kind


def test_two_cases_in_one_line_are_told_so():
    [line] = read("3月5日收到来件2件：路灯、水管")
    assert "2件" in line.warnings[0]
