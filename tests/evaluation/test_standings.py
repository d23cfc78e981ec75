"""Subjects ranked by points: equals alike, quotas, what follows over years, and who moves under a changed rule."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jixiao.catalogue.schemes import Scheme
from jixiao.errors import BadInput
from jixiao.evaluation.standings import compared, standings


def scheme(add=5, cap=None, **subjects):
    clauses = [
        {
            "id": "used",
            "title": "采用",
            "clause": "第一条",
            "rows": "use",
            "add": add,
            **({"cap": cap} if cap else {}),
        },
        {"id": "missed", "title": "缺席", "clause": "第二条", "rows": "miss", "minus": 10},
    ]
    return Scheme.model_validate(
        {
            "pack": "office", "id": "points", "title": "积分", "source": [{"title": "试验"}], "total": 100,
            "grades": [[80, "优秀"], [60, "称职"], [0, "不称职"]],
            "subjects": {"kind": "office/member", "reads": {"use": ["author"], "miss": ["member"]}, **subjects},
            "tree": [
                {"id": "duty", "title": "履职", "points": 100,
                 "leaf": {"kind": "points", "base": 60, "clauses": clauses}},
            ],
        }
    )  # fmt: skip


def uses(*authors):
    return {"use": [{"id": f"u{place}", "authors": (name,)} for place, name in enumerate(authors)]}


def test_equals_share_a_rank_and_the_next_is_counted_on():
    found = standings(scheme(), ["甲", "乙", "丙", "丁"], uses("乙", "乙", "甲", "丁"))
    assert [(one.subject, one.rank, one.total) for one in found] == [
        ("乙", 1, 70), ("甲", 2, 65), ("丁", 2, 65), ("丙", 4, 60),
    ]  # fmt: skip


def test_a_record_with_two_authors_counts_for_both_and_unread_records_for_nobody():
    rows = {"use": [{"id": "u1", "authors": ("甲", "乙")}, {"id": "u2", "authors": ()}, {"id": "u3"}]}
    assert {one.subject: one.total for one in standings(scheme(), ["甲", "乙", "丙"], rows)} == {
        "甲": 65, "乙": 65, "丙": 60,
    }  # fmt: skip


def test_each_line_names_the_records_and_what_no_clause_speaks_of_is_listed():
    rows = {**uses("甲"), "miss": [{"id": "m1", "authors": ("甲",)}]}
    (one,) = standings(scheme(), ["甲"], rows)
    assert [(line.id, line.points, line.records) for line in one.lines] == [
        ("base_points", 60, ()), ("used", 5, ("u0",)), ("missed", -10, ("m1",)),
    ]  # fmt: skip
    assert one.unscored == ()


def test_a_quota_holds_back_whoever_comes_after_it():
    spec = scheme(quotas=[{"grade": "优秀", "share": "40%"}])
    rows = uses(*["甲"] * 6, *["乙"] * 5, *["丙"] * 4)
    found = standings(spec, ["甲", "乙", "丙", "丁", "戊"], rows)
    assert [(one.subject, one.grade, one.held_back) for one in found[:3]] == [
        ("甲", "优秀", ""), ("乙", "优秀", ""), ("丙", "称职", "“优秀”限2名"),
    ]  # fmt: skip


def test_equals_at_the_edge_of_a_quota_all_stay_out():
    spec = scheme(quotas=[{"grade": "优秀", "share": "40%"}])
    rows = uses(*["甲"] * 5, *["乙"] * 4, *["丙"] * 4)
    found = standings(spec, ["甲", "乙", "丙", "丁", "戊"], rows)
    assert [one.grade for one in found[:3]] == ["优秀", "称职", "称职"]


SANCTIONS = [
    {"told": "约谈", "below": 60},
    {"told": "再次约谈", "below": 60, "years": 2},
    {"told": "提请劝辞", "clause": "missed", "at_least": 2},
]


@pytest.mark.parametrize(
    ("missed", "before", "follows"),
    [
        (0, [], ()),
        (1, [], ("约谈",)),
        (1, [{"甲": Decimal(70)}], ("约谈",)),
        (1, [{"甲": Decimal(50)}], ("约谈", "再次约谈")),
        (1, [{"乙": Decimal(50)}], ("约谈",)),
        (2, [], ("约谈", "提请劝辞")),
    ],
)
def test_what_follows_looks_back_as_far_as_the_rule_says(missed, before, follows):
    rows = {"miss": [{"id": f"m{place}", "authors": ("甲",)} for place in range(missed)]}
    (one,) = standings(scheme(sanctions=SANCTIONS), ["甲"], rows, before)
    assert one.follows == follows


def test_a_changed_rule_tells_who_moves_and_why():
    rows = {**uses("甲", "甲", "甲", "乙"), "miss": [{"id": "m", "authors": ("甲",)}]}
    people = ["甲", "乙", "丙"]
    before, after = standings(scheme(), people, rows), standings(scheme(add=8, cap=8), people, rows)
    moves = {one.subject: one for one in compared(before, after)}
    assert moves["甲"].why == (("采用", 15, 8),)
    assert (moves["甲"].before.rank, moves["甲"].after.rank) == (1, 3)
    assert moves["甲"].text == "65分变为58分，第1名变为第3名，等级由“称职”变为“不称职”"
    assert moves["乙"].why == (("采用", 5, 8),)
    assert moves["丙"].why == ()
    assert moves["丙"].after.rank == 2


def test_the_same_rule_moves_nobody():
    found = standings(scheme(), ["甲", "乙"], uses("甲"))
    assert compared(found, found) == ()


def test_a_scheme_over_orgs_ranks_no_subjects():
    org = scheme().model_copy(update={"subjects": None})
    with pytest.raises(BadInput, match="评的是单位"):
        standings(org, [], {})


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"reads": {"use": ["author"]}}, "miss"),
        ({"sanctions": [{"told": "甲", "clause": "nothing"}]}, "nothing"),
        ({"sanctions": [{"told": "甲"}]}, "只写一个"),
        ({"quotas": [{"grade": "卓越", "share": "10%"}]}, "卓越"),
        ({"reads": {"use": ["parent.parent.author"], "miss": ["member"]}}, "pattern"),
    ],
)
def test_what_a_scheme_over_subjects_must_say(wrong, told):
    with pytest.raises(ValidationError, match=told):
        scheme(**wrong)


@settings(max_examples=30)
@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=20), st.permutations(list("甲乙丙丁")))
def test_ranks_follow_totals_and_do_not_depend_on_the_order_of_the_register(authors, people):
    found = {one.subject: one for one in standings(scheme(), people, uses(*authors))}
    for one in found.values():
        assert one.rank == 1 + sum(other.total > one.total for other in found.values())
    again = {
        one.subject: (one.rank, one.total) for one in standings(scheme(), list("甲乙丙丁"), uses(*authors))
    }
    assert again == {name: (one.rank, one.total) for name, one in found.items()}
