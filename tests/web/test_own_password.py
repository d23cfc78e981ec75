"""Changing the own password: by who knows the old one, told plainly, and nothing typed comes back."""

from __future__ import annotations

import pytest

OLD, NEW = "demo-only-2021", "lamp-brook-stone-4"


@pytest.fixture
def signed_in(client, clerk):
    clerk.set_password(OLD)
    clerk.save()
    client.post("/login/", {"username": "clerk", "password": OLD})
    return client


def change(client, old=OLD, password=NEW, again=NEW):
    return client.post("/password/", {"old": old, "password": password, "again": again})


def test_who_knows_the_old_one_gives_a_new_one_and_stays_in(signed_in):
    assert change(signed_in)["Location"] == "/"
    assert signed_in.get("/").status_code == 200
    signed_in.logout()
    assert signed_in.post("/login/", {"username": "clerk", "password": NEW})["Location"] == "/"


def test_whoever_is_signed_in_elsewhere_is_signed_out(signed_in):
    from django.test import Client

    elsewhere = Client()
    elsewhere.post("/login/", {"username": "clerk", "password": OLD})
    assert elsewhere.get("/").status_code == 200
    change(signed_in)
    assert elsewhere.get("/").status_code == 302


@pytest.mark.parametrize(
    ("given", "told", "box"),
    [
        ({"old": "wrong"}, "现在的密码不对", "f-old"),
        ({"password": "short", "again": "short"}, "", "f-password"),
        ({"password": "", "again": ""}, "请填写新密码", "f-password"),
        ({"password": OLD, "again": OLD}, "和现在的密码一样", "f-password"),
        ({"again": "something-else-9"}, "两次填写的新密码不一样", "f-again"),
    ],
)
def test_what_is_wrong_is_told_at_its_box(signed_in, clerk, given, told, box):
    answer = change(signed_in, **given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert f'href="#{box}"' in page
    assert NEW not in page
    clerk.refresh_from_db()
    assert clerk.check_password(OLD)


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/password/")["Location"].startswith("/login/")
