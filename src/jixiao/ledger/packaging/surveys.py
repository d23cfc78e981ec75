"""The satisfaction surveys of a year as a package tells them: counts alone, with the method in words."""

from __future__ import annotations

from typing import Any

from jixiao.catalogue.kinds import Kind
from jixiao.ledger import permissions
from jixiao.ledger.models import Org
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.cycle import records_of
from jixiao.ledger.queries.cycle_told import parts_of
from jixiao.ledger.rules import catalogue as rules


def surveys_of(user: Actor, org: Org, year: int) -> list[dict[str, Any]]:
    """Every survey of the year that the person may read."""
    found: list[dict[str, Any]] = []
    for part in parts_of(org):
        kind = rules().kind(part.kind)
        if part.survey is None or not permissions.among(user, "read", [kind], org=org.pk):
            continue
        counts = part.survey.model_dump(exclude={"method"})
        for row in records_of(org, part, year):
            told = {"title": row.label, "method": _words(kind, part.survey.method, row.data)}
            found.append(told | {name: row.data.get(field) for name, field in counts.items()})
    return found


def _words(kind: Kind, field: str, data: dict[str, Any]) -> str:
    """A code by its title."""
    code, table = data.get(field), kind.fields[field].codes
    known = rules().code_table(table).codes if table else {}
    return known[code].title if code in known else str(code or "")
