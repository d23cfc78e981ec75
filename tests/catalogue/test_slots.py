"""Slots are read and written back without loss."""

from __future__ import annotations

import pytest

from jixiao.catalogue.slots import Slot, parts, rewritten, slots


def test_every_sort_of_slot() -> None:
    assert slots("{org}{year}年{period.plenary}{a}{b=c/d}{e:list}{f:exact}{filed.g}") == [
        Slot("word", ("org",)),
        Slot("word", ("year",)),
        Slot("period", ("plenary",)),
        Slot("figure", ("a",)),
        Slot("figure", ("b", "c/d")),
        Slot("figure", ("e",), "list"),
        Slot("figure", ("f",), "exact"),
        Slot("filed", ("g",)),
    ]


def test_text_and_slots_join_to_the_same_text() -> None:
    text = "办理{a=b}，其中{c:list}，在册{filed.d}，{org}。"
    assert "".join(part.text if isinstance(part, Slot) else part for part in parts(text)) == text
    assert rewritten(text, lambda sort, name: f"{sort}/{name}") == (
        "办理{figure/a=figure/b}，其中{figure/c:list}，在册{filed.filed/d}，{org}。"
    )


@pytest.mark.parametrize("text", ["{", "办理}件", "{a b}", "{a:table}", "{a=b:list}", "{}", "{提案}"])
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"空位|花括号"):
        parts(text)
