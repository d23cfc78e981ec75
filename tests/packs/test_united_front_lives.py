"""The lives of united-front cases: what may not be written before its grounds are there, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest
from tests.packs.shelf import catalogue

from jixiao.catalogue import calendar, lifecycle
from jixiao.catalogue.conditions import Scalar
from jixiao.catalogue.days import Days

PACK = "united_front"
DAY = date(2020, 3, 2)
EVERYBODY = frozenset(catalogue(PACK).roles)


@dataclass
class Case:
    """A record as guards see it: values, children and linked records, the record above."""

    values: Mapping[str, Scalar] = field(default_factory=dict)
    near: Mapping[str, list[Case]] = field(default_factory=dict)
    above: Case | None = None

    def value(self, column: str) -> Scalar | None:
        return self.values.get(column)

    def relatives(self, relative: str) -> Iterable[Case]:
        return self.near.get(relative, [])

    def parent(self) -> Case | None:
        return self.above


def reasons(kind: str, state: str, step: str, case: Case) -> tuple[str, ...]:
    found = catalogue(PACK).kind(kind)
    standing = lifecycle.Standing(state, ((state, DAY),))
    offered = lifecycle.options(found, standing, case, EVERYBODY)
    (option,) = [one for one in offered if one.step == step]
    assert option.legal == (not option.reasons)
    return option.reasons


GROUNDS = [
    ("party_submission", "drafted", "submit", Case(), Case(near={"submitters": [Case()]}), "提交组织"),
    (
        "donation",
        "received",
        "receipt",
        Case({"form": "goods"}),
        Case({"form": "goods", "valuation_basis": "购货发票"}),
        "作价依据",
    ),
    (
        "finance_match",
        "matched",
        "apply",
        Case(),
        Case(near={"united_front/credit_line": [Case()]}),
        "申请金额",
    ),
    (
        "finance_match",
        "applied",
        "approve",
        Case(near={"united_front/credit_line": [Case()]}),
        Case(near={"united_front/credit_approval": [Case()]}),
        "批准金额",
    ),
    (
        "award_money",
        "announced",
        "allot",
        Case(above=Case({"recommended_on": DAY})),
        Case(above=Case({"named_on": DAY})),
        "命名之后",
    ),
]


@pytest.mark.parametrize(
    ("kind", "state", "step", "without", "given", "told"), GROUNDS, ids=lambda one: str(one)[:20]
)
def test_a_step_waits_for_its_grounds(
    kind: str, state: str, step: str, without: Case, given: Case, told: str
) -> None:
    assert any(told in reason for reason in reasons(kind, state, step, without))
    assert not any(told in reason for reason in reasons(kind, state, step, given))


def test_cash_needs_no_valuation() -> None:
    assert not any(
        "作价" in one for one in reasons("donation", "received", "receipt", Case({"form": "cash"}))
    )


@pytest.mark.parametrize(
    "kind", [one.full_id for one in catalogue(PACK).kinds.values() if one.pack == PACK and one.states]
)
def test_every_case_has_a_way_back(kind: str) -> None:
    """Returned, reopened, withdrawn, refused or corrected: no life is a one-way street."""
    found = catalogue(PACK).kind(kind)
    order = list(found.states)
    back = [
        one
        for one in found.steps.values()
        if one.to and any(order.index(one.to) < order.index(a) for a in one.from_)
    ]
    off = [one for one in found.states.values() if one.type in {"not_done", "withdrawn", "passed_on"}]
    assert back or off


def test_a_submission_is_due_three_months_after_it_was_assigned() -> None:
    kind = catalogue(PACK).kind("party_submission")
    days = Days(catalogue(PACK).calendars.values())
    way = (("drafted", date(2020, 1, 6)), ("submitted", date(2020, 1, 8)), ("filed", date(2020, 1, 17)))
    assert "reply" not in calendar.dues(kind, {}, way, days)
    handled = (*way, ("handling", date(2020, 2, 3)))
    assert calendar.dues(kind, {}, handled, days)["reply"].on == date(
        2020, 5, 6
    )  # the third is in the holiday
    assert calendar.dues(kind, {"extra_months": 1}, handled, days)["reply"].on == date(2020, 6, 3)


def test_a_stay_in_the_base_ends_after_five_years() -> None:
    kind = catalogue(PACK).kind("incubation_tenant")
    way = (("applied", date(2016, 6, 6)), ("admitted", date(2016, 6, 20)))
    due = calendar.dues(kind, {}, way, Days(catalogue(PACK).calendars.values()))["stay"]
    assert due.on == date(2021, 6, 21)  # the twentieth is a Sunday
