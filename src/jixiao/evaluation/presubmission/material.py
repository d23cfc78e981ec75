"""A paper as plain material for the self-check: passages, tables, what a reader found broken; whoever wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])\s*(\S.{0,40})")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or heading; `section` is the heading of the first level above it."""

    place: str
    text: str
    section: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: words of its heading cells, and the rows below; `places` names each row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that does not add up: the relation's id, where, and what is wrong."""

    relation: str
    place: str
    told: str


@dataclass(frozen=True, slots=True)
class Material:
    """`unproved` are figures without evidence, `carried` what earlier years left to be put right: None where nobody can
    know (a stranger's paper). `notes` are the rectification papers beside it, `crossed` facts that they tell otherwise.
    `behind` is what goes out with the file beside its text.
    """

    passages: tuple[Passage, ...]
    grids: tuple[Grid, ...] = ()
    broken: tuple[Broken, ...] = ()
    unproved: tuple[tuple[str, str], ...] | None = None
    carried: tuple[str, ...] | None = None
    notes: tuple[Passage, ...] | None = None
    crossed: tuple[tuple[str, str], ...] = ()
    behind: tuple[Passage, ...] = ()


def section_of(text: str) -> str:
    """The words of a heading of the first level (一、…); empty for any other text."""
    plain = text.strip()
    found = _HEADING.fullmatch(plain)
    return found[1] if found and plain[0] not in "（(" else ""


def is_heading(text: str) -> bool:
    """Whether a line is a numbered heading rather than a sentence."""
    return bool(_HEADING.fullmatch(text.strip())) and not text.strip().endswith(("。", "；"))
