"""What a bureau shares with the offices of its district once it has made a year public: where they stand, nobody named.

Only reviewed or published scores of departments that are not secret count, as on the public pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.errors import NotFound
from jixiao.ledger.actions.desk import STATE, desk_of
from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.desk.compare import Counted, distribution, median
from jixiao.ledger.models import DeskDecision, Expected, Org
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.desk import Standing, standings_of

LEAST_SHARED = 5  # a distribution of fewer would name them
SHARED = (STATE.REVIEWED, STATE.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Shared:
    """An office in its district. `bands` are empty and `median` None where too few have a score to be told."""

    bureau: str
    own: Standing
    count: int
    bands: list[Counted]
    median: Fraction | None
    before: Decimal | None


def shared_with(user: Actor, org: Org | str, year: int) -> list[Shared]:
    """What each bureau that expects a package of this office has made public of the year. Raises NotFound."""
    place = open_org(org, user)
    found = []
    for row in Expected.objects.filter(org=place, year=year, is_secret=False).select_related("bureau"):
        if not DeskDecision.objects.filter(
            submission__bureau=row.bureau, submission__year=year, state=STATE.PUBLISHED
        ).exists():
            continue
        told = _told(row)
        if told is not None:
            found.append(told)
    return found


def _told(row: Expected) -> Shared | None:
    own = _scored(row.bureau, row.year)
    if row.title not in own:
        return None
    scores = {one.id: one.score for one in own.values() if one.score is not None}
    is_told = len(scores) >= LEAST_SHARED
    before = _scored(row.bureau, row.year - 1).get(row.title)
    return Shared(
        row.bureau.title,
        own[row.title],
        len(scores),
        distribution(scores) if is_told else [],
        median([Fraction(score) for score in scores.values()]) if is_told else None,
        before.score if before else None,
    )


def _scored(bureau: Org, year: int) -> dict[str, Standing]:
    """The departments with a reviewed score, by title; secret ones left out."""
    try:
        rows, _ = standings_of(bureau, year, desk_of(bureau, year))
    except NotFound:  # no desk in that year
        return {}
    return {
        one.expected.title: one
        for one in rows
        if one.submission is not None
        and one.submission.state in SHARED
        and not one.expected.is_secret
        and one.score is not None
    }
