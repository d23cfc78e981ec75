"""Reports made up from seeds: clean ones stay clean, their figures are read right, planted errors are found.

A short run; `make soak` has the long one, `make bench` prints the shares by class and size.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from unicodedata import normalize

import pytest
from benchmarks.generation.files import FORMS
from benchmarks.generation.layouts import LAYOUTS, Layout, typeset
from benchmarks.generation.measure import CLASSES, false_flags, found, quantities, sampled
from benchmarks.generation.model import Report
from benchmarks.generation.reports import report

from jixiao.reading import read
from jixiao.reading.checks import examine

CLEAN = 32
EACH = 3


def test_nothing_in_clean_reports_is_called_broken() -> None:
    assert list(false_flags(range(CLEAN), ("txt", "txt", *FORMS))) == []


def test_quantities_of_clean_reports_are_read_right() -> None:
    reading = quantities(range(CLEAN))
    assert reading.right > 500
    assert reading.examples == []
    assert reading.other_qualifier == 0


def relations(report: Report, layout: Layout) -> Counter[tuple[str, ...]]:
    reading = read(typeset(report, layout).data, "report.txt")
    text = reading.document.text
    return Counter(
        (one.type, one.verdict, *(plain(text[start:end]) for start, end in one.spans))
        for one in examine(reading)
    )


def plain(text: str) -> str:
    """What is left of a stretch whose layout may differ: numbers and words, not white space or width."""
    return normalize("NFKC", "".join(text.split()))


@pytest.mark.parametrize("layout", LAYOUTS[2:], ids=str)
def test_layout_changes_little_of_what_is_found(layout: Layout) -> None:
    whole = other = 0
    for seed in range(CLEAN):
        one = report(seed)
        flat, set_otherwise = relations(one, LAYOUTS[0]), relations(one, layout)
        whole += flat.total()
        other += (flat - set_otherwise).total() + (set_otherwise - flat).total()
    assert whole > 200
    assert other <= 0.05 * whole


@pytest.fixture(scope="module")
def results() -> dict[str, list[tuple[bool, str]]]:
    by_class: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for error, form, seed in sampled(EACH):
        told, words = found(error, form, seed)
        by_class[error.family].append((told, f"{error.size}：{error.before} → {error.after}｜{words}"))
    return by_class


@pytest.mark.parametrize("family", CLASSES)
def test_planted_errors_are_found(results: dict[str, list[tuple[bool, str]]], family: str) -> None:
    missed = [words for told, words in results[family] if not told]
    assert len(results[family]) == EACH
    assert len(missed) <= EACH // 3, missed  # one of three may be of a kind the check says it cannot see


def test_few_planted_errors_are_missed(results: dict[str, list[tuple[bool, str]]]) -> None:
    told = [one for some in results.values() for one, _ in some]
    assert sum(told) >= 0.95 * len(told), f"{sum(told)} of {len(told)}"
