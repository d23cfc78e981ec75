"""The lives of cases as the packs tell them: what is legal when, and what is said where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest
from tests.packs.shelf import catalogue

from jixiao.catalogue import calendar, describe, lifecycle
from jixiao.catalogue.conditions import Scalar
from jixiao.catalogue.days import Days

DAY = date(2020, 3, 2)


@dataclass
class Case:
    """A record as guards see it: values, children and linked records by kind or role."""

    values: Mapping[str, Scalar] = field(default_factory=dict)
    near: Mapping[str, list[Case]] = field(default_factory=dict)

    def value(self, column: str) -> Scalar | None:
        return self.values.get(column)

    def relatives(self, relative: str) -> Iterable[Case]:
        return self.near.get(relative, [])

    def pointing(self, role: str) -> tuple[()]:
        return ()

    def parent(self) -> None:
        return None


LEAD = Case({"duty": "lead"})
SILENT_HELPER = Case({"duty": "co"})
HELPER = Case({"duty": "co", "opinion_on": DAY})
COLLECTED = Case({"collected_on": DAY})
CONTACT = Case({"mode": "face"})
DRAFT, SIGNED = Case({"class": "a"}), Case({"class": "b", "signed_on": DAY})
SATISFIED = Case({"result": "satisfied", "returned_on": DAY})
UNSATISFIED = Case({"result": "unsatisfied", "returned_on": DAY, "redo_asked_on": DAY})
UNANSWERED, LAPSED = Case(), Case({"lapsed_on": DAY})


def proposal(**children: list[Case]) -> Case:
    return Case(near={f"cppcc/proposal_{name}": found for name, found in children.items()})


@pytest.mark.parametrize(
    ("kind", "state", "step", "case", "legal"),
    [
        ("proposal", "filed", "assign", proposal(), False),
        ("proposal", "filed", "assign", proposal(handling=[HELPER]), False),
        ("proposal", "filed", "assign", proposal(handling=[LEAD]), True),
        ("proposal", "handling", "draft_reply", proposal(handling=[LEAD]), False),
        (
            "proposal",
            "handling",
            "draft_reply",
            proposal(handling=[LEAD, SILENT_HELPER], contact=[CONTACT]),
            False,
        ),
        ("proposal", "handling", "draft_reply", proposal(handling=[LEAD, HELPER], contact=[CONTACT]), True),
        ("proposal", "reply_pending", "reply", proposal(reply=[DRAFT]), False),
        ("proposal", "reply_pending", "reply", proposal(reply=[SIGNED]), True),
        ("proposal", "replied", "close", proposal(), False),
        ("proposal", "replied", "close", proposal(feedback=[UNANSWERED]), False),
        ("proposal", "replied", "close", proposal(feedback=[LAPSED, SATISFIED]), True),
        ("proposal", "replied", "close", proposal(feedback=[SATISFIED, UNSATISFIED]), False),
        ("proposal", "replied", "redo", proposal(feedback=[SATISFIED]), False),
        ("proposal", "replied", "redo", proposal(feedback=[UNSATISFIED]), True),
        ("proposal", "closed", "track", proposal(reply=[DRAFT]), False),
        ("proposal", "closed", "track", proposal(reply=[SIGNED]), True),
        ("proposal", "filed", "select_by_instruction", proposal(), False),
        ("proposal", "filed", "select_by_instruction", proposal(instruction=[Case()]), True),
        ("problem", "confirmed", "close", Case(), False),
        ("problem", "confirmed", "close", Case({"result": "已办"}), True),
        ("problem", "screened", "merge", Case(), False),
        ("problem", "screened", "merge", Case(near={"merged_into": [Case()]}), True),
        ("recommendation", "answered", "carry_out", Case({"result": "declined"}), False),
        ("recommendation", "answered", "carry_out", Case({"result": "partly"}), True),
        ("industry_project", "proposed", "choose", Case(), False),
        ("industry_project", "selected", "fund", Case(near={"cppcc/coordinated_funds": [Case()]}), True),
        ("research_project", "fieldwork", "analyse", Case(near={"cppcc/interview_batch": [Case()]}), False),
        ("research_project", "fieldwork", "analyse", Case(near={"cppcc/interview_batch": [COLLECTED]}), True),
        ("research_project", "analysis", "report", Case(), False),
        ("research_project", "analysis", "report", Case(near={"reports": [Case()]}), True),
        ("works_project", "building", "accept", Case(), False),
        ("works_project", "building", "accept", Case(near={"cppcc/works_coverage": [Case()]}), True),
        ("aid_result", "recorded", "verify", Case({"sort": "income"}), False),
        ("aid_result", "recorded", "verify", Case({"sort": "income", "household": "h"}), True),
        ("aid_result", "recorded", "verify", Case({"sort": "schooling", "household": "h"}), False),
        ("aid_result", "recorded", "verify", Case({"sort": "schooling", "pupil": "S01"}), True),
    ],
)
def test_step_waits_for_what_it_rests_on(kind: str, state: str, step: str, case: Case, legal: bool) -> None:
    definition = catalogue().kind(kind)
    standing = lifecycle.Standing(state, ((state, DAY),))
    everyone = {role for spec in definition.steps.values() for role in spec.roles}
    offered = {one.step: one for one in lifecycle.options(definition, standing, case, everyone)}
    assert offered[step].legal is legal
    if not legal:
        assert offered[step].reasons == (definition.steps[step].because,)


def test_a_proposal_handled_anew_keeps_the_day_of_its_first_reply() -> None:
    kind = catalogue().kind("proposal")
    days = {"submitted": 6, "reviewing": 8, "filed": 10, "assigned": 13, "handling": 15, "reply_pending": 20}
    standing = lifecycle.from_dates(kind, {state: date(2020, 1, day) for state, day in days.items()})
    answered = lifecycle.take(kind, standing, "reply", date(2020, 2, 3))
    again = lifecycle.take(kind, answered, "redo", date(2020, 2, 10))
    assert answered.state == "replied"
    assert [state for state, _ in again.path] == ["submitted", "reviewing", "filed", "assigned", "handling"]
    redo = kind.steps["redo"]
    on, today = date(2020, 2, 10), {"redone_on": "2020-02-10"}
    assert lifecycle.kept(redo, answered, {}, on) == {"first_replied_on": "2020-02-03"} | today
    assert lifecycle.kept(redo, answered, {"first_replied_on": "2020-01-30"}, on) == today
    assert lifecycle.kept(redo, again, {}, on) == today


def test_the_term_of_the_first_reply_is_met_by_the_first_reply() -> None:
    kind = catalogue().kind("proposal")
    path = [("assigned", date(2020, 1, 13)), ("replied", date(2020, 6, 3))]
    assert calendar.met_on(kind, "reply", {}, path[:1]) is None
    assert calendar.met_on(kind, "reply", {}, path) == date(2020, 6, 3)
    assert calendar.met_on(kind, "reply", {"first_replied_on": "2020-02-03"}, path) == date(2020, 2, 3)


def test_replies_are_due_three_months_after_assignment() -> None:
    """An extension counts in months too, from the same start."""
    kind = catalogue().kind("proposal")
    spec, days = kind.deadlines["reply"], Days(catalogue().calendars.values())
    assert calendar.due(spec, date(2020, 2, 19), days).on == date(2020, 5, 19)
    assert calendar.due(spec, date(2020, 2, 19), days, extension=1).on == date(2020, 6, 19)


def test_a_due_day_in_the_lengthened_holiday_moves_to_the_day_after() -> None:
    """The Spring Festival of 2020 was lengthened to 2 February."""
    spec = catalogue().kind("problem").deadlines["plan"]
    found = calendar.due(spec, date(2020, 1, 24), Days(catalogue().calendars.values()))
    assert found.on == date(2020, 2, 3)
    assert not found.provisional


def test_only_the_reviewer_closes_a_problem() -> None:
    kind = catalogue().kind("problem")
    assert kind.steps["close"].roles == ("base/reviewer",)
    assert "base/handling_unit" in kind.steps["reply"].roles


def test_a_term_says_that_the_first_meeting_counts() -> None:
    kind = catalogue().kind("proposal")
    assert "至“已答复”为止；有首次答复日期的，按那一天算" in describe.deadline(kind, kind.deadlines["reply"])
