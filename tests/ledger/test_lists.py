"""Lists, tasks and what one person sees: scoped, filtered, and asked of the database in a fixed number of
queries.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from tests.ledger.conftest import TRIAL, day, make_case, make_org, make_person

from jixiao.catalogue.kinds import StateSpec, StepSpec
from jixiao.errors import BadInput, NotFound
from jixiao.ledger import permissions, queries, rules
from jixiao.ledger.actions import people, records
from jixiao.ledger.models import User
from jixiao.ledger.permissions import SYSTEM


@pytest.fixture
def three(clerk, org):
    cases = [
        make_case(clerk, org, title="路灯不亮", received_on="2020-03-02", amount="5万元"),
        make_case(clerk, org, title="道路积水", received_on="2020-06-02", **{"class": "city"}),
        make_case(clerk, org, title="100%的_疑问", received_on="2020-09-02", mark="甲1"),
    ]
    cases[1] = records.advance(by=clerk, record=cases[1], step="file", happened_on=day("2020-06-05"), seen=1)
    return cases


def titles(found):
    return [row.label for row in found]


def test_the_latest_come_first_and_any_column_may_order(clerk, org, three):
    assert titles(queries.records(clerk, "case")) == ["100%的_疑问", "道路积水", "路灯不亮"]
    assert titles(queries.records(clerk, "case", order="received_on")) == [
        "路灯不亮",
        "道路积水",
        "100%的_疑问",
    ]
    assert titles(queries.records(clerk, "case", order="-amount"))[0] == "路灯不亮"
    assert titles(queries.records(clerk, "case", order="-number"))[0] == "道路积水"


def test_subjects_without_a_date_come_by_name(clerk, org):
    for name in ("乙厂", "丙厂", "甲厂"):
        records.create(by=clerk, org=org, kind="firm", values={"name": name})
    assert titles(queries.records(clerk, "firm")) == sorted(("乙厂", "丙厂", "甲厂"))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"state": "filed"}, ["道路积水"]),
        ({"class": "city"}, ["道路积水"]),
        ({"class": ["city", "farm"]}, ["道路积水"]),
        ({"class": None}, ["路灯不亮", "100%的_疑问"]),
        ({"received_on": (day("2020-06-01"), None)}, ["道路积水", "100%的_疑问"]),
        ({"received_on": (day("2020-03-01"), day("2020-06-02"))}, ["路灯不亮", "道路积水"]),
        ({"amount": (1, None), "state": ["received", "filed"]}, ["路灯不亮"]),
    ],
)
def test_filters_speak_of_columns(clerk, three, filters, found):
    assert titles(queries.records(clerk, "case", filters=filters, order="received_on")) == found


@pytest.mark.parametrize(
    ("search", "found"),
    [("路", ["路灯不亮", "道路积水"]), ("路 积水", ["道路积水"]), ("甲1", ["100%的_疑问"]), ("100%的_", ["100%的_疑问"]),
     ("0_", []), ("示2020-001", ["道路积水"])],
)  # fmt: skip
def test_a_search_means_what_is_typed(clerk, three, search, found):
    assert titles(queries.records(clerk, "case", search=search, order="received_on")) == found


def test_only_known_columns_become_sql(clerk, three):
    with pytest.raises(BadInput, match="没有“1=1 --”这一列"):
        queries.records(clerk, "case", filters={"1=1 --": 1})
    with pytest.raises(BadInput, match="没有“result”这一列"):
        queries.records(clerk, "case", order="result")


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_with_one_row_and_with_three(clerk, org, number, django_assert_num_queries):
    for at in range(number):
        make_case(clerk, org, title=f"第{at}件", **{"class": "city"})
    with django_assert_num_queries(2):
        found = queries.records(clerk, "case", filters={"class": "city"}, search="件")
        assert [(row.label, row.org.title) for row in found] != []
    with django_assert_num_queries(2):
        assert found.count() + queries.records(clerk, "case").count() == 2 * number


@pytest.mark.parametrize("number", [1, 3])
def test_a_record_page_costs_the_same_with_one_child_and_with_three(
    clerk, org, case, number, django_assert_num_queries
):
    for at in range(number):
        talk = {"topic": f"第{at}次", "held_on": "2020-03-20"}
        records.create(by=clerk, org=org, kind="talk", values=talk, parent=case)
    with django_assert_num_queries(4):
        children = {kind.id: len(rows) for kind, rows in queries.children(clerk, case)}
    assert children == {"talk": number}
    with django_assert_num_queries(4):
        assert len(queries.kinds_for(clerk, org)) == 4
    with django_assert_num_queries(7):
        assert len(queries.history(clerk, case, family=True)) == 1 + number


@pytest.mark.parametrize("number", [1, 3])
def test_tasks_cost_the_same_with_one_case_and_with_three(clerk, org, number, django_assert_num_queries):
    for at in range(number):
        make_case(clerk, org, title=f"第{at}件")
    with django_assert_num_queries(3):
        assert len(queries.tasks(clerk)) == number


def test_voided_records_are_shown_only_when_asked_for(clerk, head, three):
    records.void(by=head, record=three[0], reason="误")
    assert titles(queries.records(clerk, "case", order="received_on")) == ["道路积水", "100%的_疑问"]
    assert titles(queries.records(clerk, "case", voided=True)) == ["路灯不亮"]


def test_a_stranger_sees_nothing(people, org, three):
    stranger = people["stranger"]
    assert list(queries.records(stranger, "case")) == []
    assert list(queries.records(stranger, "case", org=org)) == []
    assert [one.id for one in queries.orgs_for(stranger)] == ["elsewhere"]
    assert queries.tasks(stranger) == []
    for read in (
        queries.record,
        queries.children,
        queries.history,
        queries.links,
        queries.evidence,
        queries.steps,
    ):
        with pytest.raises(NotFound):
            read(stranger, three[0])
    for read in (queries.kinds_for, queries.periods_for, queries.people_in, queries.issues):
        with pytest.raises(NotFound):
            read(stranger, org)


def test_a_role_over_a_subtree_reaches_the_orgs_below(clerk, org, three):
    top = make_org("district", "示例区")
    org.parent = top
    org.save()
    overseer = make_person("overseer", top, "overseer")
    assert len(queries.records(overseer, "case")) == 3
    assert {one.id for one in queries.orgs_for(overseer)} == {"district", "office"}
    assert not permissions.can(overseer, "edit", org=org.pk, kind="trial/case")
    assert permissions.can(overseer, "read", org=org.pk, kind="trial/talk")


def test_a_task_waits_for_the_role_that_takes_its_step(clerk, head, three):
    mine = queries.tasks(clerk)
    assert [(task.record.label, task.steps) for task in mine] == [
        ("道路积水", ("要求补充", "答复")),
        ("路灯不亮", ("立案",)),
        ("100%的_疑问", ("立案",)),
    ]
    assert (mine[0].is_late, mine[0].due_on, mine[1].due) == (True, day("2020-07-06"), None)
    assert queries.tasks(head) == []


def test_an_imported_past_reminds_nobody_until_it_moves_on(clerk, org):
    row = records.backfill(
        by=clerk, org=org, kind="case", values={"title": "旧件", "received_on": "2019-03-02", "class": "city"},
        path={"received": "2019-03-02", "filed": "2019-03-05"},
    )  # fmt: skip
    assert queries.tasks(clerk) == []
    [task] = queries.tasks(clerk, past=True)
    assert (task.record, task.due, task.is_late) == (row, None, False)
    records.advance(by=clerk, record=row, step="ask", note="缺照片", happened_on=day("2019-03-20"), seen=1)
    row = records.advance(by=clerk, record=row, step="resume", happened_on=day("2019-03-21"), seen=2)
    assert queries.tasks(clerk)[0].is_late


def test_steps_are_buttons_with_their_reasons(clerk, head, three):
    found = {one.step: (one.legal, one.reasons) for one in queries.steps(clerk, three[1])}
    assert found["ask"] == (True, ())
    assert found["answer"] == (False, ("答复前应有一次有效沟通",))
    assert found["hurry"] == (True, ())
    assert found["extend"] == (False, ("须由负责人办理",))
    assert queries.may(clerk, three[1]) == {"edit", "undo"}
    assert queries.may(head, three[1]) == {"void"}
    records.void(by=head, record=three[1], reason="误")
    assert queries.steps(clerk, three[1]) == []
    assert queries.may(head, three[1]) == {"restore", "undo"}


def test_history_speaks_in_words(clerk, head, org, three):
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业"})
    row = records.edit(
        by=clerk, record=three[0], values={"sender": firm.pk, "urgent": "是"}, seen=1, note="补登"
    )
    last = queries.history(clerk, row)[0]
    assert (last.title, last.by, last.note, last.undone) == ("修改", "示例clerk", "补登", False)
    assert {(change.title, change.old, change.new) for change in last.changes} == {
        ("来件单位", "", "示例企业"), ("是否紧急", "", "是"),
    }  # fmt: skip
    [step, _] = queries.history(clerk, three[1])
    assert (step.title, step.happened_on) == ("立案", day("2020-06-05"))
    assert ("状态", "已收到", "已立案") in {(change.title, change.old, change.new) for change in step.changes}


def test_accounts_are_made_by_the_manager(clerk, org):
    manager = User.objects.get(username="manager")
    made = people.create(
        by=manager, org=org, username="new", display_name="新人", password="long-and-strange-1"
    )
    people.join(by=manager, user=made, org=org, role="clerk", to_on=datetime.date(2021, 12, 31))
    assert permissions.roles_in(made, org.pk) == {"trial/clerk"}
    with pytest.raises(BadInput, match="已经有人使用"):
        people.create(by=SYSTEM, org=org, username="new", display_name="新人", password="long-and-strange-1")
    with pytest.raises(BadInput):
        people.create(by=SYSTEM, org=org, username="other", display_name="新人", password="123")
    assert [one.user.username for one in queries.people_in(clerk, org)][-1] == "new"


def test_to_give_a_case_up_is_a_choice_and_not_a_task(clerk, head, org):
    make_case(clerk, org)
    case = TRIAL.kind("case")
    given_up = {"given_up": StateSpec(title="已放弃", type="not_done")}
    drop = {"title": "放弃", "from": ["received"], "to": "given_up", "roles": ["trial/head", "trial/clerk"]}
    steps = {**case.steps, "drop": StepSpec.model_validate(drop)}
    changed = case.model_copy(update={"states": {**case.states, **given_up}, "steps": steps})
    with rules.working_under(replace(TRIAL, kinds={**TRIAL.kinds, case.full_id: changed})):
        assert queries.tasks(head) == []
        assert [task.steps for task in queries.tasks(clerk)] == [("立案", "放弃")]
