"""The bureau's desk itself: its rules, who may sit at it, whom it expects, and one package of it opened for an act.

Taking packages in is in `desk_packages`, what is decided on them in `desk_decisions`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from jixiao.catalogue.desks import Desk
from jixiao.errors import BadInput, NotFound
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import Expected, Org, Submission
from jixiao.ledger.rules import catalogue as rules

DESK = "desk"
STATE = Submission.State
MOST_EXPECTED = 2_000


def desk_of(bureau: Org, year: int) -> Desk:
    """The rules by which this bureau takes packages of a year in. Raises NotFound where its packs have none."""
    catalogue = rules()
    packs = opening.bound_packs(bureau.pk, catalogue)
    found = [one for one in catalogue.desks.values() if one.pack in packs and one.is_of(year)]
    if not found:
        raise NotFound(f"{bureau.title}启用的规则包里没有{year}年度的汇总规则；请启用带汇总规则的规则包")
    return found[0]


def open_desk(bureau: Org | str, by: permissions.Actor) -> Org:
    """Raises NotFound for a stranger's bureau, NotAllowed without the right to its desk."""
    place = opening.open_org(bureau, by)
    permissions.require(by, DESK, org=place.pk)
    return place


@transaction.atomic
def expect(
    *,
    by: permissions.Actor,
    bureau: Org | str,
    year: int,
    titles: Iterable[str] = (),
    due_on: date | None = None,
    secret: Iterable[str] | None = None,
) -> list[Expected]:
    """Put departments on the list (by title; one known to the ledger is joined to its org), or all orgs below the bureau
    where none is named. What is on the list stays; `due_on` is set for all of them, and `secret`, where given, says which
    are the secret ones.
    """
    place = open_desk(bureau, by)
    named = list(dict.fromkeys(title.strip() for title in titles if title.strip()))
    orgs = {one.title: one for one in Org.objects.filter(title__in=named)}
    if not named:
        below = Org.objects.filter(parent=place).order_by("title")
        orgs = {one.title: one for one in below if one.existed_on(min(date(year, 12, 31), clock.today()))}
        named = list(orgs)
    if not named and not Expected.objects.filter(bureau=place, year=year).exists():
        raise BadInput(f"{place.title}下面没有登记下级单位；请把应报单位的名称逐行写上")
    if len(named) > MOST_EXPECTED or any(len(title) > 120 for title in named):
        raise BadInput(f"应报单位最多 {MOST_EXPECTED} 个，名称最多 120 个字；请核对名单")
    start = Expected.objects.filter(bureau=place, year=year).count()
    for number, title in enumerate(named, start=start + 1):
        org = orgs.get(title)
        Expected.objects.get_or_create(
            bureau=place,
            year=year,
            title=title,
            defaults={
                "id": str(uuid.uuid4()),
                "org": org,
                "short_title": org.short_title if org else "",
                "place": number,
                "added_by": by.username,
                "added_at": clock.now(),
            },
        )
    listed = Expected.objects.filter(bureau=place, year=year)
    if due_on is not None:
        listed.update(due_on=due_on)
    if secret is not None:
        hidden = set(secret)
        listed.filter(title__in=hidden).update(is_secret=True)
        listed.exclude(title__in=hidden).update(is_secret=False)
    return list(listed)


def open_package(submission: str, by: permissions.Actor) -> Submission:
    """A package locked for an act. Raises NotFound, NotAllowed."""
    row = Submission.objects.select_for_update().filter(pk=submission).first()
    if row is None:
        raise NotFound("没有这份报送件，或者您无权查看")
    open_desk(row.bureau_id, by)
    return row
