"""The checks of the packs tell what is wrong with a record, and are silent over one that is in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from jixiao.catalogue import advice, load
from jixiao.catalogue.columns import columns_of
from jixiao.catalogue.kinds import CheckSpec, Kind

RULES = load(day=date.max)
EVERY = [(kind, name) for kind in RULES.kinds.values() for name in kind.checks]
RISING = [(kind, name) for kind, name in EVERY if kind.checks[name].rising]
LISTS = [(kind, name) for kind, name in EVERY if kind.checks[name].lists]
DAY = date(2020, 3, 2)


@dataclass
class Case:
    values: Mapping[str, Any] = field(default_factory=dict)
    near: Mapping[str, list[Any]] = field(default_factory=dict)
    above: Any = None

    def value(self, column: str) -> Any:
        return self.values.get(column)

    def relatives(self, relative: str) -> Iterable[Any]:
        return self.near.get(relative, [])

    def pointing(self, role: str) -> Iterable[Any]:
        return ()

    def parent(self) -> Any:
        return self.above


def told(kind: Kind, name: str, case: Case) -> str:
    above = RULES.kind(kind.parent) if kind.parent else None
    return next((one.told for one in advice.findings(kind, case, above) if one.check == name), "")


def rising_case(kind: Kind, check: CheckSpec, step: int) -> Case:
    """Values of the columns, each `step` days or units after the one before."""
    own: dict[str, Any] = {}
    parents: dict[str, Any] = {}
    for place, column in enumerate(check.rising):
        above = column.startswith("parent.")
        owner = RULES.kind(kind.parent or "") if above else kind
        name = column.removeprefix("parent.")
        types = {one.name: one.type for one in columns_of(owner)}
        value = DAY + timedelta(days=place * step) if types[name] == "date" else 50 + place * step
        (parents if above else own)[name] = value
    return Case({**own, **_meeting(check)}, above=Case(parents))


def _meeting(check: CheckSpec) -> dict[str, Any]:
    """What the record must be for the check to apply: only the contact's stage needs saying."""
    return {"stage": "during"} if "contacted_on" in check.rising else {}


@pytest.mark.parametrize(("kind", "name"), RISING, ids=lambda one: getattr(one, "id", one))
def test_order_and_size_are_told_when_broken_only(kind: Kind, name: str) -> None:
    check = kind.checks[name]
    assert told(kind, name, rising_case(kind, check, -1))
    assert not told(kind, name, rising_case(kind, check, 0))
    assert not told(kind, name, rising_case(kind, check, 1))
    assert not told(kind, name, Case(_meeting(check)))


@pytest.mark.parametrize(("kind", "name"), LISTS, ids=lambda one: getattr(one, "id", one))
def test_a_number_that_its_list_does_not_bear_out_is_told(kind: Kind, name: str) -> None:
    lists = kind.checks[name].lists
    assert lists is not None
    assert told(kind, name, Case({lists.number: 3, lists.names: "甲、乙"}))
    assert not told(kind, name, Case({lists.number: 2, lists.names: "甲、乙"}))


