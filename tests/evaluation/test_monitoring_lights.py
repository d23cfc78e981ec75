"""Monitoring: the spending floor in force on a day, and the light of a deviation, by a region's rule."""

from datetime import date
from fractions import Fraction

import pytest
from pydantic import ValidationError

from jixiao.catalogue.alarms import AlarmRule
from jixiao.evaluation.monitoring import watch

RULE = {
    "pack": "sample",
    "id": "alarms",
    "title": "示例预警规则",
    "source": [{"title": "示例办法", "verified": False}],
    "spending": [
        {"month": 4, "at_least": "25%"},
        {"month": 6, "at_least": "40%"},
        {"month": 12, "at_least": "90%"},
    ],
    "lights": [{"above": "30pp", "name": "红"}, {"above": "10pp", "name": "黄"}, {"name": "绿"}],
}


def rule(**changes):
    return AlarmRule.model_validate({**RULE, **changes})


@pytest.mark.parametrize(
    ("completion", "spending", "light"),
    [
        ("0.5", "0.4", "绿"),
        ("0.5", "0.39", "黄"),
        ("0.2", "0.5", "黄"),
        ("0.19", "0.5", "红"),
        (None, "0.5", None),
    ],
)
def test_the_light_follows_the_deviation(completion, spending, light):
    signal = watch(rule(), date(2020, 3, 1), completion and Fraction(completion), Fraction(spending))
    assert signal.light == light


def test_the_working_shows_both_rates_and_the_distance():
    signal = watch(rule(), date(2020, 3, 1), Fraction(1, 2), Fraction(2, 5))
    assert signal.working == "目标完成率50.00%，预算执行率40.00%，相差10.00个百分点"
    silent = watch(rule(), date(2020, 3, 1), None, None)
    assert silent.working == "目标完成率、预算执行率未填报，不作判断"


def test_a_goal_out_of_reach_is_red_whatever_the_numbers():
    assert watch(rule(), date(2020, 3, 1), Fraction(1), Fraction(1), possible=False).light == "红"


@pytest.mark.parametrize(
    ("on", "spending", "warned"),
    [
        (date(2020, 4, 29), "0", None),
        (date(2020, 4, 30), "0.24", "4月底"),
        (date(2020, 4, 30), "0.25", None),
        (date(2020, 6, 29), "0.3", None),
        (date(2020, 7, 1), "0.3", "6月底"),
        (date(2020, 12, 31), "0.8", "12月底"),
    ],
)
def test_slow_spending_warns_from_the_end_of_the_month(on, spending, warned):
    signal = watch(rule(), on, Fraction(spending), Fraction(spending))
    assert [warning[2:].split("预算")[0] for warning in signal.warnings] == ([warned] if warned else [])


def test_unreported_spending_is_not_slow():
    assert watch(rule(), date(2020, 12, 31), None, None).warnings == ()


@pytest.mark.parametrize(
    ("lights", "message"),
    [
        ([{"above": 0.1, "name": "黄"}], "有且只有一个"),
        ([{"above": 0.1, "name": "黄"}, {"above": 0.1, "name": "红"}, {"name": "绿"}], "有重复"),
    ],
)
def test_lights_must_be_unambiguous(lights, message):
    with pytest.raises(ValidationError, match=message):
        rule(lights=lights)
