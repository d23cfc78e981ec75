"""A year over REST: the same numbers as the command line, one figure laid open, silence told as silence."""

from __future__ import annotations

import datetime
import json

import pytest
from tests.ledger.conftest import make_case

from jixiao.cli.figures import show_figures
from jixiao.cli.output import Format
from jixiao.ledger import queries
from jixiao.ledger.actions import evidence, filed


@pytest.fixture
def year(clerk, org):
    """Two cases of 2020, one with money and a paper behind it, and a filed roll."""
    first = make_case(clerk, org, title="甲灯", amount="3万元")
    make_case(clerk, org, title="乙路", received_on="2020-06-01")
    evidence.attach(by=clerk, record=first, document_number="示〔2020〕1号", grade="internal", title="批复")
    filed.file(
        by=clerk, org=org, item="trial/roll", value="29", stated_on=datetime.date(2020, 12, 31),
        period=queries.periods_for(clerk, org).get(year=2020), source="名册",
    )  # fmt: skip
    return first


def test_figures_are_those_of_the_command_line(ask, clerk, year, capsys):
    status, told = ask(clerk, "get", "/figures/office/2020")
    assert status == 200
    show_figures("office", "2020", None, Format.JSON)
    assert told == json.loads(capsys.readouterr().out)
    by_id = {one["id"]: one for one in told}
    assert by_id["trial/cases"]["value"] == "2"
    assert (
        by_id["trial/coordinated"] | {"exact": "30000", "top": 3_000_000, "unit": "元"}
        == by_id["trial/coordinated"]
    )
    assert (by_id["trial/talks"]["status"], by_id["trial/talks"]["value"]) == ("reported", "0")


def test_silence_is_not_zero(ask, clerk, year):
    _, told = ask(clerk, "get", "/figures/office/2021/trial/cases")
    assert (told["status"], told["value"], told["text"]) == ("not_reported", None, "未填报")


def test_a_figure_is_laid_open(ask, clerk, year):
    status, told = ask(clerk, "get", "/figures/office/2020/trial/cases")
    assert status == 200
    assert told["text"] == "2件"
    assert {row["record"]["label"] for row in told["rows"]} == {"甲灯", "乙路"}
    papers = {row["record"]["label"]: row["evidence"] for row in told["rows"]}
    assert [one["document_number"] for one in papers["甲灯"]] == ["示〔2020〕1号"]
    assert papers["乙路"] == []
    assert "SELECT" in told["sql"]
    assert [word["label"] for word in told["words"]][:2] == ["计算", "时间"]


def test_a_filed_number_tells_where_it_comes_from(ask, clerk, year):
    _, told = ask(clerk, "get", "/figures/office/2020/trial/roll")
    (row,) = told["rows"]
    assert row["record"] is None
    assert row["filed"] == {"item": "trial/roll", "stated_on": "2020-12-31", "source": "名册"}


def test_a_year_may_be_seen_as_of_a_day(ask, clerk, year):
    _, told = ask(clerk, "get", "/figures/office/2020/trial/cases", as_of="2020年5月1日")
    assert (told["value"], told["as_of"]) == ("1", "2020-05-01")
    status, told = ask(clerk, "get", "/figures/office/2020", as_of="改天")
    assert status == 422
    assert "as_of" in told["errors"]


def test_years_come_with_their_periods(ask, clerk, org):
    status, told = ask(clerk, "get", "/orgs/office/years")
    assert status == 200
    assert [one["year"] for one in told] == [2021, 2020]
    assert told[1]["periods"] == [
        {"basis": "calendar_year", "label": "2020年度", "from_on": "2020-01-01", "to_on": "2020-12-31"}
    ]


@pytest.mark.parametrize(
    "where", ["/figures/office/1066", "/scores/office/1066", "/figures/office/2020/trial/ufo"]
)
def test_what_nobody_set_up_is_not_there(ask, clerk, org, where):
    assert ask(clerk, "get", where)[0] == 404


def test_more_records_cost_no_more_queries(ask, clerk, org):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for wanted in (1, 3):
        while queries.records(clerk, "case", org).count() < wanted:
            make_case(clerk, org)
        ask(clerk, "get", "/session")
        for where in ("/figures/office/2020", "/figures/office/2020/trial/cases"):
            with CaptureQueriesContext(connection) as made:
                assert ask(None, "get", where)[0] == 200
            counts.append(len(made))
    assert counts[:2] == counts[2:]


def test_scores_tell_the_working_and_what_is_open(ask, clerk, year):
    status, (sheet,) = ask(clerk, "get", "/scores/office/2020")
    assert status == 200
    assert (sheet["scheme"], sheet["total"]) == ("trial/goals", "100")
    leaves = {node["id"]: node for node in sheet["tree"]}
    assert leaves["filing"]["score"]["earned"] == "0"
    assert leaves["filing"]["score"]["working"]
    assert set(sheet["unexplained"]) == {"filing", "quality"}


def test_findings_tell_verdict_and_reason(ask, clerk, year):
    status, told = ask(clerk, "get", "/findings/office/2020")
    assert status == 200
    (finding,) = [one for one in told if one["relation"] == "trial/filing"]
    assert finding["verdict"] == "kept"
    assert set(finding["subjects"]) == {"trial/cases", "trial/filed_cases"}
