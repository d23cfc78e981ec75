"""What an example org is busy with these days: matters dated from the day they are installed, so that its task list lives.

They stand beside the example year, in no reporting period, and each record says where its days come from. Installed
again, they stay as they were first made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from jixiao.catalogue.dates import read_date
from jixiao.ledger.actions import desk, orgs, records
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.examples.acts import Acting
from jixiao.ledger.examples.folders import folder_of, read
from jixiao.ledger.examples.install import account, told
from jixiao.ledger.examples.packages import hand_in
from jixiao.ledger.examples.tables import Tables
from jixiao.ledger.models import Expected, Org, User
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.rules import catalogue as rules

Logins = tuple[tuple[str, str, str], ...]


@transaction.atomic
def install_living(
    name: str, *, today: date, passwords: Callable[[str], str] | None = None
) -> tuple[int, Logins]:
    """Bring the example org of this id, installed before, to life; gives how many records that took and whose accounts.

    Raises NotFound, BadInput, PackErrors. An example without such matters stays as it is.
    """
    folder = folder_of(name)
    here = folder / "living"
    org = Org.objects.get(pk=name)
    about = read(here / "living.yaml", {})
    tables = Tables(
        name, rules(), bound_packs(name, rules()), org.notice, today, about.get("source_system", "")
    )
    tables.read(folder / "records")
    known = len(tables.rows)
    tables.read(here / "records")
    records.backfill_all(by=SYSTEM, org=org, cases=tables.pasts(known))
    made = len(tables.rows) - known
    with told("living.yaml"):
        logins = tuple(account(org, person, passwords) for person in about.get("people", []))
        desks = [(place, one) for one in about.get("desks", []) if (place := _desk(one))]
    with told("packages.yaml"):
        for place, one in desks:
            packages = read(here / "packages.yaml", [])
            by = User.objects.get(username=one["by"])
            made += hand_in(place, int(one["year"]), by, packages, tables.source_system)
    with told("acts.yaml"):
        made += Acting(org, tables, today).take_all(read(here / "acts.yaml", []))
    return made, logins


def _desk(about: Mapping[str, Any]) -> Org | None:
    """A bureau's new desk for a year, with the departments it waits for; nothing where it is there already."""
    bureau, year, since = Org.objects.get(pk=about["org"]), int(about["year"]), read_date(about["from"])
    if Expected.objects.filter(bureau=bureau, year=year).exists():
        return None
    for pack in about["packs"]:
        orgs.bind_pack(by=SYSTEM, org=bureau, pack=pack, from_on=since)
    orgs.set_period(
        by=SYSTEM, org=bureau, basis="calendar_year", label=f"{year}年度", year=year,
        from_on=date(year, 1, 1), to_on=date(year, 12, 31),
    )  # fmt: skip
    desk.expect(by=SYSTEM, bureau=bureau, year=year, titles=about["expects"])
    return bureau
