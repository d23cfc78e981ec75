"""How many records behind one figure are not behind another, which a claim that one is part of the other denies.

Counted by the engine for many pairs together. Where the definitions alone say that one lies inside the other, nobody is
asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jixiao.catalogue import Catalogue, conditions
from jixiao.catalogue.conditions import Condition
from jixiao.indicators.engines import Engine
from jixiao.indicators.explain import behind_query, planned
from jixiao.indicators.nodes import Distinct
from jixiao.indicators.plan import CountedPart
from jixiao.indicators.run import Periods, Request

AT_ONCE = 50  # pairs in one statement


def outside(
    catalogue: Catalogue, pairs: Sequence[tuple[Request, Request]], engine: Engine, periods: Periods
) -> list[int]:
    """For each (part, whole) how many records of the part's numerator are not in the whole's."""
    from jixiao.indicators import compile

    found, questions = [0] * len(pairs), []
    for place, (part, whole) in enumerate(pairs):
        inside, around = _top(catalogue, part, periods), _top(catalogue, whole, periods)
        if inside is None or around is None or (part.as_of == whole.as_of and lies_inside(inside, around)):
            continue
        inner = compile.sql(behind_query(catalogue, inside, part), engine.dialect)
        outer = compile.sql(behind_query(catalogue, around, whole), engine.dialect)
        questions.append(
            f"SELECT {place} AS place, COUNT(*) AS strangers FROM (SELECT id FROM ({inner}) AS part"
            f" EXCEPT SELECT id FROM ({outer}) AS whole) AS strangers"
        )
    for start in range(0, len(questions), AT_ONCE):
        for place, count in engine.rows(" UNION ALL ".join(questions[start : start + AT_ONCE])):
            found[place] = int(count)
    return found


def lies_inside(part: CountedPart, whole: CountedPart) -> bool:
    """Whether the definitions alone say so: the same records in the same time, and all that the whole asks the part asks."""
    if isinstance(whole.measure, Distinct) and whole.measure.is_link:
        return part.measure == whole.measure
    one, other = part.selection, whole.selection
    same = one.kind == other.kind and one.time == other.time
    return same and set(_asked(other.condition)) <= set(_asked(one.condition))


def _asked(condition: Condition) -> Iterator[Condition]:
    """The conditions that all have to be met."""
    match condition:
        case conditions.Always():
            return
        case conditions.AllOf(parts):
            for part in parts:
                yield from _asked(part)
        case _:
            yield condition


def _top(catalogue: Catalogue, request: Request, periods: Periods) -> CountedPart | None:
    found = planned(catalogue, catalogue.indicator(request.indicator), request, periods).top
    return found if isinstance(found, CountedPart) else None
