"""The golden vectors in the schemes and indicators of the packs: what a filled form of a real year came to."""

from __future__ import annotations

import pytest
from tests.packs.shelf import catalogue

from jixiao.catalogue.schemes import Scheme
from jixiao.evaluation import examples
from jixiao.indicators import examples as worked

VECTORS = {
    "staff_control_rate": "95.1%",
    "three_public_change": "98.31%",
    "budget_completion_rate": "99.27%",
    "budget_control_rate": "39.94%",
    "three_public_control_rate": "69.79%",
    "three_public_final_change": "52.3%",
}


@pytest.mark.parametrize(("name", "printed"), VECTORS.items())
def test_rate_of_the_filled_form(name: str, printed: str) -> None:
    first, *_ = worked.run(catalogue(), catalogue().indicator(f"finance/{name}"))
    assert first.figure is not None
    assert first.figure.text == printed
    assert first.problem == ""


@pytest.mark.parametrize("scheme", catalogue().schemes.values(), ids=lambda one: one.full_id)
def test_scheme_examples_earn_what_they_say(scheme: Scheme) -> None:
    tried = examples.run(scheme)
    assert tried
    assert [(one.example.name, one.score.earned) for one in tried if not one.holds] == []
