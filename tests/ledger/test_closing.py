"""A closed period: who may still enter, and how what came late is told."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case

from jixiao.errors import BadInput, FieldErrors, NotAllowed
from jixiao.ledger import audit, queries
from jixiao.ledger.actions import closing, evidence, filed, links, records
from jixiao.ledger.models import LateEntry, OfficeAct, Period
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import office
from jixiao.values import Verdict


@pytest.fixture
def last_year(org):
    return Period.objects.get(org=org, year=2020)


@pytest.fixture
def closed(people, last_year):
    return closing.close_period(by=people["manager"], period=last_year, reason="年报已经上报")


def test_closing_needs_a_manager_a_reason_and_an_end(people, org, last_year):
    with pytest.raises(NotAllowed):
        closing.close_period(by=people["clerk"], period=last_year, reason="年报已经上报")
    with pytest.raises(FieldErrors, match="理由"):
        closing.close_period(by=people["manager"], period=last_year, reason=" ")
    running = Period.objects.get(org=org, year=2021)
    with pytest.raises(BadInput, match="2021-12-31"):
        closing.close_period(by=people["manager"], period=running, reason="提前")


def test_who_when_and_why_are_kept(people, org, closed):
    with pytest.raises(BadInput, match="已于"):
        closing.close_period(by=people["manager"], period=closed, reason="再关一次")
    closing.reopen_period(by=people["manager"], period=closed, reason="漏报一件")
    told = [(one.act, one.reason, one.by) for one in office.closings(people["clerk"], org, 2020)]
    assert told == [("reopened", "漏报一件", "示例manager"), ("closed", "年报已经上报", "示例manager")]
    assert {one.verdict for one in audit.check(org.pk)} == {Verdict.KEPT}
    OfficeAct.objects.filter(act="closed").update(reason="别的理由")
    assert Verdict.BROKEN in {one.verdict for one in audit.check(org.pk)}


def test_a_late_entry_is_marked_on_record_history_and_year(clerk, org, closed):
    row = make_case(clerk, org, title="迟到的来件")
    assert "补录（关账后）：2020年度" in queries.history(clerk, row)[0].late
    assert any("补录（关账后）" in one for one in queries.notices(clerk, row))
    [late] = office.late_entries(clerk, org, 2020)
    assert (late.title, late.day, late.is_correction) == ("迟到的来件", day("2020-03-02"), False)
    assert not office.late_entries(clerk, org, 2021)


def test_a_correction_is_marked_as_one(clerk, org, last_year, people):
    row = make_case(clerk, org)
    closing.close_period(by=people["manager"], period=last_year, reason="年报已经上报")
    records.edit(by=clerk, record=row, values={"amount": "100"}, seen=row.version)
    [late] = office.late_entries(clerk, org, 2020)
    assert late.is_correction
    assert "更正（关账后）" in queries.history(clerk, row)[0].late


def test_who_may_not_back_fill_is_refused(people, org, last_year, clerk):
    row = make_case(clerk, org)
    closing.close_period(by=people["manager"], period=last_year, reason="年报已经上报")
    with pytest.raises(BadInput, match="关账"):
        records.void(by=people["head"], record=row, reason="重复")
    row.refresh_from_db()
    assert not row.voided
    assert not LateEntry.objects.exists()


def test_a_step_taken_this_year_is_not_late(clerk, org, last_year, people):
    row = make_case(clerk, org)
    closing.close_period(by=people["manager"], period=last_year, reason="年报已经上报")
    given = {"by": clerk, "record": row, "step": "file", "values": {"class": "city"}}
    records.advance(**given, happened_on=day("2021-02-01"), seen=row.version)
    assert not LateEntry.objects.exists()


def test_a_step_dated_into_the_closed_year_is_late(clerk, org, last_year, people):
    row = make_case(clerk, org)
    closing.close_period(by=people["manager"], period=last_year, reason="年报已经上报")
    given = {"by": clerk, "record": row, "step": "file", "values": {"class": "city"}}
    records.advance(**given, happened_on=day("2020-12-30"), seen=row.version)
    assert [one.day for one in LateEntry.objects.all()] == [day("2020-12-30")]


def test_a_filed_number_of_a_closed_period_is_late(clerk, org, closed):
    filed.file(
        by=clerk,
        org=org,
        item="budget",
        value="100",
        stated_on=day("2021-01-05"),
        period=closed,
        source="批复",
    )
    [late] = office.late_entries(clerk, org, 2020)
    assert late.title == "预算数"


def test_what_is_entered_while_it_is_open_again_is_not_late(people, clerk, org, closed):
    closing.reopen_period(by=people["manager"], period=closed, reason="漏报一件")
    make_case(clerk, org)
    assert not LateEntry.objects.exists()


def test_the_system_may_and_is_marked_too(org, closed):
    make_case(SYSTEM, org)
    assert LateEntry.objects.count() == 1


def test_a_link_is_a_correction_and_evidence_is_never_late(clerk, org, last_year, people):
    one, other = make_case(clerk, org, title="一件"), make_case(clerk, org, title="另一件")
    closing.close_period(by=people["manager"], period=last_year, reason="年报已经上报")
    evidence.attach(by=clerk, record=one, document_number="示〔2020〕1号", grade="official", title="来函")
    assert not LateEntry.objects.exists()
    links.link(by=clerk, record=one, role="similar", target=other)
    assert [late.is_correction for late in LateEntry.objects.all()] == [True]


def test_a_child_takes_part_in_the_day_of_its_own(clerk, org, last_year, people):
    row = make_case(clerk, org)
    closing.close_period(by=people["manager"], period=last_year, reason="年报已经上报")
    given = {"by": clerk, "org": org, "kind": "talk", "parent": row}
    records.create(**given, values={"topic": "今年的一次", "held_on": "2021-02-02"})
    assert not LateEntry.objects.exists()
    records.create(**given, values={"topic": "去年的一次", "held_on": "2020-12-02"})
    assert LateEntry.objects.count() == 1
