"""Take a case one legal step further; what the step needs is filled in with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from jixiao.catalogue import lifecycle
from jixiao.catalogue.kinds import Kind, StepSpec
from jixiao.errors import BadInput, FieldErrors, StepNotLegal
from jixiao.ledger import (
    checking,
    clock,
    filed_twice,
    filling,
    fold,
    handed,
    journal,
    numbers,
    own,
    permissions,
    standing,
)
from jixiao.ledger.actions import opening
from jixiao.ledger.actions.records import following
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def advance(
    *,
    by: permissions.Actor,
    record: Record | str,
    step: str,
    seen: int,
    values: Mapping[str, Any] | None = None,
    happened_on: date | None = None,
    note: str = "",
) -> Record:
    """Take `step` on the day `happened_on` (default today).

    Raises NotFound, NotAllowed, Stale, FieldErrors (`happened_on` and `note` among the fields), StepNotLegal
    with every reason.
    """
    catalogue = rules()
    row = opening.open_record(record, by)
    kind = catalogue.kind(row.kind)
    spec = _step(kind, step)
    held = handed.require_step(by, kind, spec, row)
    following.refuse_alone(row, kind, step)
    opening.check_alive(row)
    opening.check_seen(row, seen, catalogue)
    on = happened_on or clock.today()
    before = {**row.data}
    asked = [name for name in (*spec.needs, *spec.takes) if name not in spec.computes]
    given = checking.clean(kind, values or {}, catalogue=catalogue, allowed=asked)
    given |= filling.computed(row, kind, spec.computes, {**before, **given})
    data = {name: value for name, value in {**before, **given}.items() if value is not None}
    _check_form(kind, spec, row, data, on, note)
    _check_legal(kind, step, row, data, held, by)
    data |= lifecycle.counted(spec, before) | lifecycle.kept(spec, standing.standing_of(row), before, on)
    changes = fold.difference(before, data) | _moves(kind, spec, step, row, on)
    changes |= own.remark(by, kind, spec, row)
    if told := [
        *filling.unsound(row, kind, spec.sound, data),
        *filling.uncomputed(row, kind, spec.computes, data),
        *filed_twice.told(row, kind, spec, data, catalogue),
    ]:
        raise StepNotLegal(f"表还没有填对，不能办理“{spec.title}”；草稿已保存，改好后再办", tuple(told))
    referred = {name: data.get(name) for name in given}
    checking.check_references(kind, referred, by=by, org=row.org_id, catalogue=catalogue)
    act = Act(row, "step", changes, on, step=step, note=note.strip())
    journal.write([act], by=by, catalogue=catalogue)
    following.carry(row, step, on, by=by)
    return row


def _step(kind: Kind, step: str) -> StepSpec:
    if step not in kind.steps:
        known = "、".join(spec.title for spec in kind.steps.values()) or "没有办理步骤"
        raise BadInput(f"“{kind.title}”没有步骤“{step}”；可办：{known}")
    return kind.steps[step]


def _check_form(
    kind: Kind, spec: StepSpec, row: Record, data: Mapping[str, Any], on: date, note: str
) -> None:
    errors: dict[str, str] = {}
    if message := checking.wrong_day(on, row.org, is_begun=True):
        errors["happened_on"] = message
    elif row.path and on.isoformat() < row.path[-1][1] and spec.to is not None:
        last = kind.states[row.path[-1][0]].title
        errors["happened_on"] = f"{on} 早于“{last}”的日期 {row.path[-1][1]}；请核对发生日期"
    if spec.note == "required" and not note.strip():
        errors["note"] = f"办理“{spec.title}”须写明理由"
    for check in (
        lambda: checking.check_required(kind, data, spec.needs),
        lambda: checking.check_days(kind, row.org, data),
    ):
        try:
            check()
        except FieldErrors as error:
            errors |= error.errors
    if errors:
        raise FieldErrors(errors)


def _check_legal(
    kind: Kind,
    step: str,
    row: Record,
    data: Mapping[str, Any],
    roles: Iterable[str],
    by: permissions.Actor,
) -> None:
    view = standing.RecordView(row, rules(), data)
    acting = standing.acting(row, kind, by)
    options = lifecycle.options(kind, standing.standing_of(row), view, set(roles), acting=acting)
    found = next((option for option in options if option.step == step), None)
    if found is None or not found.legal:
        state = kind.states[row.state].title if row.state else ""
        legal = "、".join(option.spec.title for option in options if option.legal)
        hint = f"（现在可办：{legal}）" if legal else "（现在没有可办的步骤）"
        reasons = (*found.reasons,) if found else ()
        raise StepNotLegal(f"“{state}”状态下不能办理“{kind.steps[step].title}”{hint}", reasons)


def _moves(kind: Kind, spec: StepSpec, step: str, row: Record, on: date) -> dict[str, list[Any]]:
    """The changes of state, path and number. A record that once had a number keeps it."""
    after = lifecycle.take(kind, standing.standing_of(row), step, on)
    moved = fold.difference(
        {fold.STATE: row.state, fold.PATH: row.path},
        {fold.STATE: after.state, fold.PATH: standing.stored_path(after)},
    )
    if kind.number and kind.number.at == after.state and spec.to is not None and not row.number:
        number = numbers.give(kind, row.org_id, on)
        moved[fold.NUMBER] = [None, number]
        moved[kind.number.field] = [row.data.get(kind.number.field), number]
    return moved
