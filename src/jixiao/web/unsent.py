"""What a form held when it was sent by somebody who was signed in no more: carried through signing in, and sent again.

It travels inside the pages, from the refused sending to the login page to a page with one button, and is kept nowhere.
Passwords and files do not travel; which files were lost is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "unsent"
LONGEST = 1_000_000
SECRET = frozenset(("password", "old", "again"))
ITSELF = frozenset(("csrfmiddlewaretoken", FIELD))
SHOWN, SHOWN_LENGTH = 12, 300
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Unsent:
    """Where a form was sent to, its fields in order, and the names of files that have to be chosen again."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As it travels in a hidden field."""
        told = {"address": self.address, "fields": self.fields, "files": self.files}
        return json.dumps(told, ensure_ascii=False)

    @property
    def words(self) -> list[str]:
        """What the person will know again: the first texts that were typed."""
        found = [value.strip() for _, value in self.fields if _HAN.search(value)]
        return [one if len(one) <= SHOWN_LENGTH else f"{one[:SHOWN_LENGTH]}…" for one in found[:SHOWN]]


def of(request: HttpRequest) -> Unsent | None:
    """What this request would have sent; None where there is nothing to carry, or nothing that may be."""
    if request.method != "POST" or SECRET & request.POST.keys() or request.POST.get("do") == "keep":
        return None
    pairs = [
        (name, str(value)) for name, values in request.POST.lists() if name not in ITSELF for value in values
    ]
    files = tuple(file.name for name in request.FILES for file in request.FILES.getlist(name))
    is_little = sum(len(name) + len(value) for name, value in pairs) <= LONGEST
    return Unsent(request.get_full_path(), tuple(pairs), files) if pairs and is_little else None


def is_from_here(request: HttpRequest) -> bool:
    """Whether one of our own pages sent it: what other sites send is never carried on."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def read(request: HttpRequest, posted: Mapping[str, str]) -> Unsent | None:
    """What travelled with the login form; None for nothing or for what is not of our making."""
    try:
        told = json.loads(posted.get(FIELD, ""))
        fields = tuple((str(name), str(value)) for name, value in told["fields"])
        found = Unsent(str(told["address"]), fields, tuple(map(str, told.get("files", ()))))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    is_ours = found.address.startswith("/") and url_has_allowed_host_and_scheme(
        found.address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return found if is_ours else None


def page(request: HttpRequest, unsent: Unsent, *, status: int = 200) -> HttpResponse:
    """The fields again behind one button, for who is signed in."""
    return render(request, "web/session/unsent.html", {"unsent": unsent}, status=status)
