"""Signing in and out: plain words for mistakes, a lock after too many, no leading people elsewhere."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from tests.web.conftest import MODEL_BACKEND

PASSWORD = "demo-only-2021"


@pytest.fixture
def known(clerk):
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


def sign_in(client, password=PASSWORD, **more):
    return client.post("/login/", {"username": "clerk", "password": password} | more)


def test_the_right_password_opens(client, known):
    assert sign_in(client)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_wrong_password_is_told_plainly(client, known):
    answer = sign_in(client, "wrong")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "用户名或密码不对" in page
    assert 'value="clerk"' in page
    assert "wrong" not in page


def test_an_empty_form_asks_for_both(client):
    page = client.post("/login/", {"username": "", "password": ""}).content.decode()
    assert 'href="#f-username"' in page
    assert 'href="#f-password"' in page


def test_after_five_wrong_ones_the_right_one_is_refused_too(client, known):
    for _ in range(5):
        sign_in(client, "wrong")
    answer = sign_in(client)
    assert answer.status_code in (403, 429)
    assert "已暂停登录" in answer.content.decode()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(client, known, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == "/"


def test_one_goes_where_one_wanted_to_go(client, known):
    wanted = "/registers/trial/case/"
    asked = client.get(wanted)["Location"]
    assert "停留超过 30 分钟" in client.get(asked).content.decode()
    assert sign_in(client, next=wanted)["Location"] == wanted


def test_leaving_needs_a_post(client, known):
    client.force_login(known, backend=MODEL_BACKEND)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get("/").status_code == 302


def test_the_session_ends_by_itself(client, known, settings):
    sign_in(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert settings.SESSION_COOKIE_AGE == 1800
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["expires"] == ""  # gone with the browser


def test_one_password_tried_on_every_name_is_stopped(client, clerk, monkeypatch):
    from jixiao.web import guesses

    caches["visitors"].clear()
    monkeypatch.setattr(guesses, "MOST", 3)
    clerk.set_password(PASSWORD)
    clerk.save()
    for name in ("one", "two", "three"):
        assert client.post("/login/", {"username": name, "password": "示例猜测-123"}).status_code == 422
    answer = client.post("/login/", {"username": "clerk", "password": PASSWORD})
    assert answer.status_code == 429
    assert "输错密码的次数太多" in answer.content.decode()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post("/login/", {"username": "clerk", "password": PASSWORD}, **elsewhere).status_code == 302
    caches["visitors"].clear()
