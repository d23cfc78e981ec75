"""Closing asks for a result, papers and a second person; bouncing is counted and ends with whoever decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from tests.packs.shelf import catalogue

from jixiao.catalogue.lifecycle import Acting, Standing, counted, options, take

DAY = date(2020, 3, 2)


@dataclass
class Case:
    values: Mapping[str, Any] = field(default_factory=dict)
    above: Any = None

    def value(self, column: str) -> Any:
        return self.values.get(column)

    def relatives(self, relative: str) -> Iterable[Any]:
        return ()

    def pointing(self, role: str) -> Iterable[Any]:
        return ()

    def parent(self) -> Any:
        return self.above


def against(kind: str, state: str, step: str, case: Case, acting: Acting | None = None) -> tuple[str, ...]:
    """What stands against a step for someone who holds every role."""
    definition = catalogue().kind(kind)
    everyone = {role for spec in definition.steps.values() for role in spec.roles}
    offered = options(definition, Standing(state, ((state, DAY),)), case, everyone, {}, acting)
    return next(one.reasons for one in offered if one.step == step)


SOLVED = {"result": "已协调解决"}


@pytest.mark.parametrize(
    ("values", "acting", "told"),
    [
        (SOLVED, Acting("qian", {"reply": "zhao"}, 1), ""),
        ({}, Acting("qian", {"reply": "zhao"}, 1), "没有办理结果"),
        (SOLVED, Acting("qian", {"reply": "zhao"}, 0), "佐证"),
        (SOLVED, Acting("zhao", {"reply": "zhao"}, 1), "另一人"),
        (SOLVED, Acting("zhao", {"solve_on_spot": "zhao"}, 1), "另一人"),
        ({**SOLVED, "signed_by": "副主任"}, Acting("zhao", {"reply": "zhao"}, 1), ""),
        ({**SOLVED, "signed_by": "副主任"}, Acting("zhao", {"reply": "zhao"}, 0), "佐证"),
    ],
)
def test_a_problem_is_closed_with_result_papers_and_another_person(
    values: Mapping[str, Any], acting: Acting, told: str
) -> None:
    reasons = against("base/problem", "confirmed", "close", Case(values), acting)
    assert (told in "；".join(reasons)) if told else reasons == ()


def test_only_a_confirmed_problem_is_closed() -> None:
    spec = catalogue().kind("base/problem").steps["close"]
    assert spec.from_ == ("confirmed",)
    assert "replied" in catalogue().kind("base/problem").steps["confirm"].from_


def test_a_problem_that_bounced_twice_goes_to_the_leader() -> None:
    kind = catalogue().kind("base/problem")
    data: dict[str, Any] = {}
    standing = Standing("assigned", (("assigned", DAY),))
    for times in (1, 2):
        data |= counted(kind.steps["return_back"], data)
        assert data["returns"] == times
        standing = take(kind, standing, "return_back", DAY)
        blocked = against("base/problem", "returned", "reassign", Case(data))
        assert bool(blocked) == (times == 2)
        assert not against("base/problem", "returned", "appoint", Case(data))
        standing = take(kind, standing, "appoint", DAY)
    assert kind.steps["appoint"].roles == ("base/leader",)


@pytest.mark.parametrize(("returns", "legal"), [(None, True), (1, True), (2, False), (3, False)])
def test_a_proposal_is_not_returned_a_third_time(returns: int | None, legal: bool) -> None:
    handling = Case(above=Case({"returns": returns}))
    reasons = against("cppcc/proposal_handling", "accepted", "ask_return", handling)
    assert (not reasons) == legal


def test_who_wrote_a_report_neither_reviews_nor_signs_it() -> None:
    writer = Acting("zhao", {"check": "zhao"}, 1)
    assert "另一人" in "".join(against("base/report_submission", "self_checked", "review", Case(), writer))
    assert "另一人" in "".join(against("base/report_submission", "reviewed", "approve", Case(), writer))
    assert not against(
        "base/report_submission", "reviewed", "approve", Case(), Acting("qian", {"check": "zhao"})
    )


def test_what_the_leader_appointed_after_two_returns_is_not_returned_again() -> None:
    for returns, told in ((None, ()), (1, ()), (2, ("已经退回两次",))):
        reasons = against("problem", "assigned", "return_back", Case({"returns": returns}))
        assert [reason[:6] for reason in reasons] == list(told)
