"""Write into each statement the role its sentence gives it: total, part, share, growth, budget and the like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jixiao.reading.enumerations import enumerations
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role
from jixiao.values import Statement


def with_roles(statements: Sequence[Statement], sentences: Iterable[Sentence]) -> tuple[Statement, ...]:
    """The statements with their roles; one that no sentence explains keeps an empty role."""
    prose = tuple(sentences)
    roles: dict[tuple[int, int], Role] = {
        term.span: term.role for sentence in prose for term in sentence.terms if term.role
    }
    for enumeration in enumerations(prose):
        roles.setdefault(enumeration.whole.span, Role.TOTAL)
        for part in enumeration.parts:
            roles.setdefault(part.span, Role.PART)
    return tuple(
        replace(statement, role=str(roles.get((statement.place.start, statement.place.end), "")))
        for statement in statements
    )
