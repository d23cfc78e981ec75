"""A calendar has changed: compute the due days of open cases again, and log each one that moved."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from jixiao.catalogue import Catalogue
from jixiao.ledger import clock, deadlines, fold, journal, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import Org, Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def recompute(*, by: permissions.Actor, org: Org | str, reason: str) -> list[Record]:
    """Give the records of an org whose open due days moved, each with an event that tells old and new day.

    Deadlines already met are left as they are. Raises NotFound, NotAllowed, FieldErrors.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "manage", org=place.pk)
    note = opening.check_note(reason, "重算期限")
    catalogue = rules()
    rows = Record.objects.select_for_update().filter(org=place, voided=False).exclude(dues={}).order_by("id")
    acts = [
        journal.Act(row, "recomputed", moved, clock.today(), note=note)
        for row in rows
        if (moved := _moved(row, catalogue))
    ]
    journal.write(acts, by=by, catalogue=catalogue)
    return [act.record for act in acts]


def _moved(row: Record, catalogue: Catalogue) -> dict[str, list[Any]]:
    kind = catalogue.kind(row.kind)
    history = deadlines.states_entered(kind, row.id)
    now = deadlines.dues_of(kind, row.data, row.path, catalogue, history)
    return {
        fold.DUE + name: [due["on"], now[name]["on"]]
        for name, due in row.dues.items()
        if due["met_on"] is None and name in now and now[name]["on"] != due["on"]
    }
