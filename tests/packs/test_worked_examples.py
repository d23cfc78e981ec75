"""Every worked example of every indicator and scheme in the packaged packs gives what it says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.packs.shelf import Shelf, catalogue, filed_number, pipe_table, typed

from jixiao.catalogue.columns import FILED_TABLE, LINK_TABLE
from jixiao.catalogue.indicators import Example, Indicator
from jixiao.catalogue.schemes import Scheme
from jixiao.evaluation import examples
from jixiao.indicators import run
from jixiao.values import Figure, Period, Status

WORKED = [
    pytest.param(indicator, place, id=f"{indicator.full_id}-{place + 1}")
    for indicator in catalogue().indicators.values()
    for place in range(len(indicator.examples))
]


def period_of(words: dict[str, Any]) -> Period:
    """A calendar year may be told by its number alone."""
    if "from" in words:
        return Period(words["basis"], str(words["label"]), words["from"], words["to"], words["year"])
    year = int(words["label"])
    return Period(words["basis"], f"{year}年度", date(year, 1, 1), date(year, 12, 31), year)


def fill(shelf: Shelf, indicator: Indicator, example: Example) -> None:
    records = _records(indicator, example)
    for name, table in records.items():
        kind = catalogue().kind(name)
        for cells in pipe_table(table):
            shelf.put(kind.table, typed(kind, cells))
    for number, cells in enumerate(pipe_table(example.links)):
        source = next(kind for name in records if cells["role"] in (kind := catalogue().kind(name)).links)
        linked = {"id": str(number), "org": "o", "role": f"{source.full_id}.{cells['role']}"}
        linked |= {
            "source_id": cells["source"],
            "target_id": cells["target"],
            "linked_on": cells.get("linked_on", ""),
        }
        shelf.put(LINK_TABLE, {name: value or None for name, value in linked.items()})
    period, as_of = period_of(example.period), example.period["as_of"]
    for name, written in example.filed.items():
        item = catalogue().filed_item(name)
        row = {"id": name, "org": "o", "item": item.full_id, "basis": period.basis, "label": period.label}
        row |= {"from_on": period.from_on, "to_on": period.to_on, "stated_on": as_of, "qualifier": "exact"}
        shelf.put(FILED_TABLE, {**row, "value": filed_number(item, written)})


def _records(indicator: Indicator, example: Example) -> dict[str, str]:
    if example.records == "same":
        before = indicator.examples[indicator.examples.index(example) - 1]
        return _records(indicator, before)
    if isinstance(example.records, str):
        return {indicator.rows.kind: example.records} if indicator.rows and example.records else {}
    return dict(example.records)


def figure_of(indicator: Indicator, example: Example) -> Figure:
    shelf = Shelf()
    fill(shelf, indicator, example)
    period, as_of = period_of(example.period), example.period["as_of"]
    asked = run.Request(indicator.full_id, "o", period, as_of)
    (figure,) = run.figures(catalogue(), [asked], shelf, lambda org, basis, year: period)
    return figure


@pytest.mark.parametrize(("indicator", "place"), WORKED)
def test_example_gives_what_it_says(indicator: Indicator, place: int) -> None:
    example = indicator.examples[place]
    figure = figure_of(indicator, example)
    if example.gives == "none":
        assert figure.exact is None
        assert figure.status is (Status.REPORTED if example.prints else Status.NONE)
    elif example.gives == "not_reported":
        assert figure.status is Status.NOT_REPORTED
    else:
        assert figure.exact == Fraction(str(example.gives))
    if example.prints:
        assert figure.text == example.prints


@pytest.mark.parametrize("indicator", catalogue().indicators.values(), ids=lambda one: one.full_id)
def test_every_indicator_has_an_example(indicator: Indicator) -> None:
    assert indicator.examples


@pytest.mark.parametrize("scheme", catalogue().schemes.values(), ids=lambda one: one.full_id)
def test_scheme_examples_earn_what_they_say(scheme: Scheme) -> None:
    tried = examples.run(scheme)
    assert tried
    assert [(one.example.name, one.score.earned) for one in tried if not one.holds] == []
