"""Join two records in a role their kinds allow, or part them. A link never changes a state."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import checking, clock, fold, journal, permissions, projection
from jixiao.ledger.actions import opening
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Link, Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def link(
    *,
    by: permissions.Actor,
    record: Record | str,
    role: str,
    target: Record | str,
    linked_on: date | None = None,
    note: str = "",
) -> Link:
    """Link `record` to `target` in a role of the record's kind; a link that stands already is given back.

    Raises NotFound, NotAllowed, FieldErrors, BadInput.
    """
    catalogue = rules()
    row, other = opening.open_record(record, by), opening.open_record(target, by)
    permissions.require(by, "edit", org=row.org_id, kind=row.kind)
    opening.check_alive(row)
    opening.check_alive(other)
    kind = catalogue.kind(row.kind)
    full = _check_role(row, other, role)
    if linked_on and (message := checking.wrong_day(linked_on, row.org, is_begun=True)):
        raise FieldErrors({"linked_on": message})
    standing = Link.objects.filter(role=full, source=row).select_related("source", "target")
    for found in standing:
        if found.target_id == other.id:
            return found
    if standing and not kind.links[role].many:
        raise BadInput(
            f"“{kind.links[role].title}”只能有一个，现在是“{standing[0].target.label}”；请先取消原来的关联"
        )
    return join(by, row, role, other, linked_on=linked_on, note=note.strip())


def join(
    by: permissions.Actor,
    row: Record,
    role: str,
    other: Record,
    *,
    linked_on: date | None = None,
    note: str = "",
) -> Link:
    """Write a link and its event. Asks nobody: whether it may stand is for the caller to say."""
    made = Link(
        id=str(uuid.uuid4()), role=f"{row.kind}.{role}", source=row, target=other, linked_on=linked_on,
        linked_by=by.username, linked_at=clock.now(),
    )  # fmt: skip
    made.save(force_insert=True)
    fact = {fold.LINK + made.id: [None, _fact(made)]}
    act = Act(row, "link", fact, linked_on or clock.today(), note=note)
    journal.write([act], by=by, catalogue=rules())
    projection.write_links([made])
    return made


@transaction.atomic
def unlink(*, by: permissions.Actor, record: Record | str, link: Link | str, reason: str) -> None:
    """Part two records; the event keeps what was. Raises NotFound, NotAllowed, FieldErrors, BadInput."""
    row = opening.open_record(record, by)
    permissions.require(by, "edit", org=row.org_id, kind=row.kind)
    reason = opening.check_note(reason, "取消关联")
    opening.check_alive(row)
    name = link.pk if isinstance(link, Link) else str(link)
    found = Link.objects.filter(pk=name, source=row).first()
    if found is None:
        raise BadInput("这个关联已经取消")
    act = Act(row, "unlink", {fold.LINK + name: [_fact(found), None]}, clock.today(), note=reason)
    journal.write([act], by=by, catalogue=rules())
    found.delete()
    projection.remove_link(name)


def _check_role(row: Record, other: Record, role: str) -> str:
    kind = rules().kind(row.kind)
    if role not in kind.links:
        known = "、".join(spec.title for spec in kind.links.values()) or "没有可建的关联"
        raise BadInput(f"“{kind.title}”没有关联“{role}”；可用：{known}")
    spec = kind.links[role]
    if other.kind != spec.to:
        raise BadInput(
            f"“{spec.title}”应指向“{rules().kind(spec.to).title}”，选中的是“{rules().kind(other.kind).title}”"
        )
    if other.id == row.id:
        raise BadInput("记录不能与自己关联")
    return f"{kind.full_id}.{role}"


def _fact(link: Link) -> dict[str, Any]:
    return {
        "role": link.role,
        "target": link.target_id,
        "on": link.linked_on.isoformat() if link.linked_on else None,
    }
