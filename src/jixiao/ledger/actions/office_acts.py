"""Keep an act on the office itself, with who, when and why, in its table and in the org's chain."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from jixiao.ledger import clock, journal, permissions
from jixiao.ledger.models import OfficeAct


def keep(
    *,
    by: permissions.Actor,
    org: str,
    act: str,
    facts: Mapping[str, Any],
    reason: str = "",
    on: date | None = None,
) -> OfficeAct:
    """Write the act; must run inside a transaction. `facts` are plain JSON values."""
    made = OfficeAct.objects.create(
        id=str(uuid.uuid4()), org_id=org, act=act, facts=dict(facts), reason=reason,
        done_by=by.username, done_at=clock.now(),
    )  # fmt: skip
    journal.tell(made.pk, facts_of(made), org=org, act=act, by=by.username, now=made.done_at, on=on)
    return made


def facts_of(made: OfficeAct) -> dict[str, Any]:
    """What the chain says of an act."""
    return {"act": made.act, **made.facts, "reason": made.reason}
