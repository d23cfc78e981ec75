"""Advice on the pages: at the record with the way to mend, in the register as a column and a filter, at figure and year."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import make_case

from jixiao.ledger.actions import records


@pytest.fixture
def urgent(clerk, org):
    make_case(clerk, org, title="无事")
    return make_case(clerk, org, title="急件", urgent="是")


def page_of(client, where):
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_record_tells_what_to_look_at_and_leads_there(browse, clerk, head, urgent):
    page = page_of(browse(clerk), f"/records/{urgent.pk}/")
    assert "可以再看看" in page
    assert "请填写来件单位" in page
    assert f'href="/records/{urgent.pk}/edit/#f-sender"' in page
    assert 'id="f-sender"' in page_of(browse(clerk), f"/records/{urgent.pk}/edit/")
    reader = page_of(browse(head), f"/records/{urgent.pk}/")
    assert "请填写来件单位" in reader
    assert "#f-sender" not in reader


def test_what_hangs_below_is_told_at_the_record_too(browse, clerk, org, case):
    talk = {"topic": "谈得太早", "held_on": "2020-01-01", "useful": "是"}
    records.create(by=clerk, org=org, kind="talk", values=talk, parent=case)
    page = page_of(browse(clerk), f"/records/{case.pk}/")
    assert "收到之后才沟通" not in page.split("可以再看看")[0]
    assert "收到之后才沟通" in page


def test_the_register_has_a_column_and_a_filter(browse, clerk, urgent):
    client = browse(clerk)
    page = page_of(client, "/registers/trial/case/")
    assert "紧急的写明来件单位" in page
    assert "无事" in page
    only = page_of(client, "/registers/trial/case/?hints=1")
    assert "急件" in only
    assert "无事" not in only
    rows = client.get("/registers/trial/case.csv?hints=1").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2


def test_a_register_in_order_has_no_column_of_hints(browse, clerk, case):
    assert '<th scope="col" class=" later">提示' not in page_of(browse(clerk), "/registers/trial/case/")


def test_figure_and_year_tell_how_many(browse, clerk, org, urgent):
    client = browse(clerk)
    figure = page_of(client, "/year/office/2020/figures/trial/cases/")
    assert "1 条可以再看看" in figure
    assert "可以再看看：紧急的写明来件单位" in figure
    year = page_of(client, "/year/office/2020/")
    assert "来件 1 条" in year
    every = page_of(client, "/year/office/2020/advice/")
    assert "1 条记录有提示" in every
    assert f"/records/{urgent.pk}/edit/#f-sender" in every


def test_a_year_in_order_says_so(browse, clerk, case):
    assert "没有需要再看看的记录" in page_of(browse(clerk), "/year/office/2020/advice/")


def test_the_register_tells_the_relations_that_count_it(browse, clerk, org, case):
    told = page_of(browse(clerk), "/registers/trial/case/?hints=1")
    assert '<h2 id="relations">勾稽关系' in told
    asked_for = page_of(browse(clerk), "/registers/trial/case/")
    assert '<h2 id="relations">' not in asked_for, "only where one asks: it computes figures"
