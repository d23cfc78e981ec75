"""A clerk's wording keeps the slots of its clause."""

from __future__ import annotations

import pytest

from jixiao.catalogue.outlines import Clause
from jixiao.reports.rewriting import check_rewrite

CLAUSE = Clause(id="only", text="{year}年立案{demo/opened}，有{demo/opened:list}，在编{filed.demo/staff}。")
KEPT = "立案{demo/opened}，在编{filed.demo/staff}，有{demo/opened:list}"


def test_slots_may_move_and_be_repeated_and_plain_words_may_go() -> None:
    assert check_rewrite(CLAUSE, KEPT + "。") == []
    assert check_rewrite(CLAUSE, KEPT + "，立案{demo/opened}，{org}。") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (KEPT.replace("{demo/opened}", "20件"), "缺少数据位 {demo/opened}"),
        (KEPT + "{demo/closed}", "{demo/closed} 不是本条原有的"),
        (KEPT + "{demo/opened:exact}", "{demo/opened:exact} 不是本条原有的"),
        (KEPT + "{", "花括号"),
        (KEPT + "{提案}", "读不懂"),
        ("  \n", "空的"),
        (KEPT + "\x07", "控制字符"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    problems = check_rewrite(CLAUSE, text)
    assert problems
    assert told in "；".join(problems)


def test_headings_stay_on_one_line_and_tables_are_not_rewritten() -> None:
    assert check_rewrite(Clause(id="h", heading=1, text="标题"), "甲\n乙") == ["标题只能是一行"]
    table = Clause.model_validate({"id": "t", "table": {"caption": "表", "of": "missing"}})
    assert "不能改写" in check_rewrite(table, "甲")[0]
