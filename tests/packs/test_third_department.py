"""A department nobody prepared for: a pack of files beside those that come with the program, and everything follows."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest

from jixiao.catalogue import load

FOLDER = Path(__file__).parent / "education"
ORG = "demo-education"
pytestmark = pytest.mark.django_db


@cache
def rules_of_all():
    """The packs that come with the program, and the department's own beside them."""
    return load(None, [FOLDER], day=datetime.date(2021, 3, 1))


@pytest.fixture(autouse=True)
def bureau(settings, tmp_path, monkeypatch):
    """The example bureau, installed from its files alone."""
    from jixiao.ledger import clock, examples, rules

    settings.HOME = tmp_path
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2021, 3, 1))
    with rules.working_under(rules_of_all()):
        yield examples.install(FOLDER / "education" / "examples" / ORG)


def test_the_example_bureau_is_installed(bureau):
    assert bureau.org.title == "示例区教育局"
    assert bureau.records == 24
