"""Frozen classes that are cheap to make behave like those that are not."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from jixiao.frozen import quick


@quick
@dataclass(frozen=True, slots=True)
class Spot:
    row: int
    column: int = 1
    words: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Named:
    name: str
    plain: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", self.name.strip())


def test_is_made_like_any_dataclass() -> None:
    assert Spot(1, words="合计") == Spot(1, 1, "合计")
    assert hash(Spot(1, 2)) == hash(Spot(1, 2))
    assert Spot(1) != Spot(2)
    assert repr(Spot(3)) == "Spot(row=3, column=1, words='')"
    assert type(Spot(1)) is Spot
    with pytest.raises(TypeError):
        Spot()  # type: ignore[call-arg]


def test_stays_closed() -> None:
    spot = Spot(1)
    with pytest.raises(FrozenInstanceError):
        spot.row = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del spot.words  # type: ignore[misc]
    assert spot.row == 1
    assert not hasattr(spot, "__dict__")


def test_is_replaced_copied_and_pickled() -> None:
    spot = Spot(1, 2, "a")
    assert replace(spot, row=4) == Spot(4, 2, "a")
    assert copy.deepcopy(spot) == pickle.loads(pickle.dumps(spot)) == spot


def test_works_out_what_is_left_after_the_fields() -> None:
    assert Named(" 甲 ").plain == "甲"


def test_refuses_a_factory_of_defaults() -> None:
    @dataclass(frozen=True, slots=True)
    class Held:
        things: list[int] = field(default_factory=list)

    with pytest.raises(TypeError, match="Held"):
        quick(Held)
