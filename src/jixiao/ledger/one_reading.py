"""What is asked again and again while one page is read (who holds which roles, which org came from which) is asked once.

Only `reading()` opens such a time, around a question that changes nothing; whoever acts asks anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_known: ContextVar[dict[Any, Any] | None] = ContextVar("known while reading", default=None)
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def reading() -> Iterator[None]:
    """The time of one question; what was learnt is forgotten at its end."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


def is_reading() -> bool:
    """Whether a question that changes nothing is being answered."""
    return _known.get() is not None


def once(ask: Callable[P, T]) -> Callable[P, T]:
    """Answer the same question in the same reading without asking again. Callers leave the answer as it is."""

    @wraps(ask)
    def answer(*given: P.args, **named: P.kwargs) -> T:
        known = _known.get()
        if known is None:
            return ask(*given, **named)
        key = (ask, given, tuple(sorted(named.items())))
        if key not in known:
            known[key] = ask(*given, **named)
        answered: T = known[key]
        return answered

    return answer
