"""The rows of the examples against the labels of the two published reports: same order, value, unit, qualifier."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT.parent / "shared" / "reading"
PACKS = ROOT / "src" / "jixiao" / "packs"


@pytest.mark.parametrize(
    ("labels", "printed"),
    [
        ("003_53e5b80ad8540d0c.jsonl", "cppcc/examples/demo-cppcc/printed.yaml"),
        ("000_9849b3c47c4c7af1.jsonl", "united_front/examples/demo-united-front/printed.yaml"),
    ],
)
def test_every_labelled_figure_is_a_row_of_the_example(labels: str, printed: str) -> None:
    if not (LABELS / labels).exists():
        pytest.skip("../shared is missing: the labelled reports are not at hand to compare with")
    told = [json.loads(line) for line in (LABELS / labels).read_text(encoding="utf-8").splitlines() if line]
    told = sorted((one for one in told if not one.get("optional")), key=lambda one: one["start"])
    rows: dict[str, set[tuple[Decimal, str, str]]] = {}
    for row in yaml.safe_load((PACKS / printed).read_text(encoding="utf-8")):
        rows.setdefault(row["row"], set()).add((Decimal(row["value"]), row["unit"], row["qualifier"]))
    assert [{(Decimal(str(one["value"])), one["unit"], one["qualifier"])} for one in told] == list(
        rows.values()
    )
