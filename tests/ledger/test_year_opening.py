"""A year opened: its periods, last year's plans, and what is carried over."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case

from jixiao.errors import NotAllowed
from jixiao.ledger import queries
from jixiao.ledger.actions import filed, records
from jixiao.ledger.actions.year_opening import open_year
from jixiao.ledger.models import FiledValue, Period
from jixiao.ledger.queries import office


@pytest.fixture
def planned(clerk, org):
    period = Period.objects.get(org=org, year=2020)
    for item, value in (("wanted", "40"), ("budget", "1000")):
        filed.file(
            by=clerk,
            org=org,
            item=item,
            value=value,
            stated_on=day("2020-02-01"),
            period=period,
            source="要点",
        )


def test_plans_are_taken_over_and_budgets_are_not(people, org, planned):
    opened = open_year(by=people["manager"], org=org, year=2021)
    assert [(one.item, one.value, one.year) for one in opened.plans] == [("trial/wanted", 40, 2021)]
    assert "2020" in opened.plans[0].source
    assert "要点" in opened.plans[0].source
    assert {one.basis for one in opened.periods} == {"first_half", "second_half", "as_of"}


def test_opening_again_adds_nothing_and_corrects_nothing(people, clerk, org, planned):
    open_year(by=people["manager"], org=org, year=2021)
    filed.file(
        by=clerk, org=org, item="wanted", value="50", stated_on=day("2021-02-01"),
        period=Period.objects.get(org=org, year=2021, basis="calendar_year"), source="新要点",
    )  # fmt: skip
    again = open_year(by=people["manager"], org=org, year=2021)
    assert again.periods == again.plans == ()
    assert FiledValue.objects.filter(item="trial/wanted", year=2021).count() == 2


def test_only_who_manages_opens_a_year(clerk, org):
    with pytest.raises(NotAllowed):
        open_year(by=clerk, org=org, year=2022)


def test_an_open_case_is_carried_over_as_the_same_record(clerk, head, org):
    still, done, new = (make_case(clerk, org, title=title) for title in ("未办完", "已办完", "今年的"))
    records.correct_all(
        by=clerk, org=org,
        corrections=[
            records.Correction(
                record=done.id, version=1, values={"class": "city"},
                path={"received": "2020-03-02", "filed": "2020-03-05", "answered": "2020-04-01", "closed": "2020-05-01"},
            ),
            records.Correction(
                record=new.id, version=1, values={"received_on": "2021-02-02"}, path={"received": "2021-02-02"}
            ),
        ],
    )  # fmt: skip
    [carried] = office.carried(clerk, org, 2021)
    assert [row.id for row in carried.rows] == [still.id]
    assert carried.open_now == 1
    assert [task.is_carried for task in queries.tasks(clerk) if task.record.id == still.id] == [True]
    assert not any(task.is_carried for task in queries.tasks(clerk) if task.record.id == new.id)
