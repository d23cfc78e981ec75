"""What a manager may give, touch and end: no role beyond one's own reach, nobody of another office, never the last manager."""

from __future__ import annotations

import re

import pytest
from tests.ledger.conftest import TODAY, day, make_org, make_person

from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import appointing, permissions, queries
from jixiao.ledger.actions.people import add, join, leave, renew_password, set_active, set_password
from jixiao.ledger.models import Membership, User
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.people import account

PASSWORD = "Quiet-harbour-47"


@pytest.fixture
def manager(people):
    return people["manager"]


@pytest.fixture
def other_place(org):
    return make_org("third", "第三示例办公室")


def term_of(user, org="office") -> Membership:
    return Membership.objects.get(user=user, org=org)


def test_a_person_is_added_with_a_role_and_a_password_told_once(org, manager):
    term, password = add(
        by=manager, org=org, username="new", display_name="示例新人", role="clerk", from_on=day("2021-02-01")
    )
    assert (term.role, term.from_on, term.to_on) == ("trial/clerk", day("2021-02-01"), None)
    assert term.user.check_password(password)
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", password)
    assert password not in term.user.password
    assert add(by=manager, org=org, username="next", display_name="示例人", role="clerk")[1] != password


def test_where_the_role_is_refused_no_account_is_left_behind(org, manager):
    for role in ("overseer", "no_such_role"):
        with pytest.raises((NotAllowed, NotFound)):
            add(by=manager, org=org, username="new", display_name="示例新人", role=role)
    assert not User.objects.filter(username="new").exists()


def test_only_who_manages_the_office_adds_and_gives(org, people, other_place):
    for who in ("clerk", "head", "stranger"):
        with pytest.raises((NotAllowed, NotFound)):
            add(by=people[who], org=org, username="new", display_name="示例新人", role="clerk")
        with pytest.raises((NotAllowed, NotFound)):
            join(by=people[who], user=people["head"], org=org, role="clerk")
    with pytest.raises(NotFound):
        join(by=people["manager"], user=people["clerk"], org=other_place, role="clerk")
    assert not User.objects.filter(username="new").exists()


def test_nobody_gives_a_role_that_reaches_farther_than_theirs(org, people, manager):
    offered = {role.id for role in appointing.givable(manager, org)}
    assert {"clerk", "head", "manager"} <= offered
    assert "overseer" not in offered
    assert appointing.givable(people["clerk"], org) == []
    for user in (manager, people["clerk"]):
        with pytest.raises(NotAllowed, match="督查员"):
            join(by=manager, user=user, org=org, role="overseer")
    join(by=SYSTEM, user=people["clerk"], org=org, role="overseer")
    assert "trial/overseer" in permissions.roles_in(people["clerk"], org.pk)


def test_nobody_acts_in_a_wide_role_by_way_of_its_holders_password(org, people, manager):
    set_password(by=manager, user=people["clerk"], password=PASSWORD)
    given = join(by=SYSTEM, user=people["clerk"], org=org, role="overseer")
    with pytest.raises(NotAllowed, match="督查员"):
        set_password(by=manager, user=people["clerk"], password=PASSWORD + "8")
    set_active(by=manager, user=people["clerk"], active=False)
    leave(by=manager, membership=given)
    given.refresh_from_db()
    assert given.to_on == given.from_on == TODAY
    people["clerk"].refresh_from_db()
    assert people["clerk"].check_password(PASSWORD)


