"""What a check says of a document: a finding of `relations` with the spans it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from jixiao.frozen import quick
from jixiao.reading.terms import Term
from jixiao.relations import RELATIONS, Operand
from jixiao.values import Finding, Interval, Verdict

Span = tuple[int, int]
T = TypeVar("T")

MOST_READINGS = 12  # of one place: where a sentence leaves more open, nobody can tell which is meant

_FIT = (Verdict.KEPT, Verdict.ROUNDING, Verdict.NOT_APPLICABLE, Verdict.BROKEN)
_SEVERAL = (list, tuple)
_TOGETHER = 256  # terms of the sentences that are held against one another at a time


@quick
@dataclass(frozen=True, slots=True)
class Outcome:
    """A relation found in a document. `spans` stand in the order of the arithmetic: total then parts;
    numerator, denominator, rate; current, previous, increase, growth; count, list.
    """

    type: str
    verdict: Verdict
    spans: tuple[Span, ...]
    stated: str
    computed: str
    reading: str
    message: str


@lru_cache(maxsize=_TOGETHER)
def operand(term: Term) -> Operand:
    """A term as a relation compares it. Documents print sizes: what is rounded to nought is not below it."""
    quantity = term.statement.quantity
    text = printed(term)
    interval, step = quantity.interval, quantity.step
    if not quantity.value and quantity.unit == "元" and "." not in text:
        interval, step = Interval.point(0), Fraction(0)  # 0万元 is no money at all, not less than 5000元
    elif interval.low is not None and interval.low.numerator < 0 <= quantity.value:
        interval = replace(interval, low=Fraction(0), low_open=False)
    name = term.full or term.subject
    name = text if not name or name.endswith("的") else name  # 占120个村的90%
    return Operand("", name, interval, text, term.unit, None, step)


def printed(term: Term) -> str:
    """The quantity as it stands in the document, without the line breaks inside it."""
    return "".join(term.statement.text.split())


def judge(relation: str, **arguments: Any) -> Finding:
    """Run a relation on terms (or operands, or settings)."""
    return RELATIONS[relation](**{name: _given(value) for name, value in arguments.items()})


def _given(value: Any) -> Any:
    if type(value) is Term:
        return operand(value)
    if isinstance(value, _SEVERAL):
        return [operand(one) if type(one) is Term else _given(one) for one in value]
    return value


def outcome(
    type: str, finding: Finding, terms: Sequence[Term | Span], reading: str, message: str = ""
) -> Outcome:
    """Put a finding in its place. `message` replaces the relation's own reason."""
    spans = tuple([one.span if isinstance(one, Term) else one for one in terms])
    return Outcome(
        type, finding.verdict, spans, finding.stated, finding.computed, reading, message or finding.reason
    )


def distinct(terms: Iterable[Term]) -> list[Term]:
    """The terms without those that print the same number again."""
    first: dict[tuple[object, ...], Term] = {}
    for term in terms:
        quantity = term.statement.quantity
        first.setdefault((quantity.value, quantity.step, quantity.qualifier, quantity.high), term)
    return list(first.values())


def best(readings: Iterable[T], judged: Callable[[T], Finding]) -> tuple[T, Finding]:
    """The reading that fits best, the first of those that fit alike; one that is kept ends the search."""
    found: list[tuple[T, Finding]] = []
    for reading in readings:
        found.append((reading, judged(reading)))
        if found[-1][1].verdict is Verdict.KEPT:
            return found[-1]
    return min(found, key=lambda pair: _FIT.index(pair[1].verdict))
