"""More than a thousand made-up reports: no false flag, figures read right, errors of every class and size found."""

from __future__ import annotations

import os

import pytest
from benchmarks.generation.measure import false_flags, planted, quantities, tables_of

REPORTS = int(os.environ.get("JIXIAO_REPORTS", "1200"))
FIRST = 10_000  # other seeds than the short run has
FORMS = ("txt", "txt", "txt", "docx", "html", "xlsx")

pytestmark = pytest.mark.soak


def test_clean_reports_stay_clean() -> None:
    assert list(false_flags(range(FIRST, FIRST + REPORTS), FORMS)) == []


def test_clean_pages_stay_clean() -> None:
    assert list(false_flags(range(FIRST, FIRST + REPORTS // 40), ("pdf",))) == []


def test_quantities_are_read_right() -> None:
    reading = quantities(range(FIRST, FIRST + REPORTS))
    assert reading.score >= 0.99, reading.examples[:20]
    assert reading.other_qualifier <= 0.02 * reading.right


def test_planted_errors_are_found() -> None:
    by_class, _, near = tables_of(planted(range(FIRST, FIRST + REPORTS // 4), 1, FORMS))
    told, all_of_them = (
        sum(one.found for one in by_class.values()),
        sum(one.planted for one in by_class.values()),
    )
    weak = {name: one.missed[:3] for name, one in by_class.items() if one.found < 0.8 * one.planted}
    assert weak == {}
    assert told >= 0.95 * all_of_them, f"{told} of {all_of_them}"
    assert near.found == 0, "an alarm over what rounding explains"
