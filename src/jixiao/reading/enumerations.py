"""The grammar of enumeration: which quantities are told as parts of which.

A whole, a word that opens its parts (其中, 分别, 主要用于以下方面, a colon, a bracket), then parts in the
same measure word. It ends where a stronger stop follows than the one between its first parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import RATIO

_OPENS = re.compile(
    r"其中|从中|分别|包括|主要用于(?:以下)?(?:几个)?方面|用于以下|具体(?:为|是|如下)|分为|按[^，。]{1,8}分|组成|构成"
)
_COLON = re.compile(r"\A[^，。；、：]{0,8}：")
_BRACKET = re.compile(r"\A[^，。；、：]{0,4}[（(]")
_COMPLETE = re.compile(r"以下方面|用于以下|分为|组成|构成|按[^，。]{1,8}分")
_STRENGTH = {"、": 1, "和": 1, "，": 2, ",": 2, "；": 3, ";": 3}


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A whole with its parts. `shares` are the 占…% told right after a part, by its place among the parts;
    `complete` is set where the opening words promise all parts.
    """

    whole: Term
    parts: tuple[Term, ...]
    shares: tuple[tuple[int, Term], ...]
    opening: str
    complete: bool


def enumerations(sentences: Iterable[Sentence]) -> Iterator[Enumeration]:
    """Every enumeration in every sentence, in order."""
    for sentence in sentences:
        terms = sentence.terms
        for index, first in enumerate(terms):
            opening = _opening(first)
            if index and opening and (whole := _whole(terms, index)) is not None:
                yield _collect(whole, terms, index, opening)


def _opening(term: Term) -> str:
    if not term.is_amount:
        return ""
    matches = list(_OPENS.finditer(term.gap))
    if matches:
        return matches[-1][0]
    if _COLON.search(term.gap):
        return "："
    return "（" if term.depth and _BRACKET.search(term.gap) else ""


def _whole(terms: tuple[Term, ...], index: int) -> Term | None:
    """The nearest quantity before in the same measure word, unless it is itself no amount."""
    first = terms[index]
    for term in reversed(terms[:index]):
        if term.unit == first.unit and term.depth <= first.depth:
            return term if term.is_amount and term.role is not Role.PREVIOUS else None
    return None


def _collect(whole: Term, terms: tuple[Term, ...], index: int, opening: str) -> Enumeration:
    first = terms[index]
    parts, shares = [first], list[tuple[int, Term]]()
    stop, level = 0, 0
    for term in terms[index + 1 :]:
        stop = max(stop, strength(term.gap))
        if term.depth > first.depth:
            continue
        if term.depth < first.depth:
            break
        if term.unit == RATIO or not term.is_amount:
            if term.role is Role.SHARE and not term.base and strength(term.gap) < 3:
                shares.append((len(parts) - 1, term))
            continue
        if term.unit != first.unit or _OPENS.search(term.gap) or term.role is not first.role:
            break
        level = level or stop
        if stop > level:
            break
        parts.append(term)
        stop = 0
    return Enumeration(whole, tuple(parts), tuple(shares), opening, bool(_COMPLETE.search(first.gap)))


def strength(gap: str) -> int:
    """How strong the strongest stop in some words is: 、1, ，2, ；3."""
    return max((_STRENGTH.get(character, 0) for character in gap), default=0)
