"""An answer is kept for as long as its definition is there, and never given for another."""

from __future__ import annotations

import gc

from jixiao.catalogue.remembered import remembered


class Definition:
    """Stands for a definition: compared by what it says, remembered by what it is."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Definition)

    __hash__ = None  # type: ignore[assignment]


def test_each_definition_is_asked_once() -> None:
    asked: list[str] = []

    @remembered
    def ask(one: Definition) -> str:
        asked.append(one.name)
        return one.name * 2

    first, other = Definition("a"), Definition("b")
    assert [ask(first), ask(other), ask(first), ask(other)] == ["aa", "bb", "aa", "bb"]
    assert asked == ["a", "b"]


def test_what_takes_the_place_of_one_that_is_gone_is_asked_anew() -> None:
    @remembered
    def ask(one: Definition) -> str:
        return one.name

    for name in map(str, range(200)):
        assert ask(Definition(name)) == name
        gc.collect(0)
