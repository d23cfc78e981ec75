"""Parts told in pairs: 共收到1386件，立案1261件。其中甲会195件、立案187件；乙会183件、立案178件 … add up side by side.

Two or more wholes end the sentence before, or stand before 其中; each part is a stretch between ；with as many
numbers of the same measure word, the later ones told by the same words as the later wholes.

(1) A further number in one stretch belongs to what stands before it and is passed over.
(2) One side that adds up to the last piece proves that all parts are told: then the other must add up too.
Else no part is larger than its whole.
(3) A beginning of the parts that makes both wholes is enough: what follows came later.
(4) 312户896人，其中甲类205户587人、乙类107户309人: where the first numbers make their whole and each is told with a
second one side by side, the second ones make theirs.
Does not see parts told in separate sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.enumerations import Enumeration
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Term
from jixiao.values import Interval, Qualifier, Verdict

_LEAST = 2
_BESIDE = re.compile(r"[、，]?|、[^，。；、]{1,4}|单位承办|承办")
_WORDS = 2  # characters that name what the later numbers count


def parallels(reading: Reading) -> list[Outcome]:
    """Every 其中 with parts in pairs."""
    found: list[Outcome] = []
    for before, sentence in zip((None, *reading.sentences), reading.sentences, strict=False):
        if len(sentence.terms) >= 2 * _LEAST:
            found.extend(_judged(before, sentence))
    for one in reading.enumerations:
        found.extend(_accompanied(reading.sentences, one))
    return found


def _judged(before: Sentence | None, sentence: Sentence) -> Iterator[Outcome]:
    place = next((place for place, term in enumerate(sentence.terms) if "其中" in term.gap), None)
    if place is None:
        return
    wholes = list(sentence.terms[:place] if place else before.terms if before is not None else ())
    stretches = _stretches(sentence.terms[place:])
    if len(stretches) < _LEAST or len(wholes) < _LEAST:
        return
    wholes = _alike(wholes, stretches)
    if not wholes:
        return
    for count in range(len(stretches), _LEAST, -1):  # (3)
        sides = [[stretch[side] for stretch in stretches[:count]] for side in range(len(wholes))]
        if all(_meets(whole, parts) for whole, parts in zip(wholes, sides, strict=True)):
            break
    else:
        sides = [[stretch[side] for stretch in stretches] for side in range(len(wholes))]
    sums = [judge("sum", total=whole, parts=parts) for whole, parts in zip(wholes, sides, strict=True)]
    is_all = any(one.verdict is Verdict.KEPT for one in sums)  # (2)
    for whole, parts, added in zip(wholes, sides, sums, strict=True):
        words = f"把“其中”之后的{len(parts)}组数逐项读作“{whole.full}”{printed(whole)}的组成部分"
        if is_all:
            yield outcome("sum", added, (whole, *parts), words)
        else:
            yield outcome("subset", judge("subset", whole=whole, parts=parts), (whole, *parts), words)


def _accompanied(sentences: Sequence[Sentence], one: Enumeration) -> Iterator[Outcome]:
    """(4)"""
    others = [_companion(sentences, term) for term in (one.whole, *one.parts)]
    if others[0] is None and all(others[1:]):
        others[0] = _told_before(sentences, one.whole, others[1])
    told = [term for term in others if term is not None]
    if len(told) < max(len(others), _LEAST + 1) or len({term.unit for term in told}) > 1:
        return
    if told[0].unit == one.whole.unit or not _meets(one.whole, one.parts):
        return
    whole, *parts = told
    words = f"与“{one.whole.full}”各部分并列的{len(parts)}项读作{printed(whole)}的组成部分"
    yield outcome("sum", judge("sum", total=whole, parts=parts), (whole, *parts), words)


def _companion(sentences: Sequence[Sentence], term: Term) -> Term | None:
    """The exact amount told right behind a term, with no words between."""
    after = sentences[term.sentence].terms[term.index + 1 : term.index + 2]
    close = after and _BESIDE.fullmatch(after[0].gap) and after[0].is_amount
    return after[0] if close and after[0].statement.quantity.qualifier is Qualifier.EXACT else None


def _told_before(sentences: Sequence[Sentence], whole: Term, part: Term | None) -> Term | None:
    """268件提案由46家承办: the only number before the whole in the measure word of the second ones."""
    if part is None:
        return None
    told = sentences[whole.sentence].terms[: whole.index]
    found = [term for term in told if term.unit == part.unit and term.is_amount]
    return found[0] if len(found) == 1 else None


def _meets(whole: Term, parts: Sequence[Term]) -> bool:
    added = Interval.total(part.statement.quantity.interval for part in parts)
    return added.meets(whole.statement.quantity.interval)


def _stretches(terms: Sequence[Term]) -> list[list[Term]]:
    """The numbers between ；and ；"""
    found: list[list[Term]] = []
    for place, term in enumerate(terms):
        if not place or "；" in term.gap:
            found.append([])
        if term.is_amount:
            found[-1].append(term)
    return found


def _alike(wholes: Sequence[Term], stretches: list[list[Term]]) -> list[Term]:
    """The last two wholes, where every stretch begins with numbers told by the same words (1)."""
    first, second = wholes[-2], wholes[-1]
    name = second.clause[-_WORDS:]
    if first.unit != second.unit or not name or not first.is_amount or not second.is_amount:
        return []
    for stretch in stretches:
        if len(stretch) < _LEAST or {one.unit for one in stretch[:_LEAST]} != {first.unit}:
            return []
        if not stretch[1].clause.endswith(name) or stretch[0].clause.endswith(name):
            return []
    return [first, second]
