"""The gate before every page for people who signed in: what they may not see is not there, and nothing is cached."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jixiao.errors import BadInput, NotAllowed, NotFound, is_disk_full
from jixiao.ledger.one_reading import reading
from jixiao.web import behind, unsent
from jixiao.web.views import session

View = Callable[..., HttpResponse]


def gate(*methods: str, with_given_password: bool = False) -> Callable[[View], View]:
    """Let signed-in people in with these methods; NotFound becomes 404, NotAllowed 403, and BadInput that no
    form shows 422, each with its message.

    Whose password was given by somebody else changes it first and then goes on to where they wanted to go.
    """

    def wrap(view: View) -> View:
        @never_cache
        @require_http_methods(list(methods) or ["GET", "HEAD"])
        @wraps(view)
        def run(request: HttpRequest, **given: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if request.user.password_given and not with_given_password:
                return _to_own_password(request)
            try:
                with reading() if request.method in ("GET", "HEAD") else nullcontext():
                    return view(request, **given)
            except NotFound as missing:
                raise Http404(str(missing)) from missing
            except NotAllowed as refused:
                raise PermissionDenied(str(refused)) from refused
            except BadInput as wrong:
                return render(request, "web/errors/422.html", {"reason": str(wrong)}, status=422)
            except (DatabaseError, OSError) as broken:
                return _broken(request, broken)

        return run

    return wrap


def _broken(request: HttpRequest, broken: DatabaseError | OSError) -> HttpResponse:
    """The page for what an administrator can mend: no room left, tables behind the packs. Raises anything else."""
    if is_disk_full(broken):
        return HttpResponse(render_to_string("web/errors/full.html"), status=507)
    if isinstance(broken, DatabaseError):
        return behind.page(request, broken)
    raise broken


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the login page, which takes along what a form held when the session was over."""
    if left := unsent.of(request):
        return session.ask(request, left)
    return redirect_to_login(request.get_full_path())


def _to_own_password(request: HttpRequest) -> HttpResponse:
    """To the page where it is changed, and from there to what was asked for."""
    wanted = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({'next': wanted})}" if wanted not in ("", reverse("web:tasks")) else ""
    return redirect(f"{reverse('web:own_password')}{query}")
