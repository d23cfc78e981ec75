"""What waits and for whom: only what someone has to move on; a past entered afterwards waits apart."""

from __future__ import annotations

import datetime
import json

import pytest
from tests.ledger.conftest import TODAY, TRIAL, day, make_case, make_org, make_person

from jixiao.catalogue.kinds import NeutralState
from jixiao.ledger import deadlines, queries
from jixiao.ledger.actions import records
from jixiao.ledger.queries.reminders import reminders
from jixiao.ledger.queries.tasks import OVER, Scope, leads_on, tasks, waiting

CASE = TRIAL.kind("trial/case")
LONG_AGO, LATELY = TODAY - datetime.timedelta(days=800), TODAY - datetime.timedelta(days=40)


def step(by, row, name, on, seen=None, **values):
    seen = row.version if seen is None else seen
    return records.advance(
        by=by, record=row, step=name, values=values, happened_on=on, note="原因", seen=seen
    )


@pytest.fixture
def answered(clerk, org):
    row = step(clerk, make_case(clerk, org), "file", day("2020-03-05"), **{"class": "city"})
    talk = {"topic": "谈", "held_on": "2020-03-10", "useful": "是"}
    records.create(by=clerk, org=org, kind="talk", values=talk, parent=row)
    return step(clerk, row, "answer", day("2020-03-20"), seen=row.version, result="已修复")


def test_to_do_again_is_no_task_but_to_go_on_is(clerk, head, org, answered):
    assert tasks(clerk, org) == []  # the clerk may only reopen it
    [mine] = tasks(head, org)
    assert (mine.steps, mine.waits_for) == (("办结",), ("负责人",))
    closed = step(head, answered, "close", day("2020-03-22"))
    assert closed.state == "closed"
    assert waiting(head, org) == waiting(clerk, org) == 0


def test_a_state_in_which_a_case_rests_waits_for_nobody():
    resting = CASE.states["answered"].model_copy(update={"rests": True})
    calm = CASE.model_copy(update={"states": {**CASE.states, "answered": resting}})
    assert leads_on(CASE, "answered", CASE.steps["close"])
    assert not leads_on(calm, "answered", CASE.steps["close"])


def test_out_of_waiting_even_a_step_back_is_a_task():
    assert CASE.states["waiting"].type is NeutralState.WAITING
    assert leads_on(CASE, "waiting", CASE.steps["resume"])
    assert not leads_on(CASE, "answered", CASE.steps["reopen"])


def test_no_step_of_any_pack_leads_on_out_of_a_case_that_is_over_or_into_giving_up():
    from jixiao.catalogue import load

    for kind in load().kinds.values():
        for one in kind.steps.values():
            for state in one.from_:
                if kind.states[state].type not in OVER and leads_on(kind, state, one):
                    assert kind.states[one.to].type not in deadlines.ENDED


def imported(by, org, on, title="旧件", **path):
    values = {"title": title, "received_on": on.isoformat(), "class": "city"}
    states = {"received": on, "filed": on} | path
    return records.backfill(by=by, org=org, kind="case", values=values, path=states)


def test_a_past_entered_afterwards_waits_apart_until_it_is_carried_on(clerk, org):
    old = imported(clerk, org, LONG_AGO)
    assert (waiting(clerk, org), waiting(clerk, org, past=True)) == (0, 1)
    [task] = tasks(clerk, org, past=True)
    assert task.due is None  # no reminder of what is over
    step(clerk, old, "ask", TODAY)
    assert (waiting(clerk, org), waiting(clerk, org, past=True)) == (1, 0)


def test_what_was_entered_within_a_year_of_its_beginning_is_still_going_on(clerk, org):
    imported(clerk, org, LATELY)
    [task] = tasks(clerk, org)
    assert task.is_late
    assert task.due_on == LATELY + datetime.timedelta(days=30)


def test_the_office_sees_what_waits_for_others_and_an_overseer_the_district(clerk, head, org):
    below = make_org("street", "示例街道", parent=org)
    overseer = make_person("overseer", org, "overseer")
    make_case(clerk, org)
    make_case(make_person("street-clerk", below, "clerk"), below, title="街道的")
    assert waiting(head, org) == 0
    [one] = tasks(head, org, scope=Scope.ORG)
    assert one.waits_for == ("经办人",)
    seen = tasks(overseer, scope=Scope.REACH)
    assert {task.record.org_id for task in seen} == {"office", "street"}
    assert waiting(overseer, scope=Scope.REACH) == 2
    assert waiting(overseer, "street", scope=Scope.REACH) == 1
    assert waiting(head, scope=Scope.REACH) == 1


def test_a_stranger_has_no_task_here(people, clerk, org, case):
    assert tasks(people["stranger"], org) == tasks(people["stranger"], org, scope=Scope.ORG) == []


def test_the_count_is_the_length_of_the_list_whatever_the_scope(clerk, head, org, answered, case):
    imported(clerk, org, LONG_AGO)
    for user in (clerk, head):
        for scope in Scope:
            for past in (False, True):
                found = queries.tasks(user, org, scope=scope, past=past, limit=None)
                assert waiting(user, org, scope=scope, past=past) == len(found)


@pytest.fixture
def due_in(clerk, org):
    def make(days, title):
        on = TODAY + datetime.timedelta(days=days - 30)
        return step(clerk, make_case(clerk, org, title=title, received_on=on.isoformat()), "file", on,
                    **{"class": "city"})  # fmt: skip

    return make


def test_reminded_is_of_what_is_late_or_due_within_the_days_set(clerk, org, due_in, settings):
    due_in(-3, "逾期件"), due_in(4, "快到期件"), due_in(25, "早着呢")
    settings.JIXIAO_REMIND_DAYS = 7
    found = reminders(clerk, org)
    assert [(one.task.record.label, one.days_left) for one in found] == [("逾期件", -3), ("快到期件", 4)]
    assert "逾期 3 天" in found[0].words
    assert "等经办人办理" in found[0].words
    assert [one.task.record.label for one in reminders(clerk, org, within=0)] == ["逾期件"]
    assert len(reminders(clerk, org, within=60)) == 3
    settings.JIXIAO_REMIND_DAYS = 0
    assert len(reminders(clerk, org)) == 1


def test_a_clock_that_stands_reminds_nobody(clerk, org, due_in):
    step(clerk, due_in(-3, "等补充"), "ask", TODAY - datetime.timedelta(days=5))
    assert reminders(clerk, org, within=300) == []


def test_the_command_gives_sentences_or_an_object_a_line(clerk, org, due_in, capsys, monkeypatch):
    from jixiao.cli import django_setup
    from jixiao.cli.remind import remind
    from jixiao.errors import BadInput

    monkeypatch.setattr(django_setup, "ready", lambda: None)
    row = due_in(-3, "逾期件")
    remind(org=org.pk)
    assert capsys.readouterr().out.strip() == reminders(clerk, org)[0].words
    remind(org=org.pk, format="jsonl")
    [told] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (told["record"], told["days_left"], told["waits_for"]) == (row.pk, -3, ["经办人"])
    with pytest.raises(BadInput, match="text、jsonl"):
        remind(org=org.pk, format="xml")
