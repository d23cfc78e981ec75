"""How far a commit has come, told beside the database: nobody else sees into its one transaction before it ends."""

from __future__ import annotations

import time
from pathlib import Path

from jixiao.errors import BadInput
from jixiao.ledger.home import home


class Cancelled(BadInput):
    """Somebody asked to stop; nothing was recorded."""


def tell(id: str, done: int, total: int) -> None:
    """Note the progress. Raises Cancelled where somebody asked to stop."""
    if _path(id, "cancel").exists():
        raise Cancelled("已按要求停止，没有导入任何记录；可以重新确认，或取消这次导入")
    _path(id, "progress").parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _path(id, "progress").write_text(f"{done} {total}", encoding="ascii")


def asked(id: str) -> tuple[int, int, float] | None:
    """(done, of how many, seconds since it was told), None where nothing is under way."""
    try:
        path = _path(id, "progress")
        done, total = path.read_text(encoding="ascii").split()
        return int(done), int(total), time.time() - path.stat().st_mtime
    except (OSError, ValueError):
        return None


def stop(id: str) -> None:
    """Ask the commit to stop."""
    _path(id, "cancel").parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _path(id, "cancel").touch()


def clear(id: str) -> None:
    for what in ("progress", "cancel"):
        _path(id, what).unlink(missing_ok=True)


def _path(id: str, what: str) -> Path:
    return home() / "imports" / f"{id}.{what}"
