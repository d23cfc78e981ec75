"""A definition together with the place it was read from, so that whatever is wrong with it can be told there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from jixiao.catalogue.definition import Named
from jixiao.catalogue.read_yaml import Path_, Text, field_name
from jixiao.errors import Problem

Complaint = tuple[Path_, str, str]  # where in the definition, what was found, what would be right
Complaints = Iterator[Complaint]


@dataclass(frozen=True)
class Piece:
    """One version of one definition. `pack` is where its file lies: its short references are read from there."""

    pack: str
    folder: str
    text: Text
    definition: Named
    from_on: date | None = None
    overlay: Path_ = ()  # ("versions", 1) for a dated version
    overlaid: frozenset[str] = field(default=frozenset())

    def place(self, path: Path_) -> Path_:
        """Where `path` of the definition stands in the file: in the dated version if that says it."""
        return (*self.overlay, *path) if path and path[0] in self.overlaid else path

    def problem(self, complaint: Complaint) -> Problem:
        path, found, expected = complaint
        place = self.place(path)
        return Problem(self.text.file, self.text.line(place), field_name(place), found, expected)

    def using(self, definition: Named) -> Piece:
        return replace(self, definition=definition)


def find_word(text: Text, path: Path_, word: Any) -> Path_:
    """The path at or below `path` whose last part is `word`: conditions are told at the word that is wrong."""
    for known in text.lines:
        if known[: len(path)] == path and len(known) > len(path) and known[-1] == word:
            return known
    return path
