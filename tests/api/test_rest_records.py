"""Records over REST: created as people type, listed, corrected, moved on, and told by field what is wrong."""

from __future__ import annotations

import uuid

import pytest
from tests.ledger.conftest import TRIAL, make_case

from jixiao.ledger import queries
from jixiao.ledger.actions import records

CASES = "/records/trial/case"


def new_case(**values):
    return {"org": "office", "values": {"title": "路灯不亮", "received_on": "2020-03-02"} | values}


def test_what_office_people_type_is_taken(ask, clerk, org):
    typed = {
        "received_on": "2020年3月5日",
        "amount": "73万元",
        "readers": "30余",
        "class": "城市",
        "urgent": "是",
    }
    status, made = ask(clerk, "post", CASES, new_case(**typed))
    assert status == 201, made
    assert made["values"]["received_on"] == "2020-03-05"
    assert made["values"]["amount"] == "730000"
    assert made["values"]["readers"] == {"value": 30, "qualifier": "over"}
    assert made["values"]["class"] == "city"
    assert made["values"]["urgent"] is True
    assert made["shown"]["amount"] == "73万元"
    assert made["state"] == "received"
    assert made["version"] == 1
    (row,) = queries.records(clerk, "case", org)
    assert row.id == made["id"]
    assert row.data["amount"] == 73_000_000


def test_what_was_given_out_can_be_given_back(ask, clerk, org):
    typed = {
        "amount": 1200.5,
        "share": "0.25",
        "readers": "约300",
        "extra_days": 3,
        "urgent": False,
        "class": "farm",
    }
    _, made = ask(clerk, "post", CASES, new_case(**typed))
    values = {name: value for name, value in made["values"].items() if name != "case_number"}
    status, again = ask(clerk, "patch", f"/records/{made['id']}", {"seen": made["version"], "values": values})
    assert status == 200, again
    assert again["values"] == made["values"]
    assert again["version"] == made["version"]


def test_every_wrong_field_is_named(ask, clerk, org):
    wrong = {
        "title": "",
        "received_on": "昨日之前",
        "amount": "一些钱",
        "nonsense": "1",
        "readers": {"value": "x"},
    }
    status, told = ask(clerk, "post", CASES, new_case(**wrong))
    assert status == 422
    assert "readers" in told["errors"]
    status, told = ask(clerk, "post", CASES, new_case(**wrong | {"readers": "300"}))
    assert status == 422
    assert {"received_on", "amount", "nonsense"} <= set(told["errors"])
    assert "73万元" in told["errors"]["amount"]
    assert not queries.records(clerk, "case", org).exists()


@pytest.mark.parametrize(
    "value",
    [["列表"], {"a": 1}, True, {"value": 3, "qualifier": "about"}, {"value": True, "qualifier": "over"}],
)
@pytest.mark.parametrize("field", ["title", "readers", "amount"])
def test_values_of_a_wrong_shape_never_become_text(ask, clerk, org, field, value):
    status, told = ask(clerk, "post", CASES, new_case(**{field: value}))
    assert status == 422
    assert list(told["errors"]) == [field]


def test_a_misspelt_word_of_the_question_is_refused(ask, clerk, org):
    status, told = ask(clerk, "post", CASES, new_case() | {"happend_on": "2020-03-02"})
    assert status == 422
    assert told["errors"] == {"happend_on": "不认得这一项"}
    status, told = ask(clerk, "patch", f"/records/{make_case(clerk, org).id}", {"values": {"title": "新"}})
    assert status == 422
    assert told["errors"] == {"seen": "没有填写"}


def test_the_day_a_thing_happened_is_typed_too(ask, clerk, org):
    status, made = ask(clerk, "post", CASES, new_case() | {"happened_on": "2020年3月4日"})
    assert status == 201
    assert made["path"] == [{"id": "received", "title": "已收到", "on": "2020-03-04"}]
    status, told = ask(clerk, "post", CASES, new_case() | {"happened_on": "3月40日"})
    assert status == 422
    assert "日历" in told["errors"]["happened_on"]


def test_the_second_editor_is_told_what_the_first_wrote(ask, clerk, case):
    records.edit(by=clerk, record=case.id, values={"amount": "5万元", "mark": "甲1"}, seen=1)
    status, told = ask(clerk, "patch", f"/records/{case.id}", {"seen": 1, "values": {"mark": "乙2"}})
    assert status == 409
    assert told["theirs"] == {"amount": "50000", "mark": "甲1"}
    assert told["version"] == 2
    status, mine = ask(clerk, "patch", f"/records/{case.id}", {"seen": 2, "values": {"mark": "乙2"}})
    assert status == 200
    assert mine["values"]["mark"] == "乙2"


def test_a_step_is_taken_with_what_it_needs(ask, clerk, case):
    where = f"/records/{case.id}/steps/file"
    status, told = ask(clerk, "post", where, {"seen": 1})
    assert status == 422
    assert list(told["errors"]) == ["class"]
    status, filed = ask(
        clerk, "post", where, {"seen": 1, "values": {"class": "city"}, "happened_on": "2020-03-05"}
    )
    assert status == 200
    assert filed["state"] == "filed"
    assert filed["number"] == "示2020-001"
    assert [due["id"] for due in filed["dues"]] == ["answer"]
    status, told = ask(clerk, "post", f"/records/{case.id}/steps/nothing", {"seen": 2})
    assert status == 422
    assert "没有步骤" in told["message"]


