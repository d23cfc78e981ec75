"""Formulas of forms are worked out as a spreadsheet does, and what is not known for sure stays unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.forms.formulas import Results, Unknown, Value

VALUES: dict[tuple[str, int, int], Value] = {
    ("表", 0, 0): Decimal("90"),  # A1
    ("表", 0, 1): Decimal("89.974"),  # B1
    ("表", 1, 0): "合计",  # A2
    ("表", 1, 1): Decimal(0),  # B2
    ("附件 1", 0, 0): Decimal("12.5"),
    ("it's", 0, 0): Decimal(2),
}


def come_to(formula: str, **more: str) -> Value:
    formulas = {("表", 9, place): text for place, text in enumerate([formula, *more.values()])}
    return Results(VALUES, formulas).at(("表", 9, 0))


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("A1+B1", Decimal("179.974")),
        ("-A1+2*3", Decimal("-84")),
        ("(A1-B1)/A1*100%", (Decimal("90") - Decimal("89.974")) / 90),
        ("SUM(A1:B2)", Decimal("179.974")),
        ("SUM(A1,B1,5)", Decimal("184.974")),
        ("ROUND(MIN(10,B1/A1*10),2)", Decimal("10.00")),
        ("ROUND(2.345,2)", Decimal("2.35")),
        ('IF(B2=0,"",A1/B2)', ""),
        ('IF(A1>=90,"优",IF(A1>=80,"良","中"))', "优"),
        ('IFERROR(A1/B2,"—")', "—"),
        ('IF(C9="","未填","已填")', "未填"),
        ('IF(A1="","未填","已填")', "已填"),
        ("'附件 1'!A1*2", Decimal("25.0")),
        ("'it''s'!A1+1", Decimal(3)),
        ('$A$1&"万元"', "90万元"),
        ("AND(A1>1,B1<90)", True),
        ("MAX(A1:B2)", Decimal(90)),
        ("C9", Decimal(0)),
    ],
)
def test_what_forms_are_made_of_is_worked_out(formula: str, result: Value) -> None:
    assert come_to(formula) == result


@pytest.mark.parametrize(
    "formula",
    ["VLOOKUP(1,A1:B2,2)", "A2+1", "A1/B2", "预算合计", "A10", "A1+", "SUM(A1:B2", "[1]表!A1", "{1,2}", "#"],
)
def test_what_is_not_known_for_sure_stays_unknown(formula: str) -> None:
    with pytest.raises(Unknown):
        come_to(formula)


def test_formulas_that_need_one_another_are_worked_out_and_circles_are_not() -> None:
    assert come_to("B10*2", other="A1+1") == Decimal(182)
    with pytest.raises(Unknown):
        come_to("B10*2", other="A10+1")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals(-10_000, 10_000, places=2), min_size=1, max_size=12))
def test_a_sum_is_that_of_its_cells(numbers: list[Decimal]) -> None:
    values: dict[tuple[str, int, int], Value] = {("表", row, 0): number for row, number in enumerate(numbers)}
    place = ("表", 0, 1)
    assert Results(values, {place: f"SUM(A1:A{len(numbers)})"}).at(place) == sum(numbers)
