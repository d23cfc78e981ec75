"""The documents that definitions rest on, and which of them nobody has confirmed in the pack itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.catalogue.catalogue import FOLDERS, Catalogue
from jixiao.catalogue.definition import Named, Source
from jixiao.catalogue.kinds import Kind

_FOLDER_OF = {kind: folder for folder, kind in FOLDERS.items()}


@dataclass(frozen=True, slots=True)
class Resting:
    """A definition and a document it rests on, unconfirmed."""

    definition: Named
    source: Source

    @property
    def rule(self) -> str:
        return rule_of(self.definition)


def rule_of(definition: Named) -> str:
    """folder/pack/id: what a definition is known by among all sorts of definitions."""
    return f"{_FOLDER_OF[type(definition)]}/{definition.full_id}"


def text_of(source: Source) -> str:
    """A document in words: its title and the clause."""
    return " ".join(filter(None, (source.title, source.clause)))


def sources_of(definition: Named) -> tuple[Source, ...]:
    """Its own documents and those of its deadlines, each once."""
    found = list(definition.source)
    if isinstance(definition, Kind):
        found += [one for deadline in definition.deadlines.values() for one in deadline.source]
    return tuple({text_of(one): one for one in reversed(found)}.values())[::-1]


def unverified(catalogue: Catalogue, pack: str = "") -> Iterator[Resting]:
    """Every definition with each document it rests on that its pack says nobody has confirmed, of one pack or of all."""
    for folder in FOLDERS:
        for definition in getattr(catalogue, folder).values():
            if pack in ("", definition.pack):
                for source in sources_of(definition):
                    if not source.verified:
                        yield Resting(definition, source)


def find(catalogue: Catalogue, rule: str) -> Named | None:
    """The definition known by folder/pack/id."""
    folder, _, full_id = rule.partition("/")
    if folder not in FOLDERS:
        return None
    found: Named | None = getattr(catalogue, folder).get(full_id)
    return found
