"""Definitions told in Chinese words."""

from __future__ import annotations

from typing import Any

from jixiao.catalogue import describe, load


def test_an_indicator_is_one_sentence(write_pack: Any) -> None:
    catalogue = load([], [write_pack()])
    told = {name: describe.indicator(found, catalogue) for name, found in catalogue.indicators.items()}
    assert told["office/letters"] == "来信件数：收到日期在期间内的来信的件数（件）"
    assert told["office/answer_rate"] == (
        "按期答复率：收到日期在期间内的来信中，以已到“已答复”或已到“已办结”为分母，以已答复日期不晚于答复期限为分子"
    )
    assert told["office/cost"] == "费用：收到日期在期间内的来信的费用合计（元）"
    assert told["office/given"] == "帮扶额：取填报数“帮扶数”"


def test_conditions_speak_of_titles_and_amounts(write_pack: Any) -> None:
    catalogue = load([], [write_pack()])
    letter = catalogue.kind("letter")
    where = catalogue.indicator("joint_letters").where
    assert describe.condition(where, letter, catalogue) == "形式是“联名”，且费用不小于100元，且重量不大于1.5"
    guard = letter.steps["answer"].guard
    assert describe.condition(guard, letter, catalogue) == "至少有一份复函（已签发为“是”）"


def test_a_kind_is_told_in_labelled_sentences(write_pack: Any) -> None:
    catalogue = load([], [write_pack()])
    told = dict(describe.kind(catalogue.kind("letter"), catalogue))
    assert told["形态"] == "办理事项，以件计"
    assert told["子表"] == "复函"
    assert told["期限"] == ("答复：自收到日期起3个月，至“已答复”为止；在“待补正”期间停止计算；遇节假日顺延")
    assert told["依据"] == "示例办法"


def test_every_packaged_definition_can_be_told() -> None:
    catalogue = load()
    for kind in catalogue.kinds.values():
        assert all(label and words for label, words in describe.kind(kind, catalogue))
        assert all(describe.field(spec, catalogue) for spec in kind.fields.values())
    for indicator in catalogue.indicators.values():
        assert describe.indicator(indicator, catalogue).startswith(indicator.title)
