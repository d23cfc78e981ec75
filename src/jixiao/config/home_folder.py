"""The home folder and its database file: for their owner alone, and closed where they stood open to everybody.

A group that somebody let in on purpose stays; a folder that holds other things too is left as it is.
"""

from __future__ import annotations

import os
from pathlib import Path

DATABASE_FILES = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "db.sqlite3-journal")
OURS = frozenset({*DATABASE_FILES, "evidence", "packs", "secret_key"})
EVERYBODY = 0o007


def named() -> Path:
    """The home that the environment names: $JIXIAO_HOME, else ./home."""
    return Path(os.environ.get("JIXIAO_HOME") or "home").expanduser().resolve()


def has_database() -> bool:
    """Is there a database to ask? One at an address of its own is taken to be there."""
    return bool(os.environ.get("JIXIAO_DATABASE")) or (named() / DATABASE_FILES[0]).is_file()


def make(home: Path) -> None:
    """Make the folder, readable by its owner only; one that is there is left as it is."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


def close(home: Path) -> bool:
    """Close the folder to everybody else; False where it holds things of others and stays open."""
    if not _is_open(home):
        return True
    if any(path.name not in OURS for path in home.iterdir()):
        return False
    home.chmod(0o700)
    return True


def close_database(path: Path) -> None:
    """Make the database file where it is missing, before a byte is in it, and close it to everybody else."""
    path.touch(mode=0o600, exist_ok=True)
    for file in (path.with_name(name) for name in DATABASE_FILES):
        if file.exists() and _is_open(file):
            file.chmod(0o600)


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & EVERYBODY)
