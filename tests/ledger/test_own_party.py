"""Who speaks for a party organisation scores, appeals and submits for that one alone; what the office enters for it says so."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.party_owning import (  # noqa: F401 - fixtures
    ACTIVITY,
    ASSESSMENT,
    DONATION,
    LINE,
    ORGANISATION,
    SUBMISSION,
    _party_tables,
    _under_the_party_packs,
    make,
    parties,
    proposal,
    publicise,
    take,
)

from jixiao.errors import FieldErrors, NotAllowed, NotFound
from jixiao.ledger import audit, queries
from jixiao.ledger.actions import evidence, links, records
from jixiao.ledger.actions import people as accounts
from jixiao.ledger.models import Event, Link, Record
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import own_desk
from jixiao.values import Verdict

GIFT = {"title": "捐书", "form": "cash", "amount": "100", "pledged_on": "2021-02-10"}


def seen_by(person):
    found = set()
    for row in Record.objects.all():
        try:
            found.add(queries.record(person, row).pk)
        except NotFound:
            continue
    return found


def listed(person, kind, parties):
    return [row.pk for row in queries.records(person, kind, parties.office, with_handed=True)]


def test_one_sees_ones_own_organisation_and_no_other(parties):
    mine = {parties.ann_is, parties.ann_case, parties.ann_line, parties.ann_submission}
    assert seen_by(parties.ann) == {row.pk for row in mine}
    assert seen_by(parties.cas) == set()
    kinds = {ORGANISATION: parties.ann_is, ASSESSMENT: parties.ann_case, SUBMISSION: parties.ann_submission}
    for kind, row in kinds.items():
        assert listed(parties.ann, kind, parties) == [row.pk]
        assert list(queries.records(parties.ann, kind, parties.office)) == []
    children = {kind.full_id: rows for kind, rows in queries.children(parties.ann, parties.ann_case)}
    assert [row.pk for row in children[LINE]] == [parties.ann_line.pk]
    assert queries.search(parties.ann, parties.office, "乙").records == ()


def test_one_scores_ones_own_and_finds_no_other_line(parties):
    given = {"self_score": "5", "ground": "年初报送计划"}
    row = records.edit(by=parties.ann, record=parties.ann_line, values=given, seen=1)
    assert row.data["self_score"] == "5.0"
    assert "@for" not in Event.objects.get(record=row.pk, act="edit").changes
    added = make(parties, LINE, by=parties.ann, above=parties.ann_case, clause="dues", self_score="9")
    assert "@for" not in Event.objects.get(record=added.pk, act="create").changes
    assert take(parties.ann, parties.ann_case, "self_score").state == "self_scored"
    with pytest.raises(NotFound):
        records.edit(by=parties.ann, record=parties.ben_line, values=given, seen=1)
    with pytest.raises(NotFound):
        make(parties, LINE, by=parties.ann, above=parties.ben_case, clause="dues", self_score="9")
    with pytest.raises(NotFound):
        take(parties.ann, parties.ben_case, "self_score")
    assert records.undo(by=parties.ann, record=parties.ann_case, reason="漏了一条").state == "opened"


def test_what_the_department_agrees_to_is_not_ones_own_word(parties):
    with pytest.raises(FieldErrors, match="核定分由经办人填写"):
        records.edit(by=parties.ann, record=parties.ann_line, values={"agreed": "5"}, seen=1)
    with pytest.raises(FieldErrors, match="核定分由经办人填写"):
        make(parties, LINE, by=parties.ann, above=parties.ann_case, clause="dues", agreed="9")
    with pytest.raises(NotAllowed):
        records.edit(by=parties.ann, record=parties.ann_case, values={"title": "改"}, seen=1)


def test_a_score_handed_in_stands(parties):
    case = publicise(parties, parties.ann_case, parties.ann_line)
    now = Record.objects.get(pk=parties.ann_line.pk)
    with pytest.raises(NotAllowed):
        records.edit(by=parties.ann, record=now, values={"self_score": "6"}, seen=now.version)
    with pytest.raises(NotAllowed):
        make(parties, LINE, by=parties.ann, above=case, clause="dues", self_score="9")
    with pytest.raises(FieldErrors, match="考核名称由经办人填写"):
        records.edit(by=parties.ann, record=case, values={"title": "改"}, seen=case.version)


def test_one_appeals_against_ones_own_alone(parties):
    case = publicise(parties, parties.ann_case, parties.ann_line)
    with pytest.raises(NotFound):
        take(parties.ben, case, "appeal", appeal="不服", note="不服")
    assert take(parties.ann, case, "appeal", appeal="核定偏低", note="请复核").state == "appealed"


def test_paper_is_entered_for_the_organisation_and_says_so(parties):
    records.edit(by=parties.clerk, record=parties.ann_line, values={"self_score": "5"}, seen=1)
    added = make(parties, LINE, above=parties.ann_case, clause="dues", self_score="9")
    take(parties.clerk, parties.ann_case, "self_score")
    take(parties.clerk, parties.ann_submission, "submit")
    told = [
        Event.objects.get(record=row.pk, act=act).changes["@for"]
        for row, act in (
            (parties.ann_line, "edit"),
            (added, "create"),
            (parties.ann_case, "step"),
            (parties.ann_submission, "step"),
        )
    ]
    assert told == [[None, parties.ann_is.pk]] * 4
    entry = queries.history(parties.clerk, added)[0]
    assert ("代为录入", parties.ann_is.label) in [(change.title, change.new) for change in entry.changes]
    now = Record.objects.get(pk=parties.ann_line.pk)
    records.edit(by=parties.clerk, record=now, values={"agreed": "4"}, seen=now.version)
    last = Event.objects.filter(record=now.pk).order_by("version").last()
    assert "@for" not in last.changes
    assert {one.verdict for one in audit.check(parties.office.pk)} == {Verdict.KEPT}


def test_who_may_not_back_fill_enters_no_score_of_others(parties, monkeypatch):
    from jixiao.ledger import permissions

    free = permissions.can
    monkeypatch.setattr(
        permissions, "can", lambda user, act, **at: act != "backfill" and free(user, act, **at)
    )
    with pytest.raises(NotAllowed, match=f"自评分由{parties.ann_is.label}自己填写"):
        records.edit(by=parties.clerk, record=parties.ann_line, values={"self_score": "5"}, seen=1)
    records.edit(by=parties.clerk, record=parties.ann_line, values={"agreed": "5"}, seen=1)


def test_one_submits_for_oneself_alone(parties):
    made = make(parties, SUBMISSION, by=parties.ann, **proposal("关于绿化的提案"))
    assert Link.objects.get(source=made.pk).target_id == parties.ann_is.pk
    assert take(parties.ann, made, "submit").state == "submitted"
    with pytest.raises(NotFound):
        take(parties.ann, parties.ben_submission, "submit")
    with pytest.raises(NotFound):
        queries.record(parties.ben, made)
    with pytest.raises(NotAllowed):
        links.link(by=parties.ann, record=parties.ann_submission, role="submitters", target=parties.ann_is)
    with pytest.raises(NotAllowed):
        records.edit(
            by=parties.ann, record=made, values={"title": "改"}, seen=Record.objects.get(pk=made.pk).version
        )
    with pytest.raises(NotAllowed, match="还没有设置对应党派组织名录"):
        make(parties, SUBMISSION, by=parties.cas, **proposal("关于绿化的提案"))
    assert {one.verdict for one in audit.check(parties.office.pk)} == {Verdict.KEPT}


def test_what_the_office_enters_names_nobody_by_itself(parties):
    made = make(parties, SUBMISSION, **proposal("关于绿化的提案"))
    assert not Link.objects.filter(source=made.pk).exists()


def test_gifts_and_services_are_ones_own_too(parties):
    gift = make(parties, DONATION, by=parties.ann, **GIFT)
    assert gift.data["donor"] == parties.ann_is.pk
    with pytest.raises(FieldErrors, match="只能登记自己的"):
        make(parties, DONATION, by=parties.ann, donor=parties.ben_is.pk, **GIFT)
    done = make(parties, ACTIVITY, by=parties.ann, title="义诊", form="medical")
    assert Link.objects.get(source=done.pk).target_id == parties.ann_is.pk
    for row in (gift, done):
        with pytest.raises(NotFound):
            queries.record(parties.ben, row)


def test_papers_are_attached_to_ones_own_lines(parties):
    paper = {"grade": "internal", "title": "佐证材料", "document_number": "1"}
    evidence.attach(by=parties.ann, record=parties.ann_line, **paper)
    with pytest.raises(NotFound):
        evidence.attach(by=parties.ann, record=parties.ben_line, **paper)


def test_a_joint_submission_is_that_of_each(parties):
    links.link(by=parties.clerk, record=parties.ann_submission, role="submitters", target=parties.ben_is)
    assert queries.record(parties.ben, parties.ann_submission).pk == parties.ann_submission.pk


def test_the_desk_holds_ones_own(parties):
    waiting = [one.record.pk for one in own_desk.asked(parties.ann, parties.office)]
    assert waiting == [parties.ann_submission.pk]
    publicise(parties, parties.ann_case, parties.ann_line)
    asked = {
        one.record.pk: [step.step for step in one.steps]
        for one in own_desk.asked(parties.ann, parties.office)
    }
    assert asked[parties.ann_case.pk] == ["appeal"]
    rows = {
        one.kind.full_id: [row.pk for row in one.rows]
        for one in own_desk.own_rows(parties.ann, parties.office)
    }
    assert rows == {ASSESSMENT: [parties.ann_case.pk], SUBMISSION: [parties.ann_submission.pk]}
    schemes = [one.full_id for one in own_desk.own_schemes(parties.ann, parties.office)]
    assert schemes == [ASSESSMENT]


def test_who_is_clerk_and_speaks_for_one_enters_for_the_others_from_paper(parties):
    accounts.join(by=SYSTEM, user=parties.ann, org=parties.office, role="base/office_clerk")
    records.edit(by=parties.ann, record=parties.ben_line, values={"self_score": "5"}, seen=1)
    assert Event.objects.get(record=parties.ben_line.pk, act="edit").changes["@for"] == [
        None,
        parties.ben_is.pk,
    ]
    records.edit(by=parties.ann, record=parties.ann_line, values={"self_score": "5"}, seen=1)
    assert "@for" not in Event.objects.get(record=parties.ann_line.pk, act="edit").changes
    made = make(parties, SUBMISSION, by=parties.ann, **proposal("关于绿化的提案"))
    assert not Link.objects.filter(source=made.pk).exists()
