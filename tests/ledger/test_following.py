"""What a unit does with its own part moves the case along, once; taken back, it is taken back with it."""

# ruff: noqa: F811

from __future__ import annotations

from datetime import date

import pytest
from tests.handing import (  # noqa: F401 - fixtures
    HANDING,
    _packs_tables,
    _under_the_packs,
    case,
    hand,
    handing_of,
    make_case,
    people,
    take,
)

from jixiao.errors import BadInput, NotFound, StepNotLegal
from jixiao.ledger import audit, deadlines, queries
from jixiao.ledger.actions import records
from jixiao.ledger.models import Event, Record
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Verdict


def now(row):
    return Record.objects.get(pk=row.pk)


def test_signing_for_ones_part_signs_for_the_case(people, case):
    mine = handing_of(case, "housing")
    take(people.housing, mine, "accept")
    event = Event.objects.get(record=case.pk, step="sign_for")
    assert (now(case).state, event.by) == ("handling", "housing")
    assert "一起办" in event.note
    assert {one.verdict for one in audit.check("office")} == {Verdict.KEPT}


def test_a_helping_unit_moves_nothing(people, case):
    take(people.water, handing_of(case, "water"), "accept")
    take(people.water, handing_of(case, "water"), "ask_return", return_reason="不属本局")
    assert now(case).state == "assigned"
    assert "returns" not in now(case).data


def test_nobody_takes_the_step_of_the_case_by_itself(people, case):
    for person in (people.clerk, people.housing):
        assert "sign_for" not in {one.step for one in queries.steps(person, case)}
        with pytest.raises(StepNotLegal) as refused:
            take(person, case, "sign_for")
        assert refused.value.reasons == ("请在“提案办理”里办理“签收”，提案随之“签收承办”",)


def test_objections_are_counted_on_the_case_whoever_objects(people, case):
    mine = handing_of(case, "housing")
    take(people.housing, mine, "ask_return", return_reason="不属本局")
    assert (now(case).state, now(case).data["returns"]) == ("return_asked", 1)
    take(people.assigner, mine, "move", note="改派", moved_to="parks")
    assert now(case).state == "assigned"
    hand(people, case, "parks")
    theirs = handing_of(case, "parks")
    take(people.parks, theirs, "ask_return", return_reason="也不属本局")
    assert now(case).data["returns"] == 2
    take(people.assigner, theirs, "refuse_return", note="属于你局")
    assert now(case).state == "handling"
    with pytest.raises(StepNotLegal) as refused:
        take(people.parks, theirs, "ask_return", return_reason="还是不属本局")
    assert refused.value.reasons == ("这件提案已经退办两次，不再退回；请由分管领导指定承办单位",)


def test_the_clock_of_the_case_stands_while_it_is_returned(people, case):
    kind = rules().kind("cppcc/proposal")
    take(people.housing, handing_of(case, "housing"), "ask_return", return_reason="不属本局")
    due = {one.deadline: one for one in deadlines.stored(kind, now(case).dues, now(case).state)}["reply"]
    assert due.stopped


def test_taking_it_back_takes_the_case_back(people, case):
    mine = handing_of(case, "housing")
    take(people.housing, mine, "accept")
    with pytest.raises(BadInput, match="随提案办理一起办的"):
        records.undo(by=people.clerk, record=now(case), reason="误点")
    assert "undo" not in queries.may(people.clerk, now(case))
    records.undo(by=people.housing, record=now(mine), reason="点错")
    assert (now(mine).state, now(case).state) == ("to_sign", "assigned")
    take(people.housing, mine, "accept")
    take(people.clerk, case, "contact", first_contact_on="2021-02-27")
    with pytest.raises(BadInput, match="又办了别的"):
        records.undo(by=people.housing, record=now(mine), reason="点错")
    assert now(mine).state == "accepted"
    assert {one.verdict for one in audit.check("office")} == {Verdict.KEPT}


def test_a_unit_that_signed_before_the_office_entered_the_case_keeps_its_own_day(people, case):
    mine = handing_of(case, "housing")
    early = date(2021, 2, 25)
    records.advance(by=people.housing, record=mine, step="accept", seen=now(mine).version, happened_on=early)
    assert dict(now(mine).path)["accepted"] == "2021-02-25"
    assert dict(now(case).path)["handling"] == dict(now(case).path)["assigned"]


def test_two_separate_units_sign_each_for_itself(people):
    both = make_case(people, "关于分办的提案", {"housing": "separate", "water": "separate"})
    take(people.housing, handing_of(both, "housing"), "accept")
    assert now(both).state == "handling"
    take(people.water, handing_of(both, "water"), "accept")
    assert Event.objects.filter(record=both.pk, step="sign_for").count() == 1
    with pytest.raises(NotFound):
        take(people.parks, handing_of(both, "water"), "accept")


def test_a_case_that_an_import_left_behind_is_brought_up(people, case):
    mine = handing_of(case, "housing")
    take(people.housing, mine, "accept")
    row = now(case)
    Record.objects.filter(pk=row.pk).update(state="assigned", path=row.path[:-1])
    assert [one.step for one in queries.steps(people.clerk, case) if one.spec.follows] == ["sign_for"]
    take(people.housing, mine, "ask_return", return_reason="不属本局")
    assert now(case).state == "return_asked"
