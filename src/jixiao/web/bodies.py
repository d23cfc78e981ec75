"""How much may be sent at once: little by whom nobody knows, more by people who signed in.

Asked before a byte of the form is read, so that no visitor fills the disk with files that a page would refuse afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

MIB = 1024 * 1024
OF_VISITORS = 25 * MIB  # the open pages take a document of 20 MB, with the opinions on it
OF_PEOPLE = 210 * MIB  # evidence may come many at once; the server takes no more from anybody


class LargeBodies:
    """Middleware after the one that knows who is signed in, before whatever reads the form."""

    def __init__(self, next_: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next = next_

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = OF_PEOPLE if request.user.is_authenticated else OF_VISITORS
        return _too_large(request, most) if _length(request) > most else self.next(request)


@never_cache
def _too_large(request: HttpRequest, most: int) -> HttpResponse:
    return render(request, "web/errors/413.html", {"most": most // MIB}, status=413)


def _length(request: HttpRequest) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 20 else 0
