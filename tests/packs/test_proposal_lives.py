"""A proposal from completion return to its promise years later, by the rules of the pack and their switches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.packs.shelf import PACKS

from jixiao.catalogue import Catalogue, calendar, lifecycle, load
from jixiao.catalogue.days import Days
from jixiao.catalogue.lifecycle import Acting, Standing, begin, counted, options, take
from jixiao.catalogue.owing import owed

DAY = date(2020, 3, 2)
RULES = load(["cppcc"])
KIND = RULES.kind("cppcc/proposal")


@dataclass
class Case:
    values: Mapping[str, Any] = field(default_factory=dict)
    near: Mapping[str, list[Any]] = field(default_factory=dict)
    back: Mapping[str, list[Any]] = field(default_factory=dict)
    above: Any = None

    def value(self, column: str) -> Any:
        return self.values.get(column)

    def relatives(self, relative: str) -> Iterable[Any]:
        return self.near.get(relative, [])

    def pointing(self, role: str) -> Iterable[Any]:
        return self.back.get(role, [])

    def parent(self) -> Any:
        return self.above


def forms(*authors: str, **values: Any) -> dict[str, list[Case]]:
    return {"cppcc/proposal_feedback": [Case({"author": one, **values}) for one in authors]}


def against(step: str, state: str, case: Case, rules: Catalogue = RULES) -> tuple[str, ...]:
    kind = rules.kind("cppcc/proposal")
    everyone = {role for spec in kind.steps.values() for role in spec.roles}
    offered = options(kind, Standing(state, ((state, DAY),)), case, everyone)
    return next(one.reasons for one in offered if one.step == step)


def test_a_completion_return_is_counted_and_the_text_may_change_with_it() -> None:
    standing = take(KIND, begin(KIND, DAY), "send_back", DAY)
    assert counted(KIND.steps["send_back"], {"completions": 1}) == {"completions": 2}
    assert {"title", "situation", "analysis", "suggestion"} <= set(KIND.steps["resubmit"].takes)
    assert KIND.steps["send_back"].note == "required"
    assert take(KIND, standing, "resubmit", DAY).state == "submitted"


def test_one_dissatisfied_author_of_three_keeps_the_case_open_until_the_second_reply() -> None:
    authors = {"joint_proposers": [Case({"id": "b"}), Case({"id": "c"})]}
    two = Case({"proposer": "a"}, {**authors, **forms("a", "b", result="satisfied", returned_on=DAY)})
    assert against("close", "replied", two) == ("答复函和征询意见表应给到每一位，还缺1份",)
    mixed = forms("a", "b", result="satisfied", returned_on=DAY)["cppcc/proposal_feedback"] + [
        Case({"author": "c", "result": "unsatisfied", "returned_on": DAY, "redo_asked_on": DAY})
    ]
    three = Case({"proposer": "a"}, {**authors, "cppcc/proposal_feedback": mixed})
    assert against("close", "replied", three)
    assert not against("redo", "replied", three)
    again = Case({"proposer": "a"}, {**authors, **forms("a", "b", "c", result="basically", returned_on=DAY)})
    assert not against("close", "replied", again)


@pytest.mark.parametrize(
    ("form", "close", "redo"),
    [
        ({"result": "unsatisfied"}, False, False),
        ({"result": "unsatisfied", "redo_asked_on": DAY}, False, True),
        ({"result": "unsatisfied", "redo_asked_on": DAY, "redo_answered_on": DAY}, False, False),
        ({"result": "unsatisfied", "redo_answered_on": DAY, "second_result": "basically"}, True, False),
        ({"result": "unsatisfied", "redo_answered_on": DAY, "second_result": "unsatisfied"}, False, False),
        (
            {
                "result": "unsatisfied",
                "redo_answered_on": DAY,
                "second_result": "unsatisfied",
                "met_face_to_face_on": DAY,
            },
            True,
            False,
        ),
    ],
)
def test_a_second_reply_is_judged_again_before_the_case_closes(
    form: Mapping[str, Any], close: bool, redo: bool
) -> None:
    case = Case({"proposer": "a"}, forms("a", returned_on=DAY, **form))
    assert (not against("close", "replied", case)) == close
    assert (not against("redo", "replied", case)) == redo


def test_the_authors_of_a_merged_proposal_keep_their_claim() -> None:
    merged = Case({"proposer": "d"}, {"joint_proposers": [Case({"id": "e"})]})
    main = Case({"proposer": "a"}, forms("a"), {"merged_into": [merged]})
    assert owed(KIND, "feedback", main) == ("d", "e")


def test_a_collective_proposal_owes_its_body() -> None:
    case = Case({"proposing_body": "union"})
    assert owed(KIND, "feedback_of_bodies", case) == ("union",)
    assert owed(KIND, "feedback", case) == ()


def chosen(folder: Path, **choices: str) -> Catalogue:
    """The pack as a local office sets its switches."""
    local = folder / "local"
    (local / "switches").mkdir(parents=True)
    (local / "pack.yaml").write_text(
        "id: local\ntitle: 本地\nversion: '1'\nrequires: [cppcc]\n", encoding="utf-8"
    )
    for name, choice in choices.items():
        text = (PACKS / "cppcc" / "switches" / f"{name}.yaml").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("chosen:")]
        lines += [f"chosen: {choice}", f"replaces: cppcc/{name}", "from: 2020-01-01", ""]
        (local / "switches" / f"{name}.yaml").write_text("\n".join(lines), encoding="utf-8")
    return load([], [local])


CLOSING = {"close", "close_when_all_answered", "close_without_feedback"}
SENT = Case({"proposer": "a"}, forms("a"))
LAPSED = Case({"proposer": "a"}, forms("a", lapsed_on=DAY))
ANSWERED = Case({"proposer": "a"}, forms("a", returned_on=DAY, result="satisfied"))
SIGNED = {"cppcc/proposal_reply": [Case({"signed_on": DAY})]}


@pytest.mark.parametrize(
    ("choices", "step", "case", "legal"),
    [
        ({}, "close", LAPSED, True),
        ({}, "close", SENT, False),
        ({"proposal_silence_rule": "waits"}, "close_when_all_answered", LAPSED, False),
        ({"proposal_silence_rule": "waits"}, "close_when_all_answered", ANSWERED, True),
        ({"proposal_feedback_rule": "not_needed"}, "close_without_feedback", Case({"proposer": "a"}), False),
        (
            {"proposal_feedback_rule": "not_needed"},
            "close_without_feedback",
            Case({"proposer": "a"}, SIGNED),
            True,
        ),
    ],
)
def test_offices_differ_in_what_silence_means(
    tmp_path: Path, choices: dict[str, str], step: str, case: Case, legal: bool
) -> None:
    rules = chosen(tmp_path, **choices) if choices else RULES
    assert CLOSING & set(rules.kind("cppcc/proposal").steps) == {step}
    assert (not against(step, "replied", case, rules)) == legal


def test_each_handling_org_has_a_day_of_its_own() -> None:
    kind = RULES.kind("cppcc/proposal_handling")
    path = (("to_sign", date(2020, 2, 19)),)
    data = {"due_by": "2020-04-10"}
    dues = calendar.dues(kind, data, path, Days(RULES.calendars.values()))
    assert dues["own"].on == date(2020, 4, 10)
    assert {"lead", "co", "separate"} == set(RULES.code_table("cppcc/handling_duty").codes)


def handlings(*units: Mapping[str, Any], **near: list[Any]) -> Case:
    return Case({"assigned_on": DAY}, {"cppcc/proposal_handling": [Case(one) for one in units], **near})


def test_a_case_is_signed_for_by_a_unit_that_still_has_it() -> None:
    gone = {"duty": "lead", "moved_on": DAY}
    assert against("assign", "filed", handlings())
    assert not against("assign", "filed", handlings({"duty": "lead"}))
    assert against("assign", "filed", handlings(gone, {"duty": "co"}))
    assert not against("assign", "filed", handlings(gone, {"duty": "lead"}))


def test_signing_for_and_objecting_stand_with_the_unit_and_the_case_follows() -> None:
    followed = {name: spec.follows for name, spec in KIND.steps.items() if spec.follows}
    assert {name: one.step for name, one in followed.items()} == {
        "sign_for": "accept", "ask_return": "ask_return", "reassign": "move", "refuse_return": "refuse_return",
    }  # fmt: skip
    assert {one.child for one in followed.values()} == {"cppcc/proposal_handling"}
    assert "returns" not in RULES.kind("cppcc/proposal_handling").fields
    assert KIND.steps["ask_return"].counts == "returns"


def test_a_reply_waits_for_co_units_but_not_for_one_that_was_moved_away() -> None:
    near = {"cppcc/proposal_contact": [Case()]}
    assert against("draft_reply", "handling", handlings({"duty": "lead"}, {"duty": "co"}, **near))
    assert not against(
        "draft_reply", "handling", handlings({"duty": "lead"}, {"duty": "co", "moved_on": DAY}, **near)
    )


def test_a_reply_waits_for_every_countersigning_unit() -> None:
    kind = RULES.kind("cppcc/proposal_reply")
    everyone = {role for spec in kind.steps.values() for role in spec.roles}

    def legal(*units: Mapping[str, Any], **signed: date | None) -> bool:
        near = {
            "cppcc/reply_countersign": [
                Case({"unit": unit, "signed_on": day}) for unit, day in signed.items()
            ]
        }
        reply = Case({"unit": "a"}, near, above=handlings(*units))
        offered = options(kind, begin(kind, DAY), reply, everyone)
        return next(one.legal for one in offered if one.step == "countersign")

    lead, helps = {"unit": "a", "duty": "lead"}, {"unit": "b", "duty": "co"}
    assert legal(lead)
    assert not legal(lead, helps)
    assert not legal(lead, helps, b=None)
    assert legal(lead, helps, b=DAY)
    assert not legal(lead, helps, {"unit": "c", "duty": "co"}, b=DAY)
    assert legal(lead, helps, {"unit": "c", "duty": "co", "moved_on": DAY}, b=DAY)


def test_a_promise_is_looked_at_each_year_until_it_is_kept_with_proof() -> None:
    kind = RULES.kind("cppcc/proposal_promise")
    standing = begin(kind, date(2019, 5, 20))
    data: dict[str, Any] = {}
    for times in (1, 2):
        data |= counted(kind.steps["review"], data)
        standing = take(kind, standing, "review", date(2019 + times, 5, 20))
        assert (standing.state, data["reviews"]) == ("tracked", times)
    everyone = {role for spec in kind.steps.values() for role in spec.roles}
    offered = lifecycle.options(kind, standing, Case(), everyone, {}, Acting("zhao", {}, 0))
    assert next(one.reasons for one in offered if one.step == "keep") == ("请先附上佐证材料",)


def test_not_filing_has_a_reason_and_may_pass_the_matter_on() -> None:
    assert KIND.steps["refuse"].needs == ("not_filed_reason",)
    assert KIND.steps["pass_on"].needs == ("pass_on_target",)
    assert "passed_with_consent" in KIND.steps["pass_on"].takes
    assert KIND.links["passed_to"].to == "cppcc/opinion_item"
    assert len(RULES.code_table("cppcc/not_filed_reason").codes) == 10
