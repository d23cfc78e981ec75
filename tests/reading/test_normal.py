"""The normal form folds what layout decides and keeps what a person would call a change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.reading import normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("收到 20 件\r\n", "收到20件"),
        ("收到２０件", "收到20件"),
        ("第一段\n— 12 —\n第二段", "第一段第二段"),
        ("“专项”", '"专项"'),
        ("软\u00ad连\u200b字", "软连字"),
        ("来信\t30\n办结\t20", "来信30办结20"),
        ("⽅案", "方案"),
        ("（示例）", "(示例)"),
    ],
)
def test_layout_is_folded(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20件", "21件"),
        ("20件", "20家"),
        ("1.5万", "15万"),
        ("增加-5", "增加5"),
        ("约20件", "20件"),
        ("甲、乙", "甲乙"),
    ],
)
def test_a_changed_character_shows(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
