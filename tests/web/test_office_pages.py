"""The office's own life in the browser: years opened and closed, orgs changed, work handed over, and what is said of it."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case, make_org, make_person
from tests.web.conftest import form_id_of

from jixiao.ledger import permissions
from jixiao.ledger.actions import closing, org_changes, people
from jixiao.ledger.actions.org_changes import NewOrg
from jixiao.ledger.models import OfficeAct, Org, Period
from jixiao.ledger.permissions import SYSTEM

OFFICE = "/year/office/2020/office/"
CHANGE = {"title": "示例事务局", "id": "bureau", "on": "2021-02-01", "reason": "机构改革"}


@pytest.fixture
def manager(org):
    return make_person("manager", org, "manager")


def page_of(client, where, status=200):
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_year_is_opened_once(browse, manager):
    client = browse(manager)
    page = page_of(client, "/year/office/2022/office/")
    assert "开 2022 年度" in page
    given = {"do": "open", "form_id": form_id_of(page)}
    told = client.post("/year/office/2022/office/", given, follow=True).content.decode()
    assert "新设期间 4 个" in told
    assert (
        "早已开好" in client.post("/year/office/2022/office/", {"do": "open"}, follow=True).content.decode()
    )
    assert Period.objects.filter(org="office", year=2022).count() == 4


def test_closing_asks_for_a_reason_and_keeps_what_was_typed(browse, manager, org):
    client = browse(manager)
    period = Period.objects.get(org=org, year=2020)
    answer = client.post(OFFICE, {"do": "close", "period": period.pk, "reason": ""})
    assert answer.status_code == 422
    assert "理由" in answer.content.decode()
    answer = client.post(OFFICE, {"do": "close", "reason": "年报已经上报"})
    assert "请至少勾选一个期间" in answer.content.decode()
    assert "年报已经上报" in answer.content.decode()
    page = client.post(
        OFFICE, {"do": "close", "period": period.pk, "reason": "年报已经上报"}, follow=True
    ).content.decode()
    assert "已关账" in page
    page = client.post(
        OFFICE, {"do": "reopen", "period": period.pk, "reason": "漏报一件"}, follow=True
    ).content.decode()
    assert "漏报一件" in page
    assert "开放" in page


def test_a_clerk_sees_no_forms_and_may_not_post(browse, clerk, manager):
    client = browse(clerk)
    assert 'value="close"' not in page_of(client, OFFICE)
    assert client.post(OFFICE, {"do": "open"}).status_code == 403
    assert client.get("/orgs/change/").status_code == 403


def test_late_entries_stand_on_the_year_and_the_record(browse, clerk, manager, org):
    closing.close_period(by=manager, period=Period.objects.get(org=org, year=2020), reason="已上报")
    row = make_case(clerk, org, title="迟到的来件")
    client = browse(clerk)
    assert "关账后的补录和更正 <small>1 条</small>" in page_of(client, "/year/office/2020/")
    assert f"/records/{row.id}/" in page_of(client, OFFICE)
    assert "补录（关账后）：2020年度" in page_of(client, f"/records/{row.id}/")


def test_carried_cases_are_marked_where_they_stand(browse, clerk, case):
    client = browse(clerk)
    assert "路灯不亮" in page_of(client, "/year/office/2021/office/")
    assert "上年结转" in page_of(client, "/registers/trial/case/")
    assert "上年结转" in page_of(client, "/")


def test_an_org_is_renamed_and_the_old_one_says_where_it_went(browse, manager, clerk, case):
    client = browse(manager)
    page = page_of(client, "/orgs/change/?how=rename")
    answer = client.post("/orgs/change/?how=rename", {**CHANGE, "reason": "", "form_id": form_id_of(page)})
    assert answer.status_code == 422
    assert "示例事务局" in answer.content.decode()
    answer = client.post("/orgs/change/?how=rename", CHANGE, follow=True)
    assert "更名已登记：示例事务局" in answer.content.decode()
    client = browse(clerk)
    page = page_of(client, "/?org=bureau")
    assert "路灯不亮" in page
    page = page_of(client, f"/records/{case.id}/")
    assert "转到示例事务局" in page
    assert "登记时的单位示例街道办已于 2021-02-01 更名为示例事务局" in page
    assert "2021-02-01 更名为示例事务局" in page_of(client, "/search/?q=示例街道办")


def test_two_orgs_are_merged_into_a_new_one(browse, org, clerk, case):
    other = make_org("second", "第二示例办公室")
    both = make_person("both", org, "manager")
    from jixiao.ledger.actions import people

    people.join(by=SYSTEM, user=both, org=other, role="manager", from_on=day("2015-01-01"))
    make_case(make_person("theirs", other, "clerk"), other, title="第二办的来件")
    client = browse(both)
    page = page_of(client, "/orgs/change/?how=merge&org=office")
    assert "第二示例办公室" in page
    given = {**CHANGE, "title": "示例联合办", "id": "joint", "orgs": ["second"], "into": ""}
    answer = client.post("/orgs/change/?how=merge&org=office", {**given, "id": "", "title": ""})
    assert "请选取并入哪个单位" in answer.content.decode()
    client.post("/orgs/change/?how=merge&org=office", given)
    client = browse(clerk)
    page = page_of(client, "/?org=joint")
    assert "第二办的来件" in page
    page = page_of(client, "/year/joint/2021/figures/trial/cases/")
    assert "连同前身单位" in page
    assert "2件" in page
    roll = page_of(client, "/year/joint/2021/figures/trial/roll/")
    assert "不可比" in roll


def test_a_split_sends_people_where_they_are_told(browse, manager, clerk):
    given = {
        "title1": "示例北办", "id1": "north", "title2": "示例南办", "id2": "south", f"person-{clerk.pk}": "2",
        "on": "2021-02-01", "reason": "分设",
    }  # fmt: skip
    answer = browse(manager).post("/orgs/change/?how=split", given)
    assert answer.status_code == 302
    assert not permissions.roles_in(clerk, "north")
    assert permissions.roles_in(clerk, "south")


def test_only_living_orgs_are_offered(browse, clerk, org):
    make_org("old", "示例旧街道")
    org_changes.rename(
        by=SYSTEM, org="old", into=NewOrg("anew", "示例新街道"), on=day("2021-02-01"), reason="撤并"
    )
    page = page_of(browse(clerk), "/registers/trial/firm/new/")
    assert "示例新街道" in page
    assert "示例旧街道" not in page


def test_work_is_handed_over_and_the_list_printed(browse, manager, clerk, head, case):
    client = browse(manager)
    page = page_of(client, "/handover/")
    given = {"giver": "clerk", "taker": "head", "on": "2021-03-01", "note": "轮岗"}
    answer = client.post("/handover/", {**given, "on": "2021-04-01"})
    assert answer.status_code == 422
    assert "还没有到" in answer.content.decode()
    answer = client.post("/handover/", {**given, "form_id": form_id_of(page)}, follow=True)
    page = answer.content.decode()
    assert "路灯不亮" in page
    [act] = OfficeAct.objects.filter(act="handed")
    assert client.get(f"/handover/{act.pk}.docx").content[:2] == b"PK"
    client = browse(head)
    assert f"/handover/{act.pk}/" in page_of(client, "/handover/")
    assert "接办" in page_of(client, f"/records/{case.id}/")
    client = browse(clerk)
    assert client.get(f"/records/{case.id}/").status_code == 404


def test_a_stranger_finds_no_hand_over(browse, manager, clerk, head, stranger):
    given = {"giver": "clerk", "taker": "head", "on": "2021-03-01"}
    browse(manager).post("/handover/", given)
    [act] = OfficeAct.objects.filter(act="handed")
    assert browse(stranger).get(f"/handover/{act.pk}/").status_code == 404


@pytest.mark.parametrize(
    "where", ["/login/", "/check/", "/verify/", "/imports/?kind=trial/case", "/nowhere/"]
)
def test_the_notice_stands_on_every_page(browse, client, clerk, where):
    if where.startswith("/imports"):
        browse(clerk)
    assert "非涉密系统" in client.get(where).content.decode()


@pytest.mark.parametrize(
    ("title", "is_warned"),
    [("【机密】某事项", True), ("机密★ 某事项", True), ("保守秘密宣传月", False), ("密级：绝密", True)],
)
def test_a_mark_of_secrecy_in_text_is_warned_about(browse, clerk, org, title, is_warned):
    row = make_case(clerk, org, title=title)
    assert ("像有密级标志" in page_of(browse(clerk), f"/records/{row.id}/")) is is_warned


def test_an_org_that_is_gone_is_not_the_first_one_meets(browse, clerk, org):
    org_changes.rename(
        by=SYSTEM, org=org, into=NewOrg("bureau", "示例事务局"), on=day("2021-02-01"), reason="改革"
    )
    assert '<details class="menu"><summary>示例事务局</summary>' in page_of(browse(clerk), "/")
    assert Org.objects.get(pk="office").valid_to == day("2021-01-31")


def test_a_late_entry_that_is_refused_keeps_what_was_typed(browse, manager, org, head, case):
    closing.close_period(by=manager, period=Period.objects.get(org=org, year=2020), reason="已上报")
    answer = browse(head).post(f"/records/{case.id}/void/", {"reason": "这里写了很多", "do": "save"})
    assert answer.status_code == 422
    assert "关账" in answer.content.decode()
    assert "这里写了很多" in answer.content.decode()


def test_a_manager_of_an_office_without_a_year_is_led_to_open_one(browse, manager, org):
    Period.objects.filter(org=org).delete()
    page = browse(manager).get("/year/", follow=True).content.decode()
    assert "开 2021 年度" in page


def test_a_role_that_may_not_be_handed_on_is_told_on_the_form(browse, org, clerk, manager):
    taker = make_person("taker", org, "head")
    people.join(by=SYSTEM, user=clerk, org=org, role="overseer", from_on=day("2020-01-01"))
    given = {"giver": clerk.username, "taker": taker.username, "on": "2021-03-01", "note": "轮岗"}
    answer = browse(manager).post("/handover/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“督查员”不是您能给的角色" in page
    assert "轮岗</textarea>" in page
    assert not OfficeAct.objects.exists()