SOMETHING = Case()
MUSTS: list[tuple[str, str, Case, Case]] = [
    ("cppcc/proposal", "joint_has_others", Case({"form": "joint"}), Case({"form": "joint"}, {"joint_proposers": [SOMETHING]})),
    ("cppcc/proposal", "collective_has_body", Case({"form": "collective"}), Case({"form": "collective", "proposing_body": "u"})),
    ("cppcc/proposal", "reply_not_same_day", Case({"assigned_on": DAY, "replied_on": DAY}),
     Case({"assigned_on": DAY, "replied_on": DAY + timedelta(days=30)})),
    ("cppcc/proposal", "withheld_with_reason", Case({"disclosure": "summary"}), Case({"disclosure": "full"})),
    ("cppcc/proposal_feedback", "both_answers", Case({"returned_on": DAY, "result": "satisfied"}),
     Case({"returned_on": DAY, "result": "satisfied", "attitude": "satisfied"})),
    ("cppcc/proposal_feedback", "names_its_author", Case(), Case({"author": "m"})),
    ("cppcc/proposal_reply", "promise_has_day", Case({"class": "b"}), Case({"class": "a"})),
    ("cppcc/proposal_supervision", "on_a_key_case", Case(above=Case()), Case(above=Case({"key_on": DAY}))),
    ("cppcc/opinion_item", "one_matter", Case({"words": 1501}), Case({"words": 1500})),
    ("cppcc/opinion_item", "from_someone", Case(), Case({"author_body": "u"})),
    ("cppcc/micro_suggestion", "direction_of_ours", Case({"answered_on": DAY}), Case({"answered_on": DAY, "unit": "u"})),
    ("cppcc/consultation_topic", "four_roles", Case({"planned_on": DAY, "committee": "c"}), Case()),
    ("cppcc/consultation_topic", "in_a_quarter", Case({"planned_on": DAY, "quarter": 5}), Case({"planned_on": DAY, "quarter": 4})),
    ("cppcc/consultation_topic", "planned_unless_additional", Case({"held_on": DAY}), Case({"held_on": DAY, "additional": True})),
    ("cppcc/consultation_topic", "noticed_early", Case({"notice_on": DAY, "held_on": date(2020, 3, 20)}),
     Case({"notice_on": DAY, "held_on": date(2020, 3, 23)})),
    ("cppcc/consultation_topic", "materials_early", Case({"materials_on": DAY, "held_on": date(2020, 3, 13)}),
     Case({"materials_on": DAY, "held_on": date(2020, 3, 16)})),
    ("cppcc/publication", "permitted", Case({"printed_on": DAY}), Case({"printed_on": DAY, "permissions": True})),
    ("cppcc/coordinated_funds", "confirmed_in_writing", Case({"confirmed_on": DAY}), Case()),
    ("cppcc/works_project", "covered", Case({"accepted_on": DAY}), Case({"accepted_on": DAY}, {"cppcc/works_coverage": [SOMETHING]})),
    ("cppcc/member_action", "someone_came", Case(), Case(near={"participants": [SOMETHING]})),
    ("cppcc/duty_activity", "someone_came", Case(), Case(near={"participants": [SOMETHING]})),
    ("cppcc/duty_absence", "verified", Case(), Case({"verified_on": DAY})),
    ("cppcc/aid_result", "counted_once", Case(), Case({"pupil": "S01"})),
    ("cppcc/resumption_check", "after_contact", Case(), Case({"enterprise": "e"})),
    ("cppcc/expert_contact", "form_given", Case(), Case({"form": "visit"})),
    ("base/problem", "from_a_visit", Case(), Case(near={"visit": [SOMETHING]})),
    ("base/problem", "assigned_to_someone", Case({"screened_on": DAY}), Case({"screened_on": DAY, "unit": "u"})),
    ("base/problem", "confirmed_before_closing", Case({"closed_on": DAY}), Case({"closed_on": DAY, "confirmed_on": DAY})),
    ("base/meeting", "decisions_listed", Case({"type": "dispatch", "minuted_on": DAY}), Case({"type": "seminar", "minuted_on": DAY})),
    ("base/meeting", "units_named", Case({"type": "deployment", "held_on": DAY}), Case({"type": "deployment"})),
    ("base/survey", "with_report", Case({"ended_on": DAY}), Case({"ended_on": DAY, "final_on": DAY})),
    ("base/recommendation", "from_somewhere", Case(), Case(near={"meeting": [SOMETHING]})),
    ("base/recommendation", "total_declared", Case(), Case({"annual_total": "inside"})),
    ("base/report_submission", "sealed", Case({"approved_on": DAY}), Case({"approved_on": DAY, "fingerprint": "f"})),
    ("base/report_submission", "signed", Case({"approved_on": DAY}), Case({"approved_on": DAY, "signer": "s"})),
    ("united_front/donation", "goods_valued", Case({"form": "goods"}), Case({"form": "goods", "valuation_basis": "发票"})),
    ("united_front/party_submission", "someone_submitted", Case(), Case(near={"submitters": [SOMETHING]})),
    ("united_front/service_activity", "tagged", Case(), Case(near={"organisers": [SOMETHING]})),
    ("united_front/award_application", "gaps_listed", Case({"self_score": 900}), Case()),
    ("united_front/assessment_line", "grounds_given", Case({"self_score": 50}), Case({"self_score": 50, "ground": "有"})),
    ("united_front/people_total", "recommended_somewhere", Case({"matter": "recommended"}), Case({"matter": "basic_ledger"})),
    ("united_front/people_total", "no_small_number", Case({"people": 2}), Case({"people": 3})),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name", "wrong", "right"), MUSTS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_what_is_missing_is_told_and_what_is_there_is_not(
    kind: str, name: str, wrong: Case, right: Case
) -> None:
    assert told(RULES.kind(kind), name, wrong)
    assert not told(RULES.kind(kind), name, right)


def test_every_check_of_the_three_packs_is_tried() -> None:
    tried = {(kind, name) for kind, name, *_ in MUSTS} | {
        (kind.full_id, name) for kind, name in RISING + LISTS
    }
    ours = {(kind.full_id, name) for kind, name in EVERY if kind.pack in {"base", "cppcc", "united_front"}}
    assert ours - tried == set()


@pytest.mark.parametrize(("kind", "name"), EVERY, ids=lambda one: getattr(one, "id", one))
def test_advice_is_polite(kind: Kind, name: str) -> None:
    assert not set("！!?？") & set(kind.checks[name].mend + kind.checks[name].title)
