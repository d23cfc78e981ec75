"""Create, edit, advance: what is recorded, what is refused and how it is said."""

from __future__ import annotations

import datetime

import pytest
from tests.ledger.conftest import TRIAL, day, make_case, rows_of

from jixiao.catalogue.kinds import NeutralState, StateSpec
from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound, Stale, StepNotLegal
from jixiao.ledger import checking, deadlines, permissions
from jixiao.ledger.actions import records
from jixiao.ledger.models import Event, Record


def filed(clerk, case, on="2020-03-05"):
    return records.advance(
        by=clerk, record=case, step="file", values={"class": "城市"}, happened_on=day(on), seen=case.version
    )


def test_a_created_case_stands_in_row_event_and_projection(clerk, org):
    case = make_case(
        clerk, org, amount="73万元", readers="300余", share="12.5", urgent="是", **{"class": "农业"}
    )
    row = Record.objects.get(pk=case.pk)
    assert row.data == {
        "title": "路灯不亮", "received_on": "2020-03-02", "amount": 73000000, "share": "12.50",
        "readers": {"value": 300, "qualifier": "over"}, "urgent": True, "class": "farm",
    }  # fmt: skip
    assert (row.state, row.path, row.label, row.version) == (
        "received",
        [["received", "2020-03-02"]],
        "路灯不亮",
        1,
    )
    event = Event.objects.get(record=case.pk)
    assert (event.act, event.by, event.happened_on, event.sequence) == (
        "create",
        "clerk",
        day("2020-03-02"),
        1,
    )
    [projected] = rows_of("p_trial_case")
    assert projected["amount"] == 73000000
    assert projected["share"] == 1250
    assert (projected["readers"], projected["readers_qualifier"]) == (300, "over")
    assert str(projected["received_on"]) == "2020-03-02"
    assert projected["filed_on"] is None


def test_all_wrong_fields_are_told_at_once_and_nothing_is_written(clerk, org):
    with pytest.raises(FieldErrors) as refused:
        make_case(clerk, org, amount="很多", **{"class": "海洋", "received_on": "去年"})
    assert set(refused.value.errors) == {"amount", "class", "received_on"}
    with pytest.raises(FieldErrors, match="不能小于 0"):
        make_case(clerk, org, amount="-73万")
    with pytest.raises(FieldErrors, match="请填写标题"):
        make_case(clerk, org, title="")
    with pytest.raises(FieldErrors, match="没有字段"):
        make_case(clerk, org, colour="红")
    assert not Record.objects.exists()
    assert not Event.objects.filter(chain="office").exists()


@pytest.mark.parametrize(
    ("received_on", "said"), [("2021-03-02", "还没有到"), ("2014-12-31", "不在示例办公室存续期内")]
)
def test_a_day_ahead_or_before_the_org_existed_is_refused(clerk, org, received_on, said):
    with pytest.raises(FieldErrors, match=said) as refused:
        make_case(clerk, org, received_on=received_on)
    assert "received_on" in refused.value.errors


def test_what_a_register_lists_may_be_older_than_the_org(clerk, org):
    dated = TRIAL.kinds["trial/firm"].model_copy(update={"date": "founded_on"})
    assert checking.wrong_day(day("2014-12-31"), org, dated) is None
    assert "还没有到" in (checking.wrong_day(day("2021-03-02"), org, dated) or "")
    assert "存续期" in (checking.wrong_day(day("2014-12-31"), org, TRIAL.kinds["trial/talk"]) or "")


def test_an_org_must_work_under_the_pack(clerk, org):
    org.packs.all().delete()
    with pytest.raises(BadInput, match="没有启用规则包“试用规则包”"):
        make_case(clerk, org)


def test_who_may_not_create_is_told_who_may(head, org):
    with pytest.raises(NotAllowed, match="须由经办人办理"):
        make_case(head, org)


def test_a_strangers_org_and_record_are_not_found(people, org, case):
    with pytest.raises(NotFound):
        make_case(people["stranger"], org)
    for act in (
        lambda: records.edit(by=people["stranger"], record=case, values={"title": "改"}, seen=1),
        lambda: records.advance(by=people["stranger"], record=case, step="file", seen=1),
        lambda: records.void(by=people["stranger"], record=case, reason="误"),
        lambda: records.undo(by=people["stranger"], record=case, reason="误"),
    ):
        with pytest.raises(NotFound, match="没有找到这条记录"):
            act()
    missing = "00000000-0000-0000-0000-000000000000"
    with pytest.raises(NotFound, match="没有找到这条记录"):
        records.edit(by=people["clerk"], record=missing, values={}, seen=1)


