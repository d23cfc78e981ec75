"""Whatever a text holds, it is read and checked to sound spans, or refused in words; the same text, the same bytes."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.hostile_texts import FAMILIES, TABLES

from jixiao.errors import BadInput
from jixiao.reading.checks import examine
from jixiao.reading.checks.tally import row
from jixiao.reading.marked.answers import quantity_row
from jixiao.reading.read import read

MANY = int(os.environ.get("JIXIAO_TEXTS", "3000"))

PIECES = (
    "其中 分别 分别为 包括 合计 共计 一是 二是 三是 占 占全部的 比上年 较上年 同比 增长 下降 增加 减少 提高 由 从 到 至 增加到 "
    "预算 决算 完成预算的 目标 实际 满分 得 办结率 满意率 率为 发放问卷 收回 立案 收到 三个方面 等 、 ， 。 ； ： （ ） 《 》 “ ” "
    "单位：万元 年 月 日 第 约 近 超过 不少于 余 多 左右 以上 以下 个 件 人 人次 元 万元 亿元 % ‰ 个百分点 倍 分 平方米 公里 "
    "百分之 分之 万 亿 十 百 千 一 二 三 零 两 0 1 2 5 9 10 100 1,000 2024 2024年 3.5 0.01 １ ， . - — ~ / \t \n \r\n \u3000 \xa0 "
    "\u200b \ufeff A x × XX __ {{ }} 𠀀 é 街道 提案 资金 项目"
)
WORDS = PIECES.split(" ")
SENTENCES = (
    "全年共收到意见120件，其中民生类45件、经济类50件、其他25件，办结118件，办结率98.3%。",
    "本年收入合计1,234.56万元，比上年增加34.5万元，增长2.87%；其中基本支出800万元，占64.8%。",
    "年初预算300万元，决算286.4万元，完成预算的95.47%，决算数小于预算数的主要原因是压减开支。",
    "发放问卷500份，收回486份，满意率为97.6%。满分100分，得96.5分，等级为“优”。",
    "编印《示例简报》《示例专报》等2种，开展三个方面工作：一是培训，二是调研，三是走访。",
    "由上年的75.6%提升至76.5%，提高0.9个百分点；人均三万二千元，约为十年前的2.5倍。",
    "项目\t预算数\t执行数\t执行率\n甲\t100.00\t95.00\t95%\n乙\t50.00\t50.00\t100%\n合计\t150.00\t145.00\t96.67%\n",
)

soup = st.lists(st.sampled_from(WORDS), max_size=120).map("".join)


@st.composite
def altered(draw: st.DrawFn) -> str:
    """Sentences a report may hold, cut, joined and with pieces put in and left out."""
    text = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)))
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(text)))
        left_out = draw(st.integers(0, 6))
        text = text[:place] + draw(st.sampled_from((*WORDS, ""))) + text[place + left_out :]
    return text


def told(content: bytes, name: str) -> bytes:
    """What a program is told of a file, after seeing that every place in it is one."""
    try:
        reading = read(content, name)
    except BadInput as refusal:
        return str(refusal).encode()
    text, end = reading.document.text, 0
    for one in reading.statements:
        assert end <= one.place.start < one.place.end <= len(text)
        assert text[one.place.start : one.place.end] == one.text
        end = one.place.end
    outcomes = examine(reading)
    for outcome in outcomes:
        assert outcome.spans
        assert all(0 <= start < stop <= len(text) for start, stop in outcome.spans)
    rows: list[object] = [quantity_row(name, one) for one in reading.statements]
    rows += [row(name, one) for one in outcomes]
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in rows).encode()


def refuse_or_tell(text: str) -> bytes:
    return told(text.encode("utf-8", "ignore") or b" ", "a.txt")


@settings(max_examples=120, deadline=None)
@given(st.one_of(soup, altered()))
def test_any_text_is_told_alike_twice(text: str) -> None:
    assert refuse_or_tell(text) == refuse_or_tell(text)


@settings(max_examples=40, deadline=None)
@given(st.one_of(soup, altered()))
def test_any_page_is_read_or_refused(text: str) -> None:
    rows = "".join(f"<tr><td>{'<td>'.join(line.split('，'))}</tr>" for line in text.splitlines())
    told(f"<html><body><p>{text}</p><table>{rows}</table></body></html>".encode("utf-8", "ignore"), "a.html")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(soup, altered()), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_what_is_told_of_a_file_does_not_depend_on_those_before(
    texts: Sequence[str], chance: random.Random
) -> None:
    in_order = {text: refuse_or_tell(text) for text in texts}
    shuffled = chance.sample(list(in_order), len(in_order))
    assert {text: refuse_or_tell(text) for text in shuffled} == in_order


@pytest.mark.parametrize("family", FAMILIES)
def test_texts_nobody_writes_are_read_or_refused(family: str) -> None:
    told(FAMILIES[family](400).encode(), "a.txt")


@pytest.mark.parametrize("family", TABLES)
def test_tables_nobody_draws_are_read_or_refused(family: str) -> None:
    told(TABLES[family](1_500).encode(), "a.html")


@pytest.mark.soak
@settings(max_examples=MANY, deadline=None)
@given(
    st.one_of(
        soup,
        altered(),
        st.text(max_size=400),
        st.binary(max_size=400).map(lambda some: some.decode("gb18030", "ignore")),
    )
)
def test_very_many_texts_are_told_alike_twice(text: str) -> None:
    assert refuse_or_tell(text) == refuse_or_tell(text)


@pytest.mark.soak
@settings(max_examples=MANY, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    told(content, "a.txt")
