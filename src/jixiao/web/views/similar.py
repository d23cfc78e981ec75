"""The like of one record: shown with the reasons, joined only by a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import BadInput, NotFound
from jixiao.ledger import queries
from jixiao.ledger.actions import links
from jixiao.ledger.queries.similar import similar_to
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import alike, once
from jixiao.web.context import choose_org
from jixiao.web.gate import gate
from jixiao.web.views.changes import record_crumbs


@gate("GET", "POST")
def show(request: HttpRequest, record: Any) -> HttpResponse:
    """Show the like cases; a POST joins this record to one of them in the role the kind names."""
    row = queries.record(request.user, str(record))
    choose_org(request, row.org)
    kind = in_force().kind(row.kind)
    if kind.similar is None:
        raise NotFound(f"“{kind.title}”没有写明怎样查找相似的")
    here = reverse("web:similar", args=[row.id])
    role = kind.similar.link
    if request.method == "POST":
        if role is None:
            raise BadInput(f"“{kind.title}”没有可以用来关联相似记录的关联")

        def act() -> str:
            links.link(by=request.user, record=row.id, role=role, target=request.POST.get("target", ""))
            messages.success(request, f"已关联为“{kind.links[role].title}”")
            return here

        return once.do(request, act)
    found = similar_to(request.user, row)
    context = {
        "record": row,
        "kind": kind,
        "crumbs": [*record_crumbs(row), {"title": "相似的"}],
        "similar": alike.lines(kind, found),
        "similar_url": here if role and "edit" in queries.may(request.user, row) else "",
        "role_title": kind.links[role].title if role else "",
        "form_id": once.fresh(),
    }
    return render(request, "web/records/similar.html", context)
