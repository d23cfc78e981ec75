"""The checks against published reports whose relations were labelled by hand, where those stand beside the checkout."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from jixiao.reading import read
from jixiao.reading.checks import Outcome, examine
from jixiao.values import Verdict

SHARED = Path(__file__).parents[4] / "shared"
LABELS = (SHARED / "reading" / "relations.jsonl", SHARED / "reading" / "reports" / "relations.jsonl")
LEAST_FOUND = 38  # of 40; the rest compares figures under names that have nothing in common

Labels = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def labels() -> Labels:
    if not all(file.is_file() for file in LABELS):
        pytest.skip(f"labelled relations are missing: {LABELS[0].parent}")
    found: Labels = defaultdict(list)
    for file in LABELS:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                label = json.loads(line)
                found[label["doc"]].append(label)
    return found


@pytest.fixture(scope="module")
def outcomes(labels: Labels) -> dict[str, list[Outcome]]:
    files = [*(SHARED / "seeds").glob("*.txt"), *(SHARED / "reading" / "reports").glob("*.txt")]
    return {file.stem: examine(read(file)) for file in files}


def agrees(label: dict[str, object], one: Outcome) -> bool:
    """The same spans in any order; of a list, the same count and a span that shares text with the labelled one."""
    wanted = [(start, end) for start, end in label["spans"]]  # type: ignore[attr-defined]
    if (one.verdict is Verdict.KEPT) != label["holds"]:
        return False
    if label["type"] == "list" and one.type == "list":
        (start, end), (first, last) = wanted[1], one.spans[1]
        return one.spans[0] == wanted[0] and start < last and first < end
    return set(one.spans) == set(wanted)


def test_relations_are_found_and_judged_as_labelled(
    labels: Labels, outcomes: dict[str, list[Outcome]]
) -> None:
    found = [
        label
        for document, some in labels.items()
        for label in some
        if any(agrees(label, one) for one in outcomes[document])
    ]
    assert len(found) >= LEAST_FOUND


def test_nothing_is_flagged_that_is_not_labelled_as_wrong(
    labels: Labels, outcomes: dict[str, list[Outcome]]
) -> None:
    unexpected = [
        (document, one.message)
        for document, some in outcomes.items()
        for one in some
        if one.verdict in (Verdict.BROKEN, Verdict.ROUNDING)
        and not any(agrees(label, one) for label in labels.get(document, []))
    ]
    assert unexpected == []
