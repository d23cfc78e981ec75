"""Pages for what went wrong: short, in Chinese, with a way on. The server error page touches neither session nor database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache

from jixiao.web import unsent
from jixiao.web.views import session


@never_cache
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    told = exception.args[0] if exception is not None and exception.args else ""
    reason = told if isinstance(told, str) else ""  # the resolver says what it tried; that helps nobody here
    return render(request, "web/errors/404.html", {"reason": reason}, status=404)


@never_cache
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/errors/403.html", {"reason": str(exception or "")}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("web/errors/400.html"), status=400)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly somebody who signed in again in another tab: what their form held is not lost."""
    left = unsent.of(request) if unsent.is_from_here(request) else None
    if left is not None and not request.path.startswith(reverse("web:login")):
        is_known = request.user.is_authenticated
        return unsent.page(request, left, status=403) if is_known else session.ask(request, left)
    return render(request, "web/errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("web/errors/500.html"), status=500)
