"""A changed calendar moves the due days of open cases, and says so in their history."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest
from tests.ledger.conftest import TRIAL, day, make_case, rows_of

from jixiao.errors import FieldErrors, NotAllowed
from jixiao.ledger import audit, queries, rules
from jixiao.ledger.actions import calendars, records
from jixiao.ledger.models import Event, Record
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import calendars as calendar
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


def test_an_office_puts_a_day_right_and_what_moved_says_why(clerk, people, org, waiting, answered):
    by = people["manager"]
    [moved] = calendars.put_right(
        by=by, org=org, day=day("2020-04-07"), sort="holiday", name="示例假日", reason="示例通知"
    )
    assert moved.pk == waiting.pk
    due = Record.objects.get(pk=waiting.pk).dues["answer"]
    assert due["on"] == "2020-04-08"
    assert any("示例假日" in line for line in due["trace"])
    [told] = calendar.moved(clerk, org)
    assert (told.record.pk, told.deadline, str(told.old), str(told.new)) == (
        waiting.pk, "答复", "2020-04-07", "2020-04-08",
    )  # fmt: skip
    assert told.note == "2020年4月7日放假：示例通知"
    assert list(calendar.local_days(clerk, org)) == [day("2020-04-07")]
    assert {finding.verdict for finding in audit.check(org.pk)} == {Verdict.KEPT}


def test_what_is_written_afterwards_goes_by_it_too(clerk, people, org, head):
    calendars.put_right(
        by=people["manager"],
        org=org,
        day=day("2020-04-07"),
        sort="holiday",
        name="示例假日",
        reason="示例通知",
    )
    assert filed(clerk, org).dues["answer"]["on"] == "2020-04-08"


def test_a_day_put_back_moves_them_back_and_another_office_is_left_alone(people, clerk, org, waiting):
    about = {"by": people["manager"], "org": org, "day": day("2020-04-07"), "reason": "示例通知"}
    calendars.put_right(sort="holiday", name="示例假日", **about)
    [back] = calendars.put_right(sort="as_before", **about)
    assert Record.objects.get(pk=back.pk).dues["answer"]["on"] == "2020-04-07"
    assert calendar.local_days(clerk, org) == {}
    assert len(calendar.calendar_acts(clerk, org)) == 2
    assert calendar.moved(people["stranger"], "elsewhere") == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sort": "holiday", "name": ""}, "name"),
        ({"sort": "no"}, "sort"),
        ({"sort": "as_before"}, "day"),
        ({"sort": "workday", "name": "长" * 41}, "name"),
    ],
)
def test_what_cannot_be_is_told_at_its_box(people, org, given, field):
    with pytest.raises(FieldErrors) as refused:
        calendars.put_right(by=people["manager"], org=org, day=day("2020-04-07"), reason="通知", **given)
    assert list(refused.value.errors) == [field]


def test_only_the_manager_puts_a_day_right(clerk, org):
    with pytest.raises(NotAllowed):
        calendars.put_right(by=clerk, org=org, day=day("2020-04-07"), sort="workday", reason="通知")
