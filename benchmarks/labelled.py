"""The published reports labelled by hand that may stand beside the checkout: figures and relations.

The rules of the reader were written while these were read, so what is measured on them is no measure of
reports nobody here has seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[2] / "shared"
NOTE = "规则编写时读过这些文件，数字偏高，不代表未见过的报告"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its labelled figures and relations, in the words of the standard."""

    name: str
    text: str
    figures: list[dict[str, Any]]
    relations: list[dict[str, Any]]


def labelled() -> list[Labelled]:
    """Every labelled file; none where the folder is missing."""
    return sorted(_files(), key=lambda one: one.name)


def _files() -> Iterator[Labelled]:
    reading = SHARED / "reading"
    for folder, texts in ((reading, SHARED / "seeds"), (reading / "reports", reading / "reports")):
        relations = _lines(folder / "relations.jsonl")
        for figures in folder.glob("[0-9]*.jsonl"):
            text = (texts / f"{figures.stem}.txt").read_bytes().decode("utf-8")
            of_it = [one for one in relations if one["doc"] == figures.stem]
            yield Labelled(figures.stem, text, _lines(figures), of_it)


def _lines(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
