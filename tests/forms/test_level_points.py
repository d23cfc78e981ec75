"""The points of the first levels are those of a set of the year, or somebody says why not."""

from __future__ import annotations

import pytest
from tests.forms import samples

from jixiao.forms.check import check
from jixiao.forms.fill import fill
from jixiao.values import Verdict


def told(points: dict[str, str], *, year: int = 2020, reason: str = "") -> list[str]:
    rows = [
        {
            "level1": f"{level}指标",
            "level2": "某类",
            "level3": f"{level}一项",
            "target": "≥1件",
            "points": value,
            "basis": reason,
        }
        for level, value in points.items()
    ]
    filled = fill(samples.form("goal_declaration"), org="o", year=year, lists={"indicators": rows})
    return [one.reason for one in check(filled) if one.relation == "V4" and one.verdict is Verdict.BROKEN]


@pytest.mark.parametrize(
    ("points", "year", "is_right"),
    [
        ({"产出": "50", "效益": "30", "满意度": "10"}, 2020, True),
        ({"产出": "60", "效益": "20", "满意度": "10"}, 2020, False),
        ({"产出": "50", "效益": "40"}, 2020, False),
        ({"产出": "50", "效益": "40"}, 2022, True),
        ({"成本": "20", "产出": "40", "效益": "20", "满意度": "10"}, 2020, False),
        ({"成本": "20", "产出": "40", "效益": "20", "满意度": "10"}, 2022, True),
    ],
)
def test_the_levels_make_a_set_of_the_year(points: dict[str, str], year: int, is_right: bool) -> None:
    assert (told(points, year=year) == []) is is_right


def test_the_set_is_told_and_the_way_out() -> None:
    (reason,) = told({"产出": "60", "效益": "20", "满意度": "10"})
    assert "产出60、效益20、满意度10；规定是产出50、效益30、满意度10" in reason
    assert "权重调整" in reason
    assert told({"产出": "60", "效益": "20", "满意度": "10"}, reason="权重调整：本年产出为主") == []


def test_points_that_miss_their_total_are_told_as_that_alone() -> None:
    assert told({"产出": "60", "效益": "30", "满意度": "10"}) == []
