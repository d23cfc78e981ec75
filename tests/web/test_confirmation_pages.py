"""The pages on which rules are confirmed: what waits, the form, and the mark wherever the rule is shown."""

# ruff: noqa: F811

from __future__ import annotations

import re

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    goal_rows,
    make_goal,
    office,
    take,
)
from tests.ledger.conftest import make_person

from jixiao.ledger.models import OfficeAct

BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST = "/rules/unconfirmed/"
SOURCE = "中央部门预算绩效目标管理办法"


@pytest.fixture
def head(office):
    return make_person("head", office, "department_head")


@pytest.fixture
def desk(client, head):
    client.force_login(head, backend=BACKEND)
    return client


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def confirm_url(client) -> str:
    found = re.search(rf'id="d-([0-9a-f]+)"[^>]*><h2[^>]*>{SOURCE}', page(client, f"{LIST}?pack=finance"))
    return f"{LIST}finance/{found[1]}/"


def test_a_head_confirms_and_every_page_says_who_when_and_by_what(desk, office, finance) -> None:
    goal = make_goal(finance, office, goal_rows())
    form = f"/records/{goal.pk}/forms/form/"
    assert "待核实" in page(desk, form)
    url = confirm_url(desk)
    asked = page(desk, url)
    rules = re.findall(r'name="rule" value="([^"]+)">', asked)
    assert not re.search(r'name="rule"[^>]* checked', asked), "who confirms ticks what they have read"
    assert "forms/finance/goal_declaration" in rules
    sent = {"rule": rules, "document": "财预〔2015〕88号", "text": "绩效目标应当指向明确、细化量化。"}
    assert desk.post(url, sent).status_code == 302
    told = "财预〔2015〕88号）"
    for address in (form, "/rules/", f"{LIST}?pack=finance", "/rules/kinds/finance/performance_goal/"):
        shown = page(desk, address)
        assert f"已核实（{'示例head'}，" in shown, address
        assert told in shown, address
    assert "待核实" not in page(desk, form)


def test_what_is_missing_is_told_and_what_was_typed_stays(desk) -> None:
    url = confirm_url(desk)
    answer = desk.post(url, {"rule": [], "document": "财预〔2015〕88号", "text": ""})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "请至少选一条" in shown
    assert "请抄录" in shown
    assert "财预〔2015〕88号" in shown
    assert not OfficeAct.objects.filter(act="confirmed").exists()


def test_it_is_taken_back_with_a_reason(desk) -> None:
    url = confirm_url(desk)
    sent = {"rule": ["forms/finance/goal_declaration"], "document": "财预〔2015〕88号", "text": "细化量化。"}
    desk.post(url, sent)
    act = OfficeAct.objects.get(act="confirmed")
    back = f"/rules/confirmed/{act.pk}/revoke/"
    assert "细化量化" in page(desk, f"{LIST}?pack=finance")
    assert desk.post(back, {"reason": ""}).status_code == 422
    assert desk.post(back, {"reason": "核错了"}).status_code == 302
    assert desk.get(back).status_code == 404
    assert "已核实（" not in page(desk, f"{LIST}?pack=finance")


def test_a_clerk_sees_what_waits_and_is_told_who_confirms(client, finance) -> None:
    client.force_login(finance, backend=BACKEND)
    shown = page(client, f"{LIST}?pack=finance")
    assert "单位负责人" in shown
    assert ">核实<" not in shown
    assert client.get(confirm_url(client)).status_code == 403


def test_an_unknown_document_or_pack_is_not_there(desk) -> None:
    assert desk.get(f"{LIST}finance/000000000000/").status_code == 404
    assert desk.get(f"{LIST}nothing/000000000000/").status_code == 404
