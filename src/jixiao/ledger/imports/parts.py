"""Many things in parts of a size that memory and databases take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def in_parts(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """The things in lists of at most `size`, in their order."""
    source = iter(things)
    while part := list(islice(source, size)):
        yield part
