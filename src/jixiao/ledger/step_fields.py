"""Fields that a step fills, or that are not a subject's own word: who may write them outside of the step.

A field that a step needs, takes or counts belongs to those who may take the step, as long as the record stands where
the step begins or leads; else the right to correct a record would be a way round the right to extend it, to move it or
to count. Who may back-fill enters past cases whole and may write all of them; what steps count nobody else writes.
"""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.catalogue.kinds import Kind
from jixiao.errors import FieldErrors
from jixiao.ledger import handed, own, permissions
from jixiao.ledger.models import Record
from jixiao.ledger.rules import catalogue as rules


def closed_to(by: permissions.Actor, kind: Kind, org: str, row: Record | None = None) -> frozenset[str]:
    """The fields of the kind that this person does not write outside of a step; `row` is the record, or the one
    above a new one, which may have been handed to the person's own org.
    """
    others = own.closed_to(by, kind, org)
    if not kind.steps or permissions.can(by, "backfill", org=org):
        return others
    held = handed.roles_on(by, row) if row else permissions.roles_in(by, org)
    state = row.state if row and row.kind == kind.full_id else None
    asked: set[str] = set()
    mine: set[str] = set()
    for spec in kind.steps.values():
        asked.update(spec.needs, spec.takes)
        if held & set(spec.roles) and (state is None or state in (*spec.from_, spec.to)):
            mine.update(spec.needs, spec.takes)
    return frozenset(asked - mine) | counters(kind) | others


def counters(kind: Kind) -> frozenset[str]:
    """The fields that steps count, keep a day in or work out of the record's forms."""
    counted = {name for spec in kind.steps.values() for name in (spec.counts, spec.dated) if name}
    return frozenset(
        counted | {name for spec in kind.steps.values() for name in (*spec.keeps, *spec.computes)}
    )


def check(
    by: permissions.Actor, kind: Kind, org: str, names: Iterable[str], row: Record | None = None
) -> None:
    """Raises FieldErrors, naming for each closed field the step that fills it and who may take it."""
    closed = closed_to(by, kind, org, row)
    if wrong := {name: _why(kind, name) for name in names if name in closed}:
        raise FieldErrors(wrong)


def _why(kind: Kind, name: str) -> str:
    title = kind.fields[name].title
    if name in counters(kind):
        is_kept = any(name == spec.dated or name in spec.keeps for spec in kind.steps.values())
        act = "算出" if kind.fields[name].is_computed else "记下" if is_kept else "计数"
        return f"{title}由系统在办理时{act}，不能填写；有误的请由有补录权限的人员更正"
    catalogue = rules()
    filling = [spec for spec in kind.steps.values() if name in (*spec.needs, *spec.takes)]
    if not filling:
        return f"{title}由经办人填写，请与其联系"
    steps = "”或“".join(dict.fromkeys(spec.title for spec in filling))
    roles = "、".join(dict.fromkeys(catalogue.role(role).title for spec in filling for role in spec.roles))
    return f"{title}在办理“{steps}”时填写，须由{roles}办理；已经办过的由有补录权限的人员更正"
