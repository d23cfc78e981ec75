"""A department and its bureau under the finance pack, as fixtures to be imported: a goal drafted, submitted, approved."""

from __future__ import annotations

import datetime

import pytest
from tests.forms.samples import INDICATORS
from tests.ledger.conftest import make_person

from jixiao.catalogue import load
from jixiao.ledger.actions import orgs, records
from jixiao.ledger.models import Record
from jixiao.ledger.permissions import SYSTEM

FINANCE = load(["finance"])
GOAL_COLUMNS = ("level1", "level2", "level3", "target", "points")


@pytest.fixture(autouse=True)
def _under_the_finance_pack(db, settings, tmp_path, monkeypatch):
    from django.core.cache import cache
    from tests.ledger.conftest import TODAY

    from jixiao.ledger import clock, projection, rules

    cache.clear()
    settings.HOME = tmp_path
    monkeypatch.setattr(clock, "today", lambda: TODAY)

    projection.ensure(FINANCE)
    with rules.working_under(FINANCE):
        yield


@pytest.fixture
def office():
    made = orgs.create(by=SYSTEM, id="dept", title="示例局", valid_from=datetime.date(2015, 1, 1))
    orgs.bind_pack(by=SYSTEM, org=made, pack="finance", from_on=made.valid_from)
    return made


@pytest.fixture
def finance(office):
    return make_person("finance", office, "finance_clerk")


@pytest.fixture
def bureau(office):
    return make_person("bureau", office, "bureau_reviewer")


@pytest.fixture
def department(office):
    return make_person("department", office, "competent_department")


def goal_rows(**changed):
    return [{name: row[name] for name in GOAL_COLUMNS} | changed for row in INDICATORS]


def make_goal(by, office, rows):
    values = {"title": "2020年度部门整体目标", "year": 2020, "scope": "department"}
    form = {
        "entries": {"money.basic.amount": "50", "money.project.amount": "40"},
        "lists": {"indicators": rows},
    }
    return records.create(by=by, org=office, kind="performance_goal", values=values | {"form": form})


def take(row, by, step, note="", **values):
    row = Record.objects.get(pk=row.pk)
    return records.advance(by=by, record=row, step=step, seen=row.version, values=values, note=note)


@pytest.fixture
def approved(office, finance, department, bureau):
    goal = make_goal(finance, office, goal_rows())
    take(goal, finance, "submit")
    take(goal, department, "pass")
    take(goal, bureau, "review", rank="excellent")
    return take(goal, bureau, "approve", approval_number="示财绩〔2020〕1号")
