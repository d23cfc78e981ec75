"""Take back the last step, edit, voiding or restoring of a record, by an event that compensates it."""

from __future__ import annotations

from django.db import transaction

from jixiao.errors import BadInput, NotAllowed
from jixiao.ledger import checking, clock, fold, handed, journal, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.actions.records import following
from jixiao.ledger.actions.records.last_act import last_act
from jixiao.ledger.actions.records.void import check_return, come_back, leave
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Event, Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def undo(*, by: permissions.Actor, record: Record | str, reason: str) -> Record:
    """Undo the last act not yet undone; called again it goes one further back. Links and evidence are not
    touched.

    Raises NotFound, NotAllowed (as for the act itself), FieldErrors, BadInput where there is nothing to undo.
    """
    catalogue = rules()
    row = opening.open_record(record, by)
    reason = opening.check_note(reason, "撤销")
    last = last_act(row)
    if last is None:
        raise BadInput("没有可以撤销的办理或修改；登记本身有误时，请用“作废”")
    _require(by, row, last)
    changes = fold.reverse(last.changes)
    kind = catalogue.kind(row.kind)
    if kind.number and fold.NUMBER in last.changes:
        changes.pop(kind.number.field, None)
    returns = fold.VOIDED in changes and row.voided
    if returns:
        check_return(row, catalogue)
    else:
        opening.check_alive(row)
        checking.check_unique(
            kind, row.org_id, {name: new for name, (_, new) in changes.items() if name in kind.fields}, row.id
        )
    act = Act(row, "undo", changes, clock.today(), note=reason, undoes=last.id)
    above = following.undone_with(last, reason, clock.today())
    journal.write([*above, act], by=by, catalogue=catalogue)
    if returns:
        come_back(row, catalogue)
    elif row.voided:
        leave(row, catalogue)
    return row


def _require(by: permissions.Actor, row: Record, event: Event) -> None:
    kind = rules().kind(row.kind)
    if handed.sees_part(by, row) and event.by != by.username:
        raise NotAllowed("最近一次不是您办的，不能撤销；请由交办单位或经办的人办理")
    if event.act == "step" and event.step in kind.steps:
        if (spec := kind.steps[event.step]).follows is not None:
            below = rules().kind(spec.follows.child).title
            raise BadInput(f"“{spec.title}”是随{below}一起办的；请到那条{below}上撤销")
        handed.require_step(by, kind, kind.steps[event.step], row)
    elif event.act in ("void", "restore"):
        permissions.require(by, "void", org=row.org_id)
    else:
        handed.require(by, "edit", row)
