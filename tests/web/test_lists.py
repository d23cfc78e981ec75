"""Lists and their twins: the same rows under the same filters, safe in a spreadsheet, few queries however many rows."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.ledger.conftest import make_case

from jixiao.formulas import harmless
from jixiao.ledger.actions import records
from jixiao.web.twins import attachment

LIST = "/registers/trial/case"


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def three(clerk, org):
    return [make_case(clerk, org, title=f"第{n}件", received_on=f"2020-0{n}-01") for n in (1, 2, 3)]


def test_page_and_twins_hold_the_same_rows(browse, clerk, three):
    client, asked = browse(clerk), "?from=2020-02-01&order=received_on"
    page = client.get(f"{LIST}/{asked}").content.decode()
    table = rows_of(client.get(f"{LIST}.csv{asked}"))
    data = json.loads(client.get(f"{LIST}.json{asked}").content)
    assert "第1件" not in page
    assert page.index("第2件") < page.index("第3件")
    assert [row["标题"] for row in table] == [row["标题"] for row in data] == ["第2件", "第3件"]
    assert [row["id"] for row in data] == [three[1].id, three[2].id]


def test_a_search_finds_and_says_when_it_does_not(browse, clerk, three):
    client = browse(clerk)
    assert "第2件" in client.get(f"{LIST}/?q=第2").content.decode()
    assert "没有符合条件的记录" in client.get(f"{LIST}/?q=没有这样的").content.decode()


@pytest.mark.parametrize(
    "odd",
    [
        "?order=password",
        "?order=-nothing",
        "?page=999",
        "?state=%27;--",
        "?from=yesterday",
        "?figure=x&year=y",
    ],
)
def test_odd_addresses_do_no_harm(browse, clerk, three, odd):
    assert browse(clerk).get(f"{LIST}/{odd}").status_code == 200


def test_a_formula_stays_text(browse, clerk, org):
    make_case(clerk, org, title='=HYPERLINK("http://example.org","x")', amount="73万")
    (row,) = rows_of(browse(clerk).get(f"{LIST}.csv"))
    assert row["标题"].startswith("'=")
    assert row["涉及金额"] == "73万元"


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_what_a_spreadsheet_would_run_is_quoted(cell):
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+3.20", "1,204", "12%", "示例", "", 7])
def test_numbers_and_words_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_a_file_name_cannot_break_out():
    header = attachment('报告"\r\nSet-Cookie: x=1;.docx')
    assert "\r" not in header
    assert "\n" not in header
    assert header.count('"') == 2


def test_html_in_a_record_is_text(browse, clerk, org):
    row = make_case(clerk, org, title="<script>alert(1)</script>")
    client = browse(clerk)
    for where in (f"{LIST}/", f"/records/{row.id}/", f"/records/{row.id}/edit/"):
        page = client.get(where).content.decode()
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


def test_the_number_of_queries_does_not_grow(browse, clerk, org, three, django_assert_max_num_queries):
    client = browse(clerk)
    with django_assert_max_num_queries(45):
        client.get(f"{LIST}/")
    for n in range(20):
        make_case(clerk, org, title=f"又一件{n}")
    with django_assert_max_num_queries(45):
        client.get(f"{LIST}/")


def test_voided_ones_are_not_listed(browse, clerk, head, org, three):
    records.void(by=head, record=three[0].id, reason="重复登记")
    assert len(rows_of(browse(clerk).get(f"{LIST}.csv"))) == 2
