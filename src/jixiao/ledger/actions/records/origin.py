"""Where else a record is kept: the system it came from and its number there. Many people stay on a platform of
their own; its number is how they ask.
"""

from __future__ import annotations

from django.db import transaction

from jixiao.errors import FieldErrors
from jixiao.ledger import checking, clock, fold, journal, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def set_origin(
    *, by: permissions.Actor, record: Record | str, source_system: str, outside_number: str, seen: int
) -> Record:
    """Say where else a record is kept; empty texts clear it. Raises NotFound, NotAllowed, Stale, FieldErrors."""
    row = opening.open_record(record, by)
    permissions.require(by, "edit", org=row.org_id, kind=row.kind)
    opening.check_alive(row)
    opening.check_seen(row, seen, rules())
    before = origin_facts(row.source_system, row.outside_number)
    changes = fold.difference(before, origin_facts(source_system, outside_number))
    if changes:
        act = Act(row, "edit", changes, clock.today())
        journal.write([act], by=by, catalogue=rules())
    return row


def origin_facts(source_system: str, outside_number: str) -> fold.Facts:
    """The facts of an origin; empty ones are not there. Raises FieldErrors."""
    given = {"source_system": source_system.strip(), "outside_number": outside_number.strip()}
    errors = opening.overlong(Record, **given)
    errors |= {name: checking.UNPRINTABLE for name, text in given.items() if checking.is_unprintable(text)}
    if errors:
        raise FieldErrors(errors)
    facts = {fold.SOURCE: given["source_system"], fold.OUTSIDE: given["outside_number"]}
    return {name: text for name, text in facts.items() if text}
