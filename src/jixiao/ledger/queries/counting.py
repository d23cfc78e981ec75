"""Which indicators a record counts towards, year by year: the way back from a record to the figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from jixiao.catalogue.indicators import Indicator
from jixiao.indicators.counted import counted
from jixiao.ledger import handed, projection
from jixiao.ledger.models import Record
from jixiao.ledger.permissions import Actor
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
        mine = [one for one in bench.indicators if one.rows is not None and one.rows.kind == row.kind]
        mine = [one for one in mine if bench.period_of(one) is not None]
        asked = [bench.request(one) for one in mine]
        sides = counted(bench.catalogue, asked, projection.engine(connection), bench.period, row.id)
        found += [
            Counted(year, indicator, in_top, in_bottom)
            for indicator, (in_top, in_bottom) in zip(mine, sides, strict=True)
            if in_top or in_bottom
        ]
    return found
