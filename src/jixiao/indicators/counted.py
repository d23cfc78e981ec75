"""The way back from one record: which figures count it. Asked of the engine for many figures together.

Reads the same plan and the same compiled rows as `explain.rows_behind`, so that both tell the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.catalogue import Catalogue
from jixiao.indicators.engines import Engine
from jixiao.indicators.explain import behind_query, planned
from jixiao.indicators.plan import CountedPart
from jixiao.indicators.run import Periods, Request

AT_ONCE = 100  # questions in one statement


def counted(
    catalogue: Catalogue, requests: Sequence[Request], engine: Engine, periods: Periods, record: str
) -> list[tuple[bool, bool]]:
    """For each request whether the record stands in the figure's numerator and in its denominator."""
    from jixiao.indicators import compile

    asked: list[str] = []
    sides: list[tuple[int | None, int | None]] = []
    for request in requests:
        one = planned(catalogue, catalogue.indicator(request.indicator), request, periods)
        places: list[int | None] = []
        for part in (one.top, one.bottom):
            if isinstance(part, CountedPart):
                query = behind_query(catalogue, part, request)
                asked.append(compile.sql(query, engine.dialect))
                places.append(len(asked) - 1)
            else:
                places.append(None)
        sides.append((places[0], places[1]))
    there = _holding(asked, engine, record)
    return [(top in there, bottom in there) for top, bottom in sides]


def _holding(texts: Sequence[str], engine: Engine, record: str) -> set[int | None]:
    """The places of the queries that have the record among their rows."""
    literal = record.replace("'", "''")
    places: dict[str, list[int]] = {}  # the same rows under several figures are looked through once
    for place, text in enumerate(texts):
        places.setdefault(text, []).append(place)
    # around the queries, not inside: what was compiled serves every record
    questions = [
        f"SELECT {same[0]} AS place WHERE EXISTS (SELECT 1 FROM ({text}) AS behind WHERE behind.id = '{literal}')"
        for text, same in places.items()
    ]
    by_first = {same[0]: same for same in places.values()}
    found: set[int | None] = set()
    for start in range(0, len(questions), AT_ONCE):
        for (first,) in engine.rows(" UNION ALL ".join(questions[start : start + AT_ONCE])):
            found.update(by_first[first])
    return found
