"""How the outlines of an office tell its figures: the words around each slot, by their fingerprint.

A report that was written by an outline is read back by it. Words that stand around two figures tell neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jixiao.catalogue import Catalogue
from jixiao.catalogue.outlines import Outline
from jixiao.catalogue.slots import Slot, parts
from jixiao.reading import read
from jixiao.reading.phrases import phrases
from jixiao.values import RATIO

_NUMBER = 7  # any number: fingerprints leave it out


def outline_words(catalogue: Catalogue, packs: Collection[str]) -> dict[str, str]:
    """Fingerprint → indicator, for the outlines of some packs."""
    found: dict[str, str] = {}
    unclear: set[str] = set()
    for outline in catalogue.outlines.values():
        if outline.pack in packs:
            for fingerprint, indicator in _told(outline, catalogue):
                if found.setdefault(fingerprint, indicator) != indicator:
                    unclear.add(fingerprint)
    return {fingerprint: told for fingerprint, told in found.items() if fingerprint not in unclear}


def _told(outline: Outline, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every slot of an outline that places one figure: its text is read as a report would be."""
    text: list[str] = []
    length = 0
    places: dict[int, str] = {}
    clauses = (*outline.clauses, *(one for part in outline.attachments for one in part.clauses))
    for clause in clauses:
        for part in (*parts(clause.text), "\n"):
            words = part if isinstance(part, str) else _filled(part, catalogue)
            if isinstance(part, Slot) and _is_figure(part, catalogue):
                places[length] = part.references[0]
            text.append(words)
            length += len(words)
    for phrase in phrases(read("".join(text).encode(), "outline.txt")):
        indicator = places.get(phrase.statement.place.start)
        if indicator is not None:
            yield phrase.fingerprint, indicator


def _is_figure(slot: Slot, catalogue: Catalogue) -> bool:
    return (
        slot.sort == "figure"
        and slot.form != "list"
        and len(slot.references) == 1
        and slot.references[0] in catalogue.indicators
    )


def _filled(slot: Slot, catalogue: Catalogue) -> str:
    """What stands for a slot while the words around it are read."""
    if slot.sort == "word":
        return {"year": "2020", "org": "本单位"}.get(slot.references[0], "2020年12月31日")
    if slot.sort == "period" or slot.form == "list":
        return ""
    known: Mapping[str, object] = catalogue.filed if slot.sort == "filed" else catalogue.indicators
    unit = getattr(known.get(slot.references[0]), "unit", "项")
    return f"{_NUMBER}%" if unit == RATIO else f"{_NUMBER}万元" if unit == "元" else f"{_NUMBER}{unit}"
