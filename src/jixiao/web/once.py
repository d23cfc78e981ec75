"""A form that was sent twice is done once: the second sending is led to what the first one made."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

FIELD = "form_id"
KEPT_SECONDS = 3600
UNDER_WAY = ""


def fresh() -> str:
    """A new form id, to stand hidden in the form."""
    return uuid.uuid4().hex


def was_sent(request: HttpRequest) -> bool:
    """Whether this very form was sent and done before."""
    form_id = request.POST.get(FIELD, "")
    return bool(form_id) and cache.get(f"form:{request.user.pk}:{form_id}") is not None


def do(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Run `act` (it returns the address to go to) unless this very form has been sent before.

    Where `act` raises, the form may be sent again. Without a form id it simply runs.
    """
    form_id = request.POST.get(FIELD, "")
    if not form_id.isalnum() or len(form_id) > 64:
        return redirect(act())
    key = f"form:{request.user.pk}:{form_id}"
    if not cache.add(key, UNDER_WAY, KEPT_SECONDS):
        return redirect(cache.get(key) or "web:tasks")
    try:
        address = act()
    except BaseException:
        cache.delete(key)
        raise
    cache.set(key, address, KEPT_SECONDS)
    return redirect(address)
