"""Documents of one office held against each other: a fact in the same words is one number, up to the same day."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from jixiao.reading import read
from jixiao.reading.crossing import cross
from jixiao.reading.cutoffs import cutoff_near, cutoff_of, year_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SUMMARY = "示例区某办公室2020年度工作总结\n全年开展社会服务系列活动45次，累计受理群众诉求事项312件，征集提案20件，办结18件。"


def verdicts(*texts, cutoffs=()):
    found = cross([read(text.encode(), f"{number}.txt") for number, text in enumerate(texts)], cutoffs)
    return [(str(one.verdict), one.one.text, one.other.text) for one in found]


def test_the_same_words_with_another_number_are_told_with_both_places():
    other = "示例区某办公室2020年度绩效自评报告\n受理群众诉求事项321件，社会服务系列活动45次。"
    assert verdicts(SUMMARY, other) == [("kept", "45次", "45次"), ("broken", "312件", "321件")]


def test_a_short_word_is_the_same_fact_only_under_the_same_head():
    same = "2020年度自评报告\n征集提案20件，办结20件。"
    assert ("broken", "18件", "20件") in verdicts(SUMMARY, same)
    assert verdicts(SUMMARY, "2020年度自评报告\n受理来信40件，办结20件。") == []


@pytest.mark.parametrize(
    "other",
    [
        "示例区某办公室2019年度工作总结\n受理群众诉求事项290件。",
        "2020年度自评报告\n上年受理群众诉求事项290件。",
        "2020年度自评报告\n受理群众诉求事项比上年增加22件。",
        "2020年度自评报告\n受理企业诉求事项22件。",
        "2020年度自评报告\n受理群众诉求事项22人次。",
        "2020年度自评报告\n上半年受理群众诉求事项150件。",
    ],
)
def test_another_year_time_unit_or_subject_is_another_fact(other):
    assert not [one for one in verdicts(SUMMARY, other) if one[0] == "broken"]


def test_numbers_up_to_different_days_are_not_compared_unless_they_are_equal():
    half = "2020年上半年工作总结\n受理群众诉求事项150件，社会服务系列活动45次。"
    assert verdicts(SUMMARY, half) == [("kept", "45次", "45次"), ("not_applicable", "312件", "150件")]
    named = "2020年度自评报告\n截至10月底，受理群众诉求事项250件。"
    assert [one for one in verdicts(SUMMARY, named) if one[0] == "broken"] == []
    entered = "2020年度自评报告\n受理群众诉求事项250件。"
    assert verdicts(SUMMARY, entered, cutoffs=(None, date(2020, 10, 31)))[0][0] == "not_applicable"
    assert verdicts(SUMMARY, entered)[0][0] == "broken"


def test_a_document_that_contradicts_itself_is_asked_about_first():
    twice = "2020年度自评报告\n受理群众诉求事项312件。\n累计受理群众诉求事项313件。"
    found = cross([read(SUMMARY.encode(), "a.txt"), read(twice.encode(), "b.txt")])
    assert [str(one.verdict) for one in found] == ["not_applicable"]
    assert "请先统一" in found[0].message


def test_rounded_and_exact_amounts_are_one_number():
    one = "2020年度总结\n争取产业发展扶持资金53.2万元。"
    assert verdicts(one, "2020年度决算说明\n争取产业发展扶持资金531987元。")[0][0] == "kept"
    assert verdicts(one, "2020年度决算说明\n争取产业发展扶持资金541987元。")[0][0] == "broken"


def test_three_documents_are_held_pairwise():
    other = "2020年度自评报告\n受理群众诉求事项312件。"
    wrong = "2020年度决算说明\n受理群众诉求事项132件。"
    assert [one[0] for one in verdicts(SUMMARY, other, wrong)] == ["kept", "broken", "broken"]


def test_reports_of_different_offices_differ_in_nothing_but_what_every_office_has():
    files = [
        *sorted((SHARED / "seeds").glob("*.txt")),
        *sorted((SHARED / "reading" / "reports").rglob("*.txt")),
    ]
    if not files:
        pytest.skip("../shared is missing: there are no published reports to cross")
    readings = [read(path) for path in files]
    broken = [
        one.one.words for pair in combinations(readings, 2) for one in cross(pair) if one.verdict == "broken"
    ]
    assert not [words for words in broken if not words.endswith(("收入", "支出"))]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("示例区2020年度工作总结", date(2020, 12, 31)),
        ("2020年上半年工作总结", date(2020, 6, 30)),
        ("2020年工作情况（截至2020年10月底）", date(2020, 10, 31)),
        ("工作情况（截至2020年11月15日）", date(2020, 11, 15)),
        ("工作总结", None),
        ("2020年度工作总结\n截至10月底，完成12件。", date(2020, 12, 31)),
    ],
)
def test_the_title_says_up_to_which_day_a_document_counts(text, day):
    assert cutoff_of(text) == day


def test_days_that_do_not_exist_are_no_cutoff():
    assert cutoff_near("截至13月底", 2020) is None
    assert cutoff_near("截至2月30日", 2021) == date(2021, 2, 28)
    assert cutoff_near("截至9月底，又截止2020年10月", 2020) == date(2020, 10, 31)
    assert year_of("2019年和2020年对比") is None
