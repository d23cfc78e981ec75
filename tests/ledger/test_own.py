"""Who speaks for a member sees and answers what is that member's own, and nothing else; others enter paper for them, and it says so."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.handing import (  # noqa: F401 - fixtures
    FEEDBACK,
    _packs_tables,
    _under_the_packs,
    people,
    take,
)
from tests.ledger.conftest import make_person
from tests.owning import MEMBER, PROPOSAL, answer, form, members  # noqa: F401 - fixture

from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import audit, own, queries
from jixiao.ledger.actions import drafts, evidence, links, records
from jixiao.ledger.actions import people as accounts
from jixiao.ledger.models import Event, Membership, Record
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import own_desk, similar
from jixiao.values import Verdict


def seen_by(person, office):
    """Every record the person may open, by label, asked one by one."""
    found = set()
    for row in Record.objects.all():
        try:
            found.add(queries.record(person, row).label)
        except NotFound:
            continue
    return found


def listed(person, kind, office):
    return sorted(row.label for row in queries.records(person, kind, office, with_handed=True))


def test_an_account_answers_its_own_form_and_no_other(members):
    done = answer(members.ann, members.ann_form, "unsatisfied")
    assert done.state == "returned"
    assert Event.objects.get(record=done.pk, step="take_back").by == "ann"
    for row in (members.ben_form, members.ben_alone):
        with pytest.raises(NotFound):
            answer(members.ann, row)
    assert Record.objects.get(pk=members.ben_form.pk).state == "sent"


def test_the_role_alone_answers_nothing(members):
    for row in (members.ann_form, members.ben_form):
        with pytest.raises(NotFound):
            answer(members.cas, row)
    given = {"title": "关于绿化的提案", "received_on": "2021-02-25", "form": "personal"}
    with pytest.raises(NotAllowed, match="还没有设置对应委员名册"):
        records.create(by=members.cas, org=members.office, kind=PROPOSAL, values=given)


def test_one_sees_ones_own_and_the_case_it_stands_in(members):
    assert seen_by(members.ann, members.office) == {"委员001", "关于增设停车位的提案", "征1"}
    both = {"关于增设停车位的提案", "关于改造菜市场的提案"}
    assert seen_by(members.ben, members.office) == both | {"委员002", "征2", "征3"}
    assert seen_by(members.cas, members.office) == set()
    assert listed(members.ann, PROPOSAL, members.office) == ["关于增设停车位的提案"]
    assert listed(members.ann, FEEDBACK, members.office) == ["征1"]
    assert listed(members.ann, MEMBER, members.office) == ["委员001"]
    assert (
        list(queries.records(members.ann, PROPOSAL, members.office)) == []
    )  # what is taken away is the office's
    assert queries.search(members.ann, members.office, "菜市场").records == ()
    children = {kind.full_id: rows for kind, rows in queries.children(members.ann, members.joint)}
    assert [row.label for row in children[FEEDBACK]] == ["征1"]
    assert {one.record_label for one in queries.history(members.ann, members.joint, family=True)} == {
        "关于增设停车位的提案", "征1",
    }  # fmt: skip
    told = {change.new for one in queries.history(members.ann, members.joint) for change in one.changes}
    assert "委员002" not in told  # whom else a link names is not told
    assert similar.similar_to(members.ann, members.joint) == []


def test_an_author_of_a_merged_proposal_sees_the_case_the_form_belongs_to(members):
    accounts.speak_for(by=SYSTEM, membership=Membership.objects.get(user=members.cas), subject=members.cas_is)
    form(members, members.joint, members.cas_is, "征4")
    assert seen_by(members.cas, members.office) == {"委员003", "关于增设停车位的提案", "征4"}
    with pytest.raises(NotAllowed):
        records.edit(
            by=members.cas, record=members.joint, values={"analysis": "改"}, seen=members.joint.version
        )


def test_a_reply_is_shown_when_it_is_signed(members, people):
    given = {"unit": "housing", "text": "已列入计划", "class": "a"}
    reply = records.create(
        by=members.clerk, org=members.office, kind="cppcc/proposal_reply", values=given, parent=members.joint
    )
    with pytest.raises(NotFound):
        queries.record(members.ann, reply)
    take(members.clerk, reply, "countersign")
    take(members.clerk, reply, "examine")
    take(members.clerk, reply, "sign", document_number="示办〔2021〕1号", answered_on="2021-02-25")
    assert queries.record(members.ann, reply).state == "signed"
    with pytest.raises(NotFound):
        queries.record(members.cas, reply)


def test_the_form_is_answered_by_its_step_and_not_rewritten(members):
    for values in ({"form_number": "改"}, {"result": "satisfied"}, {"issued_on": "2021-01-01"}):
        with pytest.raises(NotAllowed):
            records.edit(by=members.ann, record=members.ann_form, values=values, seen=1)


def test_paper_is_entered_for_the_author_and_says_so(members):
    done = answer(members.clerk, members.ben_form)
    event = Event.objects.get(record=done.pk, step="take_back")
    assert event.changes["@for"] == [None, members.ben_is.pk]
    entry = queries.history(members.clerk, done)[0]
    assert ("代为录入", "委员002") in [(change.title, change.new) for change in entry.changes]
    edited = records.edit(
        by=members.clerk, record=done, values={"result": "basically"}, seen=done.version, note="看错"
    )
    assert Event.objects.get(record=done.pk, act="edit").changes["@for"] == [None, members.ben_is.pk]
    undone = records.undo(by=members.clerk, record=edited, reason="没有看错")
    assert undone.data["result"] == "satisfied"
    assert {one.verdict for one in audit.check(members.office.pk)} == {Verdict.KEPT}


def test_who_may_not_back_fill_enters_no_paper_of_others(members, people, monkeypatch):
    from jixiao.ledger import permissions

    free = permissions.can
    monkeypatch.setattr(
        permissions, "can", lambda user, act, **at: act != "backfill" and free(user, act, **at)
    )
    with pytest.raises(NotAllowed, match="委员001"):
        answer(members.clerk, members.ann_form)
    option = next(one for one in queries.steps(members.clerk, members.ann_form) if one.step == "take_back")
    assert not option.legal
    assert "代为录入" in option.reasons[-1]


def test_one_takes_back_ones_own_word_and_not_what_the_office_entered(members):
    done = answer(members.ann, members.ann_form)
    assert records.undo(by=members.ann, record=done, reason="选错了").state == "sent"
    done = answer(members.clerk, members.ann_form)
    assert "undo" not in queries.may(members.ann, done)
    with pytest.raises(NotAllowed):
        records.undo(by=members.ann, record=done, reason="不认")


def test_a_new_proposal_is_in_the_name_of_who_submits_it(members):
    given = {"title": "关于绿化的提案", "received_on": "2021-02-25", "form": "personal"}
    made = records.create(by=members.ann, org=members.office, kind=PROPOSAL, values=given)
    assert made.data["proposer"] == members.ann_is.pk
    with pytest.raises(FieldErrors, match="只能登记自己的"):
        records.create(
            by=members.ann, org=members.office, kind=PROPOSAL, values=given | {"proposer": members.ben_is.pk}
        )
    with pytest.raises(FieldErrors, match="由经办人更正"):
        records.edit(by=members.ann, record=made, values={"proposer": members.ben_is.pk}, seen=made.version)
    assert drafts.save(by=members.ann, org=members.office, kind=PROPOSAL, data=given).kind == PROPOSAL


def test_one_corrects_ones_own_until_it_is_taken_up(members):
    row = records.edit(
        by=members.ann, record=members.joint, values={"analysis": "车多"}, seen=members.joint.version
    )
    assert row.data["analysis"] == "车多"
    take(members.clerk, row, "review")
    now = Record.objects.get(pk=row.pk)
    with pytest.raises(NotAllowed):
        records.edit(by=members.ann, record=now, values={"analysis": "位少"}, seen=now.version)
    with pytest.raises(NotAllowed):
        links.link(by=members.ann, record=now, role="similar", target=members.joint)
    with pytest.raises(NotAllowed):
        evidence.attach(by=members.ann, record=now, grade="internal", title="照片", document_number="1")
    for step in ("file", "withdraw"):
        with pytest.raises(NotAllowed):
            take(members.ann, now, step)


def test_the_desk_lists_what_waits_for_ones_word(members):
    assert [one.record.label for one in own_desk.asked(members.ann, members.office)] == ["征1"]
    assert [one.record.label for one in own_desk.asked(members.ben, members.office)] == ["征2", "征3"]
    assert own_desk.asked(members.cas, members.office) == []
    assert [task.record.label for task in queries.tasks(members.ann, members.office)] == ["征1"]
    assert not queries.tasks(members.ann, members.office)[0].is_handed
    answer(members.ann, members.ann_form, "unsatisfied")
    assert own_desk.asked(members.ann, members.office) == []
    take(members.clerk, members.ann_form, "ask_redo", redo_asked_on="2021-02-26")
    given = {"unit": "housing", "text": "再次答复", "class": "a"}
    reply = records.create(
        by=members.clerk, org=members.office, kind="cppcc/proposal_reply", values=given, parent=members.joint
    )
    take(members.clerk, reply, "countersign")
    take(members.clerk, reply, "examine")
    take(members.clerk, reply, "sign", document_number="示办〔2021〕2号", answered_on="2021-02-27")
    take(members.clerk, members.ann_form, "answer_again", redo_answered_on="2021-02-27")
    again = own_desk.asked(members.ann, members.office)
    assert [(one.record.label, [step.step for step in one.steps]) for one in again] == [
        ("征1", ["take_back_again"])
    ]
    take(
        members.ann,
        members.ann_form,
        "take_back_again",
        second_attitude="satisfied",
        second_result="satisfied",
    )
    assert own_desk.asked(members.ann, members.office) == []
    rows = {
        one.kind.full_id: [row.label for row in one.rows]
        for one in own_desk.own_rows(members.ben, members.office)
    }
    assert sorted(rows[PROPOSAL]) == ["关于增设停车位的提案", "关于改造菜市场的提案"]


def test_a_form_given_up_waits_no_more_and_may_still_be_sent_in(members):
    take(members.clerk, members.ann_form, "lapse", note="逾期未交")
    assert own_desk.asked(members.ann, members.office) == []
    assert answer(members.ann, members.ann_form).state == "returned"


def test_who_speaks_for_whom_is_set_by_who_manages(members, people):
    manager = make_person("manager", members.office, "base/administrator")
    held = Membership.objects.get(user=members.cas)
    with pytest.raises(NotAllowed):
        accounts.speak_for(by=members.clerk, membership=held, subject=members.cas_is)
    with pytest.raises(FieldErrors, match="已由账号“ann”代表"):
        accounts.speak_for(by=manager, membership=held, subject=members.ann_is)
    with pytest.raises(FieldErrors, match="里没有"):
        accounts.speak_for(by=manager, membership=held, subject=members.joint)
    clerks = Membership.objects.get(user=members.clerk)
    with pytest.raises(FieldErrors, match="不代表名册"):
        accounts.speak_for(by=manager, membership=clerks, subject=members.cas_is)
    accounts.speak_for(by=manager, membership=held, subject="委员003")
    assert [voice.label for voice in own.voices(members.cas)] == ["委员003"]
    accounts.speak_for(by=manager, membership=held, subject=None)
    assert own.voices(members.cas) == []


def test_the_word_ends_with_the_role_and_with_the_subject(members):
    held = Membership.objects.get(user=members.ann)
    records.void(by=void_by(members), record=members.ann_is, reason="重复登记")
    with pytest.raises((NotFound, BadInput)):
        answer(members.ann, members.ann_form)
    held.to_on = held.from_on
    held.save()
    assert own.voices(members.ann) == []


def void_by(members):
    return make_person("void", members.office, "base/reviewer")


def test_what_the_office_has_to_set_is_told_to_the_office(members):
    told = {who: " ".join(queries.notices(getattr(members, who), members.joint)) for who in ("clerk", "ann")}
    assert "口径期间" in told["clerk"]
    assert "口径期间" not in told["ann"]
    assert "您名下的事项" in told["ann"]
