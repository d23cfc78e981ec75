"""The relations of an org's packs over its figures: which hold, which do not, which cannot be judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import connection

from jixiao.ledger import projection
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.values import Figure, Finding


def findings_of(bench: OrgYear, figures: Mapping[str, Figure]) -> list[Finding]:
    """The findings over these figures, in catalogue order; relations that need others are left out."""
    from jixiao.indicators import relate

    rules = {name: rule for name, rule in bench.catalogue.relations.items() if rule.pack in bench.packs}
    found = relate.findings(bench.catalogue, figures, _rows(bench))
    return [one for one in found if one.relation in rules]


def _rows(bench: OrgYear) -> Callable[[str], set[str]]:
    """The ids of the records behind a figure's numerator, for claims that one set lies inside another."""
    from jixiao.indicators import explain

    def rows(indicator: str) -> set[str]:
        found = bench.catalogue.indicator(indicator)
        if bench.period_of(found) is None:
            return set()
        behind = explain.rows_behind(
            bench.catalogue, bench.request(found), projection.engine(connection), bench.period
        )
        return {row.record_id for row in behind if row.in_top}

    return rows
