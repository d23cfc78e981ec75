"""Every address of the interface × who asks: visitors are told to sign in, strangers find nothing, roles are asked."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client
from tests.api.conftest import MODEL_BACKEND, ROOT

from jixiao.ledger import queries

NEW = {"org": "office", "values": {"title": "路灯不亮", "received_on": "2020-03-02"}}
OPEN = [
    ("get", "/session"),
    ("get", "/orgs"),
    ("get", "/kinds"),
    ("get", "/kinds/trial/case"),
    ("get", "/records/trial/case"),
    ("get", "/openapi.json"),
]
OF_THE_OFFICE = [
    ("get", "/orgs/office/years", None),
    ("post", "/records/trial/case", NEW),
    ("get", "/records/{case}", None),
    ("patch", "/records/{case}", {"seen": 1, "values": {"title": "改掉"}}),
    ("get", "/records/{case}/history", None),
    ("post", "/records/{case}/steps/file", {"seen": 1, "values": {"class": "city"}}),
    ("get", "/figures/office/2020", None),
    ("get", "/figures/office/2020/trial/cases", None),
    ("get", "/scores/office/2020", None),
    ("get", "/findings/office/2020", None),
    ("get", "/kinds?org=office", None),
]


@pytest.mark.parametrize(("method", "where"), [*OPEN, *(one[:2] for one in OF_THE_OFFICE)])
def test_visitors_are_told_to_sign_in(ask, case, method, where):
    status, told = ask(None, method, where.format(case=case.id))
    assert status == 401
    assert "请先登录" in told["message"]


@pytest.mark.parametrize(("method", "where", "body"), OF_THE_OFFICE)
def test_a_strangers_thing_is_not_there(ask, stranger, case, method, where, body):
    status, told = ask(stranger, method, where.format(case=case.id), body)
    assert status == 404
    assert case.label not in json.dumps(told, ensure_ascii=False)
    case.refresh_from_db()
    assert (case.label, case.state) == ("路灯不亮", "received")


def test_a_record_that_never_was_is_told_like_a_strangers(ask, stranger, case):
    assert ask(stranger, "get", f"/records/{case.id}") == ask(stranger, "get", f"/records/{uuid.uuid4()}")


def test_lists_hold_only_what_one_may_see(ask, stranger, clerk, case):
    assert ask(stranger, "get", "/records/trial/case")[1]["items"] == []
    assert ask(stranger, "get", "/records/trial/case", org="office")[1]["items"] == []
    assert [one["id"] for one in ask(stranger, "get", "/orgs")[1]] == ["elsewhere"]
    assert len(ask(clerk, "get", "/records/trial/case")[1]["items"]) == 1


@pytest.mark.parametrize(
    ("role", "method", "where", "body", "expected"),
    [
        ("clerk", "post", "/records/trial/case", NEW, 201),
        ("head", "post", "/records/trial/case", NEW, 403),
        ("clerk", "patch", "/records/{case}", {"seen": 1, "values": {"title": "新名"}}, 200),
        ("head", "patch", "/records/{case}", {"seen": 1, "values": {"title": "新名"}}, 403),
        ("clerk", "post", "/records/{case}/steps/file", {"seen": 1, "values": {"class": "city"}}, 200),
        ("head", "post", "/records/{case}/steps/file", {"seen": 1, "values": {"class": "city"}}, 403),
        ("head", "get", "/records/{case}", None, 200),
        ("head", "get", "/figures/office/2020", None, 200),
    ],
)
def test_roles_are_asked(ask, request, case, role, method, where, body, expected):
    status, told = ask(request.getfixturevalue(role), method, where.format(case=case.id), body)
    assert status == expected
    if expected == 403:
        assert "须由" in told["message"]


@pytest.fixture
def browser(clerk):
    """A browser that is signed in and whose tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk, backend=MODEL_BACKEND)
    return client


def test_nothing_changes_without_a_token(browser, org, clerk):
    answer = browser.post(f"{ROOT}/records/trial/case", json.dumps(NEW), content_type="application/json")
    assert answer.status_code == 403
    assert "csrf_token" in answer.json()["message"]
    assert not queries.records(clerk, "case", org).exists()


def test_the_token_of_the_session_opens(browser, org):
    token = browser.get(f"{ROOT}/session").json()["csrf_token"]
    answer = browser.post(
        f"{ROOT}/records/trial/case",
        json.dumps(NEW),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 201


def test_answers_are_not_kept_and_carry_the_policy(browser, org):
    for where in ("/session", "/records/trial/case", "/openapi.json", "/nowhere"):
        answer = browser.get(ROOT + where)
        assert "no-store" in answer["Cache-Control"], where
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Content-Type"].startswith("application/json")


def test_the_page_about_it_needs_no_script(browser, org, client):
    page = browser.get(f"{ROOT}/docs").content.decode()
    assert "/api/v1/records/trial/case" in page.replace("<wbr>", "")
    assert "<code>values.received_on</code></dt><dd>收到日期" in page
    assert "来件：登记一条记录" in page
    assert "<script" not in page
    assert " style=" not in page
    assert client.get(f"{ROOT}/docs").status_code == 302


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"org": 1e999999}',
        b'"text"',
        b"null",
        b'{"seen": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_broken_body_is_told_and_not_a_defect(client, clerk, case, content):
    client.force_login(clerk, backend=MODEL_BACKEND)
    for method, where in (("post", "/records/trial/case"), ("patch", f"/records/{case.id}")):
        answer = getattr(client, method)(ROOT + where, data=content, content_type="application/json")
        assert answer.status_code in (400, 422)
        assert answer.json()["message"]


def test_a_body_too_big_is_told(client, clerk, org, settings):
    client.force_login(clerk, backend=MODEL_BACKEND)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    body = json.dumps(NEW | {"note": "长" * 200})
    answer = client.post(f"{ROOT}/records/trial/case", body, content_type="application/json")
    assert answer.status_code == 400
    assert "太大" in answer.json()["message"]


def test_a_password_that_somebody_else_gave_opens_nothing(ask, clerk, case):
    clerk.password_given = True
    clerk.save()
    asked = [one for one in OPEN if one[1] != "/openapi.json"]  # says what the packs say, of no office
    for method, where in [*asked, *(one[:2] for one in OF_THE_OFFICE)]:
        status, told = ask(clerk, method, where.format(case=case.id), {} if method != "get" else None)
        assert status == 403, where
        assert "改密码" in told["message"]
