"""The pages that take back a change of orgs and a hand-over, and say beforehand what moves."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.ledger.conftest import day, make_case, make_person
from tests.web.conftest import form_id_of

from jixiao.ledger.actions import handovers, org_changes
from jixiao.ledger.actions.org_changes import NewOrg
from jixiao.ledger.models import OfficeAct, Org
from jixiao.ledger.permissions import SYSTEM

CHANGE = reverse("web:org_change")


@pytest.fixture
def manager(org):
    return make_person("manager", org, "manager")


@pytest.fixture
def renamed(org, clerk, manager):
    return org_changes.rename(
        by=SYSTEM, org=org, into=NewOrg("bureau", "示例事务局"), on=day("2021-02-01"), reason="机构改革"
    )


def send(client, url, **given):
    page = client.get(url).content.decode()
    return client.post(url, {"form_id": form_id_of(page), **given})


def test_the_page_says_what_moves_and_what_stays(browse, manager, clerk, org, case):
    page = browse(manager).get(CHANGE).content.decode()
    assert "转到新单位" in page
    assert "留在" in page
    assert "1 条；等着办的 1 项" in page


def test_a_change_is_taken_back_from_its_page(browse, manager, clerk, org, renamed):
    client = browse(manager)
    url = reverse("web:org_change_undo", args=[OfficeAct.objects.get(org=renamed, act="became").pk])
    assert url in client.get(f"{CHANGE}?org=bureau").content.decode()
    assert send(client, url, reason="").status_code == 422
    assert send(client, url, reason="文件作废").status_code == 302
    assert Org.objects.get(pk=org.pk).valid_to is None
    assert "已撤销" in client.get(f"{CHANGE}?org={org.pk}").content.decode()
    assert browse(clerk).get(url).status_code == 403


def test_what_stands_against_it_is_told_before_anything_is_typed(browse, manager, clerk, org, renamed):
    make_case(clerk, renamed, received_on="2021-02-10")
    url = reverse("web:org_change_undo", args=[OfficeAct.objects.get(org=renamed, act="became").pk])
    page = browse(manager).get(f"{url}?org=bureau").content.decode()
    assert "名下已有 1 条流转记录" in page
    assert "不能再撤销" in browse(manager).get(f"{CHANGE}?org=bureau").content.decode()


def test_a_hand_over_is_taken_back_from_its_list(browse, manager, clerk, org, case):
    taker = make_person("taker", org, "head")
    done = handovers.hand_over(by=manager, org=org, giver=clerk, taker=taker, on=day("2021-03-01"))
    shown = reverse("web:handover", args=[done.pk])
    url = reverse("web:handover_undo", args=[done.pk])
    assert url in browse(manager).get(shown).content.decode()
    assert url not in browse(taker).get(shown).content.decode()
    assert browse(taker).get(url).status_code == 403
    assert send(browse(manager), url, reason="人没有调走").status_code == 302
    assert "已经撤销" in browse(manager).get(shown).content.decode()
    assert "已撤销" in browse(manager).get(reverse("web:handovers")).content.decode()


def test_a_refused_change_shows_its_errors_and_no_empty_links(browse, manager, org):
    client = browse(manager)
    page = client.get(f"{CHANGE}?how=merge").content.decode()
    answer = client.post(f"{CHANGE}?how=merge", {"form_id": form_id_of(page), "reason": ""})
    assert answer.status_code == 422
    assert 'href=""' not in answer.content.decode()
