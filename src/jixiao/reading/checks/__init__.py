"""Do the figures of a document contradict each other? One check a file, its rule in the docstring.

`CHECKS` lists them; `examine` runs them all. Adding a check: write its file, add it here, give it a bad and
a clean card in the tests.
"""

from __future__ import annotations

from collections.abc import Callable

from jixiao.reading.checks.averages import averages
from jixiao.reading.checks.balances import balances
from jixiao.reading.checks.chains import chains
from jixiao.reading.checks.changes import changes
from jixiao.reading.checks.directions import directions
from jixiao.reading.checks.dispositions import dispositions
from jixiao.reading.checks.divisions import divisions
from jixiao.reading.checks.grades import grades
from jixiao.reading.checks.items import items
from jixiao.reading.checks.leftovers import leftovers
from jixiao.reading.checks.lists import lists
from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.outlines import outlines
from jixiao.reading.checks.overspent import overspent
from jixiao.reading.checks.parallels import parallels
from jixiao.reading.checks.parts import parts
from jixiao.reading.checks.periods import periods
from jixiao.reading.checks.points import points
from jixiao.reading.checks.quotients import quotients
from jixiao.reading.checks.rates import rates
from jixiao.reading.checks.repeats import repeats
from jixiao.reading.checks.rests import rests
from jixiao.reading.checks.retired import retired
from jixiao.reading.checks.satisfied import satisfied
from jixiao.reading.checks.savings import savings
from jixiao.reading.checks.scores import scores
from jixiao.reading.checks.shares import shares
from jixiao.reading.checks.surveys import surveys
from jixiao.reading.checks.tables_codes import table_codes
from jixiao.reading.checks.tables_columns import table_columns
from jixiao.reading.checks.tables_growth import table_growth
from jixiao.reading.checks.tables_prose import table_prose
from jixiao.reading.checks.tables_rates import table_rates
from jixiao.reading.checks.tables_rows import table_rows
from jixiao.reading.checks.tables_scores import table_scores
from jixiao.reading.checks.tables_shares import table_shares
from jixiao.reading.checks.targets import targets
from jixiao.reading.checks.totals import totals
from jixiao.reading.checks.weights import weights
from jixiao.reading.collector import kept_still
from jixiao.reading.read import Reading
from jixiao.values import Verdict

Check = Callable[[Reading], list[Outcome]]

CHECKS: list[Check] = [
    parts,
    parallels,
    totals,
    rests,
    dispositions,
    balances,
    savings,
    overspent,
    retired,
    chains,
    shares,
    divisions,
    rates,
    changes,
    averages,
    quotients,
    repeats,
    items,
    directions,
    lists,
    points,
    scores,
    weights,
    grades,
    surveys,
    satisfied,
    targets,
    periods,
    leftovers,
    outlines,
    table_rows,
    table_columns,
    table_codes,
    table_rates,
    table_shares,
    table_growth,
    table_scores,
    table_prose,
]

__all__ = ["CHECKS", "Check", "Outcome", "examine"]


@kept_still()
def examine(reading: Reading) -> list[Outcome]:
    """Everything the checks say, in the order of the text; the same relation is told once, and so is a
    contradiction between the same places.
    """
    found: dict[object, Outcome] = {}
    for check in CHECKS:
        for one in check(reading):
            is_broken = one.verdict is Verdict.BROKEN
            found.setdefault(frozenset(one.spans) if is_broken else (one.type, one.spans), one)
    return sorted(found.values(), key=lambda one: (min(one.spans), one.type, one.spans))
