"""Write into each statement the role its sentence gives it: total, part, share, growth, budget and the like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jixiao.reading.enumerations import Enumeration
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role
from jixiao.values import Statement


def with_roles(
    statements: Sequence[Statement], sentences: Iterable[Sentence], enumerations: Iterable[Enumeration]
) -> tuple[Statement, ...]:
    """The statements with their roles; one that no sentence explains keeps an empty role."""
    roles: dict[tuple[int, int], Role] = {
        term.span: term.role for sentence in sentences for term in sentence.terms if term.role
    }
    for enumeration in enumerations:
        roles.setdefault(enumeration.whole.span, Role.TOTAL)
        for part in enumeration.parts:
            roles.setdefault(part.span, Role.PART)
    return tuple(_with_role(one, roles.get((one.place.start, one.place.end))) for one in statements)


def _with_role(statement: Statement, role: Role | None) -> Statement:
    return statement if role is None else replace(statement, role=str(role))
