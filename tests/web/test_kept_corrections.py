"""A correction and a step keep themselves while they are filled in, come back by themselves, and are forgotten when sent."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.ledger.conftest import make_person
from tests.web.conftest import form_id_of

from jixiao.ledger.actions import records
from jixiao.ledger.models import Draft, Record


def seen_of(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


@pytest.fixture
def forms(case):
    return {
        "edit": (reverse("web:edit", args=[case.pk]), {"title": "路灯又不亮", "received_on": "2020-03-02"}),
        "step": (
            reverse("web:advance", args=[case.pk, "file"]),
            {"note": "请速办", "happened_on": "2020-03-05"},
        ),
    }


@pytest.mark.parametrize("which", ["edit", "step"])
def test_what_is_typed_comes_back_when_the_form_is_opened_again(browse, clerk, case, forms, which):
    url, given = forms[which]
    client = browse(clerk)
    page = client.get(url).content.decode()
    assert "data-keep" in page
    kept = client.post(url, given | {"seen": seen_of(page), "do": "keep"}).json()
    assert "再打开这张表时接着填" in kept["told"]
    again = client.post(url, given | {"seen": seen_of(page), "do": "keep", "draft": kept["draft"]}).json()
    assert again["draft"] == kept["draft"]
    assert Draft.objects.count() == 1
    assert Record.objects.get(pk=case.pk).version == case.version
    back = client.get(url).content.decode()
    assert all(value in back for value in given.values())
    assert "已放回表里" in back
    assert url in client.get("/").content.decode()
    sent = client.post(url, given | {"seen": seen_of(back), "form_id": form_id_of(back), "do": "save"})
    assert sent.status_code in (302, 409, 422)
    assert Draft.objects.exists() == (sent.status_code != 302)


@pytest.mark.parametrize("which", ["edit", "step"])
def test_buttons_do_it_without_a_script(browse, clerk, forms, which):
    url, given = forms[which]
    client = browse(clerk)
    answer = client.post(url, given | {"seen": "1", "do": "draft"}, follow=True)
    assert "草稿已保存" in answer.content.decode()
    assert "丢弃草稿" in client.get(url).content.decode()
    client.post(url, {"do": "discard", "seen": "1"})
    assert not Draft.objects.exists()
    assert "已放回表里" not in client.get(url).content.decode()


def test_a_draft_of_an_older_version_is_compared_and_not_laid_over(browse, clerk, org, case, forms):
    url, given = forms["edit"]
    client = browse(clerk)
    seen = seen_of(client.get(url).content.decode())
    client.post(url, given | {"seen": seen, "do": "keep"})
    records.edit(
        by=make_person("other", org, "clerk"), record=case, values={"title": "路灯全灭"}, seen=case.version
    )
    page = client.get(url).content.decode()
    assert seen_of(page) == seen
    sent = client.post(url, given | {"seen": seen_of(page), "form_id": form_id_of(page), "do": "save"})
    assert sent.status_code == 409
    told = sent.content.decode()
    assert "别人刚改过的地方" in told
    assert "路灯又不亮" in told
    assert Draft.objects.exists()


def test_a_keeping_that_comes_after_the_form_leaves_nothing(browse, clerk, forms):
    url, given = forms["edit"]
    client = browse(clerk)
    page = client.get(url).content.decode()
    sent = given | {"seen": seen_of(page), "form_id": form_id_of(page)}
    assert client.post(url, sent | {"do": "save"}).status_code == 302
    assert client.post(url, sent | {"do": "keep"}).json() == {"draft": "", "told": ""}
    assert client.post(url, sent | {"do": "save"}).status_code == 302  # sent twice, done once
    assert not Draft.objects.exists()


def test_a_draft_is_its_authors_alone(browse, clerk, head, stranger, forms):
    url, given = forms["edit"]
    browse(clerk).post(url, given | {"seen": "1", "do": "keep"})
    assert browse(head).get(url).status_code == 403
    assert browse(stranger).get(url).status_code == 404
    assert browse(stranger).post(url, given | {"seen": "1", "do": "keep"}).status_code == 404
    assert Draft.objects.count() == 1
