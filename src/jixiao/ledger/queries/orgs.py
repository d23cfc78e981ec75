"""Which orgs, kinds and reporting years a person may look at."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Q, QuerySet

from jixiao import values
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.registers import RoleSpec
from jixiao.errors import NotFound
from jixiao.ledger import clock, permissions
from jixiao.ledger import own as theirs
from jixiao.ledger.actions.opening import bound_packs, open_org
from jixiao.ledger.models import Membership, Org, PackBinding, Period
from jixiao.ledger.one_reading import once
from jixiao.ledger.permissions import Actor
from jixiao.ledger.rules import catalogue as rules


def orgs_for(user: Actor) -> QuerySet[Org]:
    """The orgs in which the user holds a role that may read something."""
    return Org.objects.filter(pk__in=permissions.orgs_where(user, "read")).order_by("id")


def orgs_joined(user: Actor) -> list[str]:
    """The ids of the orgs the user belongs to today, in the order they joined them; what a role merely reaches is not
    among them.
    """
    today = clock.today()
    held = Membership.objects.filter(user_id=user.pk, from_on__lte=today)
    held = held.filter(Q(to_on__isnull=True) | Q(to_on__gte=today)).order_by("id")
    return list(dict.fromkeys(held.values_list("org_id", flat=True)))


def org_for(user: Actor, org: Org | str) -> Org:
    """Raises NotFound for an org the user has nothing to do with."""
    return open_org(org, user)


def kinds_for(user: Actor, org: Org | str, *, own: bool = False) -> list[Kind]:
    """The kinds of the org's packs that the user may read, in catalogue order; `own` adds those of which they read
    what is theirs alone.
    """
    place = open_org(org, user)
    catalogue = rules()
    packs = bound_packs(place.pk, catalogue)
    there = [kind for kind in catalogue.kinds.values() if kind.pack in packs]
    free = permissions.among(user, "read", there, org=place.pk)
    mine = {kind.full_id for kind in theirs.kinds(user, there, place.pk)} if own else set()
    return [kind for kind in there if kind in free or kind.full_id in mine] if mine else free


def packs_for(user: Actor, org: Org | str) -> list[str]:
    """The packs the org was bound to, in that order, without those they require."""
    bound = PackBinding.objects.filter(org=open_org(org, user)).order_by("id")
    return list(bound.values_list("pack", flat=True))


def roles_for(user: Actor, org: Org | str) -> list[RoleSpec]:
    """The roles of the org's packs."""
    place = open_org(org, user)
    packs = bound_packs(place.pk, rules())
    return [role for role in rules().roles.values() if role.pack in packs]


def periods_for(user: Actor, org: Org | str) -> QuerySet[Period]:
    """The reporting periods of an org, by year."""
    return Period.objects.filter(org=open_org(org, user))


def years_for(user: Actor, org: Org | str) -> list[int]:
    """The reporting years of an org, the last first."""
    return sorted({year for _, year in spans(open_org(org, user).pk)}, reverse=True)


def bases_lacking(user: Actor, org: Org | str, year: int) -> dict[str, int]:
    """The bases without a period in the year, each with how many of the org's indicators read 未填报 for it."""
    place = open_org(org, user)
    catalogue = rules()
    packs = bound_packs(place.pk, catalogue)
    there = set(Period.objects.filter(org=place, year=year).values_list("basis", flat=True))
    wanted = Counter(one.basis for one in catalogue.indicators.values() if one.pack in packs)
    return {basis: count for basis, count in wanted.most_common() if basis not in there}


@once
def spans(org: str) -> dict[tuple[str, int], values.Period]:
    """Every period of an org by (basis, reporting year); of several in one year the last counts."""
    found = Period.objects.filter(org_id=org).order_by("from_on")
    return {(period.basis, period.year): period.span for period in found}


def check_year(org: Org, year: int, known: dict[tuple[str, int], values.Period]) -> None:
    """Raises NotFound for a year nobody has set up."""
    years = sorted({one for _, one in known})
    if year not in years:
        there = f"已设置：{'、'.join(f'{one}年' for one in years)}" if years else "该单位还没有设置任何年度"
        raise NotFound(f"{org.title}没有设置 {year} 年度的口径期间；{there}")


def last_day(known: dict[tuple[str, int], values.Period], year: int, today: date) -> date:
    """The day a year is reported as of: its last day on any basis, or today while it runs."""
    return min(max(span.to_on for (_, one), span in known.items() if one == year), today)
