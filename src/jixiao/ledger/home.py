"""Where the ledger keeps its files: `$JIXIAO_HOME`, as the settings resolved it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def home() -> Path:
    return Path(settings.HOME)


def evidence_folder() -> Path:
    return home() / "evidence"
