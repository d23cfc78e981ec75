"""Forms of numbers that other programs support: what each says, and the few we leave alone on purpose."""

from __future__ import annotations

from fractions import Fraction

import pytest
from benchmarks.number_forms import FORMS, Form

from jixiao.reading.quantities import find

SUPPORTED = [form for form in FORMS if not form.we]
OTHERWISE = [form for form in FORMS if form.we]


def told(form: Form) -> list[tuple[Fraction, str]]:
    return [(Fraction(one.quantity.value), one.quantity.unit) for one in find(f"共计{form.text}。")]


@pytest.mark.parametrize("form", SUPPORTED, ids=lambda form: f"{form.source} {form.text}")
def test_a_form_says_what_it_says_elsewhere(form: Form) -> None:
    value, unit = form.says
    assert any(abs(one - Fraction(value)) < Fraction(1, 10**6) and word == unit for one, word in told(form))


@pytest.mark.parametrize("form", OTHERWISE, ids=lambda form: f"{form.source} {form.text}")
def test_what_differs_on_purpose_still_does(form: Form) -> None:
    value, unit = form.says
    assert (Fraction(value), unit) not in told(form)
