"""Bring records to what a file says of them, thousands at once: fields by an edit, days of states by a back-fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from jixiao.catalogue import Catalogue, lifecycle
from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, FieldErrors, Stale
from jixiao.ledger import (
    checking,
    clock,
    filed_twice,
    fold,
    journal,
    numbers,
    own,
    permissions,
    standing,
    step_fields,
)
from jixiao.ledger.actions import opening
from jixiao.ledger.actions.records.edit import check_frozen
from jixiao.ledger.actions.records.origin import origin_facts
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Org, Record
from jixiao.ledger.rules import catalogue as rules

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """`path` replaces the days of the states where it is not empty; `version` is the one that was looked at."""

    record: str
    version: int
    values: Mapping[str, Any] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    source_system: str | None = None
    outside_number: str | None = None
    place: str = ""


@transaction.atomic
def correct_all(
    *,
    by: permissions.Actor,
    org: Org | str,
    corrections: Sequence[Correction],
    note: str = "",
    progress: Callable[[int], None] | None = None,
) -> list[Record]:
    """Correct records of one org, all or none. Raises NotFound, NotAllowed, Stale, FieldErrors, BadInput."""
    catalogue = rules()
    place = opening.open_org(org, by)
    found: list[Record] = []
    for start in range(0, len(corrections), BATCH):
        part = corrections[start : start + BATCH]
        there = Record.objects.select_for_update().in_bulk([one.record for one in part])
        acts = []
        for one in part:
            try:
                acts += _acts(one, there, place, by, catalogue, note)
            except FieldErrors as error:
                raise FieldErrors(
                    {name: f"{one.place}{text}" for name, text in error.errors.items()}
                ) from error
            except (BadInput, Stale) as error:
                raise type(error)(f"{one.place}{error}") from error
        for given in _rounds(acts):
            journal.write(given, by=by, catalogue=catalogue)
        filed_twice.refuse(((there[one.record], one.place) for one in part), catalogue)
        found += there.values()
        if progress:
            progress(start + len(part))
    return found


def _rounds(acts: Sequence[Act]) -> list[list[Act]]:
    """Two acts on one record follow one another; each writing takes one act on a record."""
    rounds: list[list[Act]] = [[], []]
    seen: set[str] = set()
    for act in acts:
        rounds[act.record.id in seen].append(act)
        seen.add(act.record.id)
    return [given for given in rounds if given]


def _acts(
    one: Correction,
    there: Mapping[str, Record],
    org: Org,
    by: permissions.Actor,
    catalogue: Catalogue,
    note: str,
) -> list[Act]:
    row = there.get(one.record)
    if row is None or row.org_id != org.pk:
        raise BadInput(opening.MISSING)
    permissions.require(by, "edit", org=org.pk, kind=row.kind)
    opening.check_alive(row)
    if row.version != one.version:
        raise Stale("检查之后，这条记录又被人改过；请重新检查后再导入")
    kind = catalogue.kind(row.kind)
    acts = []
    if changes := _changes(one, row, kind, org, by, catalogue):
        acts.append(Act(row, "edit", changes, clock.today(), note=note))
    if one.path:
        permissions.require(by, "backfill", org=org.pk)
        if moved := _moved(one, row, kind, org):
            acts.append(
                Act(row, "imported", moved, date.fromisoformat(moved[fold.PATH][1][-1][1]), note=note)
            )
    return acts


def _changes(
    one: Correction, row: Record, kind: Kind, org: Org, by: permissions.Actor, catalogue: Catalogue
) -> dict[str, list[Any]]:
    given = checking.clean(kind, one.values, catalogue=catalogue)
    changes = fold.difference({name: row.data.get(name) for name in given}, given)
    step_fields.check(by, kind, org.pk, changes, row)
    check_frozen(kind, row, changes)
    if kind.number and kind.number.field in changes:
        number = given[kind.number.field]
        if row.number or not number:
            raise FieldErrors({kind.number.field: "编号由系统连续编排，不能改写"})
        changes[fold.NUMBER] = [None, number]
        numbers.keep_clear_of(kind, org.pk, [number])
    data = {name: value for name, value in {**row.data, **given}.items() if value is not None}
    checking.check_required(kind, data)
    checking.check_days(kind, org, data)
    now = {name: data.get(name) for name in changes if not name.startswith("@")}
    checking.check_references(kind, now, by=by, org=org.pk, catalogue=catalogue)
    checking.check_unique(kind, org.pk, now, row.id)
    if one.source_system is not None or one.outside_number is not None:
        source, outside = row.source_system, row.outside_number
        after = origin_facts(one.source_system or source, one.outside_number or outside)
        changes |= fold.difference(origin_facts(source, outside), after)
    return changes | own.entered_for(by, kind, row, changes)


def _moved(one: Correction, row: Record, kind: Kind, org: Org) -> dict[str, list[Any]]:
    after = lifecycle.from_dates(kind, {state: date.fromisoformat(day) for state, day in one.path.items()})
    path = standing.stored_path(after)
    checking.check_days(kind, org, {}, path)
    return fold.difference(
        {fold.STATE: row.state, fold.PATH: row.path}, {fold.STATE: after.state, fold.PATH: path}
    )
