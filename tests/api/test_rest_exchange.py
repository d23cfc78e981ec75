"""Values out and in again: what the interface gives out reads back as the same stored value, whatever the field."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import TRIAL

from jixiao.api.exchange import given as taken
from jixiao.api.exchange import plain, shown
from jixiao.catalogue.fields import LARGEST, parse
from jixiao.values import Qualifier

CASE = TRIAL.kind("case")
STORED = {
    "received_on": st.dates().map(lambda day: day.isoformat()),
    "amount": st.integers(0, LARGEST),
    "share": st.integers(-(10**9), 10**9).map(lambda number: f"{Decimal(number).scaleb(-2):.2f}"),
    "readers": st.fixed_dictionaries(
        {"value": st.integers(0, LARGEST), "qualifier": st.sampled_from([one.value for one in Qualifier])}
    ),
    "extra_days": st.integers(-LARGEST, LARGEST),
    "urgent": st.booleans(),
    "class": st.sampled_from(["city", "farm"]),
    "title": st.text(
        st.characters(min_codepoint=33, blacklist_categories=("Cs", "Zs", "Cc")), min_size=1, max_size=50
    ),
}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(STORED)).flatmap(lambda name: st.tuples(st.just(name), STORED[name])))
def test_given_out_and_taken_back_is_the_same(case):
    name, stored = case
    out = plain(CASE.fields[name], stored)
    taken(CASE, {name: out})
    assert parse(CASE.fields[name], out, TRIAL) == stored


def test_absent_is_neither_zero_nor_empty():
    assert plain(CASE.fields["amount"], None) is None
    assert plain(CASE.fields["amount"], 0) == "0"
    assert shown(CASE, {"amount": 0, "share": None}, TRIAL, {}) == {"amount": "0元"}
