"""A word that is told once: kept in this process for some minutes, gone with its first showing, never in a table or a file."""

from __future__ import annotations

from django.core.cache import cache

KEPT_SECONDS = 600


def keep(by: int, about: int, word: str) -> None:
    """Let the person `by` see the word about the account once; an earlier unseen one is forgotten."""
    cache.set(_key(by, about), word, KEPT_SECONDS)


def is_waiting(by: int, about: int) -> bool:
    """Whether a word was kept and not seen yet."""
    return cache.get(_key(by, about)) is not None


def take(by: int, about: int) -> str:
    """The word, for the only time; empty where it was seen or too much time has passed."""
    word = cache.get(_key(by, about))
    return word if word and cache.delete(_key(by, about)) else ""


def _key(by: int, about: int) -> str:
    return f"once:{by}:{about}"
