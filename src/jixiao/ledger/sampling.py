"""Samples of records for whoever inspects: every n-th, at random from a seed, or those with most money.

Each is the same for anybody who draws it again: a random one depends on the seed and the records' ids alone, not on
their order, the day or the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def every(items: Sequence[T], step: int, start: int = 1) -> list[T]:
    """The `start`-th item and every `step`-th after it. Both count from 1."""
    return list(items[max(start, 1) - 1 :: max(step, 1)])


def at_random(items: Sequence[T], count: int, seed: str, key: Callable[[T], str]) -> list[T]:
    """`count` items drawn without order: those whose key gives the smallest SHA-256 after the seed, in their own order."""
    drawn = sorted(items, key=lambda item: _digest(seed, key(item)))[: max(count, 0)]
    chosen = {key(item) for item in drawn}
    return [item for item in items if key(item) in chosen]


def greatest(items: Sequence[T], count: int, amount: Callable[[T], int | None]) -> list[T]:
    """The `count` items with the greatest amounts, the greatest first; items without an amount are left out."""
    known = [(amount(item), item) for item in items]
    found = [(value, item) for value, item in known if value is not None]
    return [item for _, item in sorted(found, key=lambda one: -one[0])[: max(count, 0)]]


def _digest(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{key}".encode()).digest()
