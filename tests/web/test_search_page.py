"""The search box on every page: grouped, marked, scoped, kind to those who ask too little."""

from __future__ import annotations

import json

import pytest
from tests.ledger.conftest import make_case

from jixiao.web.marks import excerpt, marked


def page_of(client, asked):
    answer = client.get("/search/", {"q": asked})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_box_stands_on_every_page_and_keeps_what_was_asked(browse, clerk, case):
    client = browse(clerk)
    for where in ("/", "/registers/", "/year/office/2020/", f"/records/{case.id}/", "/rules/"):
        page = client.get(where).content.decode()
        assert 'role="search" method="get" action="/search/"' in page
        assert 'name="q" maxlength="60" placeholder="数据、台账、记录" value=""' in page
    assert 'name="q" maxlength="60" placeholder="数据、台账、记录" value="路灯"' in page_of(client, "路灯")


def test_figures_registers_and_records_are_grouped_and_marked(browse, clerk, org):
    row = make_case(clerk, org, title="来件说路灯不亮", result="已按来件要求办理")
    client = browse(clerk)
    client.get("/year/office/2020/")
    page = page_of(client, "来件")
    assert '<a href="/registers/trial/case/"><mark>来件</mark></a>' in page
    assert f'<a href="/records/{row.id}/"><mark>来件</mark>说路灯不亮</a>' in page
    data = json.loads(client.get("/search.json", {"q": "来件"}).content)
    assert data["records"][0]["hits"][0]["id"] == row.id
    page = page_of(client, "cases")
    assert 'href="/year/office/2020/figures/trial/cases/"' in page
    data = json.loads(client.get("/search.json", {"q": "cases"}).content)
    assert {one["id"]: one["text"] for one in data["figures"]}["trial/cases"] == "1件"


@pytest.mark.parametrize(
    ("asked", "told"), [("", "请在页面上方写下要找的词"), ("路", "一个字太少"), ("没有这样的", "没有找到")]
)
def test_nothing_found_is_told_kindly(browse, clerk, case, asked, told):
    assert told in page_of(browse(clerk), asked)


def test_more_than_is_shown_leads_to_the_register(browse, clerk, org):
    for number in range(7):
        make_case(clerk, org, title=f"路灯{number}")
    page = page_of(browse(clerk), "路灯")
    assert 'href="/registers/trial/case/?q=%E8%B7%AF%E7%81%AF">到台账查看全部 7 条' in page


def test_a_strangers_search_finds_nothing_of_another_office(browse, stranger, case):
    assert "路灯不亮" not in page_of(browse(stranger), "路灯")


def test_html_in_a_record_and_in_the_question_is_text(browse, clerk, org):
    make_case(clerk, org, title="<script>alert(1)</script>")
    page = page_of(browse(clerk), "<script>")
    assert "<script>" not in page
    assert "<mark>&lt;script&gt;</mark>alert(1)" in page


def test_marks_take_every_place_whatever_its_case():
    assert [(one.text, one.is_marked) for one in marked("aXbx+", ["x", "x+"])] == [
        ("a", False), ("X", True), ("b", False), ("x+", True),
    ]  # fmt: skip


def test_a_long_text_is_cut_around_what_was_asked():
    text = "".join(one.text for one in excerpt("前" * 200 + "路灯" + "后" * 200, ["路灯"]))
    assert text.startswith("…前")
    assert "路灯" in text
    assert text.endswith("后…")
    assert len(text) < 120
