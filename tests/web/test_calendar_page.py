"""The office's calendar on its page: who manages it changes a day, everybody sees what moved and why."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case, make_person

from jixiao.ledger.actions import records

HERE = "/orgs/calendar/"
CHANGE = {"day": "2020-04-07", "sort": "holiday", "name": "示例假日", "reason": "示例通知", "do": "change"}


@pytest.fixture
def manager(org):
    return make_person("manager", org, "manager")


@pytest.fixture
def waiting(clerk, org):
    return records.advance(
        by=clerk, record=make_case(clerk, org), step="file", values={"class": "city"},
        happened_on=day("2020-03-05"), seen=1,
    )  # fmt: skip


def test_a_holiday_added_moves_what_is_open_and_tells_why(browse, manager, clerk, org, waiting):
    client = browse(manager)
    assert "还没有因日历变动而改过的期限" in client.get(HERE).content.decode()
    answer = client.post(HERE, CHANGE, follow=True)
    page = answer.content.decode()
    assert "1 件的期限有变动" in page
    for told in ("2020-04-07", "2020-04-08", "2020年4月7日放假：示例通知", "示例假日"):
        assert told in page
    seen = browse(clerk).get(HERE).content.decode()
    assert "2020-04-08" in seen
    assert "改动一天" not in seen
    record = browse(clerk).get(f"/records/{waiting.pk}/").content.decode()
    assert "示例假日" in record


def test_a_clerk_changes_nothing_and_a_stranger_sees_nothing(browse, clerk, stranger, manager, waiting):
    assert browse(clerk).post(HERE, CHANGE).status_code == 403
    browse(manager).post(HERE, CHANGE)
    assert "示例假日" not in browse(stranger).get(HERE).content.decode()


def test_what_is_missing_is_told_and_nothing_typed_is_lost(browse, manager, waiting):
    answer = browse(manager).post(HERE, CHANGE | {"reason": "", "name": "我打的字"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="我打的字"' in page
    assert 'href="#f-reason"' in page


def test_all_may_be_computed_anew_with_a_reason_alone(browse, manager, waiting):
    answer = browse(manager).post(HERE, {"do": "anew", "reason": "换了规则包"}, follow=True)
    assert "没有期限变动" in answer.content.decode()
