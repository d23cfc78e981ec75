"""Say about a leaf of a scheme what no figure can: a judgement, the reason for lost points, that it does not
apply.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jixiao.catalogue.schemes import Node, Scheme
from jixiao.errors import BadInput
from jixiao.evaluation.answers import read_judgement
from jixiao.evaluation.scheme import score_leaf
from jixiao.ledger import clock, journal, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import LeafNote, Org
from jixiao.ledger.rules import catalogue as rules

NOTES = uuid.UUID("b2f6c1d4-08ae-5c77-a3d5-91e4f7a06c3d")
NOTHING: Mapping[str, Any] = {}


@transaction.atomic
def note(
    *,
    by: permissions.Actor,
    org: Org | str,
    scheme: str,
    year: int,
    leaf: str,
    reason: str = "",
    judgement: Mapping[str, Any] = NOTHING,
    not_applicable: str = "",
) -> LeafNote:
    """Keep a new version of what is said about a leaf; nothing is kept where nothing differs.

    Raises NotFound, NotAllowed, BadInput for an unknown leaf or a judgement that cannot be read.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "file", org=place.pk)
    catalogue = rules()
    packs = opening.bound_packs(place.pk, catalogue)
    found = opening.in_packs(packs, catalogue.schemes, scheme) or catalogue.scheme(scheme)
    node = next((one for one in found.leaves if one.id == leaf), None)
    if node is None:
        raise BadInput(f"评价方案“{found.title}”没有评分项“{leaf}”")
    _check(found, node, judgement, not_applicable)
    about = {"org": place, "scheme": found.full_id, "year": year, "leaf": leaf}
    last = LeafNote.objects.select_for_update().filter(**about).order_by("-version").first()
    said = {"reason": reason.strip(), "judgement": dict(judgement), "not_applicable": not_applicable.strip()}
    if last and all(getattr(last, name) == value for name, value in said.items()):
        return last
    made = LeafNote.objects.create(
        **about, **said, version=last.version + 1 if last else 1, noted_by=by.username, noted_at=clock.now()
    )
    journal.tell(
        event_record(made), facts_of(made), org=place.pk, act="noted", by=by.username, now=made.noted_at
    )
    return made


def facts_of(made: LeafNote) -> dict[str, Any]:
    """What the chain says of a note. A judgement may hold numbers with a point: it is told as it is written."""
    return {
        "scheme": made.scheme,
        "year": made.year,
        "leaf": made.leaf,
        "version": made.version,
        "judgement": json.dumps(made.judgement, ensure_ascii=False, sort_keys=True),
        "reason": made.reason,
        "not_applicable": made.not_applicable,
    }


def event_record(made: LeafNote) -> str:
    """The id under which the chain knows a version of a note."""
    about = (made.org_id, made.scheme, made.year, made.leaf, made.version)
    return str(uuid.uuid5(NOTES, "\n".join(map(str, about))))


def _check(scheme: Scheme, node: Node, judgement: Mapping[str, Any], not_applicable: str) -> None:
    """Raises BadInput for what could not be scored later."""
    if judgement:
        score_leaf(node, read_judgement(node.title, judgement))
    if not_applicable.strip() and scheme.not_applicable == "forbid":
        raise BadInput(f"评价方案“{scheme.title}”不允许剔除不适用的评分项；请改填评定或失分原因")
