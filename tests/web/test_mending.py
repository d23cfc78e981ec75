"""A step that cannot be taken yet says where to go; the way is open only to who may go it."""

# ruff: noqa: F811

from __future__ import annotations

from django.urls import reverse
from tests.handing import (  # noqa: F401 - fixtures
    CONTACT,
    COUNTERSIGN,
    HANDING,
    _packs_tables,
    _under_the_packs,
    case,
    handing_of,
    other,
    people,
    reply_of,
    take,
)
from tests.web.conftest import form_id_of

from jixiao.ledger.actions import records
from jixiao.ledger.models import Record


def child_url(row, kind):
    return reverse("web:create_child", args=[row.pk, *kind.split("/")])


def page_of(browse, person, name, *at):
    return browse(person).get(reverse(f"web:{name}", args=at)).content.decode()


def test_a_missing_child_is_added_from_the_step(browse, people, case):
    take(people.housing, handing_of(case, "housing"), "accept")
    for page in (
        page_of(browse, people.housing, "record", case.pk),
        page_of(browse, people.housing, "advance", case.pk, "draft_reply"),
    ):
        assert child_url(case, CONTACT) in page
        assert reverse("web:record", args=[handing_of(case, "water").pk]) in page


def test_a_refused_press_of_the_button_leads_on_too(browse, people, case):
    reply = reply_of(people, people.housing, case, "housing")
    url = reverse("web:advance", args=[reply.pk, "countersign"])
    form = browse(people.housing).get(url).content.decode()
    assert child_url(reply, COUNTERSIGN) in form
    given = {"form_id": form_id_of(form), "seen": "1", "happened_on": "2021-03-01", "text": "改一稿"}
    answer = browse(people.housing).post(url, given)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "去补上" in page
    assert child_url(reply, COUNTERSIGN) in page
    assert "改一稿" in page
    asked = {"unit": "water", "asked_on": "2021-02-26"}
    sheet = records.create(by=people.housing, org=people.office, kind=COUNTERSIGN, values=asked, parent=reply)
    page = page_of(browse, people.housing, "record", reply.pk)
    assert reverse("web:record", args=[sheet.pk]) in page


def test_who_may_not_add_it_is_told_and_offered_nothing(browse, people, case):
    page = page_of(browse, people.water, "record", case.pk)
    assert child_url(case, HANDING) not in page


def test_papers_and_links_have_ways_of_their_own(browse, people, case):
    given = {"title": "消防通道堵塞", "category": "labour", "found_on": "2021-02-01"}
    row = records.create(by=people.clerk, org=people.office, kind="base/problem", values=given)
    take(people.clerk, row, "screen", category="labour")
    take(people.clerk, row, "assign", unit="housing")
    take(people.housing, row, "accept")
    take(people.housing, row, "start", plan="清理")
    take(people.housing, row, "reply", result="已清理")
    take(people.clerk, row, "confirm")
    page = page_of(browse, people.reviewer, "record", row.pk)
    assert "请先附上佐证材料" in page
    merged = page_of(browse, people.clerk, "record", filed(people).pk)
    assert "关联“并入”" in merged


def filed(people):
    given = {"title": "关于桥灯的提案", "received_on": "2021-02-01", "form": "personal"}
    made = records.create(by=people.clerk, org=people.office, kind="cppcc/proposal", values=given)
    take(people.clerk, made, "review")
    return Record.objects.get(pk=made.pk)
