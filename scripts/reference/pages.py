"""The set of pages and the folder they lie in: what it should hold, what in it is stale, writing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from scripts.reference import command_line, coverage, index, pack_format, pack_page, seeds, vocabulary

from jixiao.catalogue import load

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
LATEST = date.max  # of a definition with versions the last one is described, and the days of all are listed


def written() -> dict[str, str]:
    """Every page by its path below docs/reference; takes a few seconds, for the seeds are computed."""
    catalogue = load(day=LATEST)
    found = {
        "vocabulary.md": vocabulary.page(),
        "pack-format.md": pack_format.page(),
        "command-line.md": command_line.page(),
        "coverage.md": coverage.page(catalogue),
        "seeds.md": seeds.page(),
        **{f"packs/{pack}.md": pack_page.page(catalogue, pack) for pack in catalogue.packs},
    }
    return {"README.md": index.page(catalogue), **found}


def stale(found: Mapping[str, str]) -> list[str]:
    """The pages that are missing, differ, or describe a pack that is no more."""
    differing = [name for name, text in found.items() if _kept(name) != text]
    packs = {f"packs/{path.name}" for path in (FOLDER / "packs").glob("*.md")}
    return sorted({*differing, *(packs - set(found))})


def write(found: Mapping[str, str]) -> None:
    """Write every page and remove those of packs that are no more."""
    for name, text in found.items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8")
    for path in (FOLDER / "packs").glob("*.md"):
        if f"packs/{path.name}" not in found:
            path.unlink()


def _kept(name: str) -> str | None:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.is_file() else None
