"""Ask the engine and the oracle the same question."""

from __future__ import annotations

from datetime import date

from tests.spec.oracle import Answer, Oracle
from tests.spec.world import TestEngine, World, catalogue, year

from jixiao.catalogue.indicators import Indicator
from jixiao.indicators import run
from jixiao.values import Figure, Period

LAST = date(2020, 12, 31)


def sessions(org: str, basis: str, number: int) -> Period | None:
    """The plenary session of a year runs from February to January; other bases are calendar years."""
    if basis == "plenary":
        return Period(basis, f"{number}次会议以来", date(number, 2, 1), date(number + 1, 1, 31), number)
    return year(number, basis)


def ask(
    engine: TestEngine,
    found: World,
    asked: Indicator,
    *others: Indicator,
    as_of: date = LAST,
    period: Period | None = None,
) -> Figure:
    """The engine's figure for org "o" in 2020, after the oracle has agreed with it."""
    engine.fill(found)
    return agreed(engine, found, [asked, *others], asked, as_of, period or year(2020))


def agreed(
    engine: TestEngine, found: World, known: list[Indicator], asked: Indicator, as_of: date, period: Period
) -> Figure:
    definitions = catalogue(*known)
    (figure,) = run.figures(definitions, [run.Request(asked.full_id, "o", period, as_of)], engine, sessions)
    expected = Oracle(definitions, found, "o", as_of).figure(asked, period, sessions)
    assert answer_of(figure) == expected
    return figure


def answer_of(figure: Figure) -> Answer:
    """What the oracle speaks of: a print rule's qualifier over an exact number is not part of it."""
    qualifier = None
    if figure.stated is not None:
        qualifier = "exact" if figure.exact is not None else figure.stated.qualifier.value
    return Answer(figure.status.value, figure.top, figure.bottom, figure.exact, qualifier, figure.records)
