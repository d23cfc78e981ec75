"""Keep what someone has typed and not yet recorded. Drafts are nobody's evidence: no event, no projection."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction

from jixiao.errors import NotFound
from jixiao.ledger import clock, handed, own
from jixiao.ledger.actions import opening
from jixiao.ledger.models import Draft, Org, Record, User
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def save(
    *,
    by: User,
    org: Org | str,
    kind: str,
    data: Mapping[str, str],
    record: Record | str | None = None,
    draft: Draft | str | None = None,
    step: str = "",
) -> Draft:
    """Save a draft as typed, unchecked; `draft` is one to overwrite. Raises NotFound, NotAllowed.

    `record` is the record being edited, that on which the step `step` is to be taken, or the parent of a child to be.
    """
    spec = rules().kind(kind)
    full = spec.full_id
    row = opening.open_record(record, by) if record else None
    if row is None:
        place = opening.open_org(org, by)
        own.require_create(by, spec, place.pk)
    elif row.kind == full:
        place = row.org
        if step in spec.steps:
            handed.require_step(by, spec, spec.steps[step], row)
        else:
            handed.require(by, "edit", row)
    else:
        place = row.org
        handed.require_add(by, spec, row)
    kept = _own(by, draft) if draft else Draft(id=str(uuid.uuid4()), user=by)
    kept.org, kept.kind, kept.record = place, full, row
    kept.data, kept.saved_at = {str(name): str(text) for name, text in data.items()}, clock.now()
    kept.save()
    return kept


@transaction.atomic
def discard(*, by: User, draft: Draft | str) -> None:
    """Throw a draft away. Raises NotFound for somebody else's."""
    _own(by, draft).delete()


def _own(by: User, draft: Draft | str) -> Draft:
    pk = draft.pk if isinstance(draft, Draft) else str(draft)
    found = Draft.objects.filter(pk=pk, user=by).first()
    if found is None:
        raise NotFound("没有找到这份草稿；它可能已经提交或删除")
    return found
