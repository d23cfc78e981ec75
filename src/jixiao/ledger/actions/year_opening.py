"""Open a reporting year: its periods, the plans of the year before as first plans, and word of what is carried over.

Cases and promises that are still open stay the same records; nothing of them is copied. Doing it again adds nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction

from jixiao.catalogue.registers import FiledItem
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions import filed, office_acts, opening, orgs
from jixiao.ledger.models import FiledValue, Org, Period
from jixiao.ledger.rules import catalogue as rules


@dataclass(frozen=True, slots=True)
class Opened:
    """What was new: periods, and plans taken over."""

    periods: tuple[Period, ...]
    plans: tuple[FiledValue, ...]


@transaction.atomic
def open_year(*, by: permissions.Actor, org: Org | str, year: int) -> Opened:
    """Set the year's periods and take over the filed items marked `plan` that have no value yet in it.

    Raises NotFound, NotAllowed, BadInput for a year in which the org did not exist.
    """
    place = opening.open_org(org, by)
    periods = orgs.open_year(by=by, org=place, year=year)
    plans = [made for item in plans_of(place.pk) if (made := _taken_over(by, place, item, year))]
    if periods or plans:
        facts = {
            "year": year,
            "periods": [one.label for one in periods],
            "plans": [one.item for one in plans],
        }
        office_acts.keep(by=by, org=place.pk, act="opened", facts=facts)
    return Opened(tuple(periods), tuple(plans))


def plans_of(org: str) -> list[FiledItem]:
    """The filed items of the org's packs that are a plan or a target."""
    packs = opening.bound_packs(org, rules())
    return [item for item in rules().filed.values() if item.plan and item.pack in packs]


def _taken_over(by: permissions.Actor, org: Org, item: FiledItem, year: int) -> FiledValue | None:
    """Last year's plan as this year's first one; None where there is none, or this year has one."""
    mine = FiledValue.objects.filter(org=org, item=item.full_id, superseded_by__isnull=True)
    before = mine.filter(year=year - 1).order_by("-stated_on").first()
    period = Period.objects.filter(org=org, basis=item.basis, year=year).order_by("-from_on").first()
    if before is None or period is None or mine.filter(year=year).exists():
        return None
    made = FiledValue(
        id=str(uuid.uuid4()), org=org, item=item.full_id, basis=period.basis, label=period.label, year=year,
        from_on=period.from_on, to_on=period.to_on,
        stated_on=min(max(period.from_on, org.valid_from), clock.today()),
        value=before.value, qualifier=before.qualifier,
        source=_source(before), invented=before.invented, filed_by=by.username, filed_at=clock.now(),
    )  # fmt: skip
    return filed.keep(made, by=by)


def _source(before: FiledValue) -> str:
    return f"开年沿用 {before.year} 年的数，待本年确定后更正；原来源：{before.source}"[:300]
