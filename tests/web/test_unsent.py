"""A form that was sent after the session was over: what it held goes through signing in and is sent once."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import MODEL_BACKEND

from jixiao.ledger.models import Record
from jixiao.web.unsent import LONGEST

PASSWORD = "demo-only-2021"
NEW = "/registers/trial/case/new/"
GIVEN = {"title": '路灯不亮"引号" <b>', "received_on": "2020-03-02", "form_id": "abc123", "do": "submit"}


@pytest.fixture
def known(clerk):
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


def hidden(page):
    """What the page would send: the fields it holds, unescaped; a newline after <textarea> is none."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.S))
    return {name: html.unescape(value) for name, value in found.items()}


def sign_in(client, asked, password=PASSWORD):
    carried = hidden(asked.content.decode())
    return client.post("/login/", {"username": "clerk", "password": password} | carried)


def test_what_was_typed_survives_signing_in_again(client, known):
    asked = client.post(NEW, GIVEN)
    assert asked.status_code == 401
    assert "刚才填的都还在" in asked.content.decode()
    assert 'action="/login/"' in asked.content.decode()
    refused = sign_in(client, asked, "wrong")
    assert refused.status_code == 422
    page = sign_in(client, refused).content.decode()
    assert "刚才填的还在" in page
    assert f'action="{NEW}"' in page
    again = hidden(page)
    assert again.items() >= GIVEN.items()
    client.post(NEW, again)
    client.post(NEW, again)
    assert Record.objects.get().data["received_on"] == "2020-03-02"


def test_files_are_told_to_be_lost(client, known):
    from django.core.files.uploadedfile import SimpleUploadedFile

    asked = client.post(NEW, GIVEN | {"file": SimpleUploadedFile("现场.jpg", b"x")})
    assert "现场.jpg" in sign_in(client, asked).content.decode()


def test_a_form_that_keeps_itself_is_told_as_before(client):
    assert client.post(NEW, GIVEN | {"do": "keep"}).status_code == 302


def test_passwords_and_masses_do_not_travel(client):
    assert client.post("/password/", {"old": "a", "password": "b", "again": "b"}).status_code == 302
    assert client.post(NEW, {"title": "字" * (LONGEST + 1)}).status_code == 302


@pytest.mark.parametrize(
    "unsent",
    [
        '{"address": "https://example.org/", "fields": []}',
        '{"address": "//example.org/", "fields": []}',
        '{"address": "javascript:alert(1)", "fields": []}',
        '{"address": "/", "fields": [1]}',
        "[]",
        "{",
        "",
    ],
)
def test_what_is_not_of_our_making_is_not_carried(client, known, unsent):
    answer = client.post("/login/", {"username": "clerk", "password": PASSWORD, "unsent": unsent})
    assert answer["Location"] == reverse("web:tasks")


def test_who_signed_in_again_elsewhere_sends_again_and_a_stranger_does_not(known):
    client = Client(enforce_csrf_checks=True)
    client.force_login(known, backend=MODEL_BACKEND)
    page = client.post(NEW, GIVEN, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    assert hidden(page.content.decode())["received_on"] == GIVEN["received_on"]
    for origin in ("https://example.org", "null", ""):
        page = client.post(NEW, GIVEN, headers={"origin": origin})
        assert page.status_code == 403
        assert "路灯不亮" not in page.content.decode()


def test_without_a_session_and_with_an_old_token_too(known):
    client = Client(enforce_csrf_checks=True)
    page = client.post(NEW, GIVEN, headers={"origin": "http://testserver"})
    assert page.status_code == 401
    assert "路灯不亮" in page.content.decode()
