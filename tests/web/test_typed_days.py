"""Days may be typed as people write them; what cannot be read is told at its box."""

from __future__ import annotations

import pytest
from tests.web.conftest import new_case

from jixiao.ledger import queries
from jixiao.web.entries import DAYS, day


@pytest.mark.parametrize(
    "typed", ["2020-03-05", "2020年3月5日", "2020.3.5", "2020/03/05", "２０２０年３月５日"]
)
def test_a_day_is_read_as_people_write_it(browse, clerk, org, typed):
    answer = browse(clerk).post("/registers/trial/case/new/", new_case(received_on=typed))
    assert answer.status_code == 302
    assert queries.records(clerk, "case").get().data["received_on"] == "2020-03-05"


def test_the_hint_says_what_is_read(browse, clerk, org):
    assert DAYS in browse(clerk).get("/registers/trial/case/new/").content.decode()


@pytest.mark.parametrize("typed", ["三月五日", "2020-13-01", "2020年2月30日", "3月5日", ""])
def test_other_texts_are_no_day(typed):
    assert day(typed) == ""


def test_a_step_and_a_filed_number_take_such_days_and_refuse_others_in_words(browse, clerk, case):
    client, step = browse(clerk), f"/records/{case.id}/steps/file/"
    given = {"class": "city", "happened_on": "很久以前", "seen": "1"}
    answer = client.post(step, given)
    assert answer.status_code == 422
    assert 'href="#f-happened_on"' in answer.content.decode()
    assert client.post(step, given | {"happened_on": "2020年3月5日"}).status_code == 302
    assert queries.record(clerk, case.id).path[-1] == ["filed", "2020-03-05"]
    filed = "/year/office/2020/filed/?item=trial/budget"
    number = {"value": "73万", "qualifier": "exact", "source": "批复", "stated_on": "元旦"}
    assert client.post(filed, number).status_code == 422
    assert client.post(filed, number | {"stated_on": "2020年1月5日"}).status_code == 302


def test_a_day_of_a_past_case_that_cannot_be_read_is_told(browse, clerk, org):
    where = "/registers/trial/case/backfill/"
    told = {"title": "旧件", "received_on": "2019-03-02", "class": "city", "filed_on": "乱写", "do": "save"}
    answer = browse(clerk).post(where, told)
    assert answer.status_code == 422
    assert "乱写" in answer.content.decode()


def test_a_list_is_filtered_by_days_as_people_write_them(browse, clerk, case):
    client = browse(clerk)
    assert "路灯不亮" in client.get("/registers/trial/case/?from=2020年3月1日").content.decode()
    assert "没有符合条件的记录" in client.get("/registers/trial/case/?from=2020年4月1日").content.decode()
