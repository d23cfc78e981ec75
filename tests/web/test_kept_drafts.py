"""Long forms keep themselves: what was typed is a draft before anybody thinks of saving it, and comes back whole."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.web.conftest import new_case

from jixiao.ledger.models import Draft, Record

CREATE = reverse("web:create", args=["trial", "case"])
PAST = reverse("web:backfill", args=["trial", "case"])


@pytest.mark.parametrize("where", [CREATE, PAST])
def test_a_form_is_kept_while_it_is_filled_in(browse, clerk, where):
    client = browse(clerk)
    first = client.post(where, {"title": "路灯", "do": "keep"}).json()
    assert "已自动保存" in first["told"]
    again = client.post(where, {"title": "路灯不亮", "do": "keep", "draft": first["draft"]}).json()
    assert again["draft"] == first["draft"]
    assert Draft.objects.get().data["title"] == "路灯不亮"
    assert not Record.objects.exists()


@pytest.mark.parametrize("where", [CREATE, PAST])
def test_a_kept_form_is_gone_on_with_and_forgotten_when_recorded(browse, clerk, where):
    client = browse(clerk)
    draft = client.post(where, {"title": "路灯", "received_on": "2020-03-02", "do": "keep"}).json()["draft"]
    url = f"{where}?draft={draft}"
    assert url in client.get("/").content.decode()
    page = client.get(url).content.decode()
    assert 'value="路灯"' in page
    assert f'name="draft" value="{draft}"' in page
    client.post(url, new_case(draft=draft))
    assert Record.objects.count() == 1
    assert not Draft.objects.exists()


def test_the_rows_of_a_past_case_are_kept_too(browse, clerk):
    client = browse(clerk)
    typed = {"title": "路灯", "rows.trial.talk": "6", "trial.talk.5.topic": "到场", "do": "keep"}
    draft = client.post(PAST, typed).json()["draft"]
    page = client.get(f"{PAST}?draft={draft}").content.decode()
    assert 'name="trial.talk.5.topic"' in page
    assert 'value="到场"' in page


def test_the_button_does_it_without_a_script(browse, clerk):
    client = browse(clerk)
    answer = client.post(PAST, {"title": "路灯", "do": "draft"}, follow=True)
    assert "草稿已保存" in answer.content.decode()
    draft = Draft.objects.get()
    client.post(PAST, {"do": "discard", "draft": draft.pk})
    assert not Draft.objects.exists()


def test_anothers_draft_is_neither_read_nor_overwritten(browse, clerk, stranger, org):
    draft = browse(clerk).post(CREATE, {"title": "路灯", "do": "keep"}).json()["draft"]
    other = browse(stranger)
    assert other.get(f"{CREATE}?draft={draft}").status_code == 404
    told = other.post(CREATE, {"title": "改掉", "do": "keep", "draft": draft}).json()
    assert told["draft"] == ""
    assert Draft.objects.get().data["title"] == "路灯"
