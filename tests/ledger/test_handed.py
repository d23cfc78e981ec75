"""What was handed to another org: it reads the case, acts on its own part, and has nothing else of the office's register."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.handing import (  # noqa: F401 - fixtures
    CONTACT,
    COUNTERSIGN,
    FEEDBACK,
    HANDING,
    REPLY,
    _packs_tables,
    _under_the_packs,
    case,
    contact_of,
    hand,
    handing_of,
    join,
    make_office,
    other,
    people,
    reply_of,
    take,
)
from tests.ledger.conftest import make_person

from jixiao.errors import BadInput, FieldErrors, JixiaoError, NotAllowed, NotFound
from jixiao.ledger import audit, handings, permissions, queries
from jixiao.ledger.actions import drafts, evidence, links, records
from jixiao.ledger.models import Handing, Record
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Verdict


def labels(rows):
    return sorted(row.label for row in rows)


def listed(person, kind, org):
    return [row.pk for row in queries.records(person, kind, org, with_handed=True)]


def state_of(row):
    return Record.objects.get(pk=row.pk).state


def attach(by, row):
    return evidence.attach(
        by=by, record=row, grade="internal", title="签收单", document_number="示签〔2021〕1号"
    )


def test_the_org_finds_what_was_handed_to_it_and_nothing_else(people, case, other):
    proposal = "cppcc/proposal"
    assert listed(people.housing, proposal, "housing") == [case.pk]
    assert listed(people.water, proposal, "water") == [case.pk]
    assert listed(people.roads, proposal, "roads") == [other.pk]
    assert listed(people.parks, proposal, "parks") == []
    assert queries.record(people.housing, case) == case
    for row in (other, handing_of(other, "roads")):
        with pytest.raises(NotFound):
            queries.record(people.housing, row)
    [found] = queries.search(people.housing, "housing", "路灯").records
    assert [hit.record for hit in found.hits] == [case]
    assert queries.search(people.housing, "housing", "道路").records == ()


def test_it_is_asked_for_and_not_the_offices_own(people, case):
    assert list(queries.records(people.housing, "cppcc/proposal", "housing")) == []
    assert list(queries.records(people.housing, "cppcc/proposal", "office", with_handed=True)) == []
    assert list(queries.records(people.clerk, "cppcc/proposal", "office", with_handed=True)) == [case]


def test_it_waits_for_the_handing_org(people, case, other):
    mine = {(task.kind.full_id, task.record.pk) for task in queries.tasks(people.housing)}
    assert mine == {(HANDING, handing_of(case, "housing").pk)}
    assert all(task.is_handed for task in queries.tasks(people.housing, "housing"))
    assert queries.waiting(people.housing, "housing") == 1
    assert [task.record.pk for task in queries.tasks(people.water)] == [handing_of(case, "water").pk]
    assert queries.waiting(people.parks) == 0
    assert not any(task.is_handed for task in queries.tasks(people.clerk))


def test_it_signs_for_the_case_talks_and_drafts_the_reply(people, case):
    mine = handing_of(case, "housing")
    take(people.housing, mine, "accept")
    assert state_of(case) == "handling"
    contact_of(people, people.housing, case, "housing")
    reply = reply_of(people, people.housing, case, "housing")
    seen = Record.objects.get(pk=reply.pk).version
    records.edit(by=people.housing, record=reply, values={"text": "已列入今年计划"}, seen=seen)
    attach(people.housing, mine)
    assert queries.record(people.clerk, reply).data["text"] == "已列入今年计划"
    asked = {"unit": "water", "asked_on": "2021-02-26"}
    sheet = records.create(by=people.housing, org=people.office, kind=COUNTERSIGN, values=asked, parent=reply)
    take(people.water, handing_of(case, "water"), "accept")
    signed = {"signed_on": "2021-02-27", "opinion": "同意"}
    records.edit(by=people.water, record=sheet, values=signed, seen=1)
    reply = take(people.housing, reply, "countersign")
    assert reply.state == "countersigned"


def test_a_bureau_reads_the_case_and_does_not_touch_the_part_of_another(people, case):
    theirs = handing_of(case, "housing")
    reply = reply_of(people, people.housing, case, "housing")
    contact = contact_of(people, people.housing, case, "housing")
    for row in (case, theirs, reply, contact):
        assert queries.record(people.water, row) == row
        assert queries.may(people.water, row) == set()
        assert not any(step.legal for step in queries.steps(people.water, row))
        assert not queries.may_attach(people.water, row)
        with pytest.raises(NotAllowed):
            records.edit(by=people.water, record=row, values={}, seen=1)
        with pytest.raises(NotAllowed):
            attach(people.water, row)
        with pytest.raises((NotAllowed, BadInput)):
            records.undo(by=people.water, record=row, reason="改")
    for row, step in ((case, "sign_for"), (theirs, "accept"), (reply, "countersign"), (case, "ask_return")):
        with pytest.raises(NotAllowed):
            take(people.water, row, step, note="改")


def test_nobody_writes_in_the_name_of_another_org(people, case, other):
    for unit in ("water", "parks", "office", "roads", "nowhere"):
        with pytest.raises(FieldErrors):
            reply_of(people, people.housing, case, unit)
    reply = reply_of(people, people.housing, case, "housing")
    with pytest.raises(FieldErrors):
        records.edit(by=people.housing, record=reply, values={"unit": "parks"}, seen=1)
    for asked in (
        {"unit": "parks"},
        {"unit": "water", "signed_on": "2021-02-27"},
        {"unit": "water", "opinion": "同意"},
    ):
        given = {"asked_on": "2021-02-26"} | asked
        with pytest.raises(FieldErrors):
            records.create(by=people.housing, org=people.office, kind=COUNTERSIGN, values=given, parent=reply)
    sheet = {"unit": "water", "asked_on": "2021-02-26"}
    made = records.create(by=people.housing, org=people.office, kind=COUNTERSIGN, values=sheet, parent=reply)
    with pytest.raises(NotAllowed):
        records.edit(by=people.housing, record=made, values={"signed_on": "2021-02-27"}, seen=1)


def test_it_hands_on_nothing_and_has_no_other_right_of_the_office(people, case):
    mine, office = handing_of(case, "housing"), people.office
    given = {"unit": "parks", "duty": "lead", "handed_on": "2021-02-20"}
    with pytest.raises(NotAllowed):
        records.create(by=people.housing, org=office, kind=HANDING, values=given, parent=case)
    for row, values in ((mine, {"duty": "lead"}), (mine, {"due_by": "2022-01-01"}), (case, {"title": "改"})):
        with pytest.raises(NotAllowed):
            records.edit(by=people.housing, record=row, values=values, seen=9)
    for row in (case, mine):
        with pytest.raises(NotAllowed):
            records.void(by=people.housing, record=row, reason="误")
        with pytest.raises(NotAllowed):
            records.set_origin(by=people.housing, record=row, source_system="甲", outside_number="1", seen=1)
    for step, values in (("withdraw", {"withdrawal_reason": "改"}), ("extend", {"extra_months": 1})):
        with pytest.raises(NotAllowed):
            take(people.housing, case, step, note="改", **values)
    with pytest.raises(NotAllowed):
        links.link(by=people.housing, record=case, role="similar", target=case)
    with pytest.raises(NotAllowed):
        records.create(
            by=people.housing, org=office, kind=FEEDBACK, parent=case,
            values={"form_number": "1", "issued_on": "2021-02-26"},
        )  # fmt: skip
    with pytest.raises(NotFound):
        records.create(
            by=people.housing, org=office, kind="cppcc/proposal",
            values={"title": "另一件", "received_on": "2021-02-01", "form": "personal"},
        )  # fmt: skip
    with pytest.raises(NotFound):
        queries.org_for(people.housing, office)
    with pytest.raises(NotFound):
        drafts.save(by=people.housing, org=office, kind="cppcc/proposal", data={"title": "另一件"})
    assert queries.counted_in(people.housing, case) == []


def test_only_its_own_last_step_is_taken_back(people, case):
    mine = handing_of(case, "housing")
    take(people.clerk, mine, "accept")
    with pytest.raises(NotAllowed):
        records.undo(by=people.housing, record=mine, reason="不是我签的")
    records.undo(by=people.clerk, record=mine, reason="让承办单位签收")
    take(people.housing, mine, "accept")
    assert "undo" in queries.may(people.housing, mine)
    assert records.undo(by=people.housing, record=mine, reason="点错").state == "to_sign"


def test_after_it_was_moved_on_the_case_is_read_and_no_more(people, case):
    mine = handing_of(case, "housing")
    reply = reply_of(people, people.housing, case, "housing")
    take(people.housing, mine, "ask_return", return_reason="不属本局职责")
    take(people.assigner, mine, "move", note="改派", moved_to="parks")
    hand(people, case, "parks")
    for row in (case, mine, reply):
        assert queries.record(people.housing, row) == row
        assert queries.may(people.housing, row) == set()
        with pytest.raises(NotAllowed):
            attach(people.housing, row)
    assert queries.waiting(people.housing) == 0
    for row, step in ((mine, "accept"), (case, "sign_for"), (reply, "countersign")):
        with pytest.raises(NotAllowed):
            take(people.housing, row, step)
    with pytest.raises(NotAllowed):
        records.edit(by=people.housing, record=reply, values={"text": "改"}, seen=1)
    with pytest.raises(JixiaoError):
        reply_of(people, people.housing, case, "housing")
    with pytest.raises(NotAllowed):
        records.undo(by=people.housing, record=mine, reason="收回")
    take(people.parks, handing_of(case, "parks"), "accept")
    assert state_of(case) == "handling"


def test_a_voided_handing_gives_nothing_and_neither_does_a_voided_case(people, case):
    take(people.housing, handing_of(case, "housing"), "accept")
    records.void(by=people.reviewer, record=handing_of(case, "housing"), reason="交错了")
    assert listed(people.housing, "cppcc/proposal", "housing") == []
    assert queries.waiting(people.housing) == 0
    for row in (case, handing_of(case, "housing"), handing_of(case, "water")):
        with pytest.raises(NotFound):
            queries.record(people.housing, row)
        with pytest.raises(NotFound):
            attach(people.housing, row)
    records.void(by=people.reviewer, record=case, reason="重复")
    with pytest.raises(NotFound):
        queries.record(people.water, case)
    records.restore(by=people.reviewer, record=case, reason="不重复")
    assert queries.record(people.water, case) == case


def test_a_handing_corrected_or_undone_was_a_mistake_and_leaves_nothing(people, case):
    mine = handing_of(case, "housing")
    records.edit(by=people.clerk, record=mine, values={"unit": "parks"}, seen=1)
    with pytest.raises(NotFound):
        queries.record(people.housing, case)
    assert queries.record(people.parks, case) == case
    assert Handing.objects.filter(record=mine).values_list("org", flat=True).get() == "parks"


def test_a_co_bureau_made_lead_moves_the_case(people, case):
    mine = handing_of(case, "water")
    take(people.water, mine, "accept")
    assert state_of(case) == "assigned"
    records.undo(by=people.water, record=mine, reason="点错")
    seen = Record.objects.get(pk=mine.pk).version
    records.edit(by=people.clerk, record=mine, values={"duty": "separate"}, seen=seen)
    take(people.water, mine, "accept")
    assert state_of(case) == "handling"


def test_other_roles_of_the_handing_org_do_not_reach_the_case(people, case):
    """A clerk of the bureau is a clerk there, not in the office that handed the case."""
    bureau = queries.org_for(people.housing, "housing")
    boss = make_person("boss", bureau, "base/office_clerk")
    join(boss, bureau, "base/leader")
    assert listed(boss, "cppcc/proposal", "housing") == []
    with pytest.raises(NotFound):
        take(boss, case, "sign_for")
    join(boss, bureau, "cppcc/proposal_unit")
    assert queries.record(boss, case) == case
    for step, values in (("withdraw", {"withdrawal_reason": "改"}), ("appoint", {})):
        with pytest.raises(NotAllowed):
            take(boss, case, step, note="改", **values)


def test_a_membership_that_ended_ends_it(people, case):
    from jixiao.ledger.actions import people as staff

    for membership in people.housing.memberships.all():
        staff.leave(by=permissions.SYSTEM, membership=membership)
    with pytest.raises(NotFound):
        queries.record(people.housing, case)


def test_the_history_tells_of_the_family_that_is_open_and_files_open_with_their_records(people, case, other):
    mine = handing_of(case, "housing")
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    use = evidence.attach(by=people.clerk, record=mine, grade="internal", title="单", file=png, name="a.png")
    assert queries.evidence_file(people.water, use.evidence_id)[1] == png
    with pytest.raises(NotFound):
        queries.evidence_file(people.roads, use.evidence_id)
    told = {entry.record for entry in queries.history(people.housing, case, family=True)}
    assert told == {case.pk, mine.pk, handing_of(case, "water").pk}


def problem(people, unit):
    given = {"title": "消防通道堵塞", "category": "labour", "found_on": "2021-02-01"}
    made = records.create(by=people.clerk, org=people.office, kind="base/problem", values=given)
    take(people.clerk, made, "screen", category="labour")
    return take(people.clerk, made, "assign", unit=unit)


def test_a_problem_goes_from_bureau_to_bureau(people):
    row = problem(people, "housing")
    assert [task.record for task in queries.tasks(people.housing)] == [row]
    take(people.housing, row, "return_back", note="不属本局")
    assert queries.waiting(people.housing) == 0
    take(people.clerk, row, "reassign", unit="water", note="改派")
    assert queries.record(people.housing, row) == row
    with pytest.raises(NotAllowed):
        take(people.housing, row, "accept")
    take(people.water, row, "accept")
    row = take(people.water, row, "start", plan="三天内清理")
    with pytest.raises(NotFound):
        queries.record(people.parks, row)
    assert take(people.water, row, "reply", result="已清理").state == "replied"


def test_a_problem_is_not_seen_before_it_is_assigned(people):
    given = {"title": "消防通道堵塞", "category": "labour", "found_on": "2021-02-01", "unit": "housing"}
    row = records.create(by=people.clerk, org=people.office, kind="base/problem", values=given)
    with pytest.raises(NotFound):
        queries.record(people.housing, row)
    take(people.clerk, row, "screen", category="labour")
    take(people.clerk, row, "assign", unit="housing")
    assert queries.record(people.housing, row) == row
    records.undo(by=people.clerk, record=row, reason="交早了")
    with pytest.raises(NotFound):
        queries.record(people.housing, row)


def test_who_has_a_case_follows_from_its_events(people, case):
    row = problem(people, "housing")
    take(people.housing, row, "return_back", note="不属本局")
    take(people.clerk, row, "reassign", unit="water", note="改派")
    kept = ("record", "field", "org", "is_current", "leads")
    before = set(Handing.objects.values_list(*kept))
    assert len(before) == 4
    Handing.objects.all().delete()
    handings.ensure(rules())
    assert set(Handing.objects.values_list(*kept)) == before
    for kind in (HANDING, "base/problem"):
        handings.rebuild(rules().kind(kind), rules())
    assert set(Handing.objects.values_list(*kept)) == before


@pytest.mark.parametrize("forged", [{"org": "parks"}, {"is_current": False}, {"leads": True}])
def test_the_audit_finds_a_handing_nobody_made(people, case, forged):
    def found():
        return [one.reason for one in audit.check("office") if one.verdict is Verdict.BROKEN]

    assert found() == []
    Handing.objects.filter(org="water").update(**forged)
    assert any("交给哪个单位办理，与流转记录不一致" in reason for reason in found())
    assert handings.mend(rules()) == 1
    assert found() == []


def test_a_successor_of_the_bureau_goes_on(people, case):
    import datetime

    from jixiao.ledger.models import Org, OrgChange

    new = make_office("homes", "示例住建和园林局")
    OrgChange.objects.create(
        predecessor=Org.objects.get(pk="housing"), successor=new, on=datetime.date(2021, 2, 25), kind="rename"
    )
    person = make_person("homes", new, "cppcc/proposal_unit")
    assert listed(person, "cppcc/proposal", "homes") == [case.pk]
    take(person, handing_of(case, "housing"), "accept")
    assert state_of(case) == "handling"


def test_a_case_that_is_over_takes_no_more_papers_of_the_bureau(people, case):
    reply = reply_of(people, people.housing, case, "housing")
    take(people.clerk, case, "withdraw", withdrawal_reason="撤回", note="撤回")
    with pytest.raises(NotAllowed):
        records.edit(by=people.housing, record=reply, values={"text": "改"}, seen=1)
    with pytest.raises((NotAllowed, BadInput)):
        reply_of(people, people.housing, case, "housing")
    assert REPLY in {kind.full_id for kind, rows in queries.children(people.housing, case) if rows}
    assert CONTACT in {kind.full_id for kind, _ in queries.children(people.housing, case)}