def test_a_unique_value_is_taken_once(clerk, org):
    first = make_case(clerk, org, mark="甲1")
    with pytest.raises(FieldErrors, match="已经登记过"):
        make_case(clerk, org, mark="甲1")
    assert records.edit(by=clerk, record=first, values={"mark": "甲1"}, seen=1).version == 1


def test_a_reference_must_point_to_a_record_of_its_kind(clerk, org, case):
    firm = records.create(
        by=clerk, org=org, kind="firm", values={"name": "示例企业", "site": "另一示例办公室"}
    )
    assert firm.data["site"] == "elsewhere"
    assert make_case(clerk, org, sender=firm.pk).data["sender"] == firm.pk
    with pytest.raises(FieldErrors, match="应从“企业”中选取"):
        make_case(clerk, org, sender=case.pk)
    with pytest.raises(FieldErrors, match="没有“不存在”这个单位"):
        records.create(by=clerk, org=org, kind="firm", values={"name": "乙", "site": "不存在"})


def test_an_edit_keeps_what_it_does_not_name_and_clears_what_is_empty(clerk, case):
    row = records.edit(by=clerk, record=case, values={"amount": "100", "title": "路灯又不亮"}, seen=1)
    row = records.edit(by=clerk, record=row, values={"amount": ""}, seen=2)
    assert row.data == {"title": "路灯又不亮", "received_on": "2020-03-02"}
    assert row.label == "路灯又不亮"
    last = Event.objects.filter(record=row.pk).order_by("-version")[0]
    assert last.changes == {"amount": [10000, None]}
    with pytest.raises(FieldErrors, match="请填写标题"):
        records.edit(by=clerk, record=row, values={"title": " "}, seen=3)


def test_an_edit_that_changes_nothing_leaves_no_event(clerk, case):
    assert records.edit(by=clerk, record=case, values={"title": "路灯不亮"}, seen=1).version == 1


def test_the_second_editor_is_told_what_the_first_changed(clerk, case):
    records.edit(by=clerk, record=case, values={"title": "甲改的"}, seen=1)
    with pytest.raises(Stale, match="示例clerk 已经改过这条记录（标题）") as refused:
        records.edit(by=clerk, record=case, values={"title": "乙改的"}, seen=1)
    assert refused.value.changes == {"title": "甲改的"}
    with pytest.raises(Stale):
        records.advance(by=clerk, record=case, step="file", values={"class": "city"}, seen=1)
    assert Record.objects.get(pk=case.pk).data["title"] == "甲改的"


def test_a_step_moves_the_case_gives_its_number_and_computes_the_deadline(clerk, case):
    row = filed(clerk, case)
    assert (row.state, row.number, row.data["case_number"]) == ("filed", "示2020-001", "示2020-001")
    [due] = deadlines.stored(TRIAL.kind("case"), Record.objects.get(pk=row.pk).dues)
    # Thirty days from 5 March is 4 April 2020, a Saturday and a holiday until the 6th.
    assert due.on == day("2020-04-07")
    assert any("顺延" in line for line in due.trace)
    assert due.is_late(day("2020-04-08"))
    [projected] = rows_of("p_trial_case")
    assert str(projected["answer_due_on"]) == "2020-04-07"
    assert str(projected["filed_on"]) == "2020-03-05"


@pytest.mark.parametrize(
    ("ended", "owed"), [("withdrawn", 0), ("passed_on", 0), ("not_done", 0), ("done", 1), ("waiting", 1)]
)
def test_a_case_that_ended_without_a_result_owes_nothing_more(clerk, case, ended, owed):
    dues = Record.objects.get(pk=filed(clerk, case).pk).dues
    kind = TRIAL.kind("case")
    states = {**kind.states, "filed": StateSpec(title="试用", type=NeutralState(ended))}
    assert len(deadlines.stored(kind.model_copy(update={"states": states}), dues, "filed")) == owed
    met = {name: {**due, "met_on": "2020-04-01"} for name, due in dues.items()}
    assert len(deadlines.stored(kind.model_copy(update={"states": states}), met, "filed")) == 1


def test_a_step_says_everything_it_misses(clerk, case):
    with pytest.raises(FieldErrors) as refused:
        records.advance(by=clerk, record=case, step="file", happened_on=day("2020-03-01"), seen=1)
    assert set(refused.value.errors) == {"class", "happened_on"}
    assert "早于" in refused.value.errors["happened_on"]
    row = filed(clerk, case)
    with pytest.raises(FieldErrors, match="须写明理由"):
        records.advance(by=clerk, record=row, step="ask", seen=row.version)
    with pytest.raises(FieldErrors, match="这一步不填写“标题”"):
        records.advance(
            by=clerk, record=row, step="ask", note="缺照片", values={"title": "改"}, seen=row.version
        )


