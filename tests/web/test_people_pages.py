"""The people of an office in the browser: added, given roles, switched off; a password is seen once and only by who made it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.ledger.conftest import TODAY, day, make_person
from tests.web.conftest import form_id_of

from jixiao.ledger.actions import people
from jixiao.ledger.models import Membership, User
from jixiao.ledger.permissions import SYSTEM

NEW = {"display_name": "示例新人", "username": "new", "role": "trial/clerk", "from_on": "2021年2月1日"}
LIST, ADD = "/orgs/people/", "/orgs/people/new/"


@pytest.fixture
def manager(org):
    return make_person("manager", org, "manager")


def page_of(client, where) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, where, **given):
    """Send the form as the page offers it, with what was typed."""
    page = page_of(client, where)
    seen = {"seen": page.split('name="seen" value="')[1][0]} if 'name="seen"' in page else {}
    return client.post(where, {"form_id": form_id_of(page), **seen, **given})


def shown_password(page: str) -> str:
    return re.search(r"<code>([^<]+)</code>", page)[1]


def test_a_person_is_added_and_signs_in_with_what_was_shown(browse, client, manager):
    answer = send(browse(manager), ADD, **NEW)
    user = User.objects.get(username="new")
    where = reverse("web:password_once", args=[user.pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    assert "显示（只显示一次）" in page_of(client, reverse("web:person", args=[user.pk]))
    page = client.get(where)
    assert "no-store" in page.headers["Cache-Control"]
    password = shown_password(page.content.decode())
    assert password not in page_of(client, where)
    assert "已经显示过" in page_of(client, where)
    listed = page_of(client, LIST)
    assert "示例新人" in listed
    assert "2021-02-01 起" in listed
    assert password not in listed
    client.logout()
    assert client.post("/login/", {"username": "new", "password": password}).status_code == 302


def test_sending_twice_adds_nobody_twice_and_shows_the_password_still(browse, manager):
    client = browse(manager)
    given = NEW | {"form_id": form_id_of(page_of(client, ADD))}
    answers = [client.post(ADD, given) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert shown_password(page_of(client, answers[1].headers["Location"]))
    assert User.objects.filter(display_name="示例新人").count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"username": ""}, "请填写用户名"),
        ({"username": "a b"}, "中间没有空格"),
        ({"username": "manager"}, "已经有人使用"),
        ({"display_name": ""}, "请填写姓名"),
        ({"role": ""}, "请选择角色"),
        ({"role": "trial/overseer"}, "请从列出的角色中选择"),
        ({"from_on": "明天"}, "明天"),
        ({"from_on": ""}, "请填写从哪天起"),
    ],
)
def test_what_cannot_be_is_said_at_its_box_and_nobody_is_added(browse, manager, wrong, told):
    answer = send(browse(manager), ADD, **(NEW | wrong))
    page = answer.content.decode()
    [box] = wrong
    assert answer.status_code == 422
    assert told in page.split(f'id="f-{box}-error">')[1].split("</p>")[0]
    assert User.objects.count() == 1


def test_a_form_asks_for_nothing_but_name_username_role_and_day(browse, manager):
    page = page_of(browse(manager), ADD)
    entered = set(re.findall(r'<(?:input|select|textarea)[^>]* id="f-(\w+)"', page))
    assert entered == {"display_name", "username", "role", "from_on"}
    assert "督查员" not in page


def test_a_role_is_given_and_ended(browse, manager, clerk):
    client = browse(manager)
    give, person = reverse("web:role_give", args=[clerk.pk]), reverse("web:person", args=[clerk.pk])
    held = send(client, give, role="trial/clerk", from_on="2021-03-01")
    assert held.status_code == 422
    assert "已是经办人" in held.content.decode()
    assert send(client, give, role="trial/head", from_on="2021-03-08").headers["Location"] == person
    assert "还没有开始" in page_of(client, person)
    term = Membership.objects.get(user=clerk, role="trial/clerk")
    end = reverse("web:role_end", args=[term.pk])
    early = send(client, end, on="2014-01-01")
    assert early.status_code == 422
    assert "早于任职的第一天" in early.content.decode()
    assert 'value="2021-03-01"' in page_of(client, end)
    assert send(client, end, on="2021-02-28").headers["Location"] == person
    term.refresh_from_db()
    assert term.to_on == day("2021-02-28")
    assert "已结束" in page_of(client, person)


def test_the_last_manager_is_told_so(browse, manager, clerk):
    client = browse(manager)
    own = reverse("web:role_end", args=[Membership.objects.get(user=manager).pk])
    refused = send(client, own, on=TODAY.isoformat())
    assert refused.status_code == 422
    assert "最后一位管理单位的人" in refused.content.decode()
    mine = page_of(client, reverse("web:person", args=[manager.pk]))
    assert "停用账号" not in mine
    assert "您自己的账号" in mine


def test_an_account_is_switched_off_and_on_and_an_old_form_undoes_nothing(browse, manager, clerk):
    client = browse(manager)
    where = reverse("web:person_switch", args=[clerk.pk])
    for _ in range(2):
        assert client.post(where, {"seen": "1"}).status_code == 302
        assert not User.objects.get(pk=clerk.pk).is_active
    assert "已停用" in page_of(client, LIST)
    assert send(client, where).status_code == 302
    assert User.objects.get(pk=clerk.pk).is_active


def test_a_password_is_made_anew_once(browse, client, manager, clerk, org):
    where = reverse("web:person_password", args=[clerk.pk])
    browse(manager)
    given = {"form_id": form_id_of(page_of(client, where))}
    shown = client.post(where, given).headers["Location"]
    kept = User.objects.get(pk=clerk.pk).password
    assert client.post(where, given).headers["Location"] == shown
    assert User.objects.get(pk=clerk.pk).password == kept
    other = make_person("second", org, "manager")
    assert "<code>" not in page_of(browse(other), shown)
    password = shown_password(page_of(browse(manager), shown))
    assert User.objects.get(pk=clerk.pk).check_password(password)
    assert client.post(where.replace(str(clerk.pk), str(manager.pk)), {}).status_code == 422


def test_who_does_not_manage_the_office_comes_to_none_of_it(browse, manager, clerk, head, stranger):
    term = Membership.objects.get(user=head)
    pages = [
        LIST,
        ADD,
        reverse("web:role_end", args=[term.pk]),
        *(
            reverse(f"web:{name}", args=[head.pk])
            for name in ("person", "role_give", "person_switch", "person_password", "password_once")
        ),
    ]
    before = User.objects.get(pk=head.pk).password
    their_manager = make_person("their-manager", "elsewhere", "manager")
    for who in (clerk, stranger, their_manager):
        for where in pages[2:] if who == their_manager else pages:
            assert browse(who).get(where).status_code in (403, 404), (who, where)
            posted = browse(who).post(where, NEW | {"on": "2021-02-01", "seen": "1", "role": "trial/clerk"})
            assert posted.status_code in (403, 404, 405), (who, where)
    head.refresh_from_db()
    term.refresh_from_db()
    assert (head.is_active, head.password, term.to_on) == (True, before, None)
    assert not User.objects.filter(username="new").exists()


def test_who_works_elsewhere_too_keeps_the_account_and_the_page_says_why(browse, manager, clerk, stranger):
    people.join(by=SYSTEM, user=clerk, org="elsewhere", role="clerk")
    page = page_of(browse(manager), reverse("web:person", args=[clerk.pk]))
    assert "不管理的单位" in page
    assert "重设密码" not in page
    assert browse(manager).post(reverse("web:person_password", args=[clerk.pk]), {}).status_code == 403
