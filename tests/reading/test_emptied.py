"""A report with its numbers taken out keeps every other word, the measure words, and the order of its paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from jixiao.reading import read
from jixiao.reading.emptied import BLANK, blank, lines


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("20件", "件"),
        ("约216万元", "万元"),
        ("20余万字", "万字"),
        ("四类", "类"),
        ("2,946.25 万元", "万元"),
        ("100%", "%"),
        ("3万4000元", "元"),
        ("二十余个", "个"),
    ],
)
def test_the_measure_word_stays(printed, left):
    assert blank(printed) == BLANK + left


def emptied(text):
    return [(line.level, line.text) for line in lines(read(text.encode(), "a.txt"))]


def test_headings_lose_their_numbers_and_paragraphs_keep_their_words():
    assert emptied("一、提案工作\n（一）办理\n1.数量\n全年征集提案20件，办结率95%。\n甲\t3件\n") == [
        (1, "提案工作"),
        (2, "办理"),
        (3, "数量"),
        (0, f"全年征集提案{BLANK}件，办结率{BLANK}%。"),
    ]


def test_a_numbered_sentence_is_no_heading():
    assert emptied("一、全年办结提案20件；其余续办。")[0][0] == 0


@settings(max_examples=40, deadline=None)
@given(some.integers(2, 999_999), some.sampled_from(["件", "万元", "人次", "篇", "户"]))
def test_no_number_of_a_statement_is_left(number, unit):
    assert emptied(f"本年累计办理事项{number}{unit}，情况良好。") == [
        (0, f"本年累计办理事项{BLANK}{unit}，情况良好。")
    ]
