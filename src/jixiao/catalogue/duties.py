"""Duties: one line of what a department is there to do, and where the packs take it up."""

from __future__ import annotations

from pydantic import Field

from jixiao.catalogue.definition import Definition, Named, Reference, Words


class Refusal(Definition):
    """A duty that concerns people is kept as totals or tickets only; `attribute` is what must not be asked of them."""

    kind: Reference
    attribute: Words


class Duty(Named):
    """职责 · Which kinds, indicators, relations and checks answer for one line of a department's duties.

    `checks` are `kind.check`; `schemes` and `outlines` where the line is about scoring or telling; `totals_only` marks
    a line about people.
    """

    kinds: tuple[Reference, ...] = Field(min_length=1)
    indicators: tuple[Reference, ...] = Field(min_length=1)
    relations: tuple[Reference, ...] = ()
    checks: tuple[str, ...] = ()
    schemes: tuple[Reference, ...] = ()
    outlines: tuple[Reference, ...] = ()
    tests: tuple[Words, ...] = Field(min_length=1)
    totals_only: Refusal | None = None
