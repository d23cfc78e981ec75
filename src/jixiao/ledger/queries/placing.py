"""Where the reports of an org's packs place its figures: clause by clause, and which figure a reader meets first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.catalogue import Catalogue
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.slots import slots
from jixiao.ledger.queries.org_year import OrgYear


@dataclass(frozen=True, slots=True)
class Placing:
    """A clause of an outline in which a figure is placed."""

    outline: str
    outline_title: str
    clause: str


def placings(catalogue: Catalogue, packs: set[str]) -> Iterator[tuple[str, Placing]]:
    """(indicator, where) for every slot of the packs' outlines, in document order, attachments last."""
    for outline in catalogue.outlines.values():
        if outline.pack in packs:
            for clause in (*outline.clauses, *(one for part in outline.attachments for one in part.clauses)):
                named = [slot.references for slot in slots(clause.text) if slot.sort == "figure"]
                for indicator in dict.fromkeys(name for references in named for name in references):
                    yield indicator, Placing(outline.full_id, outline.title, clause.id)


def in_reading_order(bench: OrgYear) -> list[Indicator]:
    """The org's indicators as its reports tell them; then those with a target, then the others, in catalogue order."""
    told = dict.fromkeys(indicator for indicator, _ in placings(bench.catalogue, bench.packs))
    aimed_at = dict.fromkeys(
        indicator
        for scheme in bench.catalogue.schemes.values()
        if scheme.pack in bench.packs and not scheme.sample
        for indicator in scheme.indicators
    )
    place = {indicator: number for number, indicator in enumerate({**told, **aimed_at})}
    return sorted(bench.indicators, key=lambda one: place.get(one.full_id, len(place)))
