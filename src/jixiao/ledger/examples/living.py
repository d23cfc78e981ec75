"""What an example org is busy with these days: matters dated from the day they are installed, so that its task list lives.

They stand beside the example year, in no reporting period, and each record says where its days come from. Installed
again, they stay as they were first made.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from jixiao.ledger.actions import records
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.examples.folders import folder_of, read
from jixiao.ledger.examples.install import account, told
from jixiao.ledger.examples.tables import Tables
from jixiao.ledger.models import Org
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
    with told("living.yaml"):
        logins = tuple(account(org, person, passwords) for person in about.get("people", []))
    return len(tables.rows) - known, logins
