"""The committed reference is what the generator writes now: definitions, commands and example figures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"
PAGES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md"))


def test_every_page_is_current() -> None:
    """In a process of its own: the seeds are computed in a ledger that the generator makes for itself."""
    asked = [sys.executable, "-m", "scripts.reference", "--check"]
    done = subprocess.run(
        asked, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "COLUMNS": "60"}
    )
    assert done.returncode == 0, f"run `make docs`; not current: {done.stderr}"


@pytest.mark.parametrize("name", PAGES)
def test_links_inside_the_reference_lead_somewhere(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    dead = []
    for target in re.findall(r"\]\(([^)\s]*)\)", text):
        file, _, anchor = target.partition("#")
        page = (FOLDER / name).parent / file if file else FOLDER / name
        if not page.is_file() or (anchor and anchor not in _anchors(page)):
            dead.append(target)
    assert dead == []


def _anchors(page: Path) -> set[str]:
    """The anchors written out, and those that a heading in plain words gets by itself."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ ([A-Za-z ]+)$", text, re.M)
    return {
        *re.findall(r'<a id="([^"]+)">', text),
        *(heading.lower().replace(" ", "-") for heading in headings),
    }


def test_an_altered_page_is_called_stale() -> None:
    from scripts.reference import pages

    kept = {name: (FOLDER / name).read_text(encoding="utf-8") for name in PAGES}
    assert pages.stale(kept) == []
    seeds = kept["seeds.md"]
    assert pages.stale({**kept, "seeds.md": seeds.replace("| 20 |", "| 21 |")}) == ["seeds.md"]
    assert pages.stale({name: text for name, text in kept.items() if name != "packs/base.md"}) == [
        "packs/base.md"
    ]
