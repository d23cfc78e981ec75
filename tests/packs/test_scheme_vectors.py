"""The golden vectors in the schemes and indicators of the packs: what a filled form of a real year came to."""

from __future__ import annotations

import pytest
from tests.packs.shelf import catalogue

from jixiao.catalogue import load
from jixiao.catalogue.methods import Deduct, ThreeBand
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


@pytest.mark.parametrize("scheme", load().schemes.values(), ids=lambda one: one.full_id)
def test_scheme_examples_earn_what_they_say(scheme: Scheme) -> None:
    tried = examples.run(scheme)
    assert tried
    assert [(one.example.name, one.score.earned) for one in tried if not one.holds] == []


def test_goal_table_of_the_finance_pack_is_ten_fifty_thirty_ten_and_shows_every_method() -> None:
    goal_table = catalogue().scheme("finance/goal_table")
    assert goal_table.sample
    assert [int(node.points) for node in goal_table.tree] == [10, 50, 30, 10]
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


def test_weights_with_cost_indicators_are_none_for_years_before_them() -> None:
    with_cost = catalogue().scheme("finance/weights_cost_2021")
    assert [int(node.points) for node in with_cost.tree] == [10, 20, 40, 20, 10]
    assert not with_cost.is_of(2020)
    assert with_cost.is_of(2022)


def test_all_28_indicators_of_the_framework_of_2013_are_there() -> None:
    framework = catalogue("hunan").scheme("common_indicators/framework_2013")
    assert [len(list(node.leaves)) for node in framework.tree] == [5, 15, 4, 4]


def test_one_name_carries_another_rule_elsewhere() -> None:
    """0.8 points a percentage point in the provincial form, 0.5 in one city's."""
    rules = [
        next(node.leaf for node in catalogue("hunan").scheme(name).leaves if node.id == "three_public_change")
        for name in ("hunan/common_2018", "hunan/yueyang")
    ]
    methods = [leaf.method for leaf in rules if isinstance(leaf, TargetLeaf)]
    assert [str(method.minus) for method in methods if isinstance(method, Deduct)] == ["0.8", "0.5"]


def test_warning_lines_belong_to_one_province() -> None:
    assert [rule.pack for rule in load().alarms.values()] == ["sichuan"]


@pytest.mark.parametrize(
    ("name", "weights", "years"),
    [
        ("finance/weights_hb", [20, 40, 40], (None, None)),
        ("sichuan/pidu_department", [30, 70], (2025, None)),
        ("sichuan/department_2019", [25, 30, 45], (None, 2019)),
    ],
)
def test_weights_seen_elsewhere_are_samples_of_their_own_years_and_wait_to_be_confirmed(
    name: str, weights: list[int], years: tuple[int | None, int | None]
) -> None:
    scheme = load().scheme(name)
    assert scheme.sample
    assert [int(node.points) for node in scheme.tree] == weights
    assert (scheme.year_from, scheme.year_to) == years
    assert not any(source.verified for source in scheme.source)


def test_one_platform_draws_the_middle_band_down_to_half() -> None:
    (output,) = [node for node in load().scheme("finance/weights_hb").leaves if node.id == "output"]
    assert isinstance(output.leaf, TargetLeaf)
    assert isinstance(output.leaf.method, ThreeBand)
    assert [float(grade.at_least) for grade in output.leaf.method.grades] == [0.8, 0.5, 0]
