"""Rules of the house that no type checker sees: data stays in packs, nothing tells of machines or hosts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "jixiao"
SHARED = ROOT.parent / "shared"
RUN = 14  # Chinese characters in a row that two texts by two hands do not share by chance
CHINESE = re.compile(rf"[\u4e00-\u9fff]{{{RUN},}}")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.splitlines() if (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_python_file_contains_a_pack_id() -> None:
    packs = [path.parent.name for path in (SOURCE / "packs").glob("*/pack.yaml")]
    assert packs
    word = re.compile(rf"""["'](?:{"|".join(map(re.escape, packs))})(?:/[a-z_]+)?["']""")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in SOURCE.rglob("*.py")
        if "config" not in path.parts
        for match in word.finditer(text_of(path))
    ]
    assert found == []


def test_no_python_lies_in_packs() -> None:
    assert list((SOURCE / "packs").rglob("*.py")) == []


def test_lock_files_name_no_host() -> None:
    for name in ("requirements.lock", "scripts/uv.requirements"):
        assert not re.search(r"https?://|file:|--index|--find-links", text_of(ROOT / name)), name


def test_no_path_of_a_machine_is_tracked() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|root|home/[a-z]+)/[A-Za-z.]")
    found = [str(path.relative_to(ROOT)) for path in tracked() if machine.search(text_of(path))]
    assert found == []


def test_vocabulary_stays_a_vocabulary() -> None:
    from jixiao.catalogue.conditions import COMPARISONS, WORDS
    from jixiao.catalogue.indicators import Rows

    measures = {"rows", "where", "count", "sum", "distinct", "filed", "over", "per", "indicator"}
    words = measures | {name.rstrip("_") for name in Rows.model_fields} | WORDS | COMPARISONS
    assert len(words) <= 25, sorted(words)


def test_every_indicator_has_an_example() -> None:
    files = sorted((SOURCE / "packs").glob("*/indicators/*.yaml"))
    assert files
    without = [path.stem for path in files if not yaml.safe_load(text_of(path)).get("examples")]
    assert without == []


def test_decisions_are_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", text_of(folder / "README.md")))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def test_no_sentence_of_the_published_reports() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is missing: the published reports are not at hand to compare with")
    grams: dict[str, str] = {}
    for path in [*SHARED.glob("seeds/*.txt"), *SHARED.glob("reading/reports/*.txt")]:
        for run in CHINESE.findall(text_of(path)):
            grams.update((run[i : i + RUN], path.name) for i in range(len(run) - RUN + 1))
    found = []
    for path in tracked():
        for run in CHINESE.findall(text_of(path)):
            hit = next(
                (run[i : i + RUN] for i in range(len(run) - RUN + 1) if run[i : i + RUN] in grams), None
            )
            if hit:
                found.append(f"{path.relative_to(ROOT)}: {hit}")
    assert found == []
