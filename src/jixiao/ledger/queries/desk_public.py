"""The public year of a bureau's desk, ready to be written as files."""

from __future__ import annotations

from jixiao.ledger import clock
from jixiao.ledger.desk.public_data import PublicYear, public_year
from jixiao.ledger.models import Org, Submission
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.desk import overview
from jixiao.ledger.rules import catalogue as rules


def published(user: Actor, bureau: Org | str, year: int, *, with_unreviewed: bool = False) -> PublicYear:
    """Reviewed packages in full, the others by state alone unless asked for. Raises NotFound, NotAllowed."""
    view = overview(user, bureau, year)
    newest = {row.submission.pk: row.id for row in view.rows if row.submission is not None}
    packages = {newest[one.pk]: one for one in Submission.objects.filter(pk__in=list(newest))}
    return public_year(view, packages, rules(), clock.today().isoformat(), with_unreviewed)
