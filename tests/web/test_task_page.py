"""The desk: late and due first, the rest by register behind folds, so that a hundred things can be taken in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ledger.conftest import TODAY, day, make_case, make_org, make_person

from jixiao.ledger import queries, rules
from jixiao.ledger.actions import records
from jixiao.ledger.models import Record
from jixiao.ledger.queries.tasks import Task, Waiting
from jixiao.web import task_lists
from jixiao.web.task_lists import SHOWN, piles, registers


def filed(clerk, org, on, title):
    row = make_case(clerk, org, title=title, received_on=on)
    return records.advance(
        by=clerk, record=row, step="file", values={"class": "city"}, happened_on=day(on), seen=1
    )


def page_of(client, where="/"):
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def registers_of(user, org):
    waiting = Waiting(user, org)
    return registers(waiting, waiting.numbers())


@pytest.fixture
def desk(clerk, org):
    """One case late, one due within days, one without a deadline; today is 1 March 2021, thirty days are given."""
    filed(clerk, org, "2020-12-01", "早就到期的")
    filed(clerk, org, "2021-02-03", "快到期的")
    make_case(clerk, org, title="没有期限的")


def test_late_ones_come_first_then_those_due_soon_then_the_rest(browse, clerk, org, desk):
    waiting = Waiting(clerk, org)
    found = piles(waiting, waiting.numbers())
    assert [(pile.anchor, pile.count) for pile in found] == [("late", 1), ("week", 1)]
    assert 0 <= (found[1].tasks[0].due_on - TODAY).days < 7
    assert [task.record.label for task in waiting.firsts(9)] == ["没有期限的"]
    page = page_of(browse(clerk))
    assert page.index("早就到期的") < page.index("快到期的") < page.index("没有期限的")
    assert "其中 1 项已逾期" in page


def test_few_stand_open_many_are_folded_by_register(browse, clerk, org):
    make_case(clerk, org)
    (few,) = registers_of(clerk, org)
    assert few.is_open
    for number in range(SHOWN):
        make_case(clerk, org, title=f"第{number}件")
    (many,) = registers_of(clerk, org)
    assert (many.is_open, many.count, len(many.items), many.more) == (False, SHOWN + 1, SHOWN, 1)
    assert many.note == f"已收到 {SHOWN + 1}"
    page = page_of(browse(clerk))
    assert f'href="?kind=trial%2Fcase">来件全部 {SHOWN + 1} 项' in page


def test_one_register_can_be_paged(browse, clerk, org):
    for number in range(30):
        make_case(clerk, org, title=f"第{number}件")
    client = browse(clerk)
    first, second = page_of(client, "/?kind=trial/case"), page_of(client, "/?kind=trial/case&page=2")
    assert "第 1 / 2 页" in first
    assert first.count("/records/") > second.count("/records/")
    assert "第29件" in second
    assert "有 30 项等着办理" in page_of(client, "/?kind=no/such")


def test_what_is_late_can_be_paged_too(browse, clerk, org):
    for number in range(SHOWN + 10):
        filed(clerk, org, f"2020-11-{number % 28 + 1:02d}", f"第{number}件")
    client = browse(clerk)
    page = page_of(client)
    assert f'href="?due=late">逾期全部 {SHOWN + 10} 项' in page
    first, second = page_of(client, "/?due=late"), page_of(client, "/?due=late&page=2")
    assert f"{SHOWN + 10} 项，其中 {SHOWN + 10} 项已逾期" in first
    assert "第 1 / 2 页" in first
    assert first.index("第0件") < first.index("第1件")  # the longest overdue first
    assert "第27件" in second
    assert "有 30 项等着办理" in page_of(client, "/?due=someday")
    assert "第0件" in page_of(client, "/?due=late&kind=trial/case")


@pytest.mark.parametrize("where", ["/", "/?scope=org", "/?due=late", "/reminders/"])
def test_a_page_asks_as_often_for_many_as_for_few(browse, clerk, org, where):
    client = browse(clerk)
    page_of(client, where)  # the session is begun
    asked = []
    for _ in range(2):
        for number in range(4):
            filed(clerk, org, "2020-12-01", f"第{number}件")
            make_case(clerk, org, title=f"没有期限{number}")
        with CaptureQueriesContext(connection) as made:
            page_of(client, where)
        asked.append(len(made))
    assert asked[0] == asked[1]


def test_the_number_of_waiting_things_stands_in_the_navigation(browse, clerk, head, org):
    assert queries.waiting(clerk, org) == 0
    assert "<b>" not in page_of(browse(clerk), "/rules/").split("</nav>")[0]
    for number in range(3):
        make_case(clerk, org, title=f"第{number}件")
    assert queries.waiting(clerk, org) == len(queries.tasks(clerk, org)) == 3
    assert queries.waiting(head, org) == 0
    assert '待办 <b>3<span class="unseen"> 项</span></b>' in page_of(browse(clerk), "/rules/")


def test_who_has_nothing_to_do_is_told_and_not_sent_to_what_is_not_theirs(browse, head, org):
    page = page_of(browse(head))
    assert "没有待办事项" in page
    assert "去登记一件" not in page
    assert "看看台账" in page


def test_the_desk_of_the_office_tells_whom_each_case_waits_for(browse, head, org, desk):
    client = browse(head)
    assert "没有等您办理的事项" in page_of(client)
    page = page_of(client, "/?scope=org")
    assert "有 3 项等着办理" in page
    assert "等谁办" in page
    assert "经办人" in page
    assert "所辖" not in page  # one office only
    assert page_of(client, "/?scope=reach").count("<th scope=") == page.count("<th scope=")


def test_an_overseer_chooses_among_the_offices(browse, clerk, org, desk):
    below = make_org("street", "示例街道", parent=org)
    overseer = make_person("overseer", org, "overseer")
    make_case(make_person("street-clerk", below, "clerk"), below, title="街道的")
    client = browse(overseer)
    page = page_of(client, "/?scope=reach")
    assert "所辖 2 个单位的" in page
    assert "街道的" in page
    assert "没有期限的" in page
    one = page_of(client, "/?scope=reach&unit=street")
    assert "街道的" in one
    assert "没有期限的" not in one
    assert "没有期限的" in page_of(client, "/?scope=reach&unit=nowhere")


def test_a_past_entered_afterwards_is_told_beside_the_tasks(browse, clerk, org):
    records.backfill(
        by=clerk, org=org, kind="case", values={"title": "陈年旧件", "received_on": "2018-03-02"},
        path={"received": day("2018-03-02")},
    )  # fmt: skip
    client = browse(clerk)
    page = page_of(client)
    assert "往年没有办完的 <small>1 项" in page
    assert "陈年旧件" not in page
    assert "待办 <b>" not in page
    assert "陈年旧件" in page_of(client, "/?past=1")
    assert "陈年旧件" in page_of(client, "/?past=1&kind=trial/case")


def test_the_list_of_reminders_leaves_out_what_has_time(browse, clerk, org, desk):
    filed(clerk, org, "2021-02-28", "早着呢")
    page = page_of(browse(clerk), "/reminders/")
    assert "2 项需要催办，其中 1 项已逾期" in page
    assert page.index("早就到期的") < page.index("快到期的")
    assert "早着呢" not in page
    assert "没有期限的" not in page


def test_a_stranger_is_reminded_of_nothing_here(browse, stranger, desk):
    page = page_of(browse(stranger), "/reminders/?scope=reach&unit=office")
    assert "没有需要催办的事项" in page


def test_who_only_looks_sees_at_once_what_waits_for_others(browse, org, desk):
    page = page_of(browse(make_person("overseer", org, "overseer")))
    assert "有 3 项等着办理" in page
    assert "等谁办" in page
    assert "等我办的" not in page


def test_a_child_says_which_case_it_belongs_to(browse, clerk, org):
    case = make_case(clerk, org, title="路灯不亮")
    item = task_lists.item(Waiting(clerk, org).tasks()[0])
    assert (item["title"], item["detail"]) == ("路灯不亮", "已收到，上年结转")
    child = Record(id=case.id, kind="trial/talk", parent=case, root=case, org=org, label="", state="")
    task = Task(child, rules.catalogue().kind("talk"), (), (), None)
    assert task_lists.item(task)["title"] == "路灯不亮"
