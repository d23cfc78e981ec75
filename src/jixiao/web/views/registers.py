"""The registers by theme, and one register as a list with its CSV and JSON twins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.registers import RoleSpec
from jixiao.errors import BadInput
from jixiao.ledger import permissions, queries
from jixiao.ledger.queries import advice, names
from jixiao.ledger.queries.findings import of_register, touching
from jixiao.ledger.queries.lists import counts
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import findings, hints
from jixiao.web import listing as lists
from jixiao.web.context import frame_of, kind_in
from jixiao.web.entries import Entry
from jixiao.web.gate import gate
from jixiao.web.options import options_for
from jixiao.web.pager import pager
from jixiao.web.twins import as_csv, as_json

MOST_EXPORTED = 100_000
PART = 2000  # rows held at a time
OTHER = "其他"


@gate()
def index(request: HttpRequest) -> HttpResponse:
    """Every register of the org, by theme, with how much stands in it."""
    org = frame_of(request).require_org()
    titles, roles = dict(in_force().themes_in_order()), _roles(request, org)
    themes: dict[str, list[dict[str, Any]]] = {theme: [] for theme in titles}
    kinds = [kind for kind in queries.kinds_for(request.user, org, own=True) if kind.parent is None]
    there = counts(request.user, kinds, org)
    for kind in kinds:
        theme = kind.theme if kind.theme in titles else ""
        themes.setdefault(theme, []).append(_tile(kind, there[kind.full_id], roles))
    shown = [
        {"title": titles[theme].title if theme else OTHER, "kinds": tiles}
        for theme, tiles in themes.items()
        if tiles
    ]
    tiles = [tile for several in themes.values() for tile in several]
    may_enter = any(tile.get("new_url") or tile.get("backfill_url") for tile in tiles)
    return render(request, "web/registers/index.html", {"themes": shown, "may_enter": may_enter})


@gate()
def listing(request: HttpRequest, pack: str, kind: str, form: str = "html") -> HttpResponse:
    """One register under filters; the same rows whatever the form."""
    org = frame_of(request).require_org()
    found = kind_in(request.user, org, f"{pack}/{kind}")
    filters = lists.filters_of(found, options_for(request.user, org, in_force()), request.GET)
    is_page = form == "html"  # what is taken away is the office's own
    rows = rows_under(request, org, found, filters, with_handed=is_page)
    figure = _figure(request, org, found)
    if figure:
        rows = rows.filter(pk__in=figure["ids"])
    is_looked_over = request.GET.get("hints") == "1"
    only_hinted = bool(found.checks) and is_looked_over
    if only_hinted:
        rows = rows.filter(pk__in=[one.record.pk for one in advice.of_rows(rows[: advice.MOST_OF_KIND])])
    if not is_page:
        return _twin(found, rows, form)
    query = {key: value for key, value in request.GET.items() if value and key != "page"}
    page = Paginator(rows, lists.PAGE).get_page(request.GET.get("page"))
    kept = list(page.object_list)
    called = names.pointed_to(found, kept)
    catalogue = in_force()
    told = {one.record.pk: hints.short(one.advice) for one in advice.of_rows(kept)}
    lines = []
    for row in kept:
        cells = lists.cells(found, row, reverse("web:record", args=[row.id]), catalogue, called)
        if told or only_hinted:
            cells.append(lists.Cell(told.get(row.id, ""), is_later=True))
        lines.append({"cells": cells})
    asked = urlencode(query)
    context = {
        "kind": found,
        "total": page.paginator.count,
        "figure": figure,
        "handed": rows.exclude(org=org).count(),
        "filters": filters,
        "q": request.GET.get("q", ""),
        "order": request.GET.get("order", ""),
        "is_filtered": only_hinted or any(entry.raw for entry in filters) or bool(request.GET.get("q")),
        "has_checks": bool(found.checks),
        "is_looked_over": is_looked_over,
        "has_relations": bool(
            touching(catalogue, {pack.id for pack in frame_of(request).packs}, found.full_id)
        ),
        **(_relations(request, org, found) if is_looked_over else {}),
        "columns": lists.sorted_links(lists.head(found), request.GET.get("order", ""), query, found)
        + ([{"title": "提示", "is_later": True}] if told or only_hinted else []),
        "rows": lines,
        "pager": pager(page, query),
        "list_url": reverse("web:register", args=[pack, kind]),
        "csv_url": reverse("web:register_csv", args=[pack, kind]) + (f"?{asked}" if asked else ""),
        "json_url": reverse("web:register_json", args=[pack, kind]) + (f"?{asked}" if asked else ""),
        **_ways_in(_roles(request, org), found),
        **(_workbooks(found, asked) if found in queries.kinds_for(request.user, org) else {}),
    }
    return render(request, "web/registers/list.html", context)


def _relations(request: HttpRequest, org: Any, kind: Kind) -> dict[str, Any]:
    """The relations of the year that count this register: for who reads the whole of it."""
    year = frame_of(request).year
    if year is None or kind not in queries.kinds_for(request.user, org):
        return {}
    return findings.shown(of_register(request.user, org, year, kind.full_id))


def _workbooks(kind: Kind, asked: str) -> dict[str, str]:
    """Where the register is to be had as a workbook, and taken in from one: for who reads the whole of it."""
    at = [kind.pack, kind.id]
    return {
        "xlsx_url": reverse("web:export", args=at) + (f"?{asked}" if asked else ""),
        "import_url": f"{reverse('web:import_begin')}?kind={kind.full_id}",
        "template_url": reverse("web:template", args=at),
    }


def rows_under(
    request: HttpRequest, org: Any, kind: Kind, filters: list[Entry], *, with_handed: bool = False
) -> Any:
    """The records of a register under the filters, the search and the order asked for."""
    wanted: dict[str, Any] = {}
    span = {entry.name: entry.raw or None for entry in filters if entry.name in ("from", "to")}
    for entry in filters:
        if entry.raw and entry.name not in ("from", "to"):
            wanted[entry.name] = entry.raw
    if kind.date and any(span.values()):
        wanted[kind.date] = (span["from"], span["to"])
    order = request.GET.get("order", "")
    known = {name for name, _ in lists.head(kind)}
    if order.removeprefix("-") not in known:
        order = ""
    try:
        return queries.records(
            request.user,
            kind.full_id,
            org,
            filters=wanted,
            search=request.GET.get("q", "").replace("\0", "")[:100],
            order=order,
            with_handed=with_handed,
        )
    except BadInput:
        return queries.records(request.user, kind.full_id, org, with_handed=with_handed)


def _tile(kind: Kind, count: int, roles: list[RoleSpec]) -> dict[str, Any]:
    return {
        "title": kind.title,
        "unit": kind.unit,
        "count": count,
        "url": reverse("web:register", args=[kind.pack, kind.id]),
        **_ways_in(roles, kind),
    }


def _roles(request: HttpRequest, org: Any) -> list[RoleSpec]:
    return [in_force().role(role) for role in permissions.roles_in(request.user, org.id)]


def _ways_in(roles: list[RoleSpec], kind: Kind) -> dict[str, str]:
    """Where a new record may begin, as far as this person may."""
    if kind.parent is not None:
        return {}
    catalogue = in_force()
    may_create = any(permissions.allows(role, "create", kind.full_id, catalogue) for role in roles)
    may_backfill = any(permissions.allows(role, "backfill", "", catalogue) for role in roles)
    at = [kind.pack, kind.id]
    return {
        "new_url": reverse("web:create", args=at) if may_create else "",
        "backfill_url": reverse("web:backfill", args=at) if may_backfill else "",
    }


def _twin(kind: Kind, rows: Any, form: str) -> HttpResponse:
    told = _flat(kind, rows)
    if form == "json":
        return as_json([{"id": id_, **one} for id_, one in told])
    head = lists.flat_head(kind)
    return as_csv(head, ([one.get(title, "") for title in head] for _, one in told), f"{kind.title}.csv")


def _flat(kind: Kind, rows: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """(id, fields by title) of each row; a part at a time, so that a large register is never held whole."""
    catalogue = in_force()
    source = rows[:MOST_EXPORTED].iterator(PART)
    while part := list(islice(source, PART)):
        called = names.pointed_to(kind, part)
        for row in part:
            yield row.id, lists.flat(kind, row, catalogue, called)


def _figure(request: HttpRequest, org: Any, kind: Kind) -> Mapping[str, Any] | None:
    """The figure whose records are asked for, with the ids of those of this kind."""
    indicator, year = request.GET.get("figure", ""), request.GET.get("year", "")
    if not indicator or not (year.isdecimal() and len(year) == 4):
        return None
    view = queries.figure(request.user, org, indicator, int(year))
    ids = set(_ids(view, kind))
    at = [org.id, int(year), *view.figure.indicator.split("/")]
    return {
        "id": indicator,
        "year": year,
        "ids": ids,
        "title": view.figure.title,
        "text": view.figure.text,
        "url": reverse("web:figure", args=at),
    }


def _ids(view: Any, kind: Kind) -> list[str]:
    """The records of this kind the figure counted; for a root kind also those whose children it counted."""
    found = [row.record for row in view.rows if row.record is not None]
    own = [row.id for row in found if row.kind == kind.full_id]
    return own or [row.root_id for row in found]
