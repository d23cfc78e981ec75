"""When a page fails because the database has not followed changed packs: say so, and which command mends it."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from jixiao.ledger import projection
from jixiao.ledger.rules import catalogue as in_force


def page(request: HttpRequest, broken: DatabaseError) -> HttpResponse:
    """The page for an administrator to act on. Raises `broken` where the tables fit the packs."""
    try:
        waiting = [change.words for change in projection.plan(in_force()).changes if not change.drops]
    except DatabaseError:
        raise broken from None
    if not waiting:
        raise broken
    return HttpResponse(render_to_string("web/errors/behind.html", {"waiting": waiting}), status=503)
