"""The holidays and workdays an office goes by: those of the packs, and what it has put right itself.

What an office puts right are acts on the office (`calendar`), in its chain like all others; the latest word on a day counts.
"""

from __future__ import annotations

from datetime import date

from jixiao.catalogue import Catalogue
from jixiao.catalogue.days import Days, Local
from jixiao.ledger.models import OfficeAct
from jixiao.ledger.one_reading import once

HOLIDAY, WORKDAY, AS_BEFORE = "holiday", "workday", "as_before"
SORTS = {HOLIDAY: "放假", WORKDAY: "上班", AS_BEFORE: "恢复原样"}


def days_of(org: str, catalogue: Catalogue) -> Days:
    """The days of an org."""
    return Days(catalogue.calendars.values(), put_right(org))


@once
def put_right(org: str) -> dict[date, Local]:
    """What the org has put right: the days that differ, by day."""
    found: dict[date, Local] = {}
    acts = OfficeAct.objects.filter(org_id=org, act=OfficeAct.Act.CALENDAR).order_by("done_at", "id")
    for facts in acts.values_list("facts", flat=True):
        day = date.fromisoformat(facts["day"])
        found.pop(day, None)
        if facts["sort"] != AS_BEFORE:
            found[day] = Local(facts["name"], facts["sort"] == WORKDAY)
    return dict(sorted(found.items()))
