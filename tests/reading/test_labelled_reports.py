"""The reader against published reports labelled by hand, where those stand beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jixiao.reading.quantities import find

SHARED = Path(__file__).parents[3] / "shared"


def pairs(folder: str) -> list[tuple[Path, Path]]:
    labels = sorted((SHARED / "reading" / folder).glob("[0-9]*.jsonl"))
    texts = SHARED / ("reading/reports" if folder == "reports" else "seeds")
    return [(texts / f"{label.stem}.txt", label) for label in labels]


def tally(text: str, labels: list[dict[str, object]]) -> tuple[int, int, int, int]:
    """Right, too many, missing, and right but with another qualifier; optional labels count neither way."""
    wanted = {(label["start"], label["end"]): label for label in labels if not label.get("optional")}
    arguable = [(int(str(x["start"])), int(str(x["end"]))) for x in labels if x.get("optional")]
    right = wrong = unsure = 0
    for mention in find(text):
        label = wanted.get((mention.start, mention.end))
        if label is None:
            wrong += not any(mention.start < end and start < mention.end for start, end in arguable)
            continue
        value = float(str(label["value"]))
        same_value = abs(float(mention.quantity.value) - value) <= 1e-9 * max(1.0, abs(value))
        same = same_value and label["unit"] in ("", mention.quantity.unit)
        right, wrong = right + same, wrong + (not same)
        unsure += same and label["qualifier"] != mention.quantity.qualifier
    return right, wrong, len(wanted) - right, unsure


@pytest.mark.parametrize(("folder", "floor"), [(".", 0.98), ("reports", 0.97)])
def test_value_unit_and_span_agree_with_the_labels(folder: str, floor: float) -> None:
    if not (SHARED / "reading").is_dir():
        pytest.skip(f"labelled reports are missing: {SHARED / 'reading'}")
    counts = [0, 0, 0, 0]
    for text_file, label_file in pairs(folder):
        with text_file.open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        labels = [json.loads(line) for line in label_file.read_text(encoding="utf-8").splitlines()]
        counts = [old + new for old, new in zip(counts, tally(text, labels), strict=True)]
    right, wrong, missing, unsure = counts
    assert right > 50
    assert 2 * right / (2 * right + wrong + missing) >= floor, counts
    assert unsure / right <= 0.02, counts
