"""Who has to go on with a case reads why it came to them: at the record and on the form of the step."""

from __future__ import annotations

import pytest

from jixiao.ledger import queries
from jixiao.ledger.actions import records
from jixiao.ledger.models import Record
from jixiao.ledger.queries.brought_here import brought_here


def take(by, case, step, note="", **values):
    now = Record.objects.get(pk=case.id)
    return records.advance(by=by, record=now, step=step, seen=now.version, values=values, note=note)


@pytest.fixture
def waiting(clerk, case):
    take(clerk, case, "file", **{"class": "city"})
    return take(clerk, case, "ask", "请写明哪一盏。")


def test_the_reason_stands_at_the_record_and_on_the_next_form(browse, clerk, waiting):
    reason = "“要求补充”的理由（2021-03-01）：请写明哪一盏"
    assert queries.notices(clerk, waiting)[0] == reason
    client = browse(clerk)
    for page in ("", "steps/resume/"):
        assert f"{reason}。" in client.get(f"/records/{waiting.id}/{page}").content.decode()


def test_a_reason_is_told_no_longer_than_the_case_stands_there(clerk, waiting):
    records.edit(by=clerk, record=waiting, values={"title": "路灯整夜不亮"}, seen=waiting.version)
    assert brought_here(Record.objects.get(pk=waiting.pk))
    moved = take(clerk, waiting, "resume")
    assert brought_here(moved) == ""


def test_a_reason_that_was_undone_is_none(clerk, waiting):
    back = records.undo(by=clerk, record=waiting, reason="误点")
    assert brought_here(back) == ""
    again = take(clerk, back, "ask", "再请写明")
    assert "再请写明" in brought_here(again)
