"""Like cases on the pages: before something is recorded, beside a case under review, joined only by a person."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case
from tests.web.conftest import form_id_of, new_case

from jixiao.ledger import queries
from jixiao.ledger.actions import records
from jixiao.ledger.models import Draft, Record

LIKE = "老旧小区加装电梯的补助"


@pytest.fixture
def earlier(clerk, org):
    return make_case(clerk, org, title=LIKE)


def test_before_it_is_recorded_the_like_is_shown_and_nothing_is_lost_or_made(browse, clerk, earlier):
    client = browse(clerk)
    address = "/registers/trial/case/new/"
    form_id = form_id_of(client.get(address).content.decode())
    posted = new_case(title="加快老旧小区电梯加装", mark="甲1", do="similar", form_id=form_id)
    page = client.post(address, posted).content.decode()
    assert LIKE in page
    assert "“老旧小区”" in page
    assert 'value="甲1"' in page
    assert (Record.objects.count(), Draft.objects.count()) == (1, 0)
    client.post(address, posted | {"do": "save"})
    assert Record.objects.count() == 2
    page = client.post(address, new_case(title="森林防火", do="similar")).content.decode()
    assert "没有找到相似的来件" in page


def test_under_review_they_stand_beside_the_case_and_afterwards_one_asks(browse, clerk, org, earlier):
    row = make_case(clerk, org, title="老旧小区加装电梯")
    client = browse(clerk)
    assert LIKE in client.get(f"/records/{row.pk}/").content.decode()
    assert LIKE in client.get(f"/records/{row.pk}/steps/file/").content.decode()
    records.advance(
        by=clerk, record=row, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )
    page = client.get(f"/records/{row.pk}/").content.decode()
    assert LIKE not in page
    assert f"/records/{row.pk}/similar/" in page
    assert LIKE in client.get(f"/records/{row.pk}/similar/").content.decode()


def test_a_person_joins_two_and_only_once(browse, clerk, org, earlier):
    row = make_case(clerk, org, title="老旧小区加装电梯")
    client, address = browse(clerk), f"/records/{row.pk}/similar/"
    posted = {"target": earlier.pk, "form_id": form_id_of(client.get(address).content.decode())}
    for _ in range(2):
        assert client.post(address, posted).status_code == 302
    [link] = queries.links(clerk, row)
    assert (link.other.pk, link.title) == (earlier.pk, "相似来件")
    assert "已关联" in client.get(address).content.decode()


def test_who_may_only_read_sees_no_button_and_a_stranger_nothing(browse, clerk, head, stranger, org, earlier):
    row = make_case(clerk, org, title="老旧小区加装电梯")
    address = f"/records/{row.pk}/similar/"
    page = browse(head).get(address).content.decode()
    assert LIKE in page
    assert "关联为" not in page
    assert browse(head).post(address, {"target": earlier.pk}).status_code == 403
    assert browse(stranger).get(address).status_code == 404


def test_a_kind_without_a_way_to_look_has_no_page(browse, clerk, org):
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业"})
    assert browse(clerk).get(f"/records/{firm.pk}/similar/").status_code == 404
    assert "查找相似" not in browse(clerk).get(f"/records/{firm.pk}/").content.decode()
