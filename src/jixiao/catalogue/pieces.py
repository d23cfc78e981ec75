"""A definition together with the place it was read from, so that whatever is wrong with it can be told
there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from jixiao.catalogue.definition import Named
from jixiao.catalogue.read_yaml import Keys, Text, field_name
from jixiao.errors import Problem

Complaint = tuple[Keys, str, str]  # where in the definition, what was found, what would be right
Complaints = Iterator[Complaint]


@dataclass(frozen=True)
class Piece:
    """One version of one definition. `pack` is where its file lies: its short references are read from
    there.
    """

    pack: str
    folder: str
    text: Text
    definition: Named
    from_on: date | None = None
    overlay: Keys = ()  # ("versions", 1) for a dated version
    overlaid: frozenset[str] = field(default=frozenset())

    def place(self, path: Keys) -> Keys:
        """Where `path` of the definition stands in the file: in the dated version if that says it."""
        return (*self.overlay, *path) if path and path[0] in self.overlaid else path

    def problem(self, complaint: Complaint) -> Problem:
        path, found, expected = complaint
        place = self.place(path)
        return Problem(self.text.file, word_line(self.text, place), field_name(place), found, expected)

    def using(self, definition: Named) -> Piece:
        return replace(self, definition=definition)


def word_line(text: Text, path: Keys) -> int:
    """The line of `path`; where only its beginning is in the file, of its last word somewhere below that.

    Conditions nest: a complaint names the column, and the line shown is the one where that column is written.
    """
    if path in text.lines or not path:
        return text.line(path)
    above = path[:-1]
    while above and above not in text.lines:
        above = above[:-1]
    for known, line in text.lines.items():
        if known[: len(above)] == above and len(known) > len(above) and known[-1] == path[-1]:
            return line
    return text.line(above)
