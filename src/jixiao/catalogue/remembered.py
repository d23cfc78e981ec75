"""What follows from a definition alone is worked out once for each: definitions never change."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

D = TypeVar("D")
T = TypeVar("T")


def remembered(ask: Callable[[D], T]) -> Callable[[D], T]:
    """Answer once for each definition, by identity, and forget the answer with the definition."""
    known: dict[int, tuple[weakref.ref[Any], T]] = {}

    @wraps(ask)
    def answer(definition: D) -> T:
        name = id(definition)
        found = known.get(name)
        if found is not None and found[0]() is definition:
            return found[1]
        told = ask(definition)
        known[name] = weakref.ref(definition, lambda _: known.pop(name, None)), told
        return told

    return answer
