"""A calendar has changed: compute the due days of open cases again, and log each one that moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from jixiao.catalogue import Catalogue
from jixiao.catalogue.days import Days, said
from jixiao.errors import FieldErrors
from jixiao.ledger import checking, clock, deadlines, fold, journal, permissions, workdays
from jixiao.ledger.actions import office_acts, opening
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Org, Record
from jixiao.ledger.rules import catalogue as rules

LONGEST_NAME = 40


@transaction.atomic
def put_right(
    *, by: permissions.Actor, org: Org | str, day: date, sort: str, reason: str, name: str = ""
) -> list[Record]:
    """Make a day a holiday, a workday or what it was, and give the records whose open due days moved by it.

    `sort` is one of `workdays.SORTS`; `name` is what the day is called. Raises NotFound, NotAllowed, FieldErrors.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "manage", org=place.pk)
    why = opening.check_note(reason, "改动日历")
    plain = name.strip()
    _check(place, day, sort, plain)
    facts = {"day": day.isoformat(), "sort": sort, "name": plain or workdays.SORTS[sort]}
    office_acts.keep(by=by, org=place.pk, act="calendar", facts=facts, reason=why)
    return _recompute(place, by, f"{said(day)}{workdays.SORTS[sort]}：{why}")


@transaction.atomic
def recompute(*, by: permissions.Actor, org: Org | str, reason: str) -> list[Record]:
    """Give the records of an org whose open due days moved, each with an event that tells old and new day.

    Deadlines already met are left as they are. Raises NotFound, NotAllowed, FieldErrors.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "manage", org=place.pk)
    return _recompute(place, by, opening.check_note(reason, "重算期限"))


def _check(org: Org, day: date, sort: str, name: str) -> None:
    wrong = {}
    if sort not in workdays.SORTS:
        wrong["sort"] = f"“{sort}”不认得；可选：{'、'.join(workdays.SORTS.values())}"
    elif sort == workdays.AS_BEFORE and day not in workdays.put_right(org.pk):
        wrong["day"] = f"{said(day)}没有改动过，不需要恢复"
    if sort == workdays.HOLIDAY and not name:
        wrong["name"] = "请写明是什么假，如“春节假期延长”"
    if len(name) > LONGEST_NAME or checking.is_unprintable(name):
        wrong["name"] = f"名称应为不超过 {LONGEST_NAME} 个字的文字"
    if wrong:
        raise FieldErrors(wrong)


def _recompute(org: Org, by: permissions.Actor, note: str) -> list[Record]:
    catalogue = rules()
    days = workdays.days_of(org.pk, catalogue)
    rows = Record.objects.select_for_update().filter(org=org, voided=False).exclude(dues={}).order_by("id")
    acts = [
        Act(row, "recomputed", moved, clock.today(), note=note)
        for row in rows
        if (moved := _moved(row, catalogue, days))
    ]
    journal.write(acts, by=by, catalogue=catalogue)
    return [act.record for act in acts]


def _moved(row: Record, catalogue: Catalogue, days: Days) -> dict[str, list[Any]]:
    kind = catalogue.kind(row.kind)
    history = deadlines.states_entered(kind, row.id)
    now = deadlines.dues_of(kind, row.data, row.path, days, history)
    return {
        fold.DUE + name: [due["on"], now[name]["on"]]
        for name, due in row.dues.items()
        if due["met_on"] is None and name in now and now[name]["on"] != due["on"]
    }
