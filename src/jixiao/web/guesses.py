"""Wrong passwords from one address, whatever the names: axes counts those for one name, this the one tried on everybody's.

Counted in this process; an office behind one address has room for its slips of the hand.
"""

from __future__ import annotations

import time

from django.core.cache import caches
from django.http import HttpRequest

from jixiao.web.strangers import network

MOST = 100
WINDOW = 30 * 60


def are_spent(request: HttpRequest) -> bool:
    """Whether so many were wrong from this address in this half hour that no more are looked at."""
    return int(caches["visitors"].get(_key(request), 0)) >= MOST


def note(request: HttpRequest) -> None:
    """Count one that was wrong."""
    counts, key = caches["visitors"], _key(request)
    counts.add(key, 0, WINDOW)
    try:
        counts.incr(key)
    except ValueError:  # thrown out meanwhile: there are very many addresses
        counts.set(key, 1, WINDOW)


def _key(request: HttpRequest) -> str:
    return f"guesses:{network(request)}:{int(time.time()) // WINDOW}"
