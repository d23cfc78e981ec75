"""The ways to what stands against a step, as links: each only where the person may go there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from jixiao.catalogue.mending import Mend, Place
from jixiao.errors import NotFound
from jixiao.ledger import queries
from jixiao.ledger.queries.names import RecordRow
from jixiao.ledger.rules import catalogue as in_force

MOST = 6


def ways(user: Any, row: RecordRow, step: str) -> list[dict[str, str]]:
    """Title and address of each place, at most a few."""
    return list(_links(user, row, queries.mends(user, row, step)))[:MOST]


def _links(user: Any, row: RecordRow, found: Iterable[Mend]) -> Iterable[dict[str, str]]:
    kind, may = in_force().kind(row.kind), queries.may(user, row)
    for one in found:
        match one.place:
            case Place.FIELD if "edit" in may and not kind.fields[one.name].is_computed:
                yield _link(f"填“{kind.fields[one.name].title}”", "edit", row.id, anchor=one.name)
            case Place.LINK if "edit" in may:
                yield _link(f"关联“{kind.links[one.name].title}”", "link", row.id, anchor=one.name)
            case Place.EVIDENCE if queries.may_attach(user, row):
                yield _link("附佐证", "attach", row.id)
            case Place.FORM:
                yield _link(f"填“{kind.fields[one.name].title}”", "form", row.id, one.name)
            case Place.CHILD:
                yield from _add(user, row, one)
            case Place.RECORD:
                yield from _open(user, one)


def _add(user: Any, row: RecordRow, one: Mend) -> Iterable[dict[str, str]]:
    child = in_force().kind(one.name)
    try:
        above = queries.record(user, one.at) if one.at else row
    except NotFound:
        return
    if queries.may_add(user, child, above):
        yield _link(f"添加{child.title}", "create_child", above.id, child.pack, child.id)


def _open(user: Any, one: Mend) -> Iterable[dict[str, str]]:
    try:
        other = queries.record(user, one.at)
    except NotFound:
        return
    yield _link(f"打开{in_force().kind(other.kind).title}“{other.label}”", "record", other.id)


def _link(title: str, name: str, *at: str, anchor: str = "") -> dict[str, str]:
    url = reverse(f"web:{name}", args=at)
    return {"title": title, "url": f"{url}#f-{anchor}" if anchor else url}
