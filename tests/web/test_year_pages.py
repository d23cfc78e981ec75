"""The year in the browser: figures follow records, silence is not zero, filed numbers keep their past, points explain themselves."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.ledger.conftest import day, make_case

from jixiao.ledger import plain, queries
from jixiao.ledger.actions import records

YEAR = "/year/office/2020"
CASES = f"{YEAR}/figures/trial/cases"
RATE = f"{YEAR}/figures/trial/filing_rate"


@pytest.fixture
def two(clerk, org):
    """Two cases, one of them filed."""
    first = make_case(clerk, org, title="路灯不亮")
    make_case(clerk, org, title="井盖松动")
    records.advance(
        by=clerk, record=first, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )
    return first


def page_of(client, where, status=200):
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_figure_follows_its_records(browse, clerk, org, two):
    client = browse(clerk)
    assert '<span class="big">2件</span>' in page_of(client, f"{CASES}/")
    make_case(clerk, org, title="又一件")
    page = page_of(client, f"{CASES}/")
    assert '<span class="big">3件</span>' in page
    assert "又一件" in page


def test_a_rate_says_what_is_divided_by_what(browse, clerk, two):
    page = page_of(browse(clerk), f"{RATE}/")
    assert '<span class="big">50%</span>' in page
    assert "<span>1 <small>分子</small></span><span>2 <small>分母</small></span>" in page
    assert "分子、分母" in page
    assert "SELECT" in page


def test_silence_is_not_zero(browse, clerk, org):
    client = browse(clerk)
    page = page_of(client, f"{CASES}/")
    assert "未填报不等于零" in page
    assert "0件" not in page
    where = f"{YEAR}/filed/?item=trial/case"
    assert where.split("?")[1] in page
    answer = client.post(where, {"stated_on": "2020-12-31", "source": "核对台账"})
    assert answer.status_code == 302
    assert '<span class="big">0件</span>' in page_of(client, f"{CASES}/")


def test_the_figure_and_its_list_hold_the_same_records(browse, clerk, org, two):
    make_case(clerk, org, title="上一年的", received_on="2019-05-01")
    client = browse(clerk)
    rows = json.loads(client.get(f"{CASES}.json").content)["rows"]
    listed = json.loads(client.get("/registers/trial/case.json?figure=trial/cases&year=2020").content)
    assert {row["id"] for row in rows} == {row["id"] for row in listed}
    assert len(listed) == 2
    assert "背后的 2 条记录" in page_of(client, "/registers/trial/case/?figure=trial/cases&year=2020")


def test_page_json_and_csv_of_the_year_agree(browse, clerk, two):
    client = browse(clerk)
    data = {one["id"]: one for one in json.loads(client.get(f"{YEAR}.json").content)}
    told = queries.year(clerk, "office", 2020)
    assert list(data.values()) == [plain.figure(figure) for figure in told.figures]
    assert (data["trial/cases"]["value"], data["trial/cases"]["status"]) == ("2", "reported")
    assert data["trial/roll"]["value"] is None
    table = list(csv.DictReader(io.StringIO(client.get(f"{YEAR}.csv").content.decode("utf-8-sig"))))
    assert [row["指标"] for row in table] == list(data)
    assert {row["状态"] for row in table} == {"已填报", "未填报"}
    page = page_of(client, f"{YEAR}/")
    assert f'href="{CASES}/"' in page
    assert "未填报" in page


def test_an_unknown_year_and_an_unknown_figure_are_not_there(browse, clerk, org):
    client = browse(clerk)
    page_of(client, "/year/office/1999/", 404)
    page_of(client, f"{YEAR}/figures/trial/nothing/", 404)


def test_a_filed_number_wants_a_source_and_keeps_what_was_typed(browse, clerk, org):
    answer = browse(clerk).post(
        f"{YEAR}/filed/?item=trial/budget", {"value": "很多", "stated_on": "2021-01-05", "source": ""}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-source"' in page
    assert 'value="很多"' in page
    answer = browse(clerk).post(
        f"{YEAR}/filed/?item=trial/budget", {"value": "很多", "stated_on": "2021-01-05", "source": "批复"}
    )
    assert 'href="#f-value"' in answer.content.decode()


def test_a_corrected_number_keeps_the_old_one(browse, clerk, org):
    client, where = browse(clerk), f"{YEAR}/filed/?item=trial/budget"
    for value in ("73万", "75万"):
        given = {"value": value, "qualifier": "exact", "stated_on": "2020-01-05", "source": "批复"}
        assert client.post(where, given).status_code == 302
    page = page_of(client, f"{YEAR}/filed/")
    assert "75万元" in page
    assert "旧数 1 个" in page
    assert "73万元" in page


def test_only_who_may_file_files(browse, head, org):
    client = browse(head)
    assert "您的角色只能查看填报数" in page_of(client, f"{YEAR}/filed/")
    answer = client.post(
        f"{YEAR}/filed/?item=trial/budget", {"value": "1", "stated_on": "2021-01-05", "source": "批复"}
    )
    assert answer.status_code == 403


def test_lost_points_want_a_reason(browse, clerk, two):
    client = browse(clerk)
    assert "待说明失分原因" in page_of(client, f"{YEAR}/scores/")
    where = f"{YEAR}/scores/trial/goals/filing/"
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "一件材料不全"}).status_code == 302
    assert "失分原因：一件材料不全" in page_of(client, f"{YEAR}/scores/")


def test_a_record_names_the_figures_it_counts_towards(browse, clerk, two):
    page = page_of(browse(clerk), f"/records/{two.id}/")
    assert f'href="{CASES}/"' in page
    assert f'href="{RATE}/"' in page


def test_what_the_year_lacks_is_one_click_away(browse, clerk, org, two):
    view = queries.year(clerk, org, 2020)
    page = page_of(browse(clerk), f"{YEAR}/")
    for figure in view.missing:
        assert f'href="{YEAR}/figures/{figure.indicator}/"' in page
    for late in view.late:
        assert f'href="/records/{late.record.id}/"' in page
