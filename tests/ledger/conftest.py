"""An office at work under a small pack of its own: people, an org, a street office, records."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from jixiao.catalogue import load

TRIAL = load([], [Path(__file__).parent / "pack" / "trial"])
TODAY = datetime.date(2021, 3, 1)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The suite's database with the trial pack's projection beside whatever else is there."""
    from jixiao.ledger import projection

    with django_db_blocker.unblock():
        projection.ensure(TRIAL)


@pytest.fixture(autouse=True)
def _office_hours(db, settings, tmp_path, monkeypatch):
    """Every test works under the trial pack, in a home of its own, on one day."""
    from jixiao.ledger import clock, rules

    settings.HOME = tmp_path
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with rules.working_under(TRIAL):
        yield


@pytest.fixture
def org():
    return make_org("office", "示例办公室")


@pytest.fixture
def people(org):
    """A person for each role in the office, and a stranger from another one."""
    elsewhere = make_org("elsewhere", "另一示例办公室")
    people = {role: make_person(role, org, role) for role in ("clerk", "head", "manager")}
    return people | {"stranger": make_person("stranger", elsewhere, "clerk")}


@pytest.fixture
def clerk(people):
    return people["clerk"]


@pytest.fixture
def head(people):
    return people["head"]


@pytest.fixture
def case(clerk, org):
    return make_case(clerk, org)


def make_org(id: str, title: str, parent=None):
    from jixiao.ledger.actions import orgs
    from jixiao.ledger.permissions import SYSTEM

    made = orgs.create(by=SYSTEM, id=id, title=title, valid_from=datetime.date(2015, 1, 1), parent=parent)
    orgs.bind_pack(by=SYSTEM, org=made, pack="trial", from_on=made.valid_from)
    for year in (2020, 2021):
        orgs.set_period(
            by=SYSTEM, org=made, basis="calendar_year", label=f"{year}年度", year=year,
            from_on=datetime.date(year, 1, 1), to_on=datetime.date(year, 12, 31),
        )  # fmt: skip
    return made


def make_person(name: str, org, role: str):
    from jixiao.ledger.actions import people
    from jixiao.ledger.models import User
    from jixiao.ledger.permissions import SYSTEM

    user = User.objects.create(username=name, display_name=f"示例{name}")
    people.join(by=SYSTEM, user=user, org=org, role=role, from_on=datetime.date(2015, 1, 1))
    return user


def make_case(by, org, **values):
    from jixiao.ledger.actions import records

    given = {"title": "路灯不亮", "received_on": "2020-03-02"} | values
    return records.create(by=by, org=org, kind="case", values=given)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def rows_of(table: str) -> list[dict]:
    """A table of the projection as it stands, in the order of ids."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY "id"')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
