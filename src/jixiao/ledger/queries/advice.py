"""Advice where people work: what may be wrong with a record, and the relations its register or a figure takes part in.

Nothing here stands in the way of anything.
"""

from __future__ import annotations

from datetime import date

from jixiao.catalogue import advice
from jixiao.catalogue.advice import Advice
from jixiao.catalogue.days import Days
from jixiao.catalogue.relations import RelationRule
from jixiao.ledger import standing
from jixiao.ledger.models import Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.records import record as readable
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Finding


def findings(user: Actor, record: Record | str) -> list[Advice]:
    """What a record should be looked over for, in the order of its kind's file. Raises NotFound."""
    row = readable(user, record)
    catalogue = rules()
    kind = catalogue.kind(row.kind)
    if not kind.checks or row.voided:
        return []
    above = catalogue.kind(kind.parent) if kind.parent else None
    days = Days(catalogue.calendars.values())
    return advice.findings(kind, standing.RecordView(row, catalogue), above, days)


def of_register(
    user: Actor, org: Org | str, year: int, kind: str, as_of: date | None = None
) -> list[Finding]:
    """The year's relations that count records of this kind, with their verdicts. Raises NotFound."""
    catalogue = rules()
    full = catalogue.kind(kind).full_id
    counted = {
        name for name, one in catalogue.indicators.items() if one.rows is not None and one.rows.kind == full
    }
    return _touching(user, org, year, counted, as_of)


def of_figure(
    user: Actor, org: Org | str, year: int, indicator: str, as_of: date | None = None
) -> list[Finding]:
    """The year's relations this indicator takes part in, with their verdicts. Raises NotFound."""
    return _touching(user, org, year, {rules().indicator(indicator).full_id}, as_of)


def _touching(
    user: Actor, org: Org | str, year: int, indicators: set[str], as_of: date | None
) -> list[Finding]:
    from jixiao.ledger.queries.findings import findings_of
    from jixiao.ledger.queries.org_year import OrgYear

    bench = OrgYear.open(user, org, year, as_of)
    wanted = {name for name, rule in bench.catalogue.relations.items() if named_in(rule) & indicators}
    return [one for one in findings_of(bench, bench.figures) if one.relation in wanted]


def named_in(rule: RelationRule) -> set[str]:
    """The indicators a relation speaks of."""
    found: set[str] = set()
    for operand in rule.operands.values():
        if isinstance(operand, str):
            found.add(operand)
        elif isinstance(operand, tuple):
            found.update(operand)
    return found
