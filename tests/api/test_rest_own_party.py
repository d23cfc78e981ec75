"""The REST interface keeps who speaks for a party organisation to what is that organisation's own."""

# ruff: noqa: F811

from __future__ import annotations

from tests.party_owning import (  # noqa: F401 - fixtures
    ASSESSMENT,
    LINE,
    ORGANISATION,
    SUBMISSION,
    _party_tables,
    _under_the_party_packs,
    parties,
    proposal,
)

from jixiao.ledger.models import Event, Link

SCORE = {"seen": 1, "values": {"self_score": "5", "ground": "已报送"}}


def test_others_scores_are_not_found(ask, parties):
    before = Event.objects.count()
    for row in (parties.ben_is, parties.ben_case, parties.ben_line, parties.ben_submission):
        assert ask(parties.ann, "get", f"/records/{row.pk}")[0] == 404
        assert ask(parties.ann, "get", f"/records/{row.pk}/history")[0] == 404
        assert ask(parties.ann, "patch", f"/records/{row.pk}", SCORE)[0] == 404
    for row, step in ((parties.ben_case, "self_score"), (parties.ben_submission, "submit")):
        assert ask(parties.ann, "post", f"/records/{row.pk}/steps/{step}", {"seen": 1})[0] == 404
    given = {"org": "office", "parent": parties.ben_case.pk, "values": {"clause": "dues"}}
    assert ask(parties.ann, "post", f"/records/{LINE}", given)[0] == 404
    assert Event.objects.count() == before
    assert ask(parties.ann, "patch", f"/records/{parties.ann_line.pk}", SCORE)[0] == 200


def test_lists_hold_ones_own_alone(ask, parties):
    mine = {
        ORGANISATION: parties.ann_is, ASSESSMENT: parties.ann_case, LINE: parties.ann_line,
        SUBMISSION: parties.ann_submission,
    }  # fmt: skip
    for kind, row in mine.items():
        _, page = ask(parties.ann, "get", f"/records/{kind}")
        assert [one["id"] for one in page["items"]] == [row.pk]
        assert ask(parties.cas, "get", f"/records/{kind}")[1].get("items", []) == []


def test_a_new_submission_is_ones_own(ask, parties):
    given = {"org": "office", "values": proposal("关于绿化的提案")}
    status, made = ask(parties.ann, "post", f"/records/{SUBMISSION}", given)
    assert status == 201
    assert Link.objects.get(source=made["id"]).target_id == parties.ann_is.pk
    assert ask(parties.ben, "get", f"/records/{made['id']}")[0] == 404


def test_a_score_entered_through_rest_says_for_whom(ask, parties):
    assert ask(parties.clerk, "patch", f"/records/{parties.ann_line.pk}", SCORE)[0] == 200
    _, told = ask(parties.clerk, "get", f"/records/{parties.ann_line.pk}/history")
    assert {"title": "代为录入", "old": "", "new": parties.ann_is.label} in told[0]["changes"]
