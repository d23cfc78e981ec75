"""Cells of a bureau's form that say in their own words what fills them: the same row and column as a form of ours.

A guess is made only where one cell and one source have the same words; whoever fills the form looks it over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.forms.template_words import Spot, nearest
from jixiao.ledger.queries.templates import Offer, TemplateView

Key = tuple[str, str]
_MARKS = re.compile(
    r"^(?:其中|[0-9一二三四五六七八九十]+[、.．]|[（(][0-9一二三四五六七八九十]+[)）])+|[（(][^）)]*[)）]|[^\w]+"
)
_HEAD = 4  # rows in which a table says what it is
_OFFICE = frozenset({"单位名称", "部门名称", "预算部门名称", "预算单位", "填报单位", "单位", "部门单位名称"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A cell and what seems to fill it, in the unit that the table tells."""

    spot: Spot
    offer: Offer
    unit: str


def guesses(view: TemplateView, offers: Sequence[Offer]) -> list[Guess]:
    """One for each open cell that is not bound and whose words are those of one source."""
    bound = view.bound()
    spots = [one for one in view.spots if one.is_open and not one.formula and one.address not in bound]
    by_key: dict[Key, list[Offer]] = {}
    for offer in offers:
        if offer.source.startswith("form:") and "·" in offer.title:
            row, _, column = offer.title.rpartition("·")
            by_key.setdefault((_plain(row), _plain(column)), []).append(offer)
    there: dict[tuple[str, Key], list[Spot]] = {}
    for spot in spots:
        there.setdefault((spot.table, (_plain(spot.row_words), _plain(spot.column_words))), []).append(spot)
    heads = {spot.table: "" for spot in view.spots}
    for spot in view.spots:
        if spot.row < _HEAD:
            heads[spot.table] += spot.text
    found = [
        Guess(same[0], offer, offer.unit("", same[0].money))
        for (table, key), same in there.items()
        if len(same) == 1 and (offer := _only(by_key.get(key, []), table + heads[table])) is not None
    ]
    office = next((one for one in offers if one.source == "text:org"), None)
    if office is not None:
        found += [Guess(spot, office, "") for spot in _beside_office(spots)]
    return sorted(found, key=lambda one: (one.spot.table, one.spot.row, one.spot.column))


def _beside_office(spots: Sequence[Spot]) -> list[Spot]:
    """The first empty cell beside the words for the office, else the cell of the words itself, once in a row."""
    rows: dict[tuple[str, int], list[Spot]] = {}
    for spot in spots:
        if _plain(spot.row_words) in _OFFICE:
            rows.setdefault((spot.table, spot.row), []).append(spot)
    return [
        next((one for one in same if not one.text.strip().endswith(("：", ":"))), same[0])
        for same in rows.values()
    ]


def _only(offers: Sequence[Offer], head: str) -> Offer | None:
    """The one source; of several that of the form that the table is called by."""
    if len(offers) > 1:
        offers = [one for one in offers if one.group in head]
    return offers[0] if len(offers) == 1 else None


def _plain(words: str) -> str:
    """The words without numbering, signs and what stands in brackets."""
    return _MARKS.sub("", _MARKS.sub("", nearest(words)))
