"""The gate before every page for people who signed in: what they may not see is not there, and nothing is cached."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jixiao.errors import NotAllowed, NotFound
from jixiao.ledger.one_reading import reading
from jixiao.web import behind

View = Callable[..., HttpResponse]


def gate(*methods: str) -> Callable[[View], View]:
    """Let signed-in people in with these methods; NotFound becomes 404 and NotAllowed 403, each with its message."""

    def wrap(view: View) -> View:
        @never_cache
        @require_http_methods(list(methods) or ["GET", "HEAD"])
        @login_required
        @wraps(view)
        def run(request: HttpRequest, **given: Any) -> HttpResponse:
            try:
                with reading() if request.method in ("GET", "HEAD") else nullcontext():
                    return view(request, **given)
            except NotFound as missing:
                raise Http404(str(missing)) from missing
            except NotAllowed as refused:
                raise PermissionDenied(str(refused)) from refused
            except DatabaseError as broken:
                return behind.page(request, broken)

        return run

    return wrap
