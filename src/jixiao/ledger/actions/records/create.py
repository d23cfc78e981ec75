"""Record something that is happening now: a new case, activity, document, line of money, or a child of
one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from jixiao.catalogue import Catalogue, lifecycle
from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import (
    checking,
    clock,
    fold,
    handed,
    journal,
    numbers,
    own,
    permissions,
    standing,
    step_fields,
)
from jixiao.ledger.actions import links, opening
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Org, Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def create(
    *,
    by: permissions.Actor,
    org: Org | str,
    kind: str,
    values: Mapping[str, Any],
    happened_on: date | None = None,
    parent: Record | str | None = None,
    note: str = "",
    id: str | None = None,
) -> Record:
    """Record a new thing; a case begins in the kind's first state on `happened_on` (default: its date, else
    today). With an `id`, doing it again gives back what it made first.

    Raises NotFound, NotAllowed, FieldErrors, or BadInput where the org does not work under the kind's pack.
    """
    catalogue = rules()
    spec = catalogue.kind(kind)
    place = _place(spec, org, parent, by)
    above = _parent(spec, parent, place, by)
    if above is None:
        own.require_create(by, spec, place.pk)
    else:
        handed.require_add(by, spec, above)
    opening.check_bound(place, spec, catalogue)
    if id and (made := Record.objects.filter(pk=id, org=place, kind=spec.full_id).first()):
        return made
    data = {
        name: value
        for name, value in checking.clean(spec, values, catalogue=catalogue).items()
        if value is not None
    }
    if above is None:
        data = own.signed(by, spec, place.pk, data)
    optional = [name for name in data if not spec.fields[name].required]
    step_fields.check(by, spec, place.pk, optional, above)
    handed.check_named(by, spec, above, data)
    on = happened_on or first_day(spec, data)
    row = blank(spec, place.pk, above, id or str(uuid.uuid4()))
    facts = begin(spec, row, data, on)
    check(spec, place, facts, catalogue, on, by)
    told = Record(id=row.id, kind=row.kind, org_id=row.org_id, parent=above, data=data)
    changes = fold.difference({}, facts) | own.entered_for(by, spec, told, data)
    journal.write(
        [Act(row, "create", changes, on, note=note.strip())],
        by=by,
        catalogue=catalogue,
    )
    if above is None and (whose := own.signed_by_link(by, spec, place.pk)):
        role, subject = whose
        links.join(by, row, role, Record.objects.get(pk=subject))
    return row


def blank(kind: Kind, org: str, parent: Record | None, id: str) -> Record:
    """A row that has no events yet."""
    row = Record(id=id, kind=kind.full_id, org_id=org, parent=parent)
    row.root_id = parent.root_id if parent else id
    return row


def begin(kind: Kind, row: Record, data: Mapping[str, Any], on: date) -> fold.Facts:
    """The first facts of a record: where it belongs, its fields, its first state, its number where it gets
    one.
    """
    facts: fold.Facts = {**data, **identity(row)}
    if kind.initial:
        start = lifecycle.begin(kind, on)
        facts |= {fold.STATE: start.state, fold.PATH: standing.stored_path(start)}
        if kind.number and kind.number.at == start.state:
            number = numbers.give(kind, row.org_id, on)
            facts |= {fold.NUMBER: number, kind.number.field: number}
    return facts


def identity(row: Record) -> fold.Facts:
    """The facts that say what and where a record is; they never change."""
    facts: fold.Facts = {fold.KIND: row.kind, fold.ORG: row.org_id, fold.ROOT: row.root_id}
    return facts | ({fold.PARENT: row.parent_id} if row.parent_id else {})


def first_day(kind: Kind, data: Mapping[str, Any]) -> date:
    """The day the thing itself names, else today."""
    named = data.get(kind.date) if kind.date else None
    return date.fromisoformat(named) if named else clock.today()


def check(
    kind: Kind,
    org: Org,
    facts: fold.Facts,
    catalogue: Catalogue,
    on: date,
    by: permissions.Actor,
    known: checking.Known | None = None,
) -> None:
    """Raises FieldErrors for what is missing, dated wrongly, pointing nowhere or there already."""
    data = {name: value for name, value in facts.items() if not name.startswith("@")}
    checking.check_required(kind, data)
    checking.check_days(kind, org, data, facts.get(fold.PATH, []))
    if message := checking.wrong_day(on, org, kind, is_begun=kind.parent is not None):
        raise FieldErrors({"happened_on": message})
    checking.check_references(kind, data, by=by, org=org.pk, catalogue=catalogue, known=known)
    checking.check_unique(kind, org.pk, data)


def _place(kind: Kind, org: Org | str, parent: Record | str | None, by: permissions.Actor) -> Org:
    """The org the record is of: one of the person's, or that of a record handed to theirs."""
    if kind.parent is not None and parent is not None:
        above = opening.open_record(parent, by)
        if above.org_id == (org.pk if isinstance(org, Org) else str(org)):
            return above.org
    return opening.open_org(org, by)


def _parent(kind: Kind, parent: Record | str | None, org: Org, by: permissions.Actor) -> Record | None:
    if kind.parent is None:
        if parent is not None:
            raise BadInput(f"“{kind.title}”是独立登记的事项，不能登记在其他记录之下")
        return None
    above = rules().kind(kind.parent)
    if parent is None:
        raise BadInput(f"“{kind.title}”登记在“{above.title}”之下；请从该记录的页面登记")
    row = opening.open_record(parent, by)
    if row.kind != kind.parent or row.org_id != org.pk:
        raise BadInput(f"“{kind.title}”应登记在本单位的“{above.title}”之下")
    opening.check_alive(row)
    return row
