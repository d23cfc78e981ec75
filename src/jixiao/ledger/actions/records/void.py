"""Void a record entered by mistake, or bring it back. Nothing is deleted: a compensating event with a
reason.
"""

from __future__ import annotations

from django.db import transaction

from jixiao.catalogue import Catalogue
from jixiao.errors import BadInput
from jixiao.ledger import checking, clock, filed_twice, fold, journal, permissions, projection
from jixiao.ledger.actions import opening
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Link, Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def void(*, by: permissions.Actor, record: Record | str, reason: str) -> Record:
    """Take a record, and what hangs below it, out of every count. Raises NotFound, NotAllowed, FieldErrors,
    BadInput.
    """
    catalogue = rules()
    row = opening.open_record(record, by)
    permissions.require(by, "void", org=row.org_id)
    reason = opening.check_note(reason, "作废")
    opening.check_alive(row)
    act = Act(row, "void", {fold.VOIDED: [None, True]}, clock.today(), note=reason)
    journal.write([act], by=by, catalogue=catalogue)
    leave(row, catalogue)
    return row


@transaction.atomic
def restore(*, by: permissions.Actor, record: Record | str, reason: str) -> Record:
    """Bring a voided record back as it was. Raises NotFound, NotAllowed, FieldErrors, BadInput."""
    catalogue = rules()
    row = opening.open_record(record, by)
    permissions.require(by, "void", org=row.org_id)
    reason = opening.check_note(reason, "恢复")
    check_return(row, catalogue)
    act = Act(row, "restore", {fold.VOIDED: [True, None]}, clock.today(), note=reason)
    journal.write([act], by=by, catalogue=catalogue)
    come_back(row, catalogue)
    return row


def check_return(row: Record, catalogue: Catalogue) -> None:
    """Raises BadInput or FieldErrors where a voided record cannot come back as it was."""
    if not row.voided:
        raise BadInput("这条记录没有作废，不需要恢复")
    opening.check_above(row)
    checking.check_unique(catalogue.kind(row.kind), row.org_id, row.data, row.id)
    filed_twice.refuse([(row, "")], catalogue)


def leave(row: Record, catalogue: Catalogue) -> None:
    """Take a family out of the projection."""
    projection.remove(_family(row, with_voided=True), catalogue)


def come_back(row: Record, catalogue: Catalogue) -> None:
    """Write a family, and its links to records that count, into the projection again."""
    family = _family(row, with_voided=False)
    projection.write(family, catalogue)
    ids = [one.id for one in family]
    links = Link.objects.select_related("source", "target")
    found = {*links.filter(source__in=ids), *links.filter(target__in=ids)}
    projection.write_links(link for link in found if not (is_out(link.source) or is_out(link.target)))


def is_out(row: Record | None) -> bool:
    """True where the record or something above it is voided."""
    while row is not None:
        if row.voided:
            return True
        row = row.parent
    return False


def _family(row: Record, *, with_voided: bool) -> list[Record]:
    """The record and all below it; a voided child is left out with its own family, unless asked for."""
    family, layer = [row], [row]
    while layer:
        children = Record.objects.filter(parent__in=[one.id for one in layer])
        layer = list(children if with_voided else children.filter(voided=False))
        family.extend(layer)
    return family
