"""Close a period, and open it again: both with a reason, both kept for ever.

What is entered after closing on a day of the period is marked as late (`jixiao.ledger.lateness`).
"""

from __future__ import annotations

from django.db import transaction

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import arrangements, checking, clock, permissions
from jixiao.ledger.actions import office_acts, opening
from jixiao.ledger.models import Period


@transaction.atomic
def close_period(*, by: permissions.Actor, period: Period, reason: str) -> Period:
    """Raises NotAllowed, FieldErrors without a reason, BadInput for one that is closed or still running."""
    row = _locked(by, period)
    why = _reason(reason, "关账")
    if row.closed_at:
        raise BadInput(f"“{row.label}”已于 {row.closed_at:%Y-%m-%d} 由 {row.closed_by} 关账")
    if row.to_on > clock.today():
        raise BadInput(f"“{row.label}”到 {row.to_on} 才结束，还不能关账")
    row.closed_at, row.closed_by = clock.now(), by.username
    return _kept(by, row, "closed", why)


@transaction.atomic
def reopen_period(*, by: permissions.Actor, period: Period, reason: str) -> Period:
    """Raises NotAllowed, FieldErrors without a reason, BadInput for one that is open."""
    row = _locked(by, period)
    why = _reason(reason, "重新开账")
    if not row.closed_at:
        raise BadInput(f"“{row.label}”没有关账，不需要重新开账")
    row.closed_at = row.closed_by = None
    return _kept(by, row, "reopened", why)


def _locked(by: permissions.Actor, period: Period) -> Period:
    row = Period.objects.select_for_update().get(pk=period.pk)
    permissions.require(by, "manage", org=row.org_id)
    return row


def _reason(reason: str, what: str) -> str:
    why = opening.check_note(reason, what)
    if checking.is_unprintable(why):
        raise FieldErrors({"reason": f"理由{checking.UNPRINTABLE}"})
    return why


def _kept(by: permissions.Actor, row: Period, act: str, reason: str) -> Period:
    with arrangements.changing([row.org_id], by=by):
        row.save(update_fields=["closed_at", "closed_by"])
    facts = {
        "basis": row.basis, "label": row.label, "year": row.year,
        "from_on": row.from_on.isoformat(), "to_on": row.to_on.isoformat(),
    }  # fmt: skip
    office_acts.keep(by=by, org=row.org_id, act=act, facts=facts, reason=reason)
    return row
