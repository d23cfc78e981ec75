"""The REST interface keeps who speaks for a member to what is that member's own."""

# ruff: noqa: F811

from __future__ import annotations

from tests.handing import _packs_tables, _under_the_packs, people  # noqa: F401 - fixtures
from tests.owning import members  # noqa: F401 - fixture

from jixiao.ledger.models import Event, Record

GIVEN = {"seen": 1, "values": {"attitude": "satisfied", "result": "satisfied"}}


def test_a_form_is_answered_by_its_author_alone(ask, members):
    before = Event.objects.count()
    for row in (members.ben_form, members.ben_alone):
        assert ask(members.ann, "get", f"/records/{row.pk}")[0] == 404
        assert ask(members.ann, "get", f"/records/{row.pk}/history")[0] == 404
        assert ask(members.ann, "post", f"/records/{row.pk}/steps/take_back", GIVEN)[0] == 404
        assert (
            ask(members.ann, "patch", f"/records/{row.pk}", {"seen": 1, "values": {"remark": "改"}})[0] == 404
        )
    assert Event.objects.count() == before
    status, answered = ask(members.ann, "post", f"/records/{members.ann_form.pk}/steps/take_back", GIVEN)
    assert (status, answered["state"]) == (200, "returned")
    assert "@for" not in Event.objects.get(record=members.ann_form.pk, step="take_back").changes


def test_paper_entered_through_rest_says_for_whom(ask, members):
    assert ask(members.clerk, "post", f"/records/{members.ben_form.pk}/steps/take_back", GIVEN)[0] == 200
    _, told = ask(members.clerk, "get", f"/records/{members.ben_form.pk}/history")
    assert {"title": "代为录入", "old": "", "new": "委员002"} in told[0]["changes"]


def test_lists_hold_ones_own_alone(ask, members):
    _, page = ask(members.ann, "get", "/records/cppcc/proposal_feedback")
    assert [one["label"] for one in page["items"]] == ["征1"]
    _, page = ask(members.ann, "get", "/records/cppcc/member")
    assert [one["label"] for one in page["items"]] == ["委员001"]
    status, made = ask(
        members.ann, "post", "/records/cppcc/proposal",
        {"org": "office", "values": {"title": "关于绿化的提案", "received_on": "2021-02-25", "form": "personal"}},
    )  # fmt: skip
    assert status == 201
    assert Record.objects.get(pk=made["id"]).data["proposer"] == members.ann_is.pk
