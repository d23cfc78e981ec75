"""An office that hands proposals and problems to bureaus which are orgs of their own, as fixtures to be imported."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest
from tests.ledger.conftest import TODAY, make_person

from jixiao.catalogue import load
from jixiao.ledger.actions import orgs, records
from jixiao.ledger.models import Record
from jixiao.ledger.permissions import SYSTEM

PACKS = load(["cppcc"])
HANDING, REPLY, CONTACT = "cppcc/proposal_handling", "cppcc/proposal_reply", "cppcc/proposal_contact"
COUNTERSIGN, FEEDBACK = "cppcc/reply_countersign", "cppcc/proposal_feedback"


@pytest.fixture(scope="session")
def _packs_tables(django_db_setup, django_db_blocker):
    from jixiao.ledger import projection

    with django_db_blocker.unblock():
        projection.ensure(PACKS)


@pytest.fixture(autouse=True)
def _under_the_packs(_packs_tables, db, settings, tmp_path, monkeypatch):
    from django.core.cache import cache

    from jixiao.ledger import clock, rules

    cache.clear()
    settings.HOME = tmp_path
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with rules.working_under(PACKS):
        yield


@pytest.fixture
def people():
    """A clerk and an assigner of the office, and who handles proposals and problems in each of four bureaus."""
    office = make_office("office", "示例区政协办")
    found = SimpleNamespace(
        office=office,
        clerk=make_person("clerk", office, "base/office_clerk"),
        assigner=make_person("assigner", office, "cppcc/assigner"),
        reviewer=make_person("reviewer", office, "base/reviewer"),
    )
    for name in ("housing", "water", "parks", "roads"):
        bureau = make_office(name, f"示例{name}局")
        person = make_person(name, bureau, "cppcc/proposal_unit")
        join(person, bureau, "base/handling_unit")
        setattr(found, name, person)
    return found


def make_office(id, title):
    made = orgs.create(by=SYSTEM, id=id, title=title, valid_from=datetime.date(2015, 1, 1))
    for pack in ("base", "cppcc"):
        orgs.bind_pack(by=SYSTEM, org=made, pack=pack, from_on=made.valid_from)
    return made


def join(person, org, role):
    from jixiao.ledger.actions import people

    people.join(by=SYSTEM, user=person, org=org, role=role, from_on=datetime.date(2015, 1, 1))


def take(by, row, step, *, note="", **values):
    now = Record.objects.get(pk=row.pk)
    return records.advance(by=by, record=now, step=step, seen=now.version, values=values, note=note)


def hand(people, case, unit, duty="lead"):
    given = {"unit": unit, "duty": duty, "handed_on": "2021-02-20"}
    return records.create(by=people.clerk, org=people.office, kind=HANDING, values=given, parent=case)


@pytest.fixture
def case(people):
    """A proposal handed to housing, which leads, and to water, which helps; another one was handed to roads."""
    return make_case(people, "关于增设路灯的提案", {"housing": "lead", "water": "co"})


@pytest.fixture
def other(people):
    return make_case(people, "关于道路养护的提案", {"roads": "lead"})


def make_case(people, title, duties):
    given = {"title": title, "received_on": "2021-02-01", "form": "personal"}
    made = records.create(by=people.clerk, org=people.office, kind="cppcc/proposal", values=given)
    take(people.clerk, made, "review")
    take(people.clerk, made, "file", field="city")
    for unit, duty in duties.items():
        hand(people, made, unit, duty)
    return take(people.clerk, made, "assign")


def handing_of(case, unit):
    return next(one for one in Record.objects.filter(parent=case, kind=HANDING) if one.data["unit"] == unit)


def reply_of(people, by, case, unit, **values):
    given = {"unit": unit, "text": "已列入计划"} | values
    return records.create(by=by, org=people.office, kind=REPLY, values=given, parent=case)


def contact_of(people, by, case, unit):
    given = {
        "content": "上门沟通", "contacted_on": "2021-02-25", "unit": unit, "mode": "face", "stage": "during",
    }  # fmt: skip
    return records.create(by=by, org=people.office, kind=CONTACT, values=given, parent=case)
