"""Spark through the same compilation: every sort of measure over one world, in one session."""

from __future__ import annotations

from datetime import date

import pytest
from tests.spec.asking import answer_of, sessions
from tests.spec.oracle import Oracle
from tests.spec.test_words import DATED, FILED, HANDLINGS, LINKS, SUBJECTS, YEAR
from tests.spec.world import TestEngine, catalogue, indicator, world, year

from jixiao.indicators import run

WORDS = [
    "count: {key: {not: true}}",
    "sum: size",
    "distinct: class",
    "distinct: about",
    "count: {has: {test/handling: {done_on: {present: true}}}}",
    "count: {each: {test/handling: {done_on: {present: true}}}}",
    "over: {reached: filed}\ncount: {replied_on: {not_after: reply_due_on}}",
    "count: {has: {merged: {has: {merged: {key: true}}}}}",
    "count: {class: {not: c\\d}}\nper: {filed: test/roll}",
]
OTHERS = [
    "rows: {kind: test/matter, until: filed_on}\ncount: all",
    "rows: {kind: test/matter, latest: opened_on}\ncount: all",
    "rows: {kind: test/subject, alive: {from: begun_on, to: ended_on}}\ncount: all",
    "rows: {kind: test/handling, dated: given_on}\ncount: {parent: {class: a}}",
]


@pytest.mark.spark
def test_spark_agrees_with_the_oracle(pyspark: TestEngine) -> None:
    asked = [
        indicator(words, f"asked_{place}")
        for place, words in enumerate([DATED + words for words in WORDS] + OTHERS)
    ]
    found = world(LINKS, FILED, matter=YEAR, handling=HANDLINGS, subject=SUBJECTS)
    definitions, as_of = catalogue(*asked), date(2020, 10, 1)
    pyspark.fill(found)
    for org in ("o", "an org without rows"):
        requests = [run.Request(one.full_id, org, year(2020), as_of) for one in asked]
        figures = run.figures(definitions, requests, pyspark, sessions)
        oracle = Oracle(definitions, found, org, as_of)
        expected = [oracle.figure(one, year(2020), sessions) for one in asked]
        assert [answer_of(figure) for figure in figures] == expected
