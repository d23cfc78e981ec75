"""What an office said of findings in reports: the latest opinion of each, by its fingerprint."""

from __future__ import annotations

from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.models import FindingOpinion, Org
from jixiao.ledger.permissions import Actor
from jixiao.reading.marked.opinions import Opinion, Saying


def opinions_of(user: Actor, org: Org | str) -> dict[str, Opinion]:
    """Raises NotFound for who has no role in the org."""
    place = open_org(org, user)
    latest: dict[str, FindingOpinion] = {}
    for one in FindingOpinion.objects.filter(org=place).order_by("fingerprint", "version").iterator():
        latest[one.fingerprint] = one
    return {
        mark: Opinion(mark, Saying(one.verdict), one.note, by=one.said_by, at=f"{one.said_at:%Y-%m-%d}")
        for mark, one in latest.items()
        if one.verdict
    }
