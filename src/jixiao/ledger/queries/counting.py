"""Which indicators a record counts towards, year by year: the way back from a record to the figures."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.catalogue.indicators import Indicator
from jixiao.ledger import handed
from jixiao.ledger.models import Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.figures import rows_behind
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.orgs import years_for
from jixiao.ledger.queries.records import record as find


@dataclass(frozen=True, slots=True)
class Counted:
    """The record stands in this indicator of a year: in its numerator, in its denominator or in both."""

    year: int
    indicator: Indicator
    in_top: bool
    in_bottom: bool


def counted_in(user: Actor, record: Record | str) -> list[Counted]:
    """The indicators of all reporting years that count the record, the last year first. Raises NotFound."""
    row = find(user, record)
    if handed.sees_part(user, row):
        return []  # the figures are the other office's
    found = []
    for year in years_for(user, row.org_id):
        bench = OrgYear.open(user, row.org_id, year)
        for indicator in bench.indicators:
            if indicator.rows is not None and indicator.rows.kind == row.kind:
                mine = rows_behind(bench, indicator, row.id)
                if mine:
                    in_top, in_bottom = any(one.in_top for one in mine), any(one.in_bottom for one in mine)
                    found.append(Counted(year, indicator, in_top, in_bottom))
    return found
