"""The matters of these days beside the example year: there on whatever day one installs them, and not in a figure of the year."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date

import pypdfium2
import pytest
from django.db import transaction

from jixiao.catalogue import load
from jixiao.ledger import audit, clock, examples, projection, queries, rules
from jixiao.ledger.actions import records
from jixiao.ledger.evidence_store import read
from jixiao.ledger.filling import filled_form
from jixiao.ledger.models import EvidenceUse, Expected, Record, Submission, User
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.reminders import reminders
from jixiao.ledger.queries.tasks import Scope, Term, Waiting
from jixiao.values import Verdict

OFFICES = ("demo-cppcc", "demo-united-front")
DAYS = (date(2025, 1, 2), date(2026, 2, 28), date(2030, 12, 31))
YEAR = 2020
PROJECT = "企业走访帮扶专项"
WAITED_FOR = ("clerk", "leader", "reviewer", "assigner", "member", "front-clerk")

HANDED_IN = {
    "示例区教育局": ("reviewed", set()),
    "示例区卫生健康局": ("reported", {"得分低于分值应写原因", "报告内合计不一致", "报告与表的数不一致"}),
    "示例区农业农村局": ("returned", {"满分没有佐证"}),
    "": ("refused", set()),  # of another year
}


@contextmanager
def undone():
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def installed(db, settings, tmp_path):
    settings.HOME = tmp_path  # papers are kept as files
    catalogue = load()
    with rules.working_under(catalogue), undone():
        projection.ensure(catalogue)
        for name in OFFICES:
            examples.install(name)
        yield


def figures_of(org):
    return [(one.indicator, one.status, one.text) for one in queries.year(SYSTEM, org, YEAR).figures]


def test_they_live_on_any_day_and_leave_the_year_alone(installed, monkeypatch):
    before = {org: figures_of(org) for org in OFFICES}
    for day in DAYS:
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        with undone():
            check_alive(day)
            assert {org: figures_of(org) for org in OFFICES} == before


def check_alive(day):
    there = set(Record.objects.values_list("pk", flat=True))
    added = sum(examples.install_living(name, today=day)[0] for name in OFFICES)
    new = Record.objects.exclude(pk__in=there)
    assert new.count() == added > 40
    assert all(new.values_list("source_system", flat=True))
    assert not any(examples.install_living(name, today=day)[1] for name in OFFICES[:1])
    assert new.count() == added  # again: nothing new
    for name in WAITED_FOR:
        org = OFFICES[1] if name.startswith("front") else OFFICES[0]
        assert Waiting(User.objects.get(username=name), org).count(), name
    housing = User.objects.get(username="housing")
    assert all(task.is_handed for task in queries.tasks(housing))
    assert {Term.LATE, Term.TODAY, Term.NONE} <= terms_of(User.objects.get(username="clerk"))
    bureau = User.objects.get(username="bureau")
    assert queries.orgs_joined(bureau)[0] == "demo-finance"
    assert Expected.objects.filter(bureau="demo-finance", year=YEAR).count() == 6
    assert handed_in() == HANDED_IN
    district = Waiting(User.objects.get(username="district"), scope=Scope.REACH)
    assert {task.record.org_id for task in district.tasks()} == set(OFFICES)
    assert all(any(one.days_left >= 0 for one in reminders(SYSTEM, org)) for org in OFFICES)
    assert {found.verdict for org in OFFICES for found in audit.check(org)} == {Verdict.KEPT}


def test_one_office_is_half_way_through_its_performance_year(installed):
    for name in OFFICES:
        examples.install_living(name, today=clock.today())
    states = {
        row.kind: (row.state, row.data.get("year"))
        for row in Record.objects.filter(org=OFFICES[1], kind__startswith="finance/").exclude(label=PROJECT)
    }
    assert states["finance/performance_goal"] == ("approved", YEAR)
    assert states["finance/performance_monitoring"] == ("handled", YEAR)
    assert states["finance/self_evaluation"] == ("issued", YEAR)
    assert states["finance/rectification"] == ("in_progress", YEAR - 1)
    assert not Record.objects.filter(org=OFFICES[0], kind__startswith="finance/").exists(), "begins empty"
    goal = Record.objects.get(org=OFFICES[1], kind="finance/performance_goal", state="approved")
    assert [day for state, day in goal.path if state == "approved"] == ["2020-03-02"]
    monitored = Record.objects.get(org=OFFICES[1], kind="finance/performance_monitoring")
    assert filled_form(monitored, "form").cell("money.total.rate").is_number
    finance = User.objects.get(username="finance")
    assert queries.orgs_joined(finance)[0] == OFFICES[1]
    assert Waiting(finance, OFFICES[1]).count()
    for name in ("competent", "bureau", "evaluator"):
        assert Waiting(User.objects.get(username=name), OFFICES[1]).count(), name


def test_the_draft_is_finished_by_its_clerk_as_it_stands(installed):
    for name in OFFICES:
        examples.install_living(name, today=clock.today())
    row = Record.objects.get(org=OFFICES[1], kind="finance/self_evaluation")
    told = {"execution_reason": "集中培训改在线上，培训费有结余"}
    done = records.advance(
        by=User.objects.get(username="finance"), record=row, step="finish", seen=row.version, values=told
    )
    assert (done.data["score"], done.data["grade"]) == ("95.28", "excellent")


def test_the_papers_behind_it_are_files_marked_as_example_data(installed):
    for name in OFFICES:
        examples.install_living(name, today=clock.today())
    papers = EvidenceUse.objects.exclude(evidence=None)
    assert papers.count() >= 4
    for one in papers:
        page = pypdfium2.PdfDocument(read(one.evidence_id))[0]
        assert "示例数据" in page.get_textpage().get_text_range()


def handed_in():
    """What lies on the bureau's desk: whose it is, where it stands, what is found in it."""
    return {
        one.expected.title if one.expected and not one.trouble else "": (
            one.state,
            {found["title"] for found in one.findings},
        )
        for one in Submission.objects.filter(bureau="demo-finance").select_related("expected")
    }


def terms_of(user):
    return {one.term for one in Waiting(user, OFFICES[0]).numbers()}
