"""The slots of a clause's text, read and written back: {a}, {a=b}, {a:list}, {a:exact}, {filed.item}, {year}.

Knows the shape of a slot only; whether the figure exists is the caller's question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from jixiao.errors import BadInput

WORDS = frozenset({"org", "year", "date"})
Form = Literal["", "list", "exact"]
FILED, PERIOD = "filed.", "period."

_NAME = r"(?:filed\.)?[a-z][a-z0-9_]*(?:/[a-z][a-z0-9_]*)?"
_SLOT = re.compile(
    rf"(?P<names>{_NAME}(?:={_NAME})*)(?::(?P<form>list|exact))?|period\.(?P<basis>[a-z_]+)"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """`names` are figure ids, or filed items written with their `filed.`; more than one must print alike."""

    names: tuple[str, ...]
    form: Form = ""

    @property
    def source(self) -> str:
        return "{" + "=".join(self.names) + (f":{self.form}" if self.form else "") + "}"


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word of the report: org, year, date, or period.<basis>."""

    name: str

    @property
    def source(self) -> str:
        return "{" + self.name + "}"


Part = str | Slot | Word


def parse(text: str) -> tuple[Part, ...]:
    """Split text into plain parts and slots. Raises BadInput naming the slot that cannot be read."""
    parts: list[Part] = []
    for piece in re.split(r"(\{[^{}]*\})", text):
        if piece.startswith("{") and piece.endswith("}"):
            parts.append(_slot(piece))
        elif "{" in piece or "}" in piece:
            raise BadInput("花括号不成对；数据位应写成“{指标编号}”的样子，正文请不要用花括号")
        elif piece:
            parts.append(piece)
    return tuple(parts)


def show(parts: tuple[Part, ...]) -> str:
    """The text that `parse` reads back to the same parts."""
    return "".join(part if isinstance(part, str) else part.source for part in parts)


def slots_of(text: str) -> tuple[Slot, ...]:
    return tuple(part for part in parse(text) if isinstance(part, Slot))


def _slot(piece: str) -> Slot | Word:
    inside = piece[1:-1].strip()
    if inside in WORDS:
        return Word(inside)
    found = _SLOT.fullmatch(inside)
    if found is None:
        raise BadInput(f"数据位“{piece}”读不懂；应写成“{{指标编号}}”“{{指标编号:list}}”或“{{filed.填报项}}”")
    if found["basis"]:
        return Word(inside)
    form: Form = "list" if found["form"] == "list" else "exact" if found["form"] == "exact" else ""
    return Slot(tuple(found["names"].split("=")), form)
