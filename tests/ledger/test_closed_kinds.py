"""Who may not read a kind sees its totals and none of its records; large registers cost no more questions."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ledger.conftest import day, make_case, make_person

from jixiao.errors import NotAllowed
from jixiao.ledger import permissions, queries
from jixiao.ledger.actions import records, reports, scores
from jixiao.ledger.models import Issue
from jixiao.reports.document import plain_text


@pytest.fixture
def lister(org):
    """Somebody who may read the register of firms alone."""
    return make_person("lister", org, "lister")


@pytest.fixture
def late_case(clerk, org):
    case = make_case(clerk, org, title="迟的")
    return records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )


def asked(act) -> int:
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


def test_a_figure_is_told_and_its_records_are_not(clerk, lister, org, late_case):
    open_to, closed_to = (queries.figure(user, org, "cases", 2020) for user in (clerk, lister))
    assert (closed_to.figure.text, closed_to.rows, closed_to.withheld) == ("1件", (), 1)
    assert ([row.record.label for row in open_to.rows], open_to.withheld) == (["迟的"], 0)


def test_what_a_year_lacks_names_no_record_one_may_not_read(clerk, lister, org, late_case):
    theirs, mine = (queries.year(user, org, 2020) for user in (clerk, lister))
    assert [one.record.label for one in theirs.late] == ["迟的"]
    assert [(one.count, [row.label for row in one.first]) for one in theirs.without_evidence] == [
        (1, ["迟的"])
    ]
    assert (mine.late, mine.without_evidence) == ((), ())


def test_a_deadline_met_after_the_day_asked_about_was_still_open(clerk, org, late_case):
    assert queries.year(clerk, org, 2020, day("2020-04-04")).late == ()  # due on the 7th, past the holidays
    assert [one.record.id for one in queries.year(clerk, org, 2020, day("2020-04-30")).late] == [late_case.id]


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (lambda user, org, case: queries.year(user, org, 2020), 40),
        (lambda user, org, case: queries.figure(user, org, "cases", 2020), 40),
        (lambda user, org, case: queries.counted_in(user, case), 60),
        (lambda user, org, case: list(queries.records(user, "case", org)[:50]), 3),
        (lambda user, org, case: queries.tasks(user), 10),
    ],
    ids=["year", "figure", "counted_in", "records", "tasks"],
)
def test_more_records_take_no_more_questions(clerk, org, late_case, ask, most):
    few = asked(lambda: ask(clerk, org, late_case))
    values = {"title": "许多", "received_on": "2020-03-02"}
    path = {"received": "2020-03-02", "filed": "2020-03-05"}
    pasts = [records.Past(kind="case", values=values | {"class": "city"}, path=path) for _ in range(60)]
    records.backfill_all(by=clerk, org=org, cases=pasts)
    many = asked(lambda: ask(clerk, org, late_case))
    assert many == few
    assert many <= most


def test_a_record_is_counted_without_reading_the_others(clerk, org, late_case):
    make_case(clerk, org, title="别的")
    [found] = [one for one in queries.counted_in(clerk, late_case) if one.indicator.id == "cases"]
    assert (found.year, found.in_top) == (2020, True)
    rates = [one for one in queries.counted_in(clerk, late_case) if one.indicator.id == "filing_rate"]
    assert [(one.in_top, one.in_bottom) for one in rates] == [(True, True)]


def test_a_report_counts_what_it_may_not_name(clerk, lister, org, late_case):
    theirs, mine = (
        plain_text(queries.report(user, org, "annual", 2020).document) for user in (clerk, lister)
    )
    assert "收到来件1件，立案率100%：《迟的》。" in theirs
    assert "收到来件1件，立案率100%：1件，名称从略。" in mine
    assert "迟的" not in mine


def test_an_issued_report_is_not_given_to_who_may_not_read_its_records(clerk, lister, head, org, late_case):
    scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="quality", reason="没有紧急来件")
    made = reports.issue(by=head, org=org, year=2020)
    assert queries.issue(clerk, made.root) == made
    for read in (queries.issue, lambda user, root: queries.issued_file(user, root, "docx")):
        with pytest.raises(NotAllowed, match="您无权查看的“来件”"):
            read(lister, made.root)
    assert [one.root for one in queries.issues(lister, org)] == [made.root]


def test_who_may_not_read_what_a_report_names_does_not_issue_it(clerk, org, late_case, lister, monkeypatch):
    monkeypatch.setattr(permissions, "require", lambda *_, **__: None)
    with pytest.raises(NotAllowed, match="您无权查看的“来件”"):
        reports.issue(by=lister, org=org, year=2020)
    assert not Issue.objects.exists()
