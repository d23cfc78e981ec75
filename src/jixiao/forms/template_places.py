"""Where the cell of a binding stands in a file that may have changed since: the same place, a new one, or nowhere sure.

Cells that share their words are told apart by their order; where there are more or fewer of them than there were, none is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.forms.template_words import Spot, nearest, years_told


@dataclass(frozen=True, slots=True)
class Binding:
    """`source` says what fills the cell (`figure:…`, `filed:…`, `form:…`, `text:…`); `unit` and `places` how. The cell is
    the `nth` of `of` with these words in its table (0 of 0: kept before that was remembered); `money` is the unit the
    table told then.
    """

    address: str
    source: str
    row_words: str
    column_words: str
    unit: str = ""
    places: int = 2
    nth: int = 0
    of: int = 0
    money: str = ""

    @property
    def named(self) -> str:
        words = "·".join(one for one in map(nearest, (self.row_words, self.column_words)) if one)
        return f"“{years_told(words)}”"


def bind(spot: Spot, source: str, unit: str, places: int, known: Sequence[Spot]) -> Binding:
    """Remember what fills a cell, by the words beside it and its place among those of the same words."""
    alike = [one for one in known if _words(one) == _words(spot) and one.table == spot.table]
    nth = alike.index(spot) + 1 if spot in alike else 0
    return Binding(
        spot.address, source, spot.row_words, spot.column_words, unit, places, nth, len(alike), spot.money
    )


def find(binding: Binding, known: Sequence[Spot]) -> tuple[Spot | None, str]:
    """The cell of a binding, and what to tell where it has moved or cannot be found again."""
    alike = _in_its_table(binding, [one for one in known if _is_named(one, binding)])
    if binding.of and len(alike) == binding.of:
        return _told(binding, alike[binding.nth - 1])
    if not binding.of:
        if there := [one for one in alike if one.address == binding.address]:
            return there[0], ""
        if len(alike) == 1:
            return _told(binding, alike[0])
    if not alike:
        alike = _in_its_table(binding, [one for one in known if _is_named_near(one, binding)])
        if len(alike) == 1 and binding.of <= 1:
            return _told(binding, alike[0])
    if not alike:
        return None, f"模板里找不到{binding.named}（原在 {binding.address}），请在新模板上重新指定"
    places = "、".join(one.address for one in alike[:8])
    told = f"模板里有{len(alike)}处{binding.named}（{places}）"
    return None, f"{told}，不能确定哪一处是原来的 {binding.address}，请重新指定"


def _told(binding: Binding, spot: Spot) -> tuple[Spot, str]:
    if spot.address == binding.address:
        return spot, ""
    return spot, f"{binding.named}由 {binding.address} 移到了 {spot.address}，已按新位置填写"


def _in_its_table(binding: Binding, found: Sequence[Spot]) -> list[Spot]:
    table = binding.address.rsplit("!", 1)[0]
    return [one for one in found if one.table == table] or list(found)


def _words(spot: Spot) -> tuple[str, str]:
    return spot.row_words, spot.column_words


def _is_named(spot: Spot, binding: Binding) -> bool:
    if binding.of:
        return _words(spot) == (binding.row_words, binding.column_words)
    return _is_named_near(spot, binding)  # bindings of before remember the nearest words only


def _is_named_near(spot: Spot, binding: Binding) -> bool:
    return (nearest(spot.row_words), nearest(spot.column_words)) == (
        nearest(binding.row_words),
        nearest(binding.column_words),
    )
