"""The relations of an org's packs over its figures: which hold, which do not, which cannot be judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import connection

from jixiao.ledger import projection
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.values import Figure, Finding


def findings_of(bench: OrgYear, figures: Mapping[str, Figure]) -> list[Finding]:
    """The findings over these figures, in catalogue order; relations that need others are left out."""
    from jixiao.indicators import relate

    rules = {name: rule for name, rule in bench.catalogue.relations.items() if rule.pack in bench.packs}
    found = relate.findings(bench.catalogue, figures, _outside(bench))
    return [one for one in found if one.relation in rules]


def _outside(bench: OrgYear) -> Callable[[Sequence[tuple[str, str]]], Mapping[tuple[str, str], int]]:
    """How many records behind a part are not behind its whole, for claims that one set lies inside another."""
    from jixiao.indicators.outside import outside

    def strangers(pairs: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
        indicators = [tuple(map(bench.catalogue.indicator, pair)) for pair in pairs]
        asked = [(bench.request(part), bench.request(whole)) for part, whole in indicators]
        engine = projection.engine(connection)
        return dict(zip(pairs, outside(bench.catalogue, asked, engine, bench.period), strict=True))

    return strangers
