"""What a reviewer or an evaluator scores stays within the points; the grade follows from it and is not typed."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.cycle import _under_the_finance_pack, bureau, office, take  # noqa: F401 - fixtures
from tests.ledger.conftest import make_person

from jixiao.errors import FieldErrors
from jixiao.ledger.actions import records

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
