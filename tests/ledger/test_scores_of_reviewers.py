"""What a reviewer or an evaluator scores stays within the points; the grade follows from it and is not typed."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.cycle import _under_the_finance_pack, bureau, office, take  # noqa: F401 - fixtures
from tests.ledger.conftest import make_person

from jixiao.errors import FieldErrors, NotFound
from jixiao.ledger.actions import orgs, records
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.records import record

STEPS = ("plan", "visit", "consult")


@pytest.fixture
def evaluator(office):
    return make_person("evaluator", office, "evaluator")


@pytest.fixture
def evaluation(office, bureau, evaluator):
    values = {"title": "示例项目", "year": 2020, "department": office.pk, "evaluator": "示例评价机构"}
    row = records.create(by=bureau, org=office, kind="key_evaluation", values=values)
    for step in STEPS:
        row = take(row, evaluator, step)
    return row


@pytest.mark.parametrize(
    ("score", "grade"), [("90", "excellent"), ("89.99", "good"), ("60", "fair"), ("59", "poor")]
)
def test_the_grade_follows_from_the_score(evaluation, evaluator, score, grade):
    assert take(evaluation, evaluator, "report", score=score).data["grade"] == grade


@pytest.mark.parametrize("given", [{"score": "150"}, {"score": "-1"}, {"score": "55", "grade": "excellent"}])
def test_no_score_beyond_the_points_and_no_grade_beside_it(evaluation, evaluator, given):
    with pytest.raises(FieldErrors):
        take(evaluation, evaluator, "report", **given)


def test_an_evaluator_sees_only_the_departments_to_be_evaluated(evaluation, evaluator, bureau):
    other = orgs.create(by=SYSTEM, id="other", title="示例另一局", valid_from=evaluation.org.valid_from)
    orgs.bind_pack(by=SYSTEM, org=other, pack="finance", from_on=other.valid_from)
    values = {"title": "示例另一项目", "year": 2020, "department": other.pk}
    foreign = records.create(by=bureau, org=other, kind="key_evaluation", values=values)
    assert record(evaluator, evaluation.pk).pk == evaluation.pk
    with pytest.raises(NotFound):
        record(evaluator, foreign.pk)