def test_an_illegal_step_is_refused_with_what_is_legal_and_what_is_missing(clerk, head, case):
    with pytest.raises(StepNotLegal, match="“已收到”状态下不能办理“要求补充”（现在可办：立案）：当前环节"):
        records.advance(by=clerk, record=case, step="ask", note="缺照片", seen=1)
    row = filed(clerk, case)
    answer = {
        "by": clerk,
        "record": row,
        "step": "answer",
        "values": {"result": "已修复"},
        "seen": row.version,
    }
    with pytest.raises(StepNotLegal, match="答复前应有一次有效沟通"):
        records.advance(**answer)
    with pytest.raises(NotAllowed, match="须由负责人办理"):
        records.advance(by=clerk, record=row, step="close", seen=row.version)
    with pytest.raises(BadInput, match="没有步骤“fly”"):
        records.advance(by=clerk, record=row, step="fly", seen=row.version)
    talk = {"topic": "看现场", "held_on": "2020-03-20", "useful": "是"}
    records.create(by=clerk, org=row.org, kind="talk", values=talk, parent=row)
    assert records.advance(**answer, happened_on=day("2020-03-21")).state == "answered"


def test_a_condition_sees_what_is_filled_in_with_the_step(clerk, case):
    row = filed(clerk, case)
    with pytest.raises(StepNotLegal, match="紧急的才加急"):
        records.advance(by=clerk, record=row, step="hurry", values={"urgent": "否"}, seen=row.version)
    row = records.advance(by=clerk, record=row, step="hurry", values={"urgent": "是"}, seen=row.version)
    assert (row.state, row.data["urgent"]) == ("filed", True)


def test_a_step_that_leaves_the_state_extends_the_deadline(clerk, head, case):
    row = filed(clerk, case)
    row = records.advance(
        by=head, record=row, step="extend", values={"extra_days": "10"}, note="天气",
        happened_on=day("2020-03-30"), seen=row.version,
    )  # fmt: skip
    assert row.state == "filed"
    assert row.dues["answer"]["on"] == "2020-04-14"


def test_time_spent_waiting_does_not_count_even_when_the_case_went_back(clerk, case):
    row = filed(clerk, case)
    row = records.advance(
        by=clerk, record=row, step="ask", note="缺照片", happened_on=day("2020-03-10"), seen=row.version
    )
    assert row.dues["answer"]["stopped"]
    row = records.advance(
        by=clerk, record=row, step="resume", happened_on=day("2020-03-20"), seen=row.version
    )
    # The path is cut back to filed, the ten days of waiting are remembered: 4 April + 10 days.
    assert row.path == [["received", "2020-03-02"], ["filed", "2020-03-05"]]
    assert row.dues["answer"]["on"] == "2020-04-14"


def test_numbers_have_no_gaps_and_stay_with_their_case(clerk, org):
    one, two = filed(clerk, make_case(clerk, org)), filed(clerk, make_case(clerk, org))
    assert (one.number, two.number) == ("示2020-001", "示2020-002")
    back = records.undo(by=clerk, record=one, reason="误立案")
    assert (back.state, back.number, back.data["case_number"]) == ("received", "示2020-001", "示2020-001")
    assert filed(clerk, back).number == "示2020-001"
    assert filed(clerk, make_case(clerk, org)).number == "示2020-003"
    with pytest.raises(FieldErrors, match="不能改写"):
        records.edit(by=clerk, record=two, values={"case_number": "示2020-009"}, seen=two.version)


def test_a_child_hangs_on_its_parent(clerk, org, case):
    talk = records.create(
        by=clerk, org=org, kind="talk", values={"topic": "看现场", "held_on": "2020-03-20"}, parent=case
    )
    assert (talk.parent_id, talk.root_id) == (case.pk, case.pk)
    assert rows_of("p_trial_talk")[0]["parent_id"] == case.pk
    with pytest.raises(BadInput, match="登记在“来件”之下"):
        records.create(by=clerk, org=org, kind="talk", values={"topic": "看现场", "held_on": "2020-03-20"})
    with pytest.raises(BadInput, match="不能登记在其他记录之下"):
        records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业"}, parent=case)


def test_a_membership_that_ended_gives_nothing(clerk, org):
    clerk.memberships.update(to_on=datetime.date(2021, 2, 28))
    assert not permissions.can(clerk, "create", org=org.pk, kind="trial/case")
    with pytest.raises(NotFound):
        make_case(clerk, org)
