"""Every example in every packaged indicator comes out as written; a wrong one is told in words."""

from __future__ import annotations

import pytest

from jixiao.catalogue import Catalogue, load
from jixiao.catalogue.catalogue import FOLDERS, Version, assemble
from jixiao.catalogue.indicators import Example
from jixiao.indicators import examples

CATALOGUE = load()


@pytest.mark.parametrize("name", list(CATALOGUE.indicators))
def test_examples_of(name: str) -> None:
    outcomes = examples.run(CATALOGUE, CATALOGUE.indicators[name])
    assert outcomes
    assert [outcome.problem for outcome in outcomes if outcome.problem] == []


def altered(name: str, **changes: object) -> tuple[Catalogue, str]:
    """The catalogue with the first example of an indicator changed."""
    found = CATALOGUE.indicators[name]
    example = Example.model_validate({**found.examples[0].model_dump(), **changes})
    versions = [
        Version(folder, None, one)
        for folder in FOLDERS
        for one in getattr(CATALOGUE, folder).values()
        if one.full_id != name
    ]
    changed = found.model_copy(update={"examples": (example,)})
    return assemble(CATALOGUE.packs, [*versions, Version("indicators", None, changed)], CATALOGUE.day), name


def a_counted() -> str:
    counted = (one for one in CATALOGUE.indicators.values() if one.count is not None and not one.is_rate)
    return next(counted).full_id


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"gives": 987}, "应得 987"),
        ({"prints": "九百件"}, "应印作“九百件”"),
        ({"gives": "许多"}, "应写数、分数"),
        ({"records": "id | nonsense\n1 | 2"}, "没有的列“nonsense”"),
        ({"records": "same"}, "不能写 records: same"),
    ],
)
def test_a_wrong_example_is_told(changes: dict[str, object], told: str) -> None:
    catalogue, name = altered(a_counted(), **changes)
    (outcome,) = examples.failures(catalogue)
    assert outcome.indicator == name
    assert told in outcome.problem
