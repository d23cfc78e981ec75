"""Roles, for whom they speak, accounts and passwords are in a chain: what is changed behind the ledger's back is found."""

from __future__ import annotations

import importlib
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from tests.ledger.conftest import day, make_org

from jixiao.ledger import audit, memberships
from jixiao.ledger.actions import handovers, org_changes, people, records, taking_back
from jixiao.ledger.models import ChainHead, Event, Membership, User
from jixiao.ledger.permissions import SYSTEM
from jixiao.values import Verdict

STRONG = "xo4-rain-Brueckenkopf"


def wrong() -> list[str]:
    return [one.reason for one in audit.check_people() if one.verdict is Verdict.BROKEN]


@pytest.fixture
def staffed(org):
    """An office whose people were all made by acts."""
    made = {}
    for role in ("clerk", "head", "manager"):
        made[role] = people.create(
            by=SYSTEM, org=org, username=role, display_name=f"示例{role}", password=STRONG
        )
        people.join(by=SYSTEM, user=made[role], org=org, role=role, from_on=date(2015, 1, 1))
    return made


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def without_trigger() -> None:
    """What only someone with the database in hands can do."""
    sqlite = connection.vendor == "sqlite"
    sql("DROP TRIGGER ledger_event_no_delete" if sqlite else "ALTER TABLE ledger_event DISABLE TRIGGER USER")


def test_what_acts_did_is_in_the_chain_and_nothing_is_wrong(staffed, org):
    clerk, manager = staffed["clerk"], staffed["manager"]
    people.join(by=manager, user=clerk, org=org, role="head", from_on=date(2021, 1, 4))
    people.leave(by=manager, membership=clerk.memberships.get(role="trial/head"), on=date(2021, 2, 1))
    people.set_active(by=manager, user=clerk, active=False)
    people.set_active(by=manager, user=clerk, active=True)
    people.set_password(by=manager, user=clerk, password="ein-neues-Wort-77")
    people.change_password(by=clerk, old="ein-neues-Wort-77", password=STRONG, again=STRONG)
    told = Event.objects.filter(chain=memberships.CHAIN, by__in=("manager", "clerk")).order_by("sequence")
    assert [(one.act, one.by, sorted(one.changes)) for one in told] == [
        ("appointed", "manager", ["from", "org", "role", "user"]),
        ("appointed", "manager", ["to"]),
        ("account", "manager", ["is_active"]),
        ("account", "manager", ["is_active"]),
        ("account", "manager", ["password"]),
        ("account", "clerk", ["password"]),
    ]
    assert wrong() == []


def test_no_event_holds_a_password_or_what_is_stored_of_it(staffed):
    clerk = staffed["clerk"]
    told = str(list(Event.objects.values_list("changes", "note")))
    assert STRONG not in told
    assert clerk.password not in told
    assert clerk.password.rpartition("$")[2] not in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE ledger_membership SET role = 'trial/manager' WHERE role = 'trial/clerk'", "角色与流转记录不一致"),
        ("UPDATE ledger_membership SET from_on = '2014-01-01' WHERE role = 'trial/clerk'", "开始日期"),
        ("UPDATE ledger_membership SET to_on = '2020-01-01' WHERE role = 'trial/clerk'", "结束日期"),
        ("DELETE FROM ledger_membership WHERE role = 'trial/clerk'", "clerk在 office 的角色 trial/clerk有流转记录，却"),
        (
            "INSERT INTO ledger_membership (user_id, org_id, role, from_on) "
            "SELECT user_id, org_id, 'trial/manager', '2015-01-01' FROM ledger_membership WHERE role = 'trial/clerk'",
            "没有任何流转记录",
        ),
        ("UPDATE ledger_user SET is_active = NOT is_active WHERE username = 'head'", "启用状态"),
        ("UPDATE ledger_user SET username = 'boss' WHERE username = 'head'", "用户名"),
        ("UPDATE ledger_user SET display_name = '别人' WHERE username = 'head'", "姓名"),
        (
            "UPDATE ledger_user SET password = (SELECT password FROM ledger_user WHERE username = 'clerk') "
            "WHERE username = 'head'",
            "账号“head”的密码与流转记录不一致",
        ),
    ],
)  # fmt: skip
def test_what_was_changed_by_hand_is_found(staffed, change, told):
    sql(change)
    found = wrong()
    assert found
    assert told in " ".join(found)


def test_an_account_made_by_hand_is_found(staffed):
    User.objects.create(username="nobody", display_name="无名")
    assert wrong() == ["账号“nobody”没有任何流转记录，不是在系统里办理的"]


def test_for_whom_one_speaks_is_found(staffed, org):
    clerk = staffed["clerk"]
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例商店"})
    sql("UPDATE ledger_membership SET subject_id = %s WHERE role = 'trial/clerk'", firm.pk)
    assert "代表对象与流转记录不一致" in " ".join(wrong())


def test_an_act_afterwards_does_not_cover_it(staffed):
    sql("UPDATE ledger_membership SET role = 'trial/manager' WHERE role = 'trial/clerk'")
    held = Membership.objects.get(user=staffed["clerk"])
    people.leave(by=staffed["manager"], membership=held, on=date(2021, 2, 1))
    assert "之前被改动过" in " ".join(wrong())
    sql("UPDATE ledger_user SET password = 'x' WHERE username = 'head'")
    people.set_password(by=SYSTEM, user=User.objects.get(username="head"), password="ein-neues-Wort-77")
    assert any("账号“head”的密码在第" in one for one in wrong())


def test_a_broken_chain_is_found(staffed):
    last = Event.objects.filter(chain=memberships.CHAIN).order_by("sequence").last()
    without_trigger()
    sql("DELETE FROM ledger_event WHERE id = %s", last.id)
    assert "末尾缺失" in wrong()[0]
    ChainHead.objects.filter(chain=memberships.CHAIN).delete()
    assert "链头缺失" in wrong()[0]


def test_hand_overs_and_changes_of_orgs_tell_it_too(staffed, org):
    act = handovers.hand_over(
        by=staffed["manager"], org=org, giver=staffed["clerk"], taker=staffed["head"], on=day("2021-02-01")
    )
    assert wrong() == []
    taking_back.undo_handover(by=staffed["manager"], handover=act.pk, reason="办错了")
    assert wrong() == []
    other = make_org("other", "示例第二办公室")
    people.join(by=SYSTEM, user=staffed["manager"], org=other, role="manager", from_on=date(2015, 1, 1))
    org_changes.merge(
        by=SYSTEM,
        orgs=[org],
        into=other,
        on=day("2021-02-01"),
        reason="机构改革",
    )
    assert wrong() == []
    change = org.office_acts.get(act="became")
    taking_back.undo_change(by=SYSTEM, change=change.pk, reason="文件撤回")
    assert wrong() == []


def test_signing_in_writes_no_other_password(staffed, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    head = User.objects.get(username="head")
    assert head.check_password(STRONG)
    assert not head.check_password("another")
    assert wrong() == []


def test_a_standing_home_begins_with_its_present_state(people):
    without_trigger()
    sql("DELETE FROM ledger_event WHERE chain = %s", memberships.CHAIN)
    ChainHead.objects.filter(chain=memberships.CHAIN).delete()
    assert len(wrong()) == User.objects.count() + Membership.objects.count()
    importlib.import_module("jixiao.ledger.migrations.0019_people_in_the_chain").begin(apps, None)
    assert wrong() == []
    people["clerk"].memberships.update(role="trial/manager")
    assert len(wrong()) == 1
