"""The pages of a bureau that has a proposal from the office: what it sees and posts, and what stays closed to it and others."""

# ruff: noqa: F811

from __future__ import annotations

from itertools import product

import pytest
from django.urls import reverse
from tests.handing import (  # noqa: F401 - fixtures
    CONTACT,
    FEEDBACK,
    HANDING,
    REPLY,
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

from jixiao.ledger import queries
from jixiao.ledger.models import Draft, Event, EvidenceUse, Record

ACTS = (
    ("edit", ()), ("attach", ()), ("void", ()), ("undo", ()), ("link", ()), ("origin", ()), ("advance", ("sign_for",)),
    ("advance", ("withdraw",)), ("create_child", tuple(HANDING.split("/"))), ("create_child", tuple(REPLY.split("/"))),
    ("create_child", tuple(FEEDBACK.split("/"))),
)  # fmt: skip
FORGED = {
    "title": "改", "seen": "9", "reason": "改", "happened_on": "2021-02-26", "note": "改", "unit": "parks", "duty": "lead",
    "handed_on": "2021-02-20", "withdrawal_reason": "改", "form_number": "1", "issued_on": "2021-02-20", "grade": "internal",
    "document_number": "示办〔2021〕1号", "text": "改", "source_system": "甲", "outside_number": "1", "do": "save",
}  # fmt: skip


def state():
    """All that a refused request leaves as it was."""
    rows = Record.objects.order_by("pk").values_list("pk", "digest")
    return [*rows, Event.objects.count(), EvidenceUse.objects.count(), Draft.objects.count()]


def test_a_stranger_bureau_finds_nothing_whatever_it_posts(browse, people, case):
    before = state()
    for row, (name, more) in product((case, handing_of(case, "housing")), ACTS):
        url = reverse(f"web:{name}", args=[row.pk, *more])
        for answer in (browse(people.parks).get(url), browse(people.parks).post(url, FORGED)):
            assert answer.status_code == 404
            assert case.label not in answer.content.decode()
    assert state() == before


def test_a_helping_bureau_changes_nothing_of_the_case_or_of_the_lead(browse, people, case):
    reply = reply_of(people, people.housing, case, "housing")
    before = state()
    for row, (name, more) in product((case, handing_of(case, "housing"), reply), ACTS):
        answer = browse(people.water).post(reverse(f"web:{name}", args=[row.pk, *more]), FORGED)
        assert answer.status_code in (403, 404, 409, 422)
    assert state() == before


def test_a_bureau_that_passed_the_case_on_reads_it_and_changes_nothing(browse, people, case):
    mine = handing_of(case, "housing")
    take(people.housing, mine, "ask_return", return_reason="不属本局职责")
    take(people.assigner, mine, "move", note="改派", moved_to="parks")
    before = state()
    page = browse(people.housing).get(reverse("web:record", args=[case.pk]))
    assert page.status_code == 200
    assert "添加佐证" not in page.content.decode()
    for row, (name, more) in product((case, mine), ACTS):
        answer = browse(people.housing).post(reverse(f"web:{name}", args=[row.pk, *more]), FORGED)
        assert answer.status_code in (403, 404, 409, 422)
    assert state() == before


def test_the_lead_bureau_has_no_other_act_on_the_case(browse, people, case):
    client, before = browse(people.housing), state()
    assert client.get(reverse("web:attach", args=[case.pk])).status_code == 200
    for name, more in ACTS:
        if name != "attach" and more not in (("sign_for",), tuple(REPLY.split("/"))):
            answer = client.post(reverse(f"web:{name}", args=[case.pk, *more]), FORGED)
            assert answer.status_code in (403, 404, 409, 422)
    assert state() == before


def test_the_bureau_works_from_its_tasks_to_the_reply(browse, people, case):
    client, mine = browse(people.housing), handing_of(case, "housing")
    page = client.get(reverse("web:tasks")).content.decode()
    assert case.label in page
    assert "示例区政协办交办" in page
    page = client.get(reverse("web:record", args=[case.pk])).content.decode()
    assert "交您所在的单位办理" in page
    url = reverse("web:advance", args=[mine.pk, "accept"])
    assert client.get(url).status_code == 200
    client.post(url, {"seen": "1", "happened_on": "2021-02-25"})
    assert Record.objects.get(pk=mine.pk).state == "accepted"
    url = reverse("web:create_child", args=[case.pk, *REPLY.split("/")])
    form = client.get(url)
    assert form.status_code == 200
    typed = {"unit": "housing", "text": "已列入计划", "form_id": form_id_of(form.content.decode())}
    client.post(url, typed | {"do": "draft"})
    draft = Draft.objects.get()
    assert (draft.org_id, draft.user_id) == ("office", people.housing.pk)
    assert reverse("web:create_child", args=[case.pk, *REPLY.split("/")]) in client.get("/").content.decode()
    client.post(url, typed | {"do": "save", "draft": draft.pk})
    made = Record.objects.get(kind=REPLY)
    assert (made.org_id, made.data["unit"]) == ("office", "housing")
    assert client.get(reverse("web:edit", args=[made.pk])).status_code == 200


def test_the_register_shows_it_and_what_is_taken_away_does_not(browse, people, case):
    client = browse(people.housing)
    page = client.get(reverse("web:register", args=["cppcc", "proposal"])).content.decode()
    assert case.label in page
    assert "其中 1 条由其他单位交本单位办理" in page
    for name in ("register_csv", "register_json", "export"):
        assert (
            case.label.encode() not in client.get(reverse(f"web:{name}", args=["cppcc", "proposal"])).content
        )
    assert case.label not in browse(people.parks).get("/registers/cppcc/proposal/").content.decode()
    assert case.pk not in browse(people.parks).get("/search/?q=路灯").content.decode()
    assert case.pk in browse(people.water).get("/search/?q=路灯").content.decode()


def test_what_belongs_to_the_record_opens_with_it_and_leads_nowhere_else(browse, people, case, other):
    similar = reverse("web:similar", args=[case.pk])
    paper = reverse("web:print_docx", args=[case.pk, "cppcc", "proposal_form"])
    for url in (similar, paper):
        answer = browse(people.housing).get(url)
        assert answer.status_code == 200
        assert other.label.encode() not in answer.content
        assert browse(people.parks).get(url).status_code == 404
    page = browse(people.housing).get(reverse("web:record", args=[case.pk])).content.decode()
    assert other.pk not in page


@pytest.mark.parametrize(
    "page", ["/year/office/2021/", "/reports/office/2021/", "/imports/", "/registers/cppcc/proposal/new/"]
)
def test_the_rest_of_the_office_stays_closed(browse, people, case, page):
    answer = browse(people.housing).get(page + ("?org=office" if "year" not in page else ""))
    assert answer.status_code in (403, 404) or case.label not in answer.content.decode()
    assert "示例区政协办</" not in answer.content.decode()


def test_the_interface_of_programs_says_the_same(client, people, case):
    from tests.office import MODEL_BACKEND

    def ask(user, method, where, body=None):
        client.force_login(user, backend=MODEL_BACKEND)
        given = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(client, method)("/api/v1" + where, **given)

    mine = handing_of(case, "housing")
    assert ask(people.housing, "get", "/records/cppcc/proposal").json()["count"] == 1
    assert ask(people.parks, "get", "/records/cppcc/proposal").json()["count"] == 0
    for path in (f"/records/{case.pk}", f"/records/{case.pk}/history"):
        assert ask(people.housing, "get", path).status_code == 200
        assert ask(people.parks, "get", path).status_code == 404
    step = {"seen": 1, "happened_on": "2021-02-25"}
    where = f"/records/{mine.pk}/steps/accept"
    assert ask(people.parks, "post", where, step).status_code == 404
    assert ask(people.water, "post", where, step).status_code == 403
    assert ask(people.housing, "post", where, step).status_code == 200
    reply = {"org": "office", "parent": case.pk, "values": {"unit": "housing", "text": "已列入计划"}}
    assert ask(people.parks, "post", f"/records/{REPLY}", reply).status_code == 404
    assert ask(people.housing, "post", f"/records/{REPLY}", reply).status_code == 201
    forged = reply | {"values": {"unit": "water", "text": "替人答复"}}
    assert ask(people.housing, "post", f"/records/{REPLY}", forged).status_code == 422
    assert (
        ask(
            people.housing, "patch", f"/records/{case.pk}", {"seen": 9, "values": {"title": "改"}}
        ).status_code
        == 403
    )
    assert CONTACT in {kind.full_id for kind, _ in queries.children(people.housing, case)}
