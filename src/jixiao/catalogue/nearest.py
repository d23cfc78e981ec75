"""Which known names are most like a mistyped one: for messages that help instead of only refusing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(found: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names most like `found`, best first; full ids are also compared by their short part.

    >>> nearest("propsal", ["office/proposal", "office/visit"])
    ['office/proposal']
    """
    shorts: dict[str, list[str]] = {}
    for name in known:
        shorts.setdefault(name.rsplit("/", 1)[-1], []).append(name)
    near = difflib.get_close_matches(found.rsplit("/", 1)[-1], shorts, n=count, cutoff=0.6)
    return [name for short in near for name in shorts[short]][:count]


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Names in a row for a message; a long list is cut short and says so."""
    every = list(names)
    shown = "、".join(every[:limit])
    return shown if len(every) <= limit else f"{shown} 等 {len(every)} 个"
