"""Recording a past that is over: whole cases, many at once, the same again without effect."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case, make_org, rows_of

from jixiao.errors import BadInput, FieldErrors, NotAllowed
from jixiao.ledger.actions import records
from jixiao.ledger.actions.records import Paper, Past
from jixiao.ledger.models import ChainHead, Event, Link, Record

WHOLE = {
    "kind": "case",
    "values": {"title": "路灯不亮", "received_on": "2020-03-02", "class": "city", "result": "已修复"},
    "path": {"received": "2020-03-02", "filed": "2020-03-05", "answered": "2020-03-25"},
    "number": "示2020-007",
}


def test_a_whole_past_case_is_one_event_per_record(clerk, org):
    other = make_case(clerk, org)
    talk = Past(kind="talk", values={"topic": "看现场", "held_on": "2020-03-10", "useful": "是"})
    row = records.backfill(
        by=clerk, org=org, **WHOLE, children=[talk], links=[("similar", other.pk, "2020-03-06")],
        evidence=[Paper(title="答复函", grade="official", document_number="示函〔2020〕1号")], source="旧台账第3页",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.number, row.version) == ("answered", "示2020-007", 1)
    events = Event.objects.filter(root=row.pk)
    assert sorted(event.act for event in events) == ["imported", "imported"]
    assert events.get(record=row.pk).note == "旧台账第3页"
    assert events.get(record=row.pk).happened_on == day("2020-03-02")
    assert row.dues["answer"]["met_on"] == "2020-03-25"
    assert row.evidence_uses.get().event == events.get(record=row.pk).id
    [link] = rows_of("p_link")
    assert (link["role"], link["source_id"], link["target_id"]) == ("trial/case.similar", row.pk, other.pk)
    [child] = rows_of("p_trial_talk")
    assert child["root_id"] == row.pk


def test_numbers_given_later_keep_clear_of_back_filled_ones(clerk, org):
    records.backfill(by=clerk, org=org, **WHOLE)
    row = make_case(clerk, org)
    row = records.advance(
        by=clerk, record=row, step="file", values={"class": "city"}, happened_on=day("2020-05-01"), seen=1
    )
    assert row.number == "示2020-008"


def test_back_filling_again_changes_nothing(clerk, org):
    past = Past(**WHOLE, id="11111111-1111-4111-8111-111111111111")
    first = records.backfill_all(by=clerk, org=org, cases=[past])
    head = ChainHead.objects.get(chain=org.pk).hash
    again = records.backfill_all(by=clerk, org=org, cases=[past])
    assert [row.pk for row in first] == [row.pk for row in again] == [past.id]
    assert ChainHead.objects.get(chain=org.pk).hash == head


def test_records_of_one_batch_may_point_to_one_another(clerk, org):
    firm = Past(kind="firm", values={"name": "示例企业"}, id="22222222-2222-4222-8222-222222222222")
    first = Past(
        **{**WHOLE, "values": WHOLE["values"] | {"sender": firm.id}},
        id="33333333-3333-4333-8333-333333333333",
    )
    second = Past(kind="case", values=WHOLE["values"], links=[("main", first.id)])
    records.backfill_all(by=clerk, org=org, cases=[second, first, firm])
    assert Record.objects.get(pk=first.id).data["sender"] == firm.id
    assert Link.objects.get().target_id == first.id


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"path": {"filed": "2020-03-05"}}, "没有填进入“已收到”的日期"),
        ({"path": {"received": "2020-03-05", "filed": "2020-03-01"}}, "早于"),
        ({"path": {"received": "2020-03-05", "flown": "2020-03-06"}}, "flown"),
        ({"path": {"received": "2021-12-05"}}, "还没有到"),
        ({"links": [("brother", "x")]}, "没有关联“brother”"),
        ({"links": [("similar", "x")]}, "应指向一条“来件”记录"),
        ({"evidence": [Paper(title="答复函", grade="gold")]}, "佐证等级"),
        ({"children": [Past(kind="firm", values={"name": "示例企业"})]}, "应独立登记"),
        ({"values": {"title": "无日期"}}, "请填写收到日期"),
    ],
)
def test_one_wrong_record_refuses_the_batch_and_says_where(clerk, org, wrong, said):
    good, bad = Past(**WHOLE), Past(**(WHOLE | wrong), place="来件.csv 第3行：")
    with pytest.raises(BadInput, match=said) as refused:
        records.backfill_all(by=clerk, org=org, cases=[good, bad])
    assert "来件.csv 第3行：" in str(refused.value)
    assert not Record.objects.exists()
    assert not Event.objects.filter(chain="office").exists()
    assert rows_of("p_trial_case") == []


def test_a_unique_value_comes_once_in_a_batch(clerk, org):
    firm = {"kind": "firm", "values": {"name": "示例企业"}}
    with pytest.raises(FieldErrors, match="在本批中重复出现"):
        records.backfill_all(by=clerk, org=org, cases=[Past(**firm), Past(**firm)])


def test_a_label_that_points_takes_the_name_of_what_it_points_to(clerk, org):
    make_org("elsewhere", "另一示例办公室")
    past = Past(kind="duty", values={"unit": "elsewhere"})
    [duty] = records.backfill_all(by=clerk, org=org, cases=[past])
    assert Record.objects.get(pk=duty.pk).label == "另一示例办公室"
    assert records.create(by=clerk, org=org, kind="duty", values={}).label == "承办"


def test_back_filling_needs_its_own_right(head, org):
    with pytest.raises(NotAllowed, match="您不能补录；须由经办人办理"):
        records.backfill(by=head, org=org, **WHOLE)


def test_a_batch_asks_the_database_little(clerk, org, django_assert_max_num_queries):
    pasts = [Past(**(WHOLE | {"number": f"示2020-{at:03d}"})) for at in range(1, 301)]
    told = []
    with django_assert_max_num_queries(60):
        records.backfill_all(by=clerk, org=org, cases=pasts, progress=told.append)
    assert told == [300]
    assert (
        Record.objects.count()
        == Event.objects.filter(chain="office").count()
        == len(rows_of("p_trial_case"))
        == 300
    )