def test_a_step_that_is_not_legal_now_says_why(ask, clerk, case):
    ask(clerk, "post", f"/records/{case.id}/steps/file", {"seen": 1, "values": {"class": "city"}})
    _, seen = ask(clerk, "get", f"/records/{case.id}")
    (answer,) = [step for step in seen["steps"] if step["id"] == "answer"]
    assert not answer["legal"]
    assert "答复前应有一次有效沟通" in answer["reasons"]
    given = {"seen": 2, "values": {"result": "已修"}, "happened_on": "2021-03-01"}
    status, told = ask(clerk, "post", f"/records/{case.id}/steps/answer", given)
    assert status == 409
    assert any("答复前应有一次有效沟通" in reason for reason in told["reasons"])


def test_a_child_is_registered_under_its_parent(ask, clerk, case):
    given = {"org": "office", "parent": case.id, "values": {"topic": "到现场", "held_on": "2020-03-04"}}
    status, made = ask(clerk, "post", "/records/trial/talk", given)
    assert status == 201
    assert made["parent"] == case.id
    assert made["root"] == case.id
    _, seen = ask(clerk, "get", f"/records/{case.id}")
    assert seen["children"] == [{"id": made["id"], "kind": "trial/talk", "number": "", "label": "到现场"}]
    status, listed = ask(clerk, "get", "/records/trial/talk", parent_id=case.id)
    assert [one["id"] for one in listed["items"]] == [made["id"]]


def test_history_tells_the_latest_first(ask, clerk, case):
    records.edit(by=clerk, record=case.id, values={"amount": "5万元"}, seen=1)
    status, told = ask(clerk, "get", f"/records/{case.id}/history")
    assert status == 200
    assert [entry["act"] for entry in told] == ["edit", "create"]
    assert told[0]["changes"] == [{"title": "涉及金额", "old": "", "new": "5万元"}]


@pytest.fixture
def several(clerk, org):
    """Five cases: three of them in the city, one without an amount, days apart."""
    given = [
        ("甲灯", "city", "1万"),
        ("乙路", "city", "2万"),
        ("丙渠", "farm", "3万"),
        ("丁灯", "city", ""),
        ("戊路", "", "4万"),
    ]
    return [
        make_case(clerk, org, title=title, received_on=f"2020-03-0{day}", amount=amount, **{"class": code})
        for day, (title, code, amount) in enumerate(given, 1)
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "戊路 丁灯 丙渠 乙路 甲灯"),
        ({"order": "received_on"}, "甲灯 乙路 丙渠 丁灯 戊路"),
        ({"order": "-amount"}, "戊路 丙渠 乙路 甲灯 丁灯"),
        ({"class": "city"}, "丁灯 乙路 甲灯"),
        ({"class": "城市"}, "丁灯 乙路 甲灯"),
        ({"class": ["city", "farm"]}, "丁灯 丙渠 乙路 甲灯"),
        ({"class": ""}, "戊路"),
        ({"amount": ""}, "丁灯"),
        ({"amount": "2万元"}, "乙路"),
        ({"amount.from": "2万", "amount.to": "30000"}, "丙渠 乙路"),
        ({"received_on.from": "2020年3月4日"}, "戊路 丁灯"),
        ({"received_on.to": "2020-03-02", "class": "city"}, "乙路 甲灯"),
        ({"q": "灯"}, "丁灯 甲灯"),
        ({"state": "已收到"}, "戊路 丁灯 丙渠 乙路 甲灯"),
        ({"state": "filed"}, ""),
        ({"filed_on": ""}, "戊路 丁灯 丙渠 乙路 甲灯"),
        ({"voided": "true"}, ""),
        ({"org": "office", "size": 2, "page": 2}, "丙渠 乙路"),
        ({"size": 2, "page": 9}, ""),
    ],
)
def test_lists_are_filtered_and_ordered(ask, clerk, several, query, expected):
    status, listed = ask(clerk, "get", CASES, **query)
    assert status == 200, listed
    assert " ".join(one["label"] for one in listed["items"]) == expected


def test_pages_add_up_to_the_whole_once(ask, clerk, org):
    for number in range(5):
        make_case(clerk, org, title=f"同日{number}")
    seen = []
    for page in (1, 2, 3):
        _, listed = ask(clerk, "get", CASES, page=page, size=2)
        assert (listed["count"], listed["pages"]) == (5, 3)
        seen += [one["id"] for one in listed["items"]]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"class": "火星"}, "class"),
        ({"received_on": "某日"}, "received_on"),
        ({"state": "飞走"}, "state"),
        ({"page": "0"}, "page"),
        ({"size": "9999"}, "size"),
        ({"title.from": "a"}, "title.from"),
        ({"q": "字 " * 40}, "q"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(ask, clerk, several, query, field):
    status, told = ask(clerk, "get", CASES, **query)
    assert status == 422
    assert field in told["errors"]


def test_an_unknown_order_is_refused(ask, clerk, several):
    status, told = ask(clerk, "get", CASES, order="1;DROP")
    assert status == 422
    assert "没有" in told["message"]


def test_a_long_list_costs_no_more_queries(ask, clerk, org, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业一"})
    counts = []
    for wanted in (1, 3):
        while queries.records(clerk, "case", org).count() < wanted:
            make_case(clerk, org, sender=firm.id)
        ask(clerk, "get", "/session")
        with CaptureQueriesContext(
            connection,
        ) as made:
            _, listed = ask(None, "get", CASES)
        assert len(listed["items"]) == wanted
        assert listed["items"][0]["shown"]["sender"] == "示例企业一"
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_a_kind_or_record_nobody_knows_is_not_there(ask, clerk, org):
    assert ask(clerk, "get", "/records/trial/ufo")[0] == 404
    assert ask(clerk, "get", f"/records/{uuid.uuid4()}")[0] == 404
    assert ask(clerk, "get", "/nowhere/at/all")[0] == 404
    assert TRIAL.kind("case").full_id == "trial/case"
