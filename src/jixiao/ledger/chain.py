"""The hash chain of an org's events: canonical form, digest, next hash. What was written cannot be changed
unseen.

A hash is SM3 over the previous hash and the canonical form of the event. `jixiao.ledger.audit` walks the
chain.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes

START = "0" * 64
SIMPLE = frozenset({str, int, bool, type(None)})
HASHED = (
    "id", "chain", "sequence", "record", "root", "version", "act", "step", "changes", "undoes",
    "happened_on", "entered_at", "by", "note", "digest", "previous",
)  # fmt: skip


def sm3(content: bytes) -> str:
    """SM3 (GB/T 32905) of the bytes, as 64 hexadecimal digits."""
    hasher = hashes.Hash(hashes.SM3())
    hasher.update(content)
    return hasher.finalize().hex()


def canonical(value: object) -> bytes:
    """The one way to write data for hashing: sorted keys, no spaces, UTF-8, no floats."""
    return json.dumps(
        _plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(value: object) -> str:
    return sm3(canonical(value))


def event_hash(event: Any) -> str:
    """The hash of an event (a row, or anything with its attributes), over everything it says."""
    content = {name: getattr(event, name) for name in HASHED}
    content["entered_at"] = event.entered_at.astimezone(UTC).isoformat(timespec="microseconds")
    return sm3(event.previous.encode() + b"\n" + canonical(content))


def _plain(value: object) -> object:
    sort = type(value)
    if sort in SIMPLE:
        return value
    if sort is dict:  # most of what is hashed: told apart by its very type, which is quickest
        return {str(name): one if type(one) in SIMPLE else _plain(one) for name, one in value.items()}  # type: ignore[attr-defined]
    match value:
        case Mapping():
            return {str(name): _plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case None | bool() | int() | str():
            return value
    raise TypeError(f"{type(value).__name__} has no canonical form")
