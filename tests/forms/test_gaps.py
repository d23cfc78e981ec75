"""A score that cannot be worked out names the cells that are blank, down to those a person fills."""

from __future__ import annotations

from tests.forms import samples

from jixiao.forms.fill import fill
from jixiao.forms.gaps import gaps


def project(**cells: str):
    entries = {f"money.{name.replace('__', '.')}": text for name, text in cells.items()}
    return fill(samples.form("project_self_evaluation"), org="demo", year=2020, entries=entries)


def test_the_parts_of_a_sum_that_nobody_filled_are_named() -> None:
    filled = project(
        grant__full="30", grant__executed="29", carried__full="—", other__full="—", carried__executed="—"
    )
    assert gaps(filled, "money.total.score") == ["其他资金·全年执行数"]


def test_nothing_is_missing_where_the_cell_holds_a_number() -> None:
    filled = project(
        grant__full="30",
        grant__executed="29",
        **{f"{row}__{column}": "—" for row in ("carried", "other") for column in ("full", "executed")},
    )
    assert filled.cell("money.total.score").is_number
    assert gaps(filled, "money.total.score") == []


def test_rows_without_a_score_are_named_by_their_indicator() -> None:
    rows = [{**samples.INDICATORS[0], "score": ""}, *samples.INDICATORS[1:]]
    assert gaps(samples.self_evaluation(rows), "indicators.total.score") == ["提案办理件数·得分"]
