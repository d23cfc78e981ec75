"""The pages of who speaks for a party organisation: its own self-score and submissions; those of others are not there."""

# ruff: noqa: F811

from __future__ import annotations

from itertools import product

from django.urls import reverse
from tests.party_owning import (  # noqa: F401 - fixtures
    LINE,
    _party_tables,
    _under_the_party_packs,
    parties,
    publicise,
)
from tests.web.conftest import form_id_of

from jixiao.ledger.models import Event, Link, Record


def test_what_is_another_organisations_is_not_there(browse, parties):
    before = Event.objects.count()
    for row, name in product(
        (parties.ben_is, parties.ben_case, parties.ben_line, parties.ben_submission),
        ("record", "edit", "attach", "void", "undo", "link", "origin"),
    ):
        url = reverse(f"web:{name}", args=[row.pk])
        for answered in (browse(parties.ann).get(url), browse(parties.ann).post(url, {"reason": "改"})):
            assert answered.status_code in (404, 405)
            assert row.label not in answered.content.decode()
    for row, step in (
        (parties.ben_case, "self_score"),
        (parties.ben_case, "appeal"),
        (parties.ben_submission, "submit"),
    ):
        url = reverse("web:advance", args=[row.pk, step])
        assert browse(parties.ann).get(url).status_code == 404
        assert browse(parties.ann).post(url, {"form_id": "1" * 32, "seen": "1"}).status_code == 404
    url = reverse("web:create_child", args=[parties.ben_case.pk, *LINE.split("/")])
    assert browse(parties.ann).get(url).status_code == 404
    assert Event.objects.count() == before
    for kind in ("party_organisation", "party_assessment", "party_submission"):
        page = browse(parties.ann).get(reverse("web:register", args=["united_front", kind])).content.decode()
        assert "甲" in page
        assert "乙" not in page


def test_one_fills_ones_own_score_and_not_the_agreed_one(browse, parties):
    client = browse(parties.ann)
    assert client.get("/").headers["Location"] == "/own/"
    home = client.get("/own/").content.decode()
    assert "甲年度考核" in home
    assert "乙" not in home
    case = client.get(reverse("web:record", args=[parties.ann_case.pk])).content.decode()
    add = reverse("web:create_child", args=[parties.ann_case.pk, *LINE.split("/")])
    assert add in case
    assert 'name="agreed"' not in client.get(add).content.decode()
    url = reverse("web:edit", args=[parties.ann_line.pk])
    form = client.get(url).content.decode()
    assert 'name="self_score"' in form
    assert 'name="agreed"' not in form
    given = {"form_id": form_id_of(form), "seen": "1", "self_score": "5", "ground": "已报送", "do": "save"}
    assert client.post(url, given).status_code == 302
    assert Record.objects.get(pk=parties.ann_line.pk).data["self_score"] == "5.0"


def test_one_appeals_from_ones_desk(browse, parties):
    case = publicise(parties, parties.ann_case, parties.ann_line)
    url = reverse("web:advance", args=[case.pk, "appeal"])
    client = browse(parties.ann)
    assert url in client.get("/own/").content.decode()
    form = client.get(url).content.decode()
    given = {
        "form_id": form_id_of(form), "seen": form.split('name="seen" value="')[1].split('"')[0], "do": "save",
        "appeal": "核定偏低", "note": "请复核", "happened_on": "2021-03-01",
    }  # fmt: skip
    assert client.post(url, given).status_code == 302
    assert Record.objects.get(pk=case.pk).state == "appealed"
    assert url not in browse(parties.ben).get("/own/").content.decode()


def test_a_new_submission_is_ones_own(browse, parties):
    url = reverse("web:create", args=["united_front", "party_submission"])
    client = browse(parties.ann)
    form = client.get(url).content.decode()
    given = {
        "form_id": form_id_of(form), "title": "关于绿化的提案", "channel": "cppcc", "sort": "proposal",
        "drafted_on": "2021-02-10", "do": "save",
    }  # fmt: skip
    made = client.post(url, given)
    assert made.status_code == 302
    page = client.get(made.headers["Location"]).content.decode()
    assert parties.ann_is.label in page
    row = Record.objects.get(label="关于绿化的提案")
    assert Link.objects.get(source=row.pk).target_id == parties.ann_is.pk
    assert browse(parties.ben).get(made.headers["Location"]).status_code == 404
