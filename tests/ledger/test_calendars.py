"""A changed calendar moves the due days of open cases, and says so in their history."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest
from tests.ledger.conftest import TRIAL, day, make_case, rows_of

from jixiao.errors import NotAllowed
from jixiao.ledger import audit, queries, rules
from jixiao.ledger.actions import calendars, records
from jixiao.ledger.models import Event, Record
from jixiao.ledger.permissions import SYSTEM
from jixiao.values import Verdict


@pytest.fixture
def longer_holiday():
    """7 April 2020 is a holiday too."""
    calendar = TRIAL.calendars["trial/trial"].model_copy(update={"holidays": {day("2020-04-07"): "示例假日"}})
    changed = dataclasses.replace(TRIAL, calendars=MappingProxyType({"trial/trial": calendar}))
    with rules.working_under(changed):
        yield


def filed(clerk, org):
    about = {"values": {"class": "city"}, "happened_on": day("2020-03-05"), "seen": 1}
    return records.advance(by=clerk, record=make_case(clerk, org), step="file", **about)


@pytest.fixture
def waiting(clerk, org):
    return filed(clerk, org)


@pytest.fixture
def answered(clerk, org):
    row = filed(clerk, org)
    talk = {"topic": "谈", "held_on": "2020-03-10", "useful": "是"}
    records.create(by=clerk, org=org, kind="talk", values=talk, parent=row)
    about = {"values": {"result": "已修复"}, "happened_on": day("2020-03-20"), "seen": row.version}
    return records.advance(by=clerk, record=row, step="answer", **about)


def test_open_cases_move_and_tell(clerk, org, waiting, answered, longer_holiday):
    [moved] = calendars.recompute(by=SYSTEM, org=org, reason="放假安排调整")
    assert moved.pk == waiting.pk
    row = Record.objects.get(pk=waiting.pk)
    assert row.dues["answer"]["on"] == "2020-04-08"
    projected = {one["id"]: str(one["answer_due_on"]) for one in rows_of("p_trial_case")}
    assert projected[waiting.pk] == "2020-04-08"
    last = queries.history(clerk, row)[0]
    [change] = last.changes
    assert (last.title, last.note, change.title) == ("重算期限", "放假安排调整", "答复期限")
    assert (change.old, change.new) == ("2020-04-07", "2020-04-08")
    assert Record.objects.get(pk=answered.pk).dues["answer"]["on"] == "2020-04-07"
    assert {finding.verdict for finding in audit.check(org.pk)} == {Verdict.KEPT}
    assert (
        records.edit(by=clerk, record=row, values={"title": "改"}, seen=waiting.version).data["title"] == "改"
    )


def test_nothing_moved_leaves_no_event(org, waiting):
    before = Event.objects.count()
    assert calendars.recompute(by=SYSTEM, org=org, reason="核对") == []
    assert Event.objects.count() == before


def test_only_the_manager_recomputes(clerk, org):
    with pytest.raises(NotAllowed, match="须由管理员办理"):
        calendars.recompute(by=clerk, org=org, reason="核对")
