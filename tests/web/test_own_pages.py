"""The pages of who speaks for a member: one's own desk, the form one answers, one's own points; others' are not there."""

# ruff: noqa: F811

from __future__ import annotations

import datetime
from itertools import product

import pytest
from django.urls import reverse
from tests.handing import _packs_tables, _under_the_packs, people  # noqa: F401 - fixtures
from tests.ledger.conftest import make_person
from tests.owning import MEMBER, answer, members  # noqa: F401 - fixture
from tests.web.conftest import form_id_of

from jixiao.ledger.actions import orgs
from jixiao.ledger.models import Event, Membership, Record
from jixiao.ledger.permissions import SYSTEM

ACTS = ("record", "edit", "attach", "void", "undo", "link", "origin")


@pytest.fixture
def year(members):
    orgs.set_period(
        by=SYSTEM, org=members.office, basis="calendar_year", label="2021年度", year=2021,
        from_on=datetime.date(2021, 1, 1), to_on=datetime.date(2021, 12, 31),
    )  # fmt: skip
    return 2021


def test_one_finds_what_waits_on_ones_desk_and_answers_it(browse, members):
    client = browse(members.ann)
    assert client.get("/").headers["Location"] == "/own/"
    page = client.get("/own/").content.decode()
    assert "关于增设停车位的提案" in page
    assert "征1" in page
    assert "征2" not in page
    assert "菜市场" not in page
    url = reverse("web:advance", args=[members.ann_form.pk, "take_back"])
    assert url in page
    form = client.get(url).content.decode()
    given = {
        "form_id": form_id_of(form), "seen": form.split('name="seen" value="')[1].split('"')[0], "do": "save",
        "attitude": "satisfied", "result": "unsatisfied", "happened_on": "2021-02-26",
    }  # fmt: skip
    assert client.post(url, given).status_code == 302
    assert Record.objects.get(pk=members.ann_form.pk).data["result"] == "unsatisfied"
    assert "没有等您自己来办的" in client.get("/own/").content.decode()


def test_what_is_not_ones_own_is_not_there(browse, members):
    before = Event.objects.count()
    for row, name in product((members.ben_form, members.ben_alone, members.alone, members.ben_is), ACTS):
        url = reverse(f"web:{name}", args=[row.pk])
        for answered in (browse(members.ann).get(url), browse(members.ann).post(url, {"reason": "改"})):
            assert answered.status_code in (404, 405)
            assert row.label not in answered.content.decode()
    url = reverse("web:advance", args=[members.ben_form.pk, "take_back"])
    given = {"form_id": "1" * 32, "seen": "1", "attitude": "satisfied", "result": "satisfied"}
    assert browse(members.ann).get(url).status_code == 404
    assert browse(members.ann).post(url, given).status_code == 404
    assert Event.objects.count() == before
    listing = browse(members.ann).get(reverse("web:register", args=["cppcc", "proposal"])).content.decode()
    assert "停车位" in listing
    assert "菜市场" not in listing
    table = browse(members.ann).get(reverse("web:register_csv", args=["cppcc", "proposal"])).content.decode()
    assert "提案" not in table.split("\n", 1)[1]


def test_ones_own_points_and_nobody_elses(browse, members, year):
    url = reverse("web:own_points", args=[members.office.pk, year, "cppcc", "duty_points_base"])
    page = browse(members.ann).get(url).content.decode()
    assert "委员001：" in page
    assert "委员002" not in page
    ranks = reverse("web:points", args=[members.office.pk, year, "cppcc", "duty_points_base"])
    assert browse(members.ann).get(ranks).status_code == 403
    assert browse(members.clerk).get(url).status_code == 404
    group = reverse("web:own_points", args=[members.office.pk, year, "cppcc", "group_points"])
    assert browse(members.ann).get(group).status_code == 404


def test_a_manager_says_for_whom_an_account_speaks(browse, members):
    manager = make_person("manager", members.office, "base/administrator")
    held = Membership.objects.get(user=members.cas)
    empty = browse(members.cas).get("/own/").content.decode()
    assert "还没有设置代表名册中的哪一位" in empty
    page = browse(manager).get("/orgs/people/").content.decode()
    url = reverse("web:speak_for", args=[held.pk])
    assert "未设置" in page
    assert url in page
    form = browse(manager).get(url).content.decode()
    taken = browse(manager).post(url, {"form_id": form_id_of(form), "subject": members.ann_is.pk})
    assert taken.status_code == 422
    assert "已由账号“ann”代表" in taken.content.decode()
    done = browse(manager).post(
        url, {"form_id": form_id_of(taken.content.decode()), "subject": members.cas_is.pk}
    )
    assert done.status_code == 302
    assert Membership.objects.get(pk=held.pk).subject_id == members.cas_is.pk
    for person in (members.clerk, members.ann):
        assert browse(person).get("/orgs/people/").status_code == 403
        assert browse(person).get(url).status_code == 404


def test_the_form_for_a_new_proposal_offers_oneself_alone(browse, members):
    page = browse(members.ann).get(reverse("web:create", args=["cppcc", "proposal"])).content.decode()
    assert "委员001" in page
    assert "委员002" not in page
    assert browse(members.cas).get(reverse("web:create", args=["cppcc", "proposal"])).status_code == 404


def test_what_one_may_not_see_is_not_told_to_be_absent(browse, members):
    page = browse(members.ann).get(reverse("web:record", args=[members.joint.pk])).content.decode()
    assert "联名人" not in page
    assert "委员002" not in page
    assert "您名下的事项" in page
    assert (
        "联名人" in browse(members.clerk).get(reverse("web:record", args=[members.joint.pk])).content.decode()
    )


def test_a_register_of_which_one_sees_a_part_is_not_offered_as_a_workbook(browse, members):
    client = browse(members.ann)
    register = client.get(reverse("web:register", args=["cppcc", "proposal"])).content.decode()
    for name in ("export", "template"):
        address = reverse(f"web:{name}", args=["cppcc", "proposal"])
        assert address not in register
        answer = client.get(address)
        assert answer.status_code == 404
        assert "没有这类台账" in answer.content.decode()
