"""The golden vectors in the schemes and indicators of the packs: what a filled form of a real year came to."""

from __future__ import annotations

import pytest
from tests.packs.shelf import catalogue

from jixiao.catalogue.schemes import Scheme, TargetLeaf
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


def test_goal_table_of_the_finance_pack_is_ten_fifty_thirty_ten_and_shows_every_method() -> None:
    samples = [one for one in catalogue().schemes.values() if one.sample]
    assert [one.full_id for one in samples] == ["finance/goal_table"]
    assert [int(node.points) for node in samples[0].tree] == [10, 50, 30, 10]
    shown = {
        node.leaf.method.name
        for scheme in catalogue().schemes.values()
        for node in scheme.leaves
        if isinstance(node.leaf, TargetLeaf)
    }
    known = {
        "proportional",
        "execution",
        "deduct",
        "bands",
        "interval",
        "yes_no",
        "checkpoints",
        "three_band",
    }
    assert shown == known | {"manual_with_reason", "direct"}
