"""The work of reading and checking grows with the length of a text and no faster, whatever the text is.

Work is counted in calls of functions, not in seconds, so that the tests say the same on every machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest
from tests.reading.hostile_texts import FAMILIES, TABLES

from jixiao.errors import BadInput
from jixiao.reading import read
from jixiao.reading.checks import examine

SHORT = 2_500  # characters: longer than any sentence, row or list the checks look at as a whole
LONG = 10_000
GROWTH = 2.2
SET_UP = 4_000  # calls that every document costs
CALLS_A_CHARACTER = 250

# Those that are the hardest to get through; all of them run in the soak.
HARDEST = (
    "总数不断",
    "分别不断",
    "预算不断",
    "增减不断",
    "发放1份，满意率1%，",
    "：1件",
    "其中1个",
    "1个",
    "1-2个",
    "其中成句",
    "括号之内",
    "《甲》2部",
    "占其名",
    "占比不断",
    "零占不断",
    "三个方面：一是二是三是",
    "同名之数",
    "层层括号",
    "收到1件，收到率1%，",
    "下降1%增长1%",
    "决算数大于预算数的",
    "行行都短",
    "表格成行",
)


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, built-in ones among them, to do the work."""
    counted = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def read_and_check(content: bytes, name: str) -> None:
    try:
        examine(read(content, name))
    except BadInput:
        return


def assert_linear(build: Callable[[int], bytes], name: str, length: int) -> None:
    read_and_check(build(200), name)  # what is set up once in a process
    once, twice = (calls(partial(read_and_check, build(size), name)) for size in (length, 2 * length))
    assert twice <= GROWTH * once + SET_UP, f"{once} calls, then {twice}"
    assert twice <= CALLS_A_CHARACTER * 2 * length + SET_UP


@pytest.mark.parametrize("family", HARDEST)
def test_twice_the_text_is_twice_the_work(family: str) -> None:
    assert_linear(lambda length: FAMILIES[family](length).encode(), "a.txt", SHORT)


@pytest.mark.parametrize("family", sorted(TABLES))
def test_twice_the_table_is_twice_the_work(family: str) -> None:
    assert_linear(lambda length: TABLES[family](length).encode(), "a.html", SHORT)


@pytest.mark.soak
@pytest.mark.parametrize("family", FAMILIES)
def test_twice_a_long_text_is_twice_the_work(family: str) -> None:
    assert_linear(lambda length: FAMILIES[family](length).encode(), "a.txt", LONG)


@pytest.mark.soak
@pytest.mark.parametrize("family", sorted(TABLES))
def test_twice_a_long_table_is_twice_the_work(family: str) -> None:
    assert_linear(lambda length: TABLES[family](length).encode(), "a.html", LONG)
