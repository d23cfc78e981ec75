"""Every address × who asks: strangers find nothing, visitors are sent to sign in, roles are asked before every change."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse
from django.urls.converters import UUIDConverter

from jixiao.web.urls import urlpatterns

PUBLIC = {"login", "logout", "verify", "check"}
WITHOUT_ORG = {"rules", "rules_kind", "rules_indicator", "rules_scheme", "tasks"}
SAMPLES = {
    "pack": "trial",
    "kind": "case",
    "indicator": "cases",
    "org": "office",
    "year": 2020,
    "step": "file",
}
SAMPLES |= {"what": "accept"}
SAMPLES |= {"content": "0" * 64, "root": "0" * 64, "clause": "opening", "form": "docx", "name": "case"}


def address(pattern, record=None) -> str:
    """An address of this pattern, for the office's things."""
    asked = {
        name: SAMPLES.get(name) or (uuid.UUID(int=1) if isinstance(converter, UUIDConverter) else "1")
        for name, converter in pattern.pattern.converters.items()
    }
    if "link" in asked:
        asked["link"] = uuid.uuid4()
    if "record" in asked:
        asked["record"] = record or uuid.uuid4()
    if pattern.name == "create_child":
        asked["kind"] = "talk"
    return reverse(f"web:{pattern.name}", kwargs=asked)


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


GATED = [pattern for pattern in urlpatterns if pattern.name not in PUBLIC]
ABOUT_RECORDS = [pattern for pattern in GATED if "record" in pattern.pattern.converters]
ABOUT_ORGS = [pattern for pattern in GATED if "org" in pattern.pattern.converters]


@pytest.mark.parametrize("pattern", GATED, ids=lambda one: one.name)
def test_visitors_are_sent_to_sign_in(client, pattern):
    where = address(pattern)
    answer = client.get(where)
    if answer.status_code == 405:
        answer = client.post(where)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=")


@pytest.mark.parametrize("pattern", ABOUT_RECORDS, ids=lambda one: one.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_strangers_record_is_not_there(browse, stranger, case, pattern, method):
    answer = getattr(browse(stranger), method)(address(pattern, case.id))
    assert answer.status_code in (404, 405)
    assert case.label not in answer.content.decode()


@pytest.mark.parametrize("pattern", ABOUT_ORGS, ids=lambda one: one.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_strangers_org_is_not_there(browse, stranger, org, pattern, method):
    answer = getattr(browse(stranger), method)(address(pattern))
    assert answer.status_code in (404, 405)
    assert org.title not in answer.content.decode()


def test_a_record_that_never_was_is_told_like_a_strangers(browse, stranger, case):
    client = browse(stranger)
    theirs = without_token(client.get(reverse("web:record", args=[case.id])).content.decode())
    nothing = without_token(client.get(reverse("web:record", args=[uuid.uuid4()])).content.decode())
    assert theirs == nothing


@pytest.mark.parametrize(
    ("role", "name", "args", "allowed"),
    [
        ("clerk", "create", ["trial", "case"], True),
        ("head", "create", ["trial", "case"], False),
        ("clerk", "edit", None, True),
        ("head", "edit", None, False),
        ("clerk", "attach", None, True),
        ("head", "attach", None, False),
        ("clerk", "advance", "file", True),
        ("head", "advance", "file", False),
    ],
)
def test_roles_are_asked(browse, request, case, role, name, args, allowed):
    user = request.getfixturevalue(role)
    args = [case.id] if args is None else [case.id, args] if isinstance(args, str) else args
    answer = browse(user).get(reverse(f"web:{name}", args=args))
    assert answer.status_code == (200 if allowed else 403)
    if not allowed:
        assert "须由" in answer.content.decode()


def test_nothing_changes_without_a_token(clerk, case):
    from django.test import Client
    from tests.web.conftest import MODEL_BACKEND

    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk, backend=MODEL_BACKEND)
    answer = client.post(reverse("web:edit", args=[case.id]), {"title": "改掉", "seen": "1"})
    assert answer.status_code == 403
    assert "表单已经过期" in answer.content.decode()
    case.refresh_from_db()
    assert case.data["title"] == "路灯不亮"


def test_pages_carry_strict_headers(browse, clerk, case):
    answer = browse(clerk).get(reverse("web:record", args=[case.id]))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert "<script" not in page
    assert " style=" not in page
    assert " onclick=" not in page


def test_the_rules_lead_to_the_interface_for_programs(browse, clerk):
    client = browse(clerk)
    assert 'href="/api/v1/docs"' in client.get("/rules/").content.decode()
    assert client.get("/api/v1/docs").status_code == 200
