"""The search over everything of an org, and its twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.kinds import Kind
from jixiao.ledger import queries
from jixiao.ledger.queries import Found
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.search import Hit, RegisterHits
from jixiao.values import Figure
from jixiao.web import words as say
from jixiao.web.context import frame_of
from jixiao.web.gate import gate
from jixiao.web.marks import excerpt, marked
from jixiao.web.numbers import number_of
from jixiao.web.twins import as_json
from jixiao.web.year_lines import address_of

FIRST_FIGURES, MOST_FIGURES = 8, 40


@gate()
def show(request: HttpRequest, form: str = "html") -> HttpResponse:
    """What an org has on a word: figures, registers, records."""
    frame = frame_of(request)
    org, asked = frame.require_org(), request.GET.get("q", "").strip()
    found = queries.search(request.user, org, asked)
    year = frame.year
    bench = OrgYear.open(request.user, org, year) if year is not None and found.figures else None
    computed = bench.compute(found.figures[:MOST_FIGURES]) if bench else {}
    if form == "json":
        return as_json(_flat(found, computed))
    lines = [_figure(one, org.id, year, computed, found.words) for one in found.figures[:MOST_FIGURES]]
    context = {
        "searched": asked,
        "found": found,
        "year": year,
        "orgs": found.orgs,
        "figures": lines[:FIRST_FIGURES],
        "more_figures": lines[FIRST_FIGURES:],
        "unlisted": max(len(found.figures) - MOST_FIGURES, 0),
        "registers": [
            {"url": register_url(one), "pieces": marked(one.title, found.words)} for one in found.registers
        ],
        "records": [_register(one, asked, found.words) for one in found.records],
        "json_url": reverse("web:search_json") + "?" + urlencode({"q": asked}),
    }
    return render(request, "web/search/search.html", context)


def register_url(kind: Kind) -> str:
    return reverse("web:register", args=[kind.pack, kind.id])


def _figure(
    one: Indicator, org: str, year: int | None, computed: Mapping[str, Figure], words: tuple[str, ...]
) -> dict[str, Any]:
    figure = computed.get(one.full_id)
    rule = reverse("web:rules_indicator", args=[one.pack, one.id])
    other = [name for name in one.aliases if any(word.casefold() in name.casefold() for word in words)]
    is_named = any(word.casefold() in one.title.casefold() for word in words)
    return {
        "pieces": marked(one.title, words),
        "also": [] if is_named else marked("、".join(other) or one.full_id, words),
        "url": address_of(org, year, one.full_id) if figure and year is not None else rule,
        "number": number_of(figure) if figure else None,
    }


def _register(found: RegisterHits, asked: str, words: tuple[str, ...]) -> dict[str, Any]:
    return {
        "title": found.kind.title,
        "count": f"{found.count}{'+' if found.is_more else ''}",
        "is_cut": found.count > len(found.hits) or found.is_more,
        "url": f"{register_url(found.kind)}?{urlencode({'q': asked})}",
        "hits": [_hit(found.kind, hit, words) for hit in found.hits],
    }


def _hit(kind: Kind, hit: Hit, words: tuple[str, ...]) -> dict[str, Any]:
    return {
        "url": reverse("web:record", args=[hit.record.id]),
        "pieces": marked(hit.record.label, words),
        "number": marked(hit.record.number, words),
        "state": say.state(kind, hit.record.state),
        "field": hit.field,
        "excerpt": excerpt(hit.text, words) if hit.text else [],
    }


def _flat(found: Found, computed: Mapping[str, Figure]) -> dict[str, Any]:
    return {
        "words": list(found.words),
        "orgs": [{"id": one.org.pk, "title": one.org.title, "became": one.became} for one in found.orgs],
        "figures": [
            {
                "id": one.full_id,
                "title": one.title,
                "text": computed[one.full_id].text if one.full_id in computed else None,
            }
            for one in found.figures
        ],
        "registers": [{"id": one.full_id, "title": one.title} for one in found.registers],
        "records": [
            {
                "kind": one.kind.full_id,
                "count": one.count,
                "is_more": one.is_more,
                "hits": [
                    {"id": hit.record.id, "number": hit.record.number, "title": hit.record.label}
                    for hit in one.hits
                ],
            }
            for one in found.records
        ],
    }
