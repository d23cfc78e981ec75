"""Years opened in one go; accounts that only whoever manages all their orgs may touch."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_org, make_person

from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import queries
from jixiao.ledger.actions import orgs
from jixiao.ledger.actions.people import create, join, set_active, set_password, unlock
from jixiao.ledger.models import Period
from jixiao.ledger.permissions import SYSTEM

PASSWORD = "Quiet-harbour-47"


def test_a_year_gets_its_calendar_periods_and_keeps_those_it_has(org):
    kept = orgs.set_period(
        by=SYSTEM, org=org, basis="as_of", label="截至2019年10月31日", year=2019,
        from_on=day("2019-01-01"), to_on=day("2019-10-31"),
    )  # fmt: skip
    made = orgs.open_year(by=SYSTEM, org=org, year=2019)
    assert {(one.basis, str(one.from_on), str(one.to_on)) for one in made} == {
        ("calendar_year", "2019-01-01", "2019-12-31"),
        ("first_half", "2019-01-01", "2019-06-30"),
        ("second_half", "2019-07-01", "2019-12-31"),
    }
    assert list(Period.objects.filter(org=org, year=2019, basis="as_of")) == [kept]
    assert orgs.open_year(by=SYSTEM, org=org, year=2019) == []


def test_a_year_before_the_org_is_refused(org):
    with pytest.raises(BadInput, match="2015-01-01"):
        orgs.open_year(by=SYSTEM, org=org, year=2014)
    assert not Period.objects.filter(org=org, year=2014).exists()


def test_only_a_manager_opens_a_year(org, people):
    with pytest.raises(NotAllowed, match="管理员"):
        orgs.open_year(by=people["clerk"], org=org, year=2019)
    assert orgs.open_year(by=people["manager"], org=org, year=2019)


def test_an_unknown_basis_is_refused_with_those_there_are(org):
    about = {"label": "2019年度", "year": 2019, "from_on": day("2019-01-01"), "to_on": day("2019-12-31")}
    with pytest.raises(FieldErrors, match="calendar_year"):
        orgs.set_period(by=SYSTEM, org=org, basis="calender_year", **about)


def test_a_manager_sets_a_password_that_is_strong(people):
    manager, clerk = people["manager"], people["clerk"]
    set_password(by=manager, user=clerk, password=PASSWORD)
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    with pytest.raises(FieldErrors, match="至少 10 位"):
        set_password(by=manager, user=clerk, password="harbour")
    with pytest.raises(NotAllowed):
        set_password(by=clerk, user=manager, password=PASSWORD)
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_an_account_with_another_org_is_beyond_this_manager(org, people):
    join(by=SYSTEM, user=people["clerk"], org=make_org("third", "第三示例办公室"), role="clerk")
    for act in (
        lambda **about: set_password(password=PASSWORD, **about),
        lambda **about: set_active(active=False, **about),
        unlock,
    ):
        with pytest.raises(NotAllowed):
            act(by=people["manager"], user=people["clerk"])


def test_after_unlocking_one_may_try_again(client, people):
    clerk = people["clerk"]
    set_password(by=SYSTEM, user=clerk, password=PASSWORD)

    def sign_in(password):
        return client.post("/login/", {"username": clerk.username, "password": password}).status_code

    for _ in range(5):
        sign_in("wrong")
    assert sign_in(PASSWORD) in (403, 429)
    assert unlock(by=people["manager"], user=clerk) > 0
    assert unlock(by=people["manager"], user=clerk) == 0
    assert sign_in(PASSWORD) == 302


def test_an_account_switched_off_is_signed_out_and_stays_out(client, people):
    clerk = people["clerk"]
    set_password(by=SYSTEM, user=clerk, password=PASSWORD, is_own=True)
    entry = {"username": clerk.username, "password": PASSWORD}
    assert client.post("/login/", entry).status_code == 302
    assert client.get("/").status_code == 200
    set_active(by=people["manager"], user=clerk, active=False)
    assert client.get("/").status_code == 302
    assert client.post("/login/", entry).status_code == 422
    set_active(by=people["manager"], user=clerk, active=True)
    assert client.post("/login/", entry).status_code == 302


def test_a_stranger_finds_no_account(people):
    outsider = make_person("outsider", make_org("third", "第三示例办公室"), "manager")
    assert queries.person(people["manager"], "clerk") == people["clerk"]
    assert set(queries.people_anywhere(outsider).values_list("user__username", flat=True)) == {"outsider"}
    with pytest.raises(NotFound):
        queries.person(outsider, "clerk")


@pytest.mark.parametrize("username", ["a b", "", "x" * 65, "<b>"])
def test_a_username_that_cannot_be_typed_is_refused(org, username):
    with pytest.raises(FieldErrors):
        create(by=SYSTEM, org=org, username=username, display_name="示例人员", password=PASSWORD)
