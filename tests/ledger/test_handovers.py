"""A hand-over: roles, drafts, tasks and the list of it all."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case, make_person

from jixiao.errors import FieldErrors, NotAllowed, NotFound
from jixiao.ledger import audit, permissions, queries
from jixiao.ledger.actions import drafts, handovers, records
from jixiao.ledger.actions.people import join
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import handovers as told
from jixiao.reports import write_docx
from jixiao.values import Verdict

ON = day("2021-03-01")


@pytest.fixture
def taker(org):
    return make_person("taker", org, "head")


def test_roles_drafts_and_tasks_go_to_the_successor(people, clerk, org, case, taker):
    kept = drafts.save(by=clerk, org=org, kind="case", data={"title": "写了一半"})
    done = handovers.hand_over(by=people["manager"], org=org, giver=clerk, taker=taker, on=ON, note="轮岗")
    assert not permissions.roles_in(clerk, org.pk)
    assert "trial/clerk" in permissions.roles_in(taker, org.pk)
    assert [one.pk for one in queries.drafts(taker)] == [kept.pk]
    assert case.id in {task.record.id for task in queries.tasks(taker, org)}
    assert not queries.tasks(clerk, org)
    with pytest.raises(NotFound):
        queries.record(clerk, case.id)
    assert [one["title"] for one in done.facts["tasks"]] == ["路灯不亮"]
    assert done.facts["records"] == [{"kind": "来件", "count": 1, "unit": "件"}]
    assert {one.verdict for one in audit.check(org.pk)} == {Verdict.KEPT}


def test_the_record_says_who_goes_on_with_it(people, clerk, org, case, taker):
    handovers.hand_over(by=people["manager"], org=org, giver=clerk, taker=taker, on=ON)
    assert "示例clerk经办的事项自 2021-03-01 起由示例taker接办" in queries.notices(taker, case)
    newer = make_case(taker, org, title="之后的")
    assert not any("接办" in one for one in queries.notices(taker, newer))
    assert queries.search(taker, org, "路灯").records


def test_a_clerk_can_hand_over_but_gives_no_role(clerk, org, taker):
    with pytest.raises(NotAllowed, match="经办人"):
        handovers.hand_over(by=clerk, org=org, giver=clerk, taker=taker, on=ON)
    peer = make_person("peer", org, "clerk")
    handovers.hand_over(by=clerk, org=org, giver=clerk, taker=peer, on=ON)
    assert not permissions.roles_in(clerk, org.pk)


def test_a_manager_hands_on_no_role_they_may_not_give(people, clerk, org, taker):
    handed = {"by": people["manager"], "org": org, "giver": clerk, "taker": taker, "on": ON}
    join(by=SYSTEM, user=clerk, org=org, role="overseer", from_on=day("2020-01-01"))
    with pytest.raises(NotAllowed, match=r"“督查员”.*服务器"):
        handovers.hand_over(**handed)
    assert permissions.roles_in(taker, org.pk) == {"trial/head"}
    assert not told.handovers(people["manager"], org)
    join(by=SYSTEM, user=taker, org=org, role="overseer", from_on=day("2020-01-01"))
    handovers.hand_over(**handed)  # nothing is given that the taker does not have
    assert "trial/overseer" not in permissions.roles_in(clerk, org.pk)


def test_a_manager_hands_nothing_to_somebody_of_an_office_that_is_not_theirs(people, clerk, org):
    with pytest.raises(NotAllowed, match="别的单位"):
        handovers.hand_over(by=people["manager"], org=org, giver=clerk, taker=people["stranger"], on=ON)


def test_nobody_hands_over_for_another(head, clerk, org, taker):
    with pytest.raises(NotAllowed):
        handovers.hand_over(by=head, org=org, giver=clerk, taker=taker, on=ON)


def test_refusals(people, clerk, org, taker):
    given = {"by": people["manager"], "org": org, "giver": clerk, "taker": taker}
    with pytest.raises(FieldErrors, match="另一个人"):
        handovers.hand_over(**{**given, "taker": clerk}, on=ON)
    with pytest.raises(FieldErrors, match="还没有到"):
        handovers.hand_over(**given, on=day("2021-03-02"))
    with pytest.raises(FieldErrors, match="没有角色可交"):
        handovers.hand_over(**{**given, "giver": people["stranger"]}, on=ON)
    assert not told.handovers(people["manager"], org)


def test_the_list_is_printed_with_lines_to_sign(people, clerk, org, case, taker):
    done = handovers.hand_over(by=people["manager"], org=org, giver=clerk, taker=taker, on=ON, note="轮岗")
    document = told.document(told.handover(taker, done.pk))
    import io

    import docx

    text = docx.Document(io.BytesIO(write_docx.write(document, None)))
    words = "\n".join(
        [one.text for one in text.paragraphs]
        + [cell.text for table in text.tables for row in table.rows for cell in row.cells]
    )
    for expected in (
        "示例办公室工作交接清单",
        "路灯不亮",
        "移交人",
        "接收人",
        "监交人",
        "轮岗",
        "2021年3月1日",
    ):
        assert expected in words
    with pytest.raises(NotFound):
        told.handover(people["stranger"], done.pk)


def test_a_task_below_a_case_says_of_which(people, clerk, org, case, taker):
    given = {"topic": "到场", "held_on": "2020-03-09"}
    talk = records.create(by=clerk, org=org, kind="talk", values=given, parent=case)
    done = handovers.hand_over(by=people["manager"], org=org, giver=clerk, taker=taker, on=ON)
    told_of = {one["record"]: one["of"] for one in done.facts["tasks"]}
    assert told_of[case.id] == ""
    assert told_of.get(talk.id, "路灯不亮") == "路灯不亮"
    task = {
        "record": "1",
        "kind": "沟通",
        "number": "",
        "title": "到场",
        "of": "路灯不亮",
        "state": "",
        "due": "",
    }
    done.facts["tasks"] = [task, {name: text for name, text in task.items() if name != "of"}]
    rows = next(block for block in told.document(done).blocks if getattr(block, "rows", None)).rows
    assert [row.cells[2] for row in rows] == [("到场（路灯不亮）",), ("到场",)]
