"""Names of files and folders that every system takes: what people read in them, nothing that a system stumbles over."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 60  # signs; the whole path of an unpacked file must stay short on an office PC
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe(name: str, empty: str = "未命名") -> str:
    """A name without separators, control signs, direction marks, outer dots and spaces, cut at a sensible length."""
    plain = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", name.replace("\n", " ")))
    shown = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc", "Cs", "Co"))
    cut = " ".join(shown.split())[:LONGEST].strip(". ")
    return f"_{cut}" if _RESERVED.fullmatch(cut) else cut or empty


def safe_file(name: str, empty: str = "未命名") -> str:
    """As `safe`, and the extension is kept whole."""
    extension = PurePosixPath(name).suffix
    kept = re.sub(r"[^A-Za-z0-9.]", "", extension)[:10]
    stem = name[: len(name) - len(extension)] if extension else name
    return safe(stem, empty) + (kept.lower() if len(kept) > 1 else "")
