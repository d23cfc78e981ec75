"""What stands beside the records is tampered with: the audit finds each and names it."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.ledger.conftest import day, make_case

from jixiao.ledger import audit, evidence_store
from jixiao.ledger.actions import evidence, filed, links, records
from jixiao.ledger.models import EvidenceUse, Link, Record
from jixiao.values import Verdict


@pytest.fixture
def busy(clerk, head, org):
    """A case with a child, a link, a paper, a voided neighbour and a filed value."""
    case = make_case(clerk, org, amount="73万", urgent="是")
    records.create(
        by=clerk, org=org, kind="talk", parent=case, values={"topic": "现场沟通", "held_on": "2020-03-03"}
    )
    other = make_case(clerk, org, title="另一件")
    links.link(by=clerk, record=case, role="similar", target=other, linked_on=day("2020-03-04"))
    evidence.attach(by=clerk, record=case, grade="official", title="来函", file=b"paper", name="a.txt")
    evidence.attach(by=clerk, record=case, grade="official", title="", document_number="示办〔2020〕1号")
    gone = make_case(clerk, org, title="作废的")
    links.link(by=clerk, record=gone, role="similar", target=other)
    records.void(by=head, record=gone, reason="重复")
    filed.file(
        by=clerk, org=org, item="roll", value="142", stated_on=day("2020-01-02"),
        period=org.periods.first(), source="名册",
    )  # fmt: skip
    return case


def broken(org):
    return [finding for finding in audit.check(org.pk) if finding.verdict is Verdict.BROKEN]


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_nothing_is_found_where_nothing_was_done(busy, org):
    assert broken(org) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE p_trial_case SET amount = 1 WHERE title = '路灯不亮'", "涉及金额与台账不一致"),
        ("UPDATE p_trial_case SET urgent = NULL WHERE title = '路灯不亮'", "是否紧急与台账不一致"),
        (
            "UPDATE p_trial_case SET received_on = '2020-12-31' WHERE title = '路灯不亮'",
            "收到日期与台账不一致",
        ),
        ("DELETE FROM p_trial_talk", "缺“沟通”的一行"),
        (
            "INSERT INTO p_trial_case (id, root_id, org, title) VALUES ('x', 'x', 'office', '多的')",
            "多出“来件”的一行（x）",
        ),
        ("UPDATE p_link SET linked_on = NULL", "“关联”一行的关联日期与台账不一致"),
        ("UPDATE p_filed SET value = 9", "“填报数”一行的数值与台账不一致"),
    ],
)
def test_a_projection_that_does_not_follow_is_found(busy, org, statement, told):
    run(statement)
    [finding] = broken(org)
    assert told in finding.reason
    assert finding.title == "投影、关联和佐证与台账一致"


def test_a_name_that_is_not_the_records_is_found(busy, org):
    Record.objects.filter(pk=busy.pk).update(label="换了名字")
    [finding] = broken(org)
    assert "“换了名字”与台账不一致，应为“路灯不亮”" in finding.reason


def test_a_deleted_link_and_a_raised_grade_are_found(busy, org):
    run("DELETE FROM p_link")
    Link.objects.filter(source=busy).delete()
    EvidenceUse.objects.filter(title="来函").update(grade="third_party")
    told = [finding.reason for finding in broken(org)]
    assert any("“路灯不亮”的关联与流转记录不一致" in reason for reason in told)
    assert any("“路灯不亮”的佐证材料与流转记录不一致" in reason for reason in told)


def test_a_renamed_file_is_found(busy, org):
    EvidenceUse.objects.filter(title="来函").update(file_name="别的.txt")
    [finding] = broken(org)
    assert "“路灯不亮”的佐证材料与流转记录不一致" in finding.reason


@pytest.mark.parametrize(("spoil", "told"), [(True, "可能被改动"), (False, "不在存储目录中")])
def test_a_file_changed_or_gone_on_the_disk_is_found(busy, org, spoil, told):
    path = evidence_store.path_of(EvidenceUse.objects.get(title="来函").evidence_id)
    if spoil:
        path.write_bytes(b"paper, altered")
    else:
        path.unlink()
    [finding] = broken(org)
    assert "佐证“来函”" in finding.reason
    assert told in finding.reason


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE ledger_evidenceuse SET added_by = 'head' WHERE title = '来函'", "佐证“来函”的添加人"),
        ("UPDATE ledger_evidence SET media_type = 'text/html'", "佐证“来函”登记的文件类型"),
        ("UPDATE ledger_evidence SET size = 9", "佐证“来函”登记的大小"),
        ("UPDATE ledger_filedvalue SET filed_by = 'head'", "填报数 trial/roll"),
        ("UPDATE ledger_filedvalue SET filed_at = '2020-01-02 00:00:00'", "填报数 trial/roll"),
        ("UPDATE ledger_record SET open_due_on = '2030-01-01' WHERE title = '路灯不亮'", "最近一项未办期限"),
    ],
)
def test_who_added_it_what_it_is_and_when_it_is_due(busy, org, statement, told):
    run(statement.replace("title = '路灯不亮'", "label = '路灯不亮'"))
    [finding] = broken(org)
    assert told in finding.reason


def test_a_due_day_put_off_by_hand_is_found(busy, clerk, org):
    row = Record.objects.get(pk=busy.pk)
    filed_on = {"step": "file", "values": {"class": "city"}, "happened_on": day("2020-03-05")}
    row = records.advance(by=clerk, record=row, seen=row.version, **filed_on)
    assert broken(org) == []
    assert row.dues
    for due in row.dues.values():
        due["on"] = "2030-01-01"
    Record.objects.filter(pk=row.pk).update(dues=row.dues, open_due_on=day("2030-01-01"))
    told = " ".join(finding.reason for finding in broken(org))
    assert "存的是 2030-01-01，按现行规则和日历应为 2020-" in told