def test_people_of_another_office_are_beyond_a_manager(org, people, manager):
    stranger = people["stranger"]
    with pytest.raises(NotAllowed, match="别的单位"):
        join(by=manager, user=stranger, org=org, role="clerk")
    with pytest.raises(NotAllowed):
        leave(by=manager, membership=term_of(stranger, "elsewhere"))
    for act in (
        lambda: set_active(by=manager, user=stranger, active=False),
        lambda: renew_password(by=manager, user=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        account(manager, org, stranger.pk)
    with pytest.raises(NotAllowed):
        account(people["clerk"], org, manager.pk)


def test_who_also_works_elsewhere_is_given_roles_here_but_keeps_the_account(
    org, people, manager, other_place
):
    join(by=SYSTEM, user=people["clerk"], org=other_place, role="clerk")
    join(by=manager, user=people["clerk"], org=org, role="head")
    found = account(manager, org, people["clerk"].pk)
    assert {one.role for one in found.terms} == {"trial/clerk", "trial/head"}
    assert "不管理的单位" in found.against_switching
    assert "不管理的单位" in found.against_new_password


def test_who_left_another_office_is_this_offices_own(org, people, manager, other_place):
    clerk = people["clerk"]
    gone = join(by=SYSTEM, user=clerk, org=other_place, role="clerk", from_on=day("2016-01-01"))
    leave(by=SYSTEM, membership=gone, on=day("2020-12-31"))
    set_active(by=manager, user=clerk, active=False)
    elsewhere = make_person("their-manager", other_place, "manager")
    with pytest.raises(NotAllowed):
        set_active(by=elsewhere, user=clerk, active=True)
    leave(by=manager, membership=term_of(clerk))
    for who in (manager, elsewhere):
        with pytest.raises(NotAllowed):
            set_active(by=who, user=clerk, active=True)


def test_the_last_manager_stays_one(org, people, manager):
    for act in (
        lambda: leave(by=manager, membership=term_of(manager)),
        lambda: leave(by=manager, membership=term_of(manager), on=day("2030-01-01")),
    ):
        with pytest.raises(BadInput, match="最后一位"):
            act()
    second = join(by=manager, user=people["head"], org=org, role="manager")
    leave(by=manager, membership=term_of(manager), on=TODAY)
    with pytest.raises(BadInput, match="最后一位"):
        leave(by=manager, membership=second)
    leave(by=SYSTEM, membership=second, on=TODAY)


@pytest.mark.parametrize("lack", ["switched off", "gone before", "comes later"])
def test_a_second_manager_must_be_there_all_the_time(org, people, manager, lack):
    about = {
        "switched off": {},
        "gone before": {"to_on": day("2021-06-30")},
        "comes later": {"from_on": day("2021-06-30")},
    }[lack]
    join(by=SYSTEM, user=people["head"], org=org, role="manager", **about)
    if lack == "switched off":
        set_active(by=SYSTEM, user=people["head"], active=False)
    with pytest.raises(BadInput, match="最后一位"):
        leave(by=manager, membership=term_of(manager), on=TODAY)
    if lack == "comes later":
        leave(by=manager, membership=term_of(manager), on=day("2021-06-30"))


def test_neither_oneself_nor_the_last_manager_is_switched_off(org, people, manager):
    with pytest.raises(BadInput, match="自己"):
        set_active(by=manager, user=manager, active=False)
    with pytest.raises(BadInput, match="自己"):
        renew_password(by=manager, user=manager)
    join(by=SYSTEM, user=people["head"], org=org, role="manager", to_on=TODAY)
    with pytest.raises(BadInput, match="最后一位"):
        set_active(by=people["head"], user=manager, active=False)
    join(by=SYSTEM, user=people["clerk"], org=org, role="manager")
    set_active(by=people["head"], user=manager, active=False)
    assert not User.objects.get(pk=manager.pk).is_active


def test_terms_in_one_role_do_not_overlap(org, people, manager):
    clerk = people["clerk"]
    with pytest.raises(FieldErrors, match="2015-01-01 起已是经办人") as refused:
        join(by=manager, user=clerk, org=org, role="clerk")
    assert set(refused.value.errors) == {"role"}
    leave(by=manager, membership=term_of(clerk), on=day("2021-03-31"))
    with pytest.raises(FieldErrors, match="2021-03-31"):
        join(by=manager, user=clerk, org=org, role="clerk", from_on=day("2021-03-31"))
    for _ in range(2):
        join(by=manager, user=clerk, org=org, role="clerk", from_on=day("2021-04-01"))
    assert clerk.memberships.count() == 2


def test_a_last_day_lies_within_the_term(org, people, manager):
    term = term_of(people["clerk"])
    with pytest.raises(FieldErrors, match="早于"):
        leave(by=manager, membership=term, on=day("2014-12-31"))
    leave(by=manager, membership=term, on=day("2021-06-30"))
    with pytest.raises(FieldErrors, match="另给一次"):
        leave(by=manager, membership=term, on=day("2021-07-01"))
    assert term_of(people["clerk"]).to_on == day("2021-06-30")
    assert queries.people_in(manager, org).get(pk=term.pk).to_on == day("2021-06-30")


def test_ending_a_role_twice_ends_it_once_and_no_other(org, people, manager):
    term = term_of(people["head"])
    for _ in range(2):
        leave(by=manager, membership=term, on=day("2021-02-28"))
    assert term_of(people["head"]).to_on == day("2021-02-28")
    assert term_of(people["clerk"]).to_on is None
