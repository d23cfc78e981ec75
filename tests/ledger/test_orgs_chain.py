"""Orgs, their packs and reporting periods are in a chain: what is changed behind the ledger's back is found."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import connection
from tests.ledger.conftest import day, make_org

from jixiao.errors import FieldErrors
from jixiao.ledger import arrangements, audit
from jixiao.ledger.actions import closing, org_changes, orgs, taking_back
from jixiao.ledger.models import ChainHead, Event, Org
from jixiao.ledger.permissions import SYSTEM
from jixiao.values import Verdict


def wrong() -> list[str]:
    return [one.reason for one in audit.check_orgs() if one.verdict is Verdict.BROKEN]


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_acts_did_is_in_the_chain(org, people):
    manager = people["manager"]
    orgs.set_period(
        by=manager, org=org, basis="calendar_year", label="2019年度", year=2019,
        from_on=day("2019-01-01"), to_on=day("2019-12-31"),
    )  # fmt: skip
    period = org.periods.get(label="2019年度")
    closing.close_period(by=manager, period=period, reason="决算已批复")
    closing.reopen_period(by=manager, period=period, reason="补一件")
    told = Event.objects.filter(chain=arrangements.CHAIN, by="manager").order_by("sequence")
    assert [list(one.changes) for one in told] == [["period/calendar_year/2019年度"]] * 3
    assert wrong() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE ledger_org SET title = '别的办公室' WHERE id = 'office'", "单位“别的办公室”的名称与流转记录不一致"),
        ("UPDATE ledger_org SET parent_id = 'office' WHERE id = 'elsewhere'", "上级单位"),
        ("UPDATE ledger_org SET valid_to = '2020-06-30' WHERE id = 'office'", "撤销日期"),
        ("UPDATE ledger_period SET to_on = '2020-11-30' WHERE org_id = 'office' AND year = 2020", "期间“2020年度”"),
        ("UPDATE ledger_period SET year = 2022 WHERE org_id = 'office' AND year = 2020", "期间“2020年度”"),
        ("DELETE FROM ledger_period WHERE org_id = 'office' AND year = 2020", "期间“2020年度”"),
        (
            "UPDATE ledger_period SET closed_at = '2021-01-05 00:00:00', closed_by = 'x' WHERE year = 2020",
            "期间“2020年度”",
        ),
        ("DELETE FROM ledger_packbinding WHERE org_id = 'office'", "规则包 trial"),
        ("UPDATE ledger_packbinding SET from_on = '2020-07-01'", "规则包 trial"),
        (
            "INSERT INTO ledger_orgchange (predecessor_id, successor_id, \"on\", kind) "
            "VALUES ('elsewhere', 'office', '2020-07-01', 'merge')",
            "单位“另一示例办公室”的变更",
        ),
    ],
)  # fmt: skip
def test_what_was_changed_by_hand_is_found(people, change, told):
    sql(change)
    assert told in " ".join(wrong())


def test_an_act_afterwards_does_not_cover_it(people, org):
    sql("UPDATE ledger_period SET to_on = '2020-11-30' WHERE org_id = 'office' AND year = 2020")
    orgs.set_period(
        by=people["manager"], org=org, basis="calendar_year", label="2020年度", year=2020,
        from_on=day("2020-01-01"), to_on=day("2020-12-30"),
    )  # fmt: skip
    assert "期间“2020年度”在第" in wrong()[0]


def test_an_org_made_by_hand_is_found(people):
    Org.objects.create(id="ghost", title="不存在办公室", valid_from=day("2020-01-01"))
    assert wrong() == ["单位“不存在办公室”没有任何流转记录，不是在系统里办理的"]


def test_changes_of_orgs_and_taking_them_back_are_told(org, people):
    other = make_org("other", "示例第二办公室")
    org_changes.merge(by=SYSTEM, orgs=[org], into=other, on=day("2021-02-01"), reason="机构改革")
    assert wrong() == []
    taking_back.undo_change(by=SYSTEM, change=org.office_acts.get(act="became").pk, reason="文件撤回")
    into = org_changes.NewOrg(id="renamed", title="示例更名办公室")
    org_changes.rename(by=SYSTEM, org=org, into=into, on=day("2021-02-02"), reason="更名")
    assert wrong() == []


def test_a_standing_home_begins_with_its_present_state(org, people):
    period = org.periods.get(year=2020)
    closing.close_period(by=people["manager"], period=period, reason="决算已批复")
    sqlite = connection.vendor == "sqlite"
    sql("DROP TRIGGER ledger_event_no_delete" if sqlite else "ALTER TABLE ledger_event DISABLE TRIGGER USER")
    sql("DELETE FROM ledger_event WHERE chain = %s", arrangements.CHAIN)
    ChainHead.objects.filter(chain=arrangements.CHAIN).delete()
    assert len(wrong()) == 2
    importlib.import_module("jixiao.ledger.migrations.0021_orgs_in_the_chain").begin(apps, None)
    assert wrong() == []


def test_nobody_is_called_like_the_chains(org):
    with pytest.raises(FieldErrors, match="单位编号"):
        orgs.create(by=SYSTEM, id=arrangements.CHAIN, title="甲", valid_from=day("2020-01-01"))
