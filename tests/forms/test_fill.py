"""What stands in the cells of a form, and that nothing, nought and not applicable stay three things."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.forms import samples

from jixiao.forms.cells import State, printed, typed


def test_bound_cells_come_from_what_was_filed_and_rates_from_their_row() -> None:
    filled = samples.base()
    assert filled.cell("staff.supported.staff").value == 136
    assert filled.cell("staff.supported.control").value == Fraction(136, 143)
    assert printed(filled.cell("staff.supported.control"), "%", 2) == "95.10"
    assert filled.cell("money.three_public.final").origin == "filed:finance/three_public_final"


def test_a_sum_row_adds_up_what_is_there_and_stays_blank_while_a_part_is() -> None:
    filled = samples.base({"money.upkeep.budget": "0", "money.special.budget": "—"})
    assert filled.cell("money.projects.budget").value == 3_200_000
    assert filled.cell("money.projects.final").state is State.BLANK


def test_a_row_that_repeats_counts_once_in_its_sum() -> None:
    more = {
        "money.business#2.budget": "80",
        "money.business#2.title": "专题调研经费",
        "money.upkeep.budget": "0",
        "money.special.budget": "0",
    }
    filled = samples.base(more)
    line = filled.grid("money").line("business#2")
    assert line is not None
    assert line.title == "专题调研经费"
    assert filled.cell("money.projects.budget").value == 4_000_000


def test_what_is_filed_is_never_overwritten_by_what_is_typed() -> None:
    filled = samples.base({"money.three_public.final": "99"})
    assert filled.cell("money.three_public.final").value == 442_900


def test_an_award_is_at_most_its_points_and_rounded_as_printed() -> None:
    assert samples.self_evaluation().cell("money.total.score").value == 10
    assert printed(samples.self_evaluation().cell("money.total.score"), "分", 2) == "10.00"


def test_a_rate_over_nothing_does_not_exist() -> None:
    filled = samples.base(posts=samples.amount(0, "人"))
    assert filled.cell("staff.supported.control").state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        ("44.29", State.NUMBER, 442_900),
        ("1,922.76万元", State.NUMBER, 19_227_600),
        ("０", State.NUMBER, 0),
        ("—", State.NOT_APPLICABLE, 0),
        ("/", State.NOT_APPLICABLE, 0),
        ("  ", State.BLANK, 0),
    ],
)
def test_what_a_person_types(text: str, state: State, value: int) -> None:
    read = typed(text, "万元", places=2)
    assert (read.state, read.value) == (state, value)


def test_what_is_no_number_is_told_with_what_would_be_right_and_kept() -> None:
    filled = samples.base({"money.office.final": "约七千"})
    assert filled.problems["money.office.final"] == "应为数字，不适用的写“—”，没有的留空；现为“约七千”"
    assert filled.cell("money.office.final").words == "约七千"
