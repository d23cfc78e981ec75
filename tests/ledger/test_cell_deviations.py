"""A bound cell says something else only with reason, orderer and a second person's approval, and says so everywhere."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    office,
    take,
)
from tests.ledger.conftest import make_person
from tests.ledger.test_cycle_report import OUTLINE, evaluated, region, told  # noqa: F401 - fixtures

from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import audit, filling, queries
from jixiao.ledger.actions import cell_deviations as cells
from jixiao.ledger.actions import people, reports
from jixiao.ledger.models import FigureDeviation
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import cycle as desk
from jixiao.ledger.queries.issued import verify
from jixiao.reports.seal import Outcome
from jixiao.values import Verdict

CELL = "money.total.score"
WHY = {"reason": "财政局核定的执行率口径不同", "ordered_by": "局长"}


@pytest.fixture
def head(office):
    return make_person("head", office, "department_head")


def enter(by, row, value="9.5", cell=CELL, **changed):
    return cells.state(by=by, record=row, field="form", cell=cell, value=value, **WHY | changed)


def score(row):
    return filling.filled_form(row, "form").cell(CELL).value


def test_the_score_of_execution_is_the_rule_until_somebody_else_approves_another(
    evaluated, finance, head
) -> None:
    assert score(evaluated) == 10
    made = enter(finance, evaluated)
    assert score(evaluated) == 10, "entered is not approved"
    cells.approve(by=head, record=evaluated, field="form", cell=CELL, seen=made.version)
    assert float(score(evaluated)) == 9.5
    (view,) = desk.cycle(finance, evaluated.org, 2020)
    part = next(one for one in view.parts if one.part.id == "self_evaluation")
    assert part.standings[0].score == "98.45"
    cells.withdraw(by=finance, record=evaluated, field="form", cell=CELL, reason="核定取消")
    assert score(evaluated) == 10
    assert all(one.verdict is Verdict.KEPT for one in audit.check(evaluated.org_id))


def test_nobody_approves_what_they_entered_and_not_everybody_approves(
    office, evaluated, finance, head
) -> None:
    both = make_person("both", office, "finance_clerk")
    people.join(by=SYSTEM, user=both, org=office, role="department_head", from_on=office.valid_from)
    made = enter(both, evaluated)
    with pytest.raises(NotAllowed, match="不能自己批准"):
        cells.approve(by=both, record=evaluated, field="form", cell=CELL, seen=made.version)
    with pytest.raises(NotAllowed):
        cells.approve(by=finance, record=evaluated, field="form", cell=CELL, seen=made.version)
    with pytest.raises(BadInput, match="没有等着批准"):
        cells.approve(by=head, record=evaluated, field="form", cell=CELL, seen=made.version + 1)


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"value": "10"}, "value", "本来就是10分"),
        ({"value": "—"}, "value", "请写一个数"),
        ({"value": "九分"}, "value", "应为数字"),
        ({"reason": " "}, "reason", "为什么不取"),
        ({"ordered_by": ""}, "ordered_by", "由谁提出"),
    ],
)
def test_what_is_missing_is_told_by_its_box(evaluated, finance, changed, field, told) -> None:
    with pytest.raises(FieldErrors) as refused:
        enter(finance, evaluated, **changed)
    assert told in refused.value.errors[field]


@pytest.mark.parametrize(
    "cell",
    [
        "money.general.full",
        "money.total.points",
        "indicators.1.score",
        "money.nothing.score",
        "goals.goal.actual",
        "..",
    ],
)
def test_only_bound_cells_of_the_form_may_be_stated_otherwise(evaluated, finance, cell) -> None:
    with pytest.raises((BadInput, NotFound)):
        enter(finance, evaluated, cell=cell)
    assert not FigureDeviation.objects.exists()


def test_what_depends_on_a_stated_cell_follows_it(evaluated, finance, head) -> None:
    made = enter(finance, evaluated, "81", cell="money.total.executed")
    cells.approve(by=head, record=evaluated, field="form", cell="money.total.executed", seen=made.version)
    filled = filling.filled_form(evaluated, "form")
    assert (filled.cell("money.total.rate").value, filled.cell(CELL).value) == (
        filled.cell("money.total.executed").value / 900_000,
        9,
    )


def test_a_frozen_form_is_left_alone(evaluated, finance, head, bureau) -> None:
    made = enter(finance, evaluated)
    for who, step, values in (
        (finance, "finish", {}),
        (head, "submit", {}),
        (finance, "report", {}),
        (bureau, "rescore", {"checked_score": "97", "checked_reason": "佐证不足"}),
    ):
        take(evaluated, who, step, **values)
    evaluated.refresh_from_db()
    with pytest.raises(BadInput, match="不能再改"):
        cells.approve(by=head, record=evaluated, field="form", cell=CELL, seen=made.version)


def test_report_and_record_of_issue_say_so(evaluated, office, finance, head) -> None:
    made = enter(finance, evaluated)
    cells.approve(by=head, record=evaluated, field="form", cell=CELL, seen=made.version)
    note = (
        "年度资金总额·得分不取台账数：台账为10分，本表写作9.5分；理由：财政局核定的执行率口径不同；局长提出"
    )
    assert any(note in line for line in told(finance, office, OUTLINE))
    issued = reports.issue(by=head, org=office, outline=OUTLINE, year=2020)
    (entry,) = issued.manifest["deviations"].values()
    assert (entry["ledger"], entry["stated"], entry["ordered_by"]) == ("10分", "9.5分", "局长")
    found = verify(queries.issued_file(head, issued.root, "docx"), "报告.docx").verification
    assert found.outcome is Outcome.INTACT, found.details
    assert any("不取台账数" in one for one in found.notes)
