"""Like cases as lines: what they are, how alike, why, what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from jixiao.catalogue.kinds import Kind
from jixiao.ledger.queries.similar import Similar
from jixiao.web import words


def lines(kind: Kind, found: Sequence[Similar]) -> list[dict[str, Any]]:
    """Each like case with its reasons in words."""
    return [
        {
            "id": one.record.id,
            "title": one.record.label,
            "number": one.record.number,
            "url": reverse("web:record", args=[one.record.id]),
            "state": words.state(kind, one.record.state),
            "percent": one.percent,
            "reasons": _reasons(one),
            "outcome": one.outcome,
            "is_linked": one.is_linked,
        }
        for one in found
    ]


def _reasons(one: Similar) -> list[str]:
    told = [f"都写到{'、'.join(f'“{word}”' for word in one.words)}"] if one.words else []
    return told + list(one.same)
