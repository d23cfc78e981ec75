"""Correct the fields of a record. States change by steps, never by editing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jixiao.catalogue.kinds import Kind
from jixiao.errors import FieldErrors
from jixiao.ledger import checking, clock, fold, handed, journal, own, permissions, step_fields
from jixiao.ledger.actions import opening
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def edit(
    *, by: permissions.Actor, record: Record | str, values: Mapping[str, Any], seen: int, note: str = ""
) -> Record:
    """Change fields; one left out of `values` stays, an empty one is cleared. `seen` is the version that was
    edited.

    Nothing is recorded where nothing differs. Raises NotFound, NotAllowed, Stale, FieldErrors.
    """
    catalogue = rules()
    row = opening.open_record(record, by)
    kind = catalogue.kind(row.kind)
    handed.require(by, "edit", row)
    opening.check_alive(row)
    opening.check_seen(row, seen, catalogue)
    given = checking.clean(kind, values, catalogue=catalogue)
    if kind.number and given.get(kind.number.field, row.data.get(kind.number.field)) != row.data.get(
        kind.number.field
    ):
        raise FieldErrors({kind.number.field: "编号由系统连续编排，不能改写"})
    changes = fold.difference({name: row.data.get(name) for name in given}, given)
    if not changes:
        return row
    step_fields.check(by, kind, row.org_id, changes, row)
    check_frozen(kind, row, changes)
    own.check_owner(by, kind, row, changes)
    if kind.belongs_to in changes:
        handed.check_named(by, kind, row.parent, given)
    data = {name: value for name, value in {**row.data, **given}.items() if value is not None}
    checking.check_required(kind, data)
    checking.check_days(kind, row.org, data)
    now = {name: data.get(name) for name in changes}
    checking.check_references(kind, now, by=by, org=row.org_id, catalogue=catalogue)
    checking.check_unique(kind, row.org_id, now, row.id)
    changes |= own.entered_for(by, kind, row, changes)
    act = Act(row, "edit", changes, clock.today(), note=note.strip())
    journal.write([act], by=by, catalogue=catalogue)
    return row


def check_frozen(kind: Kind, row: Record, changes: Mapping[str, Any]) -> None:
    """Raises FieldErrors for what the state the case stands in has settled."""
    state = kind.states.get(row.state or "")
    frozen = set(state.freezes) if state else set()
    settled = [name for name in changes if name in kind.fields and (name in frozen or "*" in frozen)]
    if state and settled:
        steps = [spec.title for spec in kind.steps.values() if row.state in spec.from_ and spec.to]
        way = f"；要改请先办理“{'”或“'.join(steps)}”" if steps else "；如确有错误请作废后另报"
        raise FieldErrors(
            {name: f"“{state.title}”之后{kind.fields[name].title}已经固定，不能改{way}" for name in settled}
        )
