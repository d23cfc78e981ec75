"""Say of a finding in a report that it is wrong, misread, or known and accepted, so that the next check knows."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.db import transaction

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import checking, clock, journal, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import FindingOpinion, Org
from jixiao.reading.marked.opinions import LENGTH, LONGEST_NOTE, Saying

OPINIONS = uuid.UUID("5d0f7a52-93c6-5d0e-8c7b-2f41a8e09b66")
_FINGERPRINT = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


@transaction.atomic
def say(
    *, by: permissions.Actor, org: Org | str, fingerprint: str, verdict: Saying | None, note: str = ""
) -> FindingOpinion | None:
    """Keep a new version of an opinion; None takes it back. Nothing is kept where nothing differs.

    Raises NotFound for who has no role in the org, FieldErrors (`note`), BadInput for what is no fingerprint.
    """
    place = opening.open_org(org, by)
    plain = note.strip()
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise BadInput(f"“{fingerprint[:20]}”不是核查结果的标识；应为 {LENGTH} 位小写十六进制")
    if len(plain) > LONGEST_NOTE or checking.is_unprintable(plain):
        raise FieldErrors({"note": f"附注不超过 {LONGEST_NOTE} 字，也不能有看不见的字符"})
    about = {"org": place, "fingerprint": fingerprint}
    last = FindingOpinion.objects.select_for_update().filter(**about).order_by("-version").first()
    before = (last.verdict, last.note) if last else ("", "")
    said = (str(verdict), plain) if verdict else ("", "")
    if said == before:
        return last
    made = FindingOpinion.objects.create(
        **about, version=last.version + 1 if last else 1, verdict=said[0], note=said[1],
        said_by=by.username, said_at=clock.now(),
    )  # fmt: skip
    journal.tell(
        event_record(made), facts_of(made), org=place.pk, act="noted", by=by.username, now=made.said_at
    )
    return made


def facts_of(made: FindingOpinion) -> dict[str, Any]:
    """What the chain says of an opinion."""
    return {
        "fingerprint": made.fingerprint,
        "version": made.version,
        "verdict": made.verdict,
        "note": made.note,
    }


def event_record(made: FindingOpinion) -> str:
    """The id under which the chain knows a version of an opinion."""
    return str(uuid.uuid5(OPINIONS, f"{made.org_id}\n{made.fingerprint}\n{made.version}"))
