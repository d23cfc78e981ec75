"""The server's secret key: made once, kept in the home, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from jixiao.config import home_folder


def secret_key(home: Path) -> str:
    """The key kept in the home; a new one is written atomically on first use."""
    path = home / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        home_folder.make(home)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        return path.read_text(encoding="ascii").strip()
