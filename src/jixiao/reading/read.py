"""Read a file: its text with places, every quantity it states, and the sentences in which they stand."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jixiao.reading.collector import kept_still
from jixiao.reading.document import Document
from jixiao.reading.enumerations import Enumeration, enumerations
from jixiao.reading.roles import with_roles
from jixiao.reading.sentences import Sentence, sentences
from jixiao.reading.statements import statements
from jixiao.reading.text import open_document
from jixiao.values import Statement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one file. `sentences` holds the prose, not the rows of tables."""

    document: Document
    statements: tuple[Statement, ...]
    sentences: tuple[Sentence, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    _found: dict[Callable[[Reading], Any], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, find: Callable[[Reading], T]) -> T:
        """What `find` makes of this reading; worked out once, however many checks ask."""
        if find not in self._found:
            self._found[find] = find(self)
        found: T = self._found[find]
        return found


@kept_still()
def read(source: str | os.PathLike[str] | bytes, name: str = "") -> Reading:
    """Read a file by path, or bytes with the name they came under.

    Raises BadInput, with a message for the person who chose the file, where it cannot be read.
    """
    document = open_document(source, name)
    found = statements(document)
    prose = sentences(document, found)
    enumerated = tuple(enumerations(prose))
    return Reading(document, with_roles(found, prose, enumerated), prose, enumerated)
