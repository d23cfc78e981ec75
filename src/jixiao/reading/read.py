"""Read a file: its text with places, and every quantity it states."""

from __future__ import annotations

import os
from dataclasses import dataclass

from jixiao.reading.document import Document
from jixiao.reading.statements import statements
from jixiao.reading.text import open_document
from jixiao.values import Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one file."""

    document: Document
    statements: tuple[Statement, ...]


def read(source: str | os.PathLike[str] | bytes, name: str = "") -> Reading:
    """Read a file by path, or bytes with the name they came under.

    Raises BadInput, with a message for the person who chose the file, where it cannot be read.
    """
    document = open_document(source, name)
    return Reading(document, statements(document))
