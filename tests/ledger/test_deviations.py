"""A figure stated otherwise than the ledger: two persons, a reason, and told wherever the report is looked into."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.ledger.conftest import day, make_case, make_person

from jixiao.errors import BadInput, FieldErrors, NotAllowed
from jixiao.ledger import audit, queries
from jixiao.ledger.actions import deviations, filed, people, records, reports, scores
from jixiao.ledger.models import FigureDeviation
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.deviations import in_force, versions
from jixiao.reports.document import plain_text
from jixiao.reports.seal import Outcome
from jixiao.values import RATIO, Verdict

FIGURE = "trial/cases"


@pytest.fixture
def ready(clerk, org):
    case = make_case(clerk, org, title="路灯不亮", amount="10万元")
    case = records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )
    about = {"by": clerk, "org": org, "stated_on": day("2020-01-02"), "period": org.periods.get(year=2020)}
    filed.file(**about, item="budget", value="73万", source="预算批复")
    scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="quality", reason="没有紧急来件")
    return case


@pytest.fixture
def about(org):
    return {"org": org, "year": 2020, "figure": FIGURE}


def say(clerk, about, **changed):
    told = {"value": "2件", "reason": "另有一件记在上级台账，见其回函", "ordered_by": "主任"}
    return deviations.state(by=clerk, **about, **(told | changed))


def test_what_nobody_approved_changes_nothing(clerk, org, ready, about):
    say(clerk, about)
    assert in_force(org, 2020) == {}
    assert "收到来件1件" in plain_text(queries.report(clerk, org, "annual", 2020).document)


def test_who_entered_it_cannot_approve_it(clerk, head, org, ready, about):
    made = say(clerk, about)
    with pytest.raises(NotAllowed):
        deviations.approve(by=clerk, **about, seen=made.version)
    both = make_person("both", org, "clerk")
    people.join(by=SYSTEM, user=both, org=org, role="head", from_on=org.valid_from)
    mine = say(both, about, value="3件")
    with pytest.raises(NotAllowed, match="不能自己批准"):
        deviations.approve(by=both, **about, seen=mine.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        FigureDeviation.objects.filter(pk=mine.pk).update(approved_by=mine.entered_by)


def test_an_approved_value_stands_in_the_report_and_never_silently(clerk, head, org, ready, about):
    made = say(clerk, about)
    deviations.approve(by=head, **about, seen=made.version)
    view = queries.report(clerk, org, "annual", 2020)
    assert "收到来件2件" in plain_text(view.document)
    assert view.bench.figures[FIGURE].text == "1件", "台账数不变"
    issue = reports.issue(by=head, org=org, outline="annual", year=2020)
    kept = issue.manifest["deviations"][FIGURE]
    assert (kept["ledger"], kept["stated"], kept["ordered_by"]) == ("1件", "2件", "主任")
    file = queries.issued_file(head, issue.root, "docx")
    verified = queries.verify(file, "report.docx").verification
    assert verified.outcome is Outcome.INTACT
    assert any("台账为1件，报告写作2件" in note and "主任提出" in note for note in verified.notes)
    assert all(one.verdict is Verdict.KEPT for one in audit.check(org.pk))


def test_the_ledgers_value_comes_back_without_approval(clerk, head, org, ready, about):
    made = say(clerk, about)
    deviations.approve(by=head, **about, seen=made.version)
    deviations.withdraw(by=clerk, **about, reason="回函作废")
    assert in_force(org, 2020) == {}
    assert [(one.version, one.value) for one in versions(clerk, org, 2020, FIGURE)] == [
        (3, ""),
        (2, "2件"),
        (1, "2件"),
    ]
    with pytest.raises(BadInput):
        deviations.withdraw(by=clerk, **about, reason="再撤")


def test_every_missing_word_is_told(clerk, ready, about):
    with pytest.raises(FieldErrors) as refused:
        say(clerk, about, value="许多", reason=" ", ordered_by="")
    assert set(refused.value.errors) == {"value", "reason", "ordered_by"}
    with pytest.raises(FieldErrors, match="台账算出的就是1件"):
        say(clerk, about, value="1件")


def test_a_changed_row_is_found_by_the_audit(clerk, head, org, ready, about):
    made = say(clerk, about)
    FigureDeviation.objects.filter(pk=made.pk).update(reason="别的理由")
    assert any("不取台账数" in one.reason for one in audit.check(org.pk) if one.verdict is Verdict.BROKEN)


@pytest.mark.parametrize(
    ("typed", "unit", "told"), [("95.50%", RATIO, "95.5%"), ("73万元", "元", "73万元"), ("20", "件", "20件")]
)
def test_what_is_typed_is_what_is_printed(typed, unit, told):
    assert deviations.quantity_of(typed, unit).text in (told, typed)
