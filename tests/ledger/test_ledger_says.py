"""Beside the result of a row that bears a figure's title stands what the ledger has; nothing is filled in."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    bureau,
    department,
    finance,
    goal_rows,
    make_goal,
    office,
    take,
)
from tests.ledger.test_cycle_desk import YEAR

from jixiao.ledger.actions import filed, orgs, records
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.forms import form

RATE = "“三公”经费控制率"


@pytest.fixture
def evaluation(office, finance, department, bureau):
    orgs.set_period(
        by=SYSTEM,
        org=office,
        basis=YEAR.basis,
        label=YEAR.label,
        year=2020,
        from_on=YEAR.from_on,
        to_on=YEAR.to_on,
    )
    for item, value in (("three_public_budget", "8万"), ("three_public_final", "6万")):
        filed.file(
            by=finance, org=office, item=item, value=value, stated_on=YEAR.to_on, period=YEAR, source="决算表"
        )
    rows = goal_rows()
    rows[0] |= {"level3": RATE, "target": "≤100%"}
    goal = make_goal(finance, office, rows)
    take(goal, finance, "submit")
    take(goal, department, "pass")
    take(goal, bureau, "review", rank="excellent")
    goal = take(goal, bureau, "approve", approval_number="示财绩〔2020〕1号")
    values = {"title": "2020年度自评", "year": 2020, "goal": goal.id}
    return records.create(by=finance, org=office, kind="self_evaluation", values=values)


def said(finance, evaluation, actual):
    lists = {"indicators": [{"actual": actual}]}
    records.edit(
        by=finance,
        record=evaluation,
        values={"form": {"entries": {}, "lists": lists}},
        seen=evaluation.version,
    )
    return form(finance, evaluation.pk, "form").ledger


def test_what_the_ledger_has_stands_beside_the_empty_cell(evaluation, finance) -> None:
    view = form(finance, evaluation.pk, "form")
    assert view.ledger == {"indicators.1.actual": "台账为75%"}
    assert not view.filled.cell("indicators.1.actual").words


@pytest.mark.parametrize(
    ("actual", "told"),
    [
        ("75%", "台账为75%"),
        ("80%", "台账为75%，与所填不同"),
        ("约80%", "台账为75%"),
        ("控制较好", "台账为75%"),
    ],
)
def test_another_amount_is_told_to_differ(evaluation, finance, actual, told) -> None:
    assert said(finance, evaluation, actual)["indicators.1.actual"] == told
