"""The points page: ranks, one subject line by line, a draft tried without being kept, nothing for who may not read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.ledger.conftest import day
from tests.office import MODEL_BACKEND

from jixiao.catalogue import load
from jixiao.ledger import rules
from jixiao.ledger.actions import orgs, people, records
from jixiao.ledger.models import User
from jixiao.ledger.permissions import SYSTEM

LETTERS = load([], [Path(__file__).parents[1] / "ledger" / "second" / "letters"])
PAGE = "/year/post/2020/points/letters/writers/"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from jixiao.ledger import projection

    with django_db_blocker.unblock():
        projection.ensure(LETTERS)


@pytest.fixture(autouse=True)
def _letters(_office_hours):
    with rules.working_under(LETTERS):
        yield


@pytest.fixture
def zhao():
    made = orgs.create(by=SYSTEM, id="post", title="示例信访室", valid_from=day("2015-01-01"))
    orgs.bind_pack(by=SYSTEM, org=made, pack="letters", from_on=made.valid_from)
    orgs.set_period(
        by=SYSTEM, org=made, basis="calendar_year", label="2020年度", year=2020,
        from_on=day("2020-01-01"), to_on=day("2020-12-31"),
    )  # fmt: skip
    user = User.objects.create(username="zhao", display_name="示例赵")
    people.join(by=SYSTEM, user=user, org=made, role="clerk", from_on=day("2015-01-01"))
    for place in (1, 2):
        writer = records.create(
            by=user, org=made, kind="writer", values={"serial": f"W0{place}", "joined_on": "2018-01-02"}
        )
        for _ in range(place):
            values = {"title": "路灯不亮", "received_on": "2020-03-02", "writer": writer.pk}
            records.create(by=user, org=made, kind="letter", values=values)
    return user


@pytest.fixture
def page(client, zhao):
    client.force_login(zhao, backend=MODEL_BACKEND)
    return client


def text_of(answer):
    return answer.content.decode()


def test_subjects_stand_by_rank_and_each_line_names_its_records(page):
    text = text_of(page.get(PAGE))
    assert re.search(r"<td class=\"n\">1</td>.*W02.*<td class=\"n\">8</td>", text)
    subject = re.search(r"\?subject=([0-9a-f-]+)\">W02", text).group(1)
    told = text_of(page.get(PAGE, {"subject": subject}))
    assert "W02：8分，第1名" in told
    assert "第一条" in told
    assert len(re.findall(r'<a href="/records/[0-9a-f-]+/">路灯不亮</a>', told)) == 2


def test_a_draft_is_tried_and_not_kept(page):
    text = text_of(page.get(PAGE))
    draft = (
        text.split('spellcheck="false">')[1]
        .split("</textarea>")[0]
        .replace("&#x27;", "'")
        .replace("&quot;", '"')
    )
    tried = text_of(page.post(PAGE, {"draft": draft.replace("add: '4'", "add: '8'")}))
    assert "按草案试算：2个对象有变化" in tried
    assert "来信由8分变为16分" in tried
    assert "W02：" not in text_of(page.get(PAGE))
    assert re.search(r"W02.*<td class=\"n\">8</td>", text_of(page.get(PAGE)))


def test_a_broken_draft_stays_in_its_box_with_what_would_be_right(page):
    answer = page.post(PAGE, {"draft": "title: 新办法\ntreee: []\n"})
    assert answer.status_code == 422
    told = text_of(answer)
    assert "草案还不能试算" in told
    assert "是否想写 tree" in told
    assert "title: 新办法" in told


def test_the_index_lists_the_schemes(page):
    told = text_of(page.get("/year/post/2020/points/"))
    assert PAGE in told
    assert "通讯员积分" in told


def test_a_subject_that_is_not_there_is_not_found(page):
    assert page.get(PAGE, {"subject": "nobody"}).status_code == 404


def test_who_may_not_read_the_registers_sees_no_points(client, zhao):
    user = User.objects.create(username="sun", display_name="示例孙")
    people.join(by=SYSTEM, user=user, org="post", role="reader", from_on=day("2015-01-01"))
    client.force_login(user, backend=MODEL_BACKEND)
    assert client.get(PAGE).status_code == 403
    assert "W02" not in text_of(client.get("/year/post/2020/points/"))


def test_a_stranger_finds_nothing_and_nobody_gets_in_unsigned(client, zhao):
    assert client.get(PAGE).status_code == 302
    stranger = User.objects.create(username="li", display_name="示例李")
    client.force_login(stranger, backend=MODEL_BACKEND)
    assert client.get(PAGE).status_code == 404
