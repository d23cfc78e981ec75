"""Sentences in which another sensible reading agrees, or nobody can tell which is meant: no check may speak."""

from __future__ import annotations

import pytest

from jixiao.reading import read
from jixiao.reading.checks import examine
from jixiao.values import Verdict


@pytest.mark.parametrize(
    "text",
    [
        "收到信息34篇。省级采用5篇，市级采用8篇，两级去重后11篇，采用率32.35%。",
        "上级采用3篇，本级采用9篇，采用率60%。",
    ],
)
def test_nothing_is_called_broken(text: str) -> None:
    found = examine(read(text.encode(), "说明.txt"))
    assert [one.message for one in found if one.verdict is Verdict.BROKEN] == []
