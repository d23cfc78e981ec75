"""A business office drafts a goal and fills its form; the finance clerk looks at it, gives it back or submits it."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    finance,
    goal_rows,
    make_goal,
    office,
    take,
)
from tests.ledger.conftest import make_person

from jixiao.errors import NotAllowed
from jixiao.ledger.actions import records


@pytest.fixture
def business(office):
    return make_person("business", office, "business_office")


def test_it_fills_the_form_and_hands_it_to_finance(office, business, finance) -> None:
    goal = make_goal(business, office, goal_rows()[:1])
    assert goal.data["form"]["lists"]["indicators"]
    form = {"lists": {"indicators": goal_rows()}, "entries": goal.data["form"]["entries"]}
    goal = records.edit(by=business, record=goal, values={"form": form}, seen=goal.version)
    with pytest.raises(NotAllowed):
        take(goal, business, "submit")
    goal = take(goal, business, "hand_in")
    back = take(goal, finance, "return_to_office", note="请补满意度指标")
    assert back.state == "draft"
    assert take(take(back, business, "hand_in"), finance, "submit").state == "submitted"


def test_a_goal_the_clerk_wrote_needs_no_office(office, finance) -> None:
    assert take(make_goal(finance, office, goal_rows()), finance, "submit").state == "submitted"
