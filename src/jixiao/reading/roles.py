"""Write into each statement the role its sentence gives it: total, part, share, growth, budget and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from jixiao.reading.enumerations import Enumeration
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import Statement

_DONE = re.compile("实际|完成|达到|实现")
_RATES = frozenset((Role.RATE, Role.COMPLETION))
_NAME = 2  # characters of its name by which a rate calls its numerator


def with_roles(
    statements: Sequence[Statement], sentences: Iterable[Sentence], enumerations: Iterable[Enumeration]
) -> tuple[Statement, ...]:
    """The statements with their roles; one that no sentence explains keeps an empty role. The terms then speak of
    the same statements.
    """
    prose = tuple(sentences)
    roles: dict[tuple[int, int], Role] = {
        term.span: term.role for sentence in prose for term in sentence.terms if term.role
    }
    for enumeration in enumerations:
        roles.setdefault(enumeration.whole.span, Role.TOTAL)
        for part in enumeration.parts:
            roles.setdefault(part.span, Role.PART)
    for sentence in prose:
        for index, term in enumerate(sentence.terms):
            if not term.role:
                continue
            if term.role in _RATES:
                for role, other in _made_of(sentence.terms[:index], term):
                    roles.setdefault(other.span, role)
            elif term.role is Role.TARGET:
                for other in sentence.terms[index + 1 : index + 2]:
                    if other.unit == term.unit and _DONE.search(other.clause):
                        roles.setdefault(other.span, Role.ACTUAL)
    told: dict[tuple[int, int], Statement] = {}
    for one in statements:
        span = (one.place.start, one.place.end)
        told[span] = _with_role(one, roles[span]) if span in roles else one
    for sentence in prose:
        for term in sentence.terms:
            if term.span in roles:
                term.statement = told[term.span]
    return tuple(told.values())


def _made_of(before: Sequence[Term], rate: Term) -> Iterator[tuple[Role, Term]]:
    """The counts a rate is made of, where its sentence tells them: the one it is named after, and the one before."""
    name = rate.clause[: rate.clause.find("率")][-_NAME:] if "率" in rate.clause else ""
    amounts = [term for term in before if term.is_amount]
    top = next((term for term in reversed(amounts) if name and name in term.clause), None)
    if top is None:
        return
    yield Role.NUMERATOR, top
    earlier = [term for term in amounts if term.index < top.index and term.unit == top.unit]
    if earlier:
        yield Role.DENOMINATOR, earlier[-1]


def _with_role(one: Statement, role: Role) -> Statement:
    return Statement(
        one.text, one.quantity, one.kind, one.place, one.before, one.after, str(role), one.key
    )  # fmt: skip
