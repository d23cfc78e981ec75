"""The relations of an org's packs over its figures: which hold, which do not, which cannot be judged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from django.db import connection

from jixiao.catalogue import Catalogue
from jixiao.catalogue.relations import RelationRule
from jixiao.ledger import projection
from jixiao.ledger.models import Org
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.values import Figure, Finding


def findings_of(bench: OrgYear, figures: Mapping[str, Figure]) -> list[Finding]:
    """The findings over these figures, in catalogue order; relations that need others are left out."""
    from jixiao.indicators import relate

    rules = {name: rule for name, rule in bench.catalogue.relations.items() if rule.pack in bench.packs}
    found = relate.findings(bench.catalogue, figures, _outside(bench))
    return [one for one in found if one.relation in rules]


def of_register(user: Actor, org: Org | str, year: int, kind: str) -> list[Finding]:
    """The year's relations that count records of this kind; only the figures they speak of are computed. Raises NotFound."""
    bench = OrgYear.open(user, org, year)
    told = touching(bench.catalogue, bench.packs, kind)
    wanted = set().union(*told.values())
    figures = bench.compute([one for one in bench.indicators if one.full_id in wanted])
    return [one for one in findings_of(bench, figures) if one.relation in told]


def touching(catalogue: Catalogue, packs: Collection[str], kind: str) -> dict[str, set[str]]:
    """The relations of these packs that count records of the kind, each with the indicators it speaks of."""
    counting = {
        name for name, one in catalogue.indicators.items() if one.rows is not None and one.rows.kind == kind
    }
    return {
        name: named
        for name, rule in catalogue.relations.items()
        if rule.pack in packs and (named := named_in(rule)) & counting
    }


def named_in(rule: RelationRule) -> set[str]:
    """The indicators a relation speaks of."""
    found: set[str] = set()
    for operand in rule.operands.values():
        found.update(
            one for one in (operand if isinstance(operand, tuple) else (operand,)) if isinstance(one, str)
        )
    return found


def _outside(bench: OrgYear) -> Callable[[Sequence[tuple[str, str]]], Mapping[tuple[str, str], int]]:
    """How many records behind a part are not behind its whole, for claims that one set lies inside another."""
    from jixiao.indicators.outside import outside

    def strangers(pairs: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
        indicators = [tuple(map(bench.catalogue.indicator, pair)) for pair in pairs]
        asked = [(bench.request(part), bench.request(whole)) for part, whole in indicators]
        engine = projection.engine(connection)
        return dict(zip(pairs, outside(bench.catalogue, asked, engine, bench.period), strict=True))

    return strangers
