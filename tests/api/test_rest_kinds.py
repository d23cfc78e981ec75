"""Kinds over REST: a kind written into a local pack is there as resource and schema, without a line of code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.ledger import conftest as office
from tests.ledger.conftest import TRIAL

from jixiao.catalogue import load
from jixiao.ledger import projection, rules
from jixiao.ledger.actions import orgs
from jixiao.ledger.permissions import SYSTEM

SOURCE = "source: [{title: 试用办法（示例文件）}]\n"
PACK = "id: annex\ntitle: 本地附加包\nversion: '1'\nrequires: [trial]\n"
VISIT = """title: 走访
shape: activity
about: office
unit: 次
date: held_on
label: place
theme: work
fields:
  place: {type: text, title: 走访地点, required: true}
  held_on: {type: date, title: 走访日期, required: true}
  cost: {type: money, title: 花费, nature: coordinated, hint: 没有花费可不填}
  class: {type: code, title: 类别, codes: case_class}
  size: {type: integer, title: 人数, unit: 人}
"""


@pytest.fixture
def annex(tmp_path, org):
    """The office works under one more pack, of its own, with one kind."""
    folder = tmp_path / "annex"
    (folder / "kinds").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "kinds" / "visit.yaml").write_text(VISIT + SOURCE, encoding="utf-8")
    catalogue = load([], [Path(office.__file__).parent / "pack" / "trial", folder])
    with rules.working_under(catalogue):
        projection.ensure(catalogue)
        orgs.bind_pack(by=SYSTEM, org=org, pack="annex", from_on=org.valid_from)
        yield catalogue


def test_a_new_kind_is_a_resource(ask, clerk, annex):
    _, listed = ask(clerk, "get", "/kinds", org="office")
    assert "annex/visit" in [kind["id"] for kind in listed]
    given = {
        "place": "示例街道",
        "held_on": "2020年5月6日",
        "cost": "1,200元",
        "class": "农业",
        "size": "12人",
    }
    status, made = ask(clerk, "post", "/records/annex/visit", {"org": "office", "values": given})
    assert status == 201, made
    assert made["values"] == {
        "place": "示例街道", "held_on": "2020-05-06", "cost": "1200", "class": "farm", "size": 12,
    }  # fmt: skip
    _, found = ask(clerk, "get", "/records/annex/visit", **{"cost.from": "1千", "size.is": "12", "size": "5"})
    assert [one["id"] for one in found["items"]] == [made["id"]]


def test_a_new_kind_has_a_schema(ask, clerk, annex):
    status, document = ask(clerk, "get", "/openapi.json")
    assert status == 200
    operations = document["paths"]["/api/v1/records/annex/visit"]
    assert operations["post"]["summary"] == "走访：登记一条记录"
    body = operations["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert "#/components/schemas/annex.visit.typed" in str(body)
    schema = document["components"]["schemas"]["annex.visit.typed"]
    assert schema["required"] == ["place", "held_on"]
    assert schema["properties"]["cost"]["title"] == "花费"
    assert "单位元" in schema["properties"]["cost"]["description"]
    assert "没有花费可不填" in schema["properties"]["cost"]["description"]
    names = [one["name"] for one in operations["get"]["parameters"]]
    assert {"size", "size.is", "held_on.from", "cost.to"} <= set(names)
    assert len(names) == len(set(names))


def test_the_document_points_only_to_what_it_has(ask, clerk, org):
    _, document = ask(clerk, "get", "/openapi.json")
    pointed = set(re.findall(r"'\$ref': '#/components/schemas/([^']+)'", str(document)))
    assert pointed <= set(document["components"]["schemas"])
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in document["components"]["schemas"])
    ids = [one["operationId"] for operations in document["paths"].values() for one in operations.values()]
    assert len(ids) == len(set(ids))
    assert not [path for path in document["paths"] if "{pack}/{kind}" in path and "/records/" in path]


def test_a_kind_is_told_in_words_and_as_schema(ask, clerk, org):
    status, told = ask(clerk, "get", "/kinds/trial/case")
    assert status == 200
    assert "trial/talk" in told["children"]
    assert [state["title"] for state in told["states"]] == ["已收到", "已立案", "待补充", "已答复", "已办结"]
    answer = next(step for step in told["steps"] if step["id"] == "answer")
    assert (answer["from"], answer["to"]) == (["filed"], "answered")
    assert answer["roles"] == [{"id": "trial/clerk", "title": "经办人"}]
    assert "从“已立案”到“已答复”；须填办理结果" in answer["text"]
    case_class = next(field for field in told["fields"] if field["id"] == "class")
    assert case_class["codes"] == [{"id": "city", "title": "城市"}, {"id": "farm", "title": "农业"}]
    assert "case_number" not in told["typed_schema"]["properties"]
    assert set(told["values_schema"]["properties"]) == set(TRIAL.kind("case").fields)


def test_an_unknown_kind_is_told_with_what_is_near(ask, clerk, org):
    status, told = ask(clerk, "get", "/kinds/trial/cases")
    assert status == 404
    assert "trial/case" in told["message"]


def test_a_broken_pack_is_the_offices_fault_not_the_askers(ask, clerk, org, monkeypatch):
    from jixiao.errors import PackErrors, Problem

    def broken():
        raise PackErrors([Problem("kinds/visit.yaml", 3, "date", "没有这个字段", "写明日期字段")])

    monkeypatch.setattr("jixiao.api.resources.kinds.in_force", broken)
    status, told = ask(clerk, "get", "/kinds")
    assert status == 503
    assert "kinds/visit.yaml:3" in told["message"]
