"""Reports out of the ledger: told, rewritten, issued, verified, and altered by one digit."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case

from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import audit, clock, queries
from jixiao.ledger.actions import filed, records, reports, scores
from jixiao.ledger.models import ClauseEdit, Event, Issue, LeafNote
from jixiao.reports.document import plain_text
from jixiao.reports.seal import Outcome
from jixiao.values import Verdict


@pytest.fixture
def ready(clerk, org):
    """A year that may be issued."""
    case = make_case(clerk, org, title="路灯不亮", amount="10万元")
    case = records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )
    about = {"by": clerk, "org": org, "stated_on": day("2020-01-02"), "period": org.periods.get(year=2020)}
    filed.file(**about, item="budget", value="73万", source="预算批复")
    scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="quality", reason="没有紧急来件")
    return case


def test_a_report_places_figures_and_says_what_is_silent(clerk, org, ready):
    view = queries.report(clerk, org, "annual", 2020)
    assert plain_text(view.document).splitlines()[1:4] == [
        "收到来件1件，立案率100%：《路灯不亮》。",
        "沟通0次。",
        "协调资金10万元，预算73万元。",
    ]


def test_names_stand_in_the_order_of_their_days_then_of_their_letters(clerk, org):
    for title, received_on in (
        ("丙", "2020-01-06"),
        ("甲", "2020-05-08"),
        ("丁", "2020-03-02"),
        ("乙", "2020-03-02"),
    ):
        make_case(clerk, org, title=title, received_on=received_on)
    told = plain_text(queries.report(clerk, org, "annual", 2020).document)
    assert "：《丙》《丁》《乙》《甲》。" in told


def test_a_silent_register_is_said_to_be_silent(clerk, org):
    told = plain_text(queries.report(clerk, org, "annual", 2020).document).splitlines()
    assert told[1:4] == ["来件未填报。", "沟通未填报。", "资金未填报。"]


def test_a_clause_is_rewritten_in_versions_and_goes_back(clerk, org, ready):
    about = {"by": clerk, "org": org, "outline": "annual", "year": 2020, "clause": "money", "reason": "更顺"}
    reports.rewrite(**about, text="预算{filed.budget}，其中协调{coordinated}。")
    view = queries.report(clerk, org, "annual", 2020)
    assert "预算73万元，其中协调10万元。" in plain_text(view.document)
    reports.rewrite(**about, text="")
    assert "协调资金10万元，预算73万元。" in plain_text(queries.report(clerk, org, "annual", 2020).document)
    versions = queries.clause_history(clerk, org, "annual", 2020, "money")
    assert [(edit.version, bool(edit.text)) for edit in versions] == [(2, False), (1, True)]


def test_a_rewriting_that_drops_a_slot_is_refused(clerk, head, org):
    about = {"by": clerk, "org": org, "outline": "annual", "year": 2020, "clause": "money"}
    with pytest.raises(FieldErrors) as refused:
        reports.rewrite(**about, text="预算{filed.budget}。", reason=" ")
    assert set(refused.value.errors) == {"text", "reason"}
    with pytest.raises(FieldErrors, match="没有指标“nothing”"):
        reports.rewrite(**about, text="{nothing}", reason="试")
    with pytest.raises(NotFound, match="没有条款“end”"):
        reports.rewrite(**(about | {"clause": "end"}), text="好", reason="试")
    with pytest.raises(NotAllowed):
        reports.rewrite(**(about | {"by": head}), text="好", reason="试")
    assert not ClauseEdit.objects.exists()


def test_an_issued_report_is_known_again_until_a_digit_is_altered(clerk, head, org, ready):
    made = reports.issue(by=head, org=org, year=2020)
    assert reports.issue(by=head, org=org, year=2020) == made
    assert Event.objects.get(act="issued").changes["root"] == [None, made.root]
    content = queries.issued_file(clerk, made.root, "html")
    assert queries.verify(content, "报告.html").verification.outcome is Outcome.INTACT
    altered = queries.verify(content.replace("10万元".encode(), "11万元".encode()), "报告.html")
    assert altered.verification.outcome is Outcome.FIGURE_ALTERED
    assert any("协调资金" in detail.label for detail in altered.verification.details)
    reworded = queries.verify(
        content.replace("收到来件<data".encode(), "受理来件<data".encode()), "报告.html"
    )
    assert reworded.verification.outcome is Outcome.TEXT_CHANGED
    behind = content.replace(b'value="100000"', b'value="110000"')
    assert behind != content
    assert queries.verify(behind, "报告.html").verification.outcome is Outcome.FIGURE_ALTERED


@pytest.mark.parametrize(
    ("issued", "forged"),
    [
        (b'data-unit="\xe5\x85\x83"', b'data-unit="%"'),
        (b'data-qualifier="exact"', b'data-qualifier="over"'),
        (b'data-qualifier="exact"', b'data-qualifier="vague"'),
        (b'value="100000"', b'value="1E+999999999"'),
        (b'value="100000"', b'value="NaN"'),
    ],
)
def test_what_machines_read_beside_the_text_is_verified_too(clerk, head, org, ready, issued, forged):
    made = reports.issue(by=head, org=org, year=2020)
    content = queries.issued_file(clerk, made.root, "html")
    assert issued in content
    verified = queries.verify(content.replace(issued, forged, 1), "报告.html")
    assert verified.verification.outcome is Outcome.FIGURE_ALTERED


def test_a_record_changed_since_is_named(clerk, head, org, ready):
    made = reports.issue(by=head, org=org, year=2020)
    content = queries.issued_file(clerk, made.root, "docx")
    records.create(
        by=clerk, org=org, kind="talk", values={"topic": "看现场", "held_on": "2020-03-20"}, parent=ready
    )
    verified = queries.verify(content, "报告.docx")
    assert verified.verification.outcome is Outcome.RECORDS_CHANGED
    assert "路灯不亮" in {detail.label for detail in verified.verification.details}
    assert verified.issue == made


def test_without_the_ledger_only_consistency_is_told(clerk, head, org, ready):
    made = reports.issue(by=head, org=org, year=2020)
    content = queries.issued_file(clerk, made.root, "html")
    Issue.objects.all().delete()
    assert queries.verify(content, "报告.html").verification.outcome is Outcome.CONSISTENT_ONLY


def test_a_file_without_a_record_of_issue_is_told(db):
    with pytest.raises(BadInput, match="没有定稿存证"):
        queries.verify("收到来件1件。".encode(), "报告.txt")
    with pytest.raises(BadInput):
        queries.verify(b"PK\x03\x04 broken", "报告.docx")


def test_lost_points_without_a_reason_stand_against_issuing(clerk, head, org):
    make_case(clerk, org)
    with pytest.raises(BadInput, match="“立案率”失分没有写明原因"):
        reports.issue(by=head, org=org, year=2020)
    assert not Issue.objects.exists()


def test_who_may_not_issue_is_told_and_a_strangers_issue_is_not_found(clerk, head, people, org, ready):
    with pytest.raises(NotAllowed, match="您不能签发报告；须由负责人办理"):
        reports.issue(by=clerk, org=org, year=2020)
    made = reports.issue(by=head, org=org, year=2020)
    assert list(queries.issues(clerk, org)) == [made]
    for read in (queries.issue, lambda user, root: queries.issued_file(user, root, "docx")):
        with pytest.raises(NotFound):
            read(people["stranger"], made.root)


def test_a_record_of_issue_changed_behind_the_ledgers_back_is_found(head, org, ready):
    made = reports.issue(by=head, org=org, year=2020)
    assert {finding.verdict for finding in audit.check(org.pk)} == {Verdict.KEPT}
    made.manifest["placed"][0]["text"] = "9件"
    made.save()
    [finding] = [one for one in audit.check(org.pk) if one.verdict is Verdict.BROKEN]
    assert "定稿存证与签发时不一致" in finding.reason


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (
            lambda edits, notes: edits.filter(version=1).update(text="好。"),
            "2020 年 money 的第 1 次改写与流转记录不一致",
        ),
        (
            lambda edits, notes: edits.filter(version=2).update(edited_by="别人"),
            "2020 年 money 的第 2 次改写与流转记录不一致",
        ),
        (lambda edits, notes: edits.filter(version=2).update(year=2021), "没有任何流转记录"),
        (lambda edits, notes: edits.filter(version=2).delete(), "有流转记录却没有这条台账"),
        (
            lambda edits, notes: notes.update(reason="另有原因"),
            "2020 年 quality 的第 1 次说明与流转记录不一致",
        ),
        (
            lambda edits, notes: notes.update(judgement={"share": 1.0}),
            "2020 年 quality 的第 1 次说明与流转记录不一致",
        ),
        (
            lambda edits, notes: notes.update(noted_at=clock.now()),
            "2020 年 quality 的第 1 次说明与流转记录不一致",
        ),
        (lambda edits, notes: notes.update(version=2), "没有任何流转记录"),
    ],
)
def test_what_was_said_is_in_the_chain_and_a_changed_word_is_found(clerk, org, ready, tamper, told):
    about = {"by": clerk, "org": org, "outline": "annual", "year": 2020, "clause": "money", "reason": "更顺"}
    reports.rewrite(**about, text="预算{filed.budget}，其中协调{coordinated}。")
    reports.rewrite(**about, text="")
    assert [event.act for event in Event.objects.filter(chain="office").order_by("sequence")][-3:] == [
        "noted",
        "rewritten",
        "rewritten",
    ]
    assert {finding.verdict for finding in audit.check(org.pk)} == {Verdict.KEPT}
    tamper(ClauseEdit.objects.all(), LeafNote.objects.all())
    assert any(told in finding.reason for finding in audit.check(org.pk) if finding.verdict is Verdict.BROKEN)
