"""The chain: canonical form, append-only tables, and tampering found and located."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from tests.ledger.conftest import day, make_case

from jixiao.ledger import audit, chain, fold, journal
from jixiao.ledger.actions import filed, records
from jixiao.ledger.models import ChainHead, Event, FiledValue, Record
from jixiao.values import Verdict


def without_triggers(statement: str, *values):
    """Do what only someone with the database in hands can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS ledger_event_no_update")
            cursor.execute("DROP TRIGGER IF EXISTS ledger_event_no_delete")
        else:
            cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute(statement, values)


def broken(org):
    return [finding for finding in audit.check(org.pk) if finding.verdict is Verdict.BROKEN]


@pytest.fixture
def busy(clerk, head, org):
    """A case with a history of its own."""
    case = make_case(clerk, org)
    case = records.edit(by=clerk, record=case, values={"amount": "73万"}, seen=1)
    case = records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=2
    )
    case = records.undo(by=clerk, record=case, reason="误立案")
    case = records.void(by=head, record=case, reason="重复登记")
    period = org.periods.first()
    filed.file(
        by=clerk, org=org, item="roll", value="142", stated_on=day("2020-01-02"), period=period, source="名册"
    )
    return case


def test_sm3_is_the_national_standards():
    assert chain.sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_canonical_form_knows_no_order_and_no_floats():
    one = {"b": [1, None, True], "a": datetime.date(2020, 1, 2), "字": "万"}
    assert chain.canonical(one) == '{"a":"2020-01-02","b":[1,null,true],"字":"万"}'.encode()
    assert chain.canonical(dict(reversed(one.items()))) == chain.canonical(one)
    with pytest.raises(TypeError):
        chain.canonical({"a": 0.1})


def test_every_record_is_the_fold_of_its_events(busy):
    for row in Record.objects.all():
        events = Event.objects.filter(record=row.pk).order_by("version")
        folded = fold.fold(events.values_list("changes", flat=True))
        assert folded.facts == journal.facts_of(row)
        assert (folded.version, folded.digest) == (row.version, row.digest)
        assert (folded.state, folded.voided, folded.number) == (row.state, row.voided, row.number)


def test_a_chain_has_no_gaps_and_is_kept(busy, org):
    events = list(Event.objects.filter(chain=org.pk).order_by("sequence"))
    assert [event.sequence for event in events] == list(range(1, 7))
    assert [event.previous for event in events] == [chain.START, *(event.hash for event in events[:-1])]
    assert [finding.verdict for finding in audit.check(org.pk)] == [Verdict.KEPT] * 4


@pytest.mark.parametrize("statement", ["UPDATE ledger_event SET note = 'x'", "DELETE FROM ledger_event"])
def test_the_database_refuses_to_change_an_event(busy, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()


def test_a_changed_event_is_found_and_named(busy, org):
    without_triggers("UPDATE ledger_event SET note = %s WHERE chain = 'office' AND sequence = 4", "没有理由")
    [finding] = broken(org)
    assert "第 4 条流转记录（撤销，clerk" in finding.reason
    assert "内容与登记时不一致" in finding.reason
    assert finding.subjects == (Event.objects.get(chain="office", sequence=4).id,)


def test_a_changed_event_with_a_new_hash_breaks_the_next_link(busy, org):
    event = Event.objects.get(chain="office", sequence=2)
    event.note = "补写"
    without_triggers(
        "UPDATE ledger_event SET note = %s, hash = %s WHERE id = %s",
        "补写",
        chain.event_hash(event),
        event.id,
    )
    [finding] = broken(org)
    assert "第 3 条流转记录" in finding.reason
    assert "没有接上前一条" in finding.reason


def test_a_missing_event_is_found(busy, org):
    without_triggers("DELETE FROM ledger_event WHERE chain = 'office' AND sequence = 3")
    findings = broken(org)
    assert findings[0].reason.startswith("第 3 条流转记录缺失")


def test_a_cut_off_end_is_found(busy, org):
    without_triggers("DELETE FROM ledger_event WHERE chain = 'office' AND sequence = 6")
    assert "应有 6 条流转记录，只有 5 条" in broken(org)[0].reason


def test_a_chain_that_lost_its_head_is_found(busy, org):
    ChainHead.objects.filter(chain=org.pk).delete()
    assert "链头缺失" in broken(org)[0].reason


def test_a_row_changed_behind_the_ledgers_back_is_found(busy, clerk, org):
    make_case(clerk, org, title="没动过的")
    Record.objects.filter(pk=busy.pk).update(data={**busy.data, "amount": 999})
    [finding] = broken(org)
    assert "“路灯不亮”的 amount 与流转记录不一致" in finding.reason
    assert finding.subjects == (busy.pk,)


def test_a_filed_value_changed_behind_the_ledgers_back_is_found(busy, org):
    FiledValue.objects.update(value=999)
    [finding] = broken(org)
    assert "填报数 trial/roll" in finding.reason


def test_a_row_without_events_is_found(busy, org):
    FiledValue.objects.create(
        id="x", org=org, item="trial/roll", basis="calendar_year", label="2020年度", year=2020, source="无",
        from_on=day("2020-01-01"), to_on=day("2020-12-31"), stated_on=day("2020-06-01"), value=1,
        filed_by="x", filed_at=busy.created_at,
    )  # fmt: skip
    [finding] = broken(org)
    assert "没有任何流转记录" in finding.reason


def test_each_org_has_a_chain_of_its_own(busy, people):
    make_case(people["stranger"], "elsewhere")
    assert {head.chain: head.sequence for head in ChainHead.objects.exclude(chain__startswith="@")} == {
        "office": 6,
        "elsewhere": 1,
    }
    assert not broken(busy.org)
