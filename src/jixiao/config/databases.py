"""The two databases of the ledger: SQLite in the home, or PostgreSQL where an address is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database_settings(address: str, home: Path) -> dict[str, Any]:
    """Django's settings for `address` (postgres://…), or for SQLite where it is empty."""
    if not address:
        return sqlite_settings(home / "db.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"JIXIAO_DATABASE 应以 postgres:// 开头，写成了 {parts.scheme or address}")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def sqlite_settings(path: Path | str) -> dict[str, Any]:
    """SQLite as a ledger wants it: WAL, writers queue instead of failing, nothing acknowledged is lost on power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
        },
    }
