"""The catalogue the ledger works under: loaded once per process from the packaged packs and the office's own.

Settings may name `JIXIAO_PACKS` (a list of packaged packs; absent: all) and `JIXIAO_PACK_FOLDERS` (folders of
local packs; absent: `packs/` in the home, where it exists).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from jixiao.catalogue import Catalogue, load
from jixiao.ledger import clock
from jixiao.ledger.home import home

_override: list[Catalogue] = []


def catalogue(on: date | None = None) -> Catalogue:
    """Give the definitions in force on a day (default: today). Raises PackErrors."""
    if _override:
        return _override[-1] if on is None else _override[-1].on(on)
    return _in_force(on or clock.today())


@lru_cache(maxsize=16)
def _in_force(day: date) -> Catalogue:
    return _loaded().on(day)


@lru_cache(maxsize=1)
def _loaded() -> Catalogue:
    return load(getattr(settings, "JIXIAO_PACKS", None), folders())


def folders() -> tuple[Path, ...]:
    """The folders of local packs."""
    named = getattr(settings, "JIXIAO_PACK_FOLDERS", None)
    if named is not None:
        return tuple(Path(folder) for folder in named)
    local = home() / "packs"
    return (local,) if local.is_dir() else ()


@contextmanager
def working_under(other: Catalogue) -> Iterator[Catalogue]:
    """Let the ledger work under another catalogue: a pack being tried, a test."""
    _override.append(other)
    try:
        yield other
    finally:
        _override.pop()
