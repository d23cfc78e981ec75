"""A password that somebody else gave is changed before the first page; one's own and those of the demonstration are not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.ledger.actions import people
from jixiao.ledger.permissions import SYSTEM

NEW = "lamp-brook-stone-4"
WANTED = "/registers/trial/case/"


@pytest.fixture
def newcomer(org):
    """An account made as a manager makes it, and the word it was given."""
    term, password = people.add(
        by=SYSTEM, org=org, username="newcomer", display_name="示例新人", role="clerk"
    )
    return term.user, password


def sign_in(client, newcomer, **more):
    user, password = newcomer
    return client.post("/login/", {"username": user.username, "password": password} | more, follow=True)


def change(client, newcomer, **more):
    return client.post("/password/", {"old": newcomer[1], "password": NEW, "again": NEW} | more)


def test_every_page_leads_to_the_password_first(client, newcomer):
    page = sign_in(client, newcomer, next=WANTED)
    assert page.redirect_chain[-1][0] == f"/password/?next={WANTED.replace('/', '%2F')}"
    told = page.content.decode()
    assert "现在的密码是别人给您的" in told
    assert "先不改" not in told
    for address in ("/", WANTED, "/registers/paste/", "/registers/trial/case.csv"):
        assert client.get(address)["Location"].startswith("/password/")
    assert client.post("/registers/trial/case/new/", {"title": "路灯"})["Location"] == "/password/"


def test_with_an_own_one_one_goes_on_to_where_one_wanted_to_go(client, newcomer):
    sign_in(client, newcomer)
    assert change(client, newcomer, next=WANTED)["Location"] == WANTED
    assert client.get(WANTED).status_code == 200
    newcomer[0].refresh_from_db()
    assert not newcomer[0].password_given


def test_nobody_is_led_elsewhere(client, newcomer):
    sign_in(client, newcomer)
    assert change(client, newcomer, next="https://example.org/")["Location"] == reverse("web:tasks")


def test_what_is_refused_keeps_the_way(client, newcomer):
    sign_in(client, newcomer)
    page = change(client, newcomer, next=WANTED, again="another-one-99")
    assert page.status_code == 422
    assert f'name="next" value="{WANTED}"' in page.content.decode()
    assert client.get("/")["Location"] == "/password/"


def test_one_may_leave_without_changing(client, newcomer):
    sign_in(client, newcomer)
    assert client.post("/logout/")["Location"] == "/login/"


def test_a_new_password_by_somebody_else_is_changed_again(client, newcomer):
    sign_in(client, newcomer)
    change(client, newcomer)
    given = people.renew_password(by=SYSTEM, user=newcomer[0])
    assert client.get("/")["Location"].startswith("/login/")
    assert sign_in(client, (newcomer[0], given)).redirect_chain[-1][0] == "/password/"


def test_one_that_the_person_chose_or_that_is_published_stays(client, org):
    about = {"by": SYSTEM, "org": org, "display_name": "示例新人"}
    own = people.create(**about, username="own", password="lamp-brook-stone-4", is_own=True)
    shown = people.create(**about, username="shown", password="demo-only-2021", is_demonstration=True)
    assert not own.password_given
    assert not shown.password_given
    people.set_password(by=SYSTEM, user=own, password="lamp-brook-stone-5", is_own=True)
    assert not own.password_given


def test_who_gave_it_sees_whether_it_was_changed(client, newcomer, org):
    from tests.ledger.conftest import make_person
    from tests.web.conftest import MODEL_BACKEND

    manager, page = Client(), reverse("web:person", args=[newcomer[0].pk])
    manager.force_login(make_person("manager", org, "manager"), backend=MODEL_BACKEND)
    assert "还没有登录换成自己的" in manager.get(page).content.decode()
    sign_in(client, newcomer)
    change(client, newcomer)
    assert "还没有登录换成自己的" not in manager.get(page).content.decode()
