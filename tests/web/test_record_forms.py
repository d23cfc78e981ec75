"""Forms of records: errors told on top and at the box, nothing typed is lost, twice sent is done once."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.urls import reverse
from tests.web.conftest import form_id_of, new_case

from jixiao.ledger import queries
from jixiao.ledger.actions import records

NEW = "/registers/trial/case/new/"


class Ids(HTMLParser):
    """The ids of a page and the places its links and descriptions point to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointed: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.pointed.append(given["href"][1:])
        for name in ("aria-describedby", "aria-labelledby", "for"):
            self.pointed += (given.get(name) or "").split()


def assert_points_somewhere(page: str) -> None:
    found = Ids(page)
    assert len(set(found.ids)) == len(found.ids)
    assert set(found.pointed) <= set(found.ids)


def test_a_case_is_registered(browse, clerk, org):
    answer = browse(clerk).post(NEW, new_case())
    (row,) = queries.records(clerk, "case", org)
    assert answer["Location"] == reverse("web:record", args=[row.id])
    assert row.data["title"] == "路灯不亮"


def test_errors_stand_on_top_and_at_the_box(browse, clerk, org):
    answer = browse(clerk).post(NEW, new_case(title="", received_on="2020-02-30", amount="一些钱"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还不能登记，有 3 处要改" in page
    assert 'href="#f-title"' in page
    assert 'aria-describedby="f-title-error" aria-invalid="true"' in page
    assert "<title>\u6709\u8bef：" in page
    assert_points_somewhere(page)
    assert not queries.records(clerk, "case", org).exists()


def test_what_was_typed_stays(browse, clerk, org):
    typed = new_case(received_on="", amount="73万", readers="30余", result="第一行\n<b>第二行</b>")
    page = browse(clerk).post(NEW, typed).content.decode()
    assert 'value="路灯不亮"' in page
    assert 'value="73万"' in page
    assert 'value="30余"' in page
    assert "第一行\n&lt;b&gt;第二行&lt;/b&gt;</textarea>" in page


def test_what_was_typed_is_what_is_stored(browse, clerk, org):
    typed = new_case(amount="3.5万元", readers="300余", share="12.5", urgent="true", **{"class": "farm"})
    client = browse(clerk)
    assert client.post(NEW, typed).status_code == 302
    (row,) = queries.records(clerk, "case", org)
    stored = {
        "title": "路灯不亮", "received_on": "2020-03-02", "amount": 3_500_000, "share": "12.50",
        "readers": {"value": 300, "qualifier": "over"}, "urgent": True, "class": "farm",
    }  # fmt: skip
    assert row.data == stored
    where = reverse("web:edit", args=[row.id])
    page = client.get(where).content.decode()
    shown = dict(re.findall(r'name="(amount|share|readers)"[^>]*? value="([^"]*)"', page))
    assert shown == {"amount": "3.5万元", "share": "12.50", "readers": "300余人"}
    assert client.post(where, typed | shown | {"seen": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.data == stored


def test_the_ledgers_own_refusals_find_their_box(browse, clerk, org):
    client = browse(clerk)
    client.post(NEW, new_case(mark="示〔2020〕1号"))
    page = client.post(NEW, new_case(mark="示〔2020〕1号")).content.decode()
    assert 'href="#f-mark"' in page
    assert "已经登记过" in page


def test_sent_twice_is_registered_once(browse, clerk, org):
    client = browse(clerk)
    form_id = form_id_of(client.get(NEW).content.decode())
    first = client.post(NEW, new_case(form_id=form_id))
    second = client.post(NEW, new_case(form_id=form_id))
    assert first["Location"] == second["Location"]
    assert queries.records(clerk, "case", org).count() == 1


def test_a_refused_form_may_be_sent_again(browse, clerk, org):
    client = browse(clerk)
    form_id = form_id_of(client.get(NEW).content.decode())
    assert client.post(NEW, new_case(title="", form_id=form_id)).status_code == 422
    assert client.post(NEW, new_case(form_id=form_id)).status_code == 302


def test_the_second_editor_sees_both_and_loses_nothing(browse, clerk, case):
    records.edit(by=clerk, record=case.id, values={"title": "路灯全不亮", "mark": "甲1"}, seen=case.version)
    where = reverse("web:edit", args=[case.id])
    mine = new_case(title="路灯不亮", mark="乙2", result="已报修", seen=str(case.version))
    answer = browse(clerk).post(where, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "甲1" in page
    assert 'value="乙2"' in page
    assert 'value="路灯全不亮"' in page  # not touched by the second editor: the other's words stand
    assert "已报修" in page
    assert_points_somewhere(page)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    again = browse(clerk).post(where, new_case(title="路灯全不亮", mark="乙2", result="已报修", seen=seen))
    assert again.status_code == 302
    case.refresh_from_db()
    assert (case.data["title"], case.data["mark"]) == ("路灯全不亮", "乙2")


def test_a_step_asks_for_what_it_needs(browse, clerk, case):
    where = reverse("web:advance", args=[case.id, "file"])
    page = browse(clerk).post(where, {"class": "", "happened_on": "", "seen": case.version}).content.decode()
    assert "还不能“立案”，有 2 处要改" in page
    assert 'href="#f-class"' in page
    assert 'href="#f-happened_on"' in page
    assert_points_somewhere(page)


def test_a_step_is_taken(browse, clerk, case, org):
    code = next(iter(_codes()))
    where = reverse("web:advance", args=[case.id, "file"])
    given = {"class": code, "happened_on": "2020-03-05", "seen": case.version, "note": "已审"}
    client = browse(clerk)
    assert client.post(where, given).status_code == 302
    page = client.get(reverse("web:record", args=[case.id])).content.decode()
    assert "示2020-001" in page
    assert "期限是怎么算的" in page


def test_why_a_step_is_not_possible_yet(browse, clerk, case):
    records.advance(
        by=clerk, record=case.id, step="file", seen=case.version, values={"class": next(iter(_codes()))}
    )
    client = browse(clerk)
    page = client.get(reverse("web:record", args=[case.id])).content.decode()
    assert "还不能办" in page
    assert "答复前应有一次有效沟通" in page
    answer = client.post(
        reverse("web:advance", args=[case.id, "answer"]),
        {"result": "已修", "happened_on": "2021-03-01", "seen": 2},
    )
    assert answer.status_code == 409
    assert "答复前应有一次有效沟通" in answer.content.decode()
    assert "已修" in answer.content.decode()


def test_undo_wants_a_reason_and_says_what_it_takes_back(browse, clerk, case):
    records.advance(
        by=clerk, record=case.id, step="file", seen=case.version, values={"class": next(iter(_codes()))}
    )
    client, where = browse(clerk), reverse("web:undo", args=[case.id])
    assert "将撤销：立案" in client.get(where).content.decode()
    assert "请填写理由" in client.post(where, {"reason": ""}).content.decode()
    assert client.post(where, {"reason": "立早了"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "received"


def test_a_draft_is_kept_and_taken_up(browse, clerk, org):
    client = browse(clerk)
    client.post(NEW, new_case(title="写到一半", received_on="", do="draft"))
    assert not queries.records(clerk, "case", org).exists()
    (draft,) = queries.drafts(clerk)
    desk = client.get("/").content.decode()
    assert "写到一半" in desk
    page = client.get(f"{NEW}?draft={draft.id}").content.decode()
    assert 'value="写到一半"' in page
    client.post(NEW, new_case(title="写完了", draft=draft.id))
    assert not queries.drafts(clerk).exists()
    assert queries.records(clerk, "case", org).count() == 1


def test_a_past_case_is_recorded_whole_and_once(browse, clerk, org):
    client, where = browse(clerk), "/registers/trial/case/backfill/"
    form_id = form_id_of(client.get(where).content.decode())
    given = new_case(
        form_id=form_id, received_on="2020-03-02", filed_on="2020-03-05", case_number="示2020-007"
    )
    given |= {
        "received_on": "2020-03-02",
        "rows.trial.talk": "3",
        "trial.talk.0.topic": "到现场",
        "trial.talk.0.held_on": "2020-03-04",
    }
    given |= {"class": next(iter(_codes())), "papers": "示函〔2020〕1号；签到表", "papers_grade": "official"}
    answer = client.post(where, given)
    assert answer.status_code == 302, answer.content.decode()
    assert client.post(where, given).status_code == 302
    (row,) = queries.records(clerk, "case", org)
    assert row.state == "filed"
    assert row.number == "示2020-007"
    ((_, (talk,)),) = queries.children(clerk, row)
    assert talk.data["topic"] == "到现场"
    assert {use.title: use.grade for use in queries.evidence(clerk, row)} == {
        "示函〔2020〕1号": "official",
        "签到表": "official",
    }


def test_more_rows_keep_what_was_typed(browse, clerk, org):
    given = new_case(title="很多沟通", do="more:trial.talk") | {
        "rows.trial.talk": "3",
        "trial.talk.2.topic": "第三次",
    }
    page = browse(clerk).post("/registers/trial/case/backfill/", given).content.decode()
    assert 'value="第三次"' in page
    assert 'value="很多沟通"' in page
    assert 'name="trial.talk.5.topic"' in page
    assert_points_somewhere(page)


def test_a_wrong_cell_is_pointed_at(browse, clerk, org):
    given = new_case() | {
        "rows.trial.talk": "3",
        "trial.talk.1.topic": "沟通",
        "trial.talk.1.held_on": "昨日",
    }
    answer = browse(clerk).post("/registers/trial/case/backfill/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-trial.talk.1.held_on"' in page
    assert_points_somewhere(page)


def _codes():
    from tests.ledger.conftest import TRIAL

    return TRIAL.code_table("case_class").codes
