"""The year computed from the ledger: figures follow records at once, and lead back to them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.ledger.conftest import day, make_case

from jixiao.errors import BadInput, NotAllowed, NotFound
from jixiao.ledger import queries
from jixiao.ledger.actions import evidence, filed, records, scores
from jixiao.ledger.models import LeafNote
from jixiao.ledger.queries import lacking
from jixiao.values import Status, Verdict


@pytest.fixture
def two_cases(clerk, org):
    """One case filed in time, one only received; the second came before the year."""
    one = make_case(clerk, org, title="甲", amount="10万元", urgent="是")
    one = records.advance(
        by=clerk, record=one, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )
    return one, make_case(clerk, org, title="乙", amount="5万元")


def figures(user, org, year=2020, **more):
    return {figure.indicator: figure for figure in queries.year(user, org, year, **more).figures}


def test_figures_follow_the_records_inside_the_same_transaction(clerk, head, org, two_cases):
    one, two = two_cases
    found = figures(clerk, org)
    assert (found["trial/cases"].text, found["trial/filing_rate"].text) == ("2件", "50%")
    assert found["trial/coordinated"].exact == 150000
    records.void(by=head, record=two, reason="重复")
    found = figures(clerk, org)
    assert (found["trial/cases"].text, found["trial/filing_rate"].text) == ("1件", "100%")
    records.undo(by=clerk, record=one, reason="误立案")
    assert figures(clerk, org)["trial/filing_rate"].text == "0%"


def test_zero_none_and_not_reported_are_three_things(clerk, org):
    assert figures(clerk, org)["trial/cases"].status is Status.NOT_REPORTED
    about = {"by": clerk, "org": org, "stated_on": day("2020-12-31"), "source": "零报告"}
    filed.file(**about, item="trial/case", value=0, period=org.periods.get(year=2020))
    found = figures(clerk, org)
    assert found["trial/cases"].text == "0件"
    assert found["trial/filing_rate"].status is Status.NONE


def test_a_record_dated_outside_every_year_is_kept_and_says_that_it_does_not_count(clerk, org):
    row = make_case(clerk, org, received_on="2019-05-01")
    [notice] = queries.notices(clerk, row)
    assert "2019-05-01 不在已设置的任何口径期间内" in notice
    assert queries.counted_in(clerk, row) == []
    assert figures(clerk, org)["trial/cases"].status is Status.NOT_REPORTED


def test_a_record_leads_to_its_figures_and_back(clerk, org, two_cases):
    one, two = two_cases
    evidence.attach(by=clerk, record=one, grade="official", title="来函", document_number="示函1号")
    assert queries.notices(clerk, one) == []
    counted = {(c.year, c.indicator.id, c.in_top, c.in_bottom) for c in queries.counted_in(clerk, two)}
    assert (2020, "filing_rate", False, True) in counted
    assert (2020, "cases", True, False) in counted
    view = queries.figure(clerk, org, "filing_rate", 2020)
    assert [(row.record.label, row.in_top, row.in_bottom) for row in view.rows] == [
        ("乙", False, True),
        ("甲", True, True),
    ]
    assert [use.title for use in view.rows[1].evidence] == ["来函"]
    assert "SELECT" in view.sql
    assert {label for label, _ in view.words} >= {"分子", "分母", "依据"}
    assert [placing.clause for placing in view.placed] == ["cases"]


def test_a_figure_brings_the_relations_it_is_in(clerk, org, two_cases):
    [finding] = queries.figure(clerk, org, "filed_cases", 2020).relations
    assert (finding.title, finding.verdict) == ("立案不多于收到", Verdict.KEPT)
    [again] = queries.year(clerk, org, 2020).findings
    assert again == finding


def test_earlier_years_stand_beside_a_figure(clerk, org, two_cases):
    make_case(clerk, org, received_on="2021-01-05")
    view = queries.figure(clerk, org, "cases", 2021)
    assert (view.figure.text, [figure.text for figure in view.earlier]) == ("1件", ["2件"])


def test_as_of_hides_what_came_later(clerk, org, two_cases):
    found = figures(clerk, org, as_of=day("2020-03-04"))
    assert (found["trial/cases"].text, found["trial/filing_rate"].text) == ("2件", "0%")


def test_an_indicator_without_its_period_is_not_reported(clerk, org, two_cases):
    org.periods.filter(year=2020).update(basis="plenary")
    found = figures(clerk, org)["trial/cases"]
    assert (found.status, found.period.label) == (Status.NOT_REPORTED, "未设置期间")
    view = queries.figure(clerk, org, "cases", 2020)
    assert (view.rows, view.sql) == ((), "")


def test_the_year_says_what_is_late_and_without_evidence(clerk, org, two_cases):
    view = queries.year(clerk, org, 2020)
    [late] = view.late
    assert (late.record.label, late.due.title, late.due.on) == ("甲", "答复", day("2020-04-07"))
    [found] = view.without_evidence
    assert (found.kind, found.count, [row.label for row in found.first]) == ("trial/case", 2, ["乙", "甲"])
    evidence.attach(by=clerk, record=two_cases[0], grade="official", title="来函")
    [found] = queries.year(clerk, org, 2020).without_evidence
    assert (found.count, [row.label for row in found.first]) == (1, ["乙"])


def test_of_many_records_without_evidence_all_are_counted_and_the_first_are_told(clerk, org, monkeypatch):
    monkeypatch.setattr(lacking, "FIRST", 2)
    for title in ("丙", "甲", "乙"):
        make_case(clerk, org, title=title)
    [found] = queries.year(clerk, org, 2020).without_evidence
    assert (found.count, len(found.first)) == (3, 2)


def test_an_unknown_year_indicator_or_org_is_told(clerk, people, org):
    with pytest.raises(NotFound, match="没有设置 1999 年度的口径期间；已设置：2020年、2021年"):
        queries.year(clerk, org, 1999)
    with pytest.raises(NotFound, match="没有指标“casses”；是否要找"):
        queries.figure(clerk, org, "casses", 2020)
    with pytest.raises(NotFound, match="没有找到单位"):
        queries.year(people["stranger"], org, 2020)
    assert queries.year_named(clerk, org, "2020年度") == 2020
    with pytest.raises(NotFound, match="没有“去年”这个期间"):
        queries.year_named(clerk, org, "去年")


def test_scores_stand_on_figures_records_and_what_people_say(clerk, org, two_cases):
    [sheet] = queries.scores(clerk, org, 2020)
    assert [(score.leaf, score.earned) for score in sheet.scores] == [
        ("filing", Decimal(30)),
        ("quality", Decimal(20)),
    ]
    assert [score.leaf for score in sheet.unexplained] == ["filing", "quality"]
    scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="filing", reason="一件年底才收到")
    scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="filing", reason="一件年底才收到")
    assert LeafNote.objects.count() == 1
    [sheet] = queries.scores(clerk, org, 2020)
    assert [score.leaf for score in sheet.unexplained] == ["quality"]
    with pytest.raises(BadInput, match="不允许剔除"):
        scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="filing", not_applicable="没有")
    with pytest.raises(BadInput):
        scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="filing", judgement={"points": 3})
    with pytest.raises(BadInput, match="没有评分项“speed”"):
        scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="speed", reason="慢")


def test_only_who_may_file_says_something_about_a_leaf(head, org):
    with pytest.raises(NotAllowed):
        scores.note(by=head, org=org, scheme="goals", year=2020, leaf="filing", reason="慢")


def test_figures_come_in_the_order_in_which_the_report_tells_them(clerk, org):
    listed = [figure.indicator for figure in queries.year(clerk, org, 2020).figures]
    told = ["trial/cases", "trial/filing_rate", "trial/talks", "trial/coordinated"]
    assert listed[:4] == told
    assert sorted(listed[4:]) == ["trial/filed_cases", "trial/roll"]
    placed = queries.figure(clerk, org, "trial/filing_rate", 2020).placed
    assert [(one.outline, one.clause) for one in placed] == [("trial/annual", "cases")]
