"""The open pages: anybody may hand in a document, so each address has so many a minute, and each document so long.

A document is read in a process of its own that is ended when its time is up. Few are read at once; who comes
when all are busy waits a little and is then asked to come back: no thread of the server is held for long, and half of
them are always there for the people of the office.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from jixiao.errors import BadInput
from jixiao.reading import bounded

T = TypeVar("T")
SECONDS = 8.0  # for one document
PATIENCE = 3.0  # seconds one waits for a free place
WINDOW = 60
PLACES = threading.BoundedSemaphore(max(2, bounded.processors()))
DOORS = threading.BoundedSemaphore(4)  # being read or waiting: half of the threads that serve the office


class ComeBack(BadInput):
    """Nothing is wrong with the document: it is to be handed in again after so many seconds."""

    def __init__(self, message: str, status: int, seconds: int) -> None:
        self.status, self.seconds = status, seconds
        super().__init__(message)


def admit(request: HttpRequest) -> None:
    """Count a document of this address. Raises ComeBack where there were too many in this minute."""
    now = int(time.time())
    key = f"{network(request)}:{now // WINDOW}"
    counts = caches["visitors"]
    counts.add(key, 0, 2 * WINDOW)
    try:
        count = counts.incr(key)
    except ValueError:  # thrown out meanwhile: there are very many addresses
        count = 1
    if count > settings.CHECKS_PER_MINUTE:
        left = WINDOW - now % WINDOW
        raise ComeBack(
            f"这个网址一分钟内最多核查 {settings.CHECKS_PER_MINUTE} 份文件，请 {left} 秒后再试；"
            "文件很多时可以用命令 jixiao check 核查整个文件夹",
            429,
            left,
        )


def read(name: str, work: Callable[..., T], *arguments: Any) -> T:
    """Do the work on a document in a process of its own. Raises BadInput as the work does, or where it takes too
    long; ComeBack where too many documents are being read.
    """
    with _held(DOORS, 0), _held(PLACES, PATIENCE):
        return bounded.run(bounded.Task(name, work, arguments), SECONDS)


@contextmanager
def _held(places: threading.BoundedSemaphore, patience: float) -> Iterator[None]:
    if not places.acquire(blocking=patience > 0, timeout=patience or None):
        raise ComeBack("现在核查的人较多，请稍等半分钟再试；您的文件没有问题", 503, 30)
    try:
        yield
    finally:
        places.release()


def told(response: HttpResponse, refused: BadInput) -> HttpResponse:
    """Give the page of a refusal the status it deserves."""
    response.status_code = 422
    if isinstance(refused, ComeBack):
        response.status_code = refused.status
        response["Retry-After"] = str(refused.seconds)
    return response


def network(request: HttpRequest) -> str:
    """The visitor's address, of IPv6 the network one household or office has."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
