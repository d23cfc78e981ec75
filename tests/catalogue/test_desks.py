"""A desk names forms, places and fields that are there; what is not there is told."""

from __future__ import annotations

import pytest

from jixiao.catalogue import load
from jixiao.catalogue.checks.desks import check_desk

CATALOGUE = load(["finance"])
(DESK,) = CATALOGUE.desks.values()


def told(**changed):
    return [found for _, found, _ in check_desk(DESK.model_copy(update=changed), CATALOGUE)]


def test_places_are_resolved_to_full_ids() -> None:
    assert told() == []
    assert all(place.split("#")[0] in CATALOGUE.forms for place in DESK.places())


@pytest.mark.parametrize(
    "place",
    [
        "finance/self_evaluation#money.total.nowhere",
        "finance/self_evaluation#nowhere.total.full",
        "finance/self_evaluation#money.full",
        "finance/monitoring#money.total.full",
    ],
)
def test_a_place_that_is_not_there_is_told(place) -> None:
    assert len(told(told={"全年预算数": place})) == 1


def test_a_review_names_fields_of_its_kind_and_leaves_a_list() -> None:
    assert len(told(review=DESK.review.model_copy(update={"score": "nowhere"}))) == 1
    assert len(told(leaves=DESK.leaves.model_copy(update={"block": "money"}))) == 1
    assert len(told(leaves=DESK.leaves.model_copy(update={"reason": "nowhere"}))) == 1


def test_a_desk_is_of_its_years() -> None:
    assert (DESK.is_of(2019), DESK.is_of(2020), DESK.is_of(2030)) == (False, True, True)
