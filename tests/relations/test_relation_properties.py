"""Whatever the printing, a true claim is never broken; a part altered by more than the slack always is."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jixiao.relations import RELATIONS, Operand
from jixiao.values import RATIO, Qualifier, Quantity, Verdict, leading_step, ratio, round_half_up

QUICK = settings(max_examples=60, deadline=None)
cents = st.integers(min_value=0, max_value=10**10)
digits = st.integers(min_value=-4, max_value=2)


def printed(value, places, name="x"):
    """`value` rounded half-up to `places` decimals, as a document would print it."""
    quantity = Quantity(round_half_up(value, places), "元", step=Fraction(10) ** -places)
    return Operand.from_quantity(name, name, quantity)


def exact(value, unit="件"):
    return Operand.from_quantity("n", "n", Quantity(Decimal(value), unit))


@QUICK
@given(st.lists(st.tuples(cents, digits), min_size=1, max_size=6), digits)
def test_a_true_sum_is_kept_however_each_number_is_rounded(parts, places):
    operands = [printed(Fraction(cent, 100), own) for cent, own in parts]
    total = printed(Fraction(sum(cent for cent, _ in parts), 100), places)
    assert RELATIONS["sum"](total, operands).verdict is Verdict.KEPT
    assert RELATIONS["partition"](total, operands).verdict is Verdict.KEPT
    for part in operands:
        assert RELATIONS["subset"](total, [part]).verdict is Verdict.KEPT


@QUICK
@given(st.lists(st.tuples(cents, digits), min_size=1, max_size=6), digits, st.data())
def test_one_part_altered_by_more_than_the_slack_breaks_the_sum(parts, places, data):
    operands = [printed(Fraction(cent, 100), own) for cent, own in parts]
    total = printed(Fraction(sum(cent for cent, _ in parts), 100), places)
    steps = [operand.step for operand in (*operands, total)]
    slack = sum(steps) + max(steps)  # every operand half a unit off each way, and one unit more
    wrong = data.draw(st.integers(min_value=0, max_value=len(parts) - 1))
    extra = int(slack * 100) + data.draw(st.integers(min_value=1, max_value=10**6))
    cent, own = parts[wrong]
    operands[wrong] = printed(Fraction(cent + extra, 100) + operands[wrong].step, own)
    assert RELATIONS["sum"](total, operands).verdict is Verdict.BROKEN


@QUICK
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_a_true_rate_is_kept_and_one_two_units_off_is_broken(top, bottom, places):
    rate = ratio(top, bottom)
    step = Fraction(1, 10 ** (places + 2))

    def stated(value):
        return Operand.from_quantity("r", "r", Quantity(round_half_up(value, places + 2), RATIO, step=step))

    verdict = RELATIONS["rate"]
    assert verdict(exact(top), exact(bottom), stated(rate)).verdict is Verdict.KEPT
    assert verdict(exact(top), exact(bottom), stated(rate + step)).verdict is not Verdict.BROKEN
    assert verdict(exact(top), exact(bottom), stated(rate + 2 * step)).verdict is not Verdict.KEPT
    assert verdict(exact(top), exact(bottom), stated(rate + 3 * step)).verdict is Verdict.BROKEN


@QUICK
@given(st.integers(1, 5000), st.integers(1, 5000))
def test_余_never_makes_a_true_subset_broken(part, more):
    whole = part + more
    unit = leading_step(whole)
    floor = whole - whole % (unit * 10)
    assume(floor > 0 and floor != whole and whole < floor + leading_step(floor))
    stated = Operand.from_quantity("w", "w", Quantity(Decimal(int(floor)), "件", Qualifier.OVER))
    assert RELATIONS["subset"](stated, [exact(part)]).verdict is Verdict.KEPT


@QUICK
@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)))
def test_real_sets_keep_the_union_bound_and_a_number_outside_breaks_it(one, other, third):
    parts = [exact(len(group)) for group in (one, other, third)]
    union = len(one | other | third)
    assert RELATIONS["union_bound"](parts, exact(union), exact(41)).verdict is Verdict.KEPT
    above = len(one) + len(other) + len(third) + 1
    assert RELATIONS["union_bound"](parts, exact(above)).verdict is Verdict.BROKEN


@QUICK
@given(st.integers(1, 10**5), st.integers(0, 10**5), st.integers(0, 3))
def test_true_growth_is_kept_by_years_and_by_increase(previous, current, places):
    delta, falling = abs(current - previous), current < previous
    growth = Operand.from_quantity(
        "g",
        "g",
        Quantity(
            round_half_up(Fraction(delta, previous), places + 2), RATIO, step=Fraction(1, 10 ** (places + 2))
        ),
    )
    change = RELATIONS["change"]
    years = change(exact(current), exact(previous), exact(delta), growth, falling)
    assert years.verdict is Verdict.KEPT, years
    if current:
        assert change(exact(current), None, exact(delta), growth, falling).verdict is Verdict.KEPT


@QUICK
@given(st.lists(st.integers(0, 1000), min_size=2, max_size=6))
def test_a_chain_is_kept_exactly_where_nothing_grows(stages):
    verdict = RELATIONS["chain"]([exact(stage) for stage in stages]).verdict
    assert (verdict is Verdict.KEPT) == (stages == sorted(stages, reverse=True))
