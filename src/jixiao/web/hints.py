"""Advice as the pages show it: kindly, with the way to mend it a click away where the person may do it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from jixiao.catalogue import Catalogue
from jixiao.catalogue.advice import Advice
from jixiao.catalogue.kinds import FieldType
from jixiao.ledger import permissions
from jixiao.ledger.queries.advice import Advised

OPENED_AT_MOST = 3  # ways to mend offered for one piece of advice


def lines(user: Any, found: Iterable[Advised], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Each record with its advice; whoever may not edit it is told, and offered nothing to press."""
    may: dict[tuple[str, str], bool] = {}
    told = []
    for one in found:
        at = (one.record.org_id, one.kind.full_id)
        if at not in may:
            may[at] = permissions.can(user, "edit", org=at[0], kind=at[1])
        told.append(
            {
                "title": f"{one.record.number} {one.record.label}".strip() or one.kind.title,
                "kind": one.kind.title,
                "url": reverse("web:record", args=[one.record.pk]),
                "items": [
                    {
                        "title": advice.title,
                        "told": advice.told if advice.says_more else "",
                        "mend": advice.mend,
                        "ways": _ways(one, advice, catalogue) if may[at] else [],
                    }
                    for advice in one.advice
                ],
            }
        )
    return told


def short(advice: Sequence[Advice]) -> str:
    """A record's advice in one cell of a list."""
    return "；".join(one.title for one in advice)


def _ways(one: Advised, advice: Advice, catalogue: Catalogue) -> list[dict[str, str]]:
    kind, pk = one.kind, one.record.pk
    found = []
    for name in advice.fields:
        if kind.fields[name].type is not FieldType.FORM:
            url = reverse("web:edit", args=[pk]) + f"#f-{name}"
            found.append({"title": f"改“{kind.fields[name].title}”", "url": url})
    for name in advice.near:
        if name in kind.links:
            url = reverse("web:link", args=[pk]) + f"#f-{name}"
            found.append({"title": f"关联“{kind.links[name].title}”", "url": url})
        elif name in catalogue.kinds:
            child = catalogue.kinds[name]
            url = reverse("web:create_child", args=[pk, child.pack, child.id])
            found.append({"title": f"添加{child.title}", "url": url})
    return found[:OPENED_AT_MOST]
