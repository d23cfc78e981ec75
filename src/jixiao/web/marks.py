"""What was searched for, marked where it stands in a text; long texts are cut around the first place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

AROUND = 36


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool = False


def marked(text: str, words: Sequence[str]) -> list[Piece]:
    """The text in pieces, those that were asked for marked.

    >>> [(piece.text, piece.is_marked) for piece in marked("路灯不亮", ["路灯"])]
    [('路灯', True), ('不亮', False)]
    """
    if not words:
        return [Piece(text)]
    longest_first = sorted(words, key=len, reverse=True)
    parts = re.split(f"({'|'.join(re.escape(word) for word in longest_first)})", text, flags=re.IGNORECASE)
    return [Piece(part, bool(number % 2)) for number, part in enumerate(parts) if part]


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """The part of a long text around the first marked place, with … where something was left out."""
    plain = " ".join(text.split())
    places = [plain.casefold().find(word.casefold()) for word in words]
    first = min((place for place in places if place >= 0), default=0)
    start, end = max(first - AROUND, 0), first + 2 * AROUND
    cut = f"{'…' if start else ''}{plain[start:end]}{'…' if end < len(plain) else ''}"
    return marked(cut, words)
