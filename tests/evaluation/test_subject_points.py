"""Points rules over one subject's records; two tables of opinion-item points that cannot both be code."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jixiao.catalogue.clauses import PointsLeaf
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Records
from jixiao.evaluation.points import tally


def rules(**settings):
    return PointsLeaf.model_validate({"kind": "points", **settings})


def clause(id, **settings):
    return {"id": id, "title": id, "clause": f"第{id}项", "rows": "use", **settings}


# Every use adds; instructions add on top; no limit.
CUMULATIVE = rules(
    clauses=[
        clause("own", title="本级采用", when={"level": "own"}, add=1),
        clause("city", title="市级采用", when={"level": "city"}, add=5),
        clause("province", title="省级采用", when={"level": "province"}, add=20),
        clause("nation", title="全国采用", when={"level": "nation"}, add=20),
        clause("city_note", title="市领导批示", rows="instruction", when={"level": "city"}, add=10),
        clause("nation_note", title="中央领导批示", rows="instruction", when={"level": "nation"}, add=30),
        clause("copied", title="抄袭", rows="penalty", minus=10),
    ]
)
# The first use of the year counts ten, later ones three, twenty at most; unused ones one each.
CAPPED = rules(
    clauses=[
        clause("own", title="本级采用", when={"level": "own"}, per="item", first=10, add=3, cap=20),
        clause("city", title="市级采用", when={"level": "city"}, add=6),
        clause("unused", title="未采用", rows="submitted", when={"used": False}, add=1),
    ]
)
# One item used at several levels counts at the highest only.
HIGHEST = rules(
    clauses=[
        clause("own", when={"level": "own"}, add=5),
        clause("city", when={"level": "city"}, add=10),
        clause("province", when={"level": ["province", "nation"]}, add=30),
    ],
    highest_of=[{"clauses": ["own", "city", "province"], "by": "item"}],
)

RECORDS = Records(
    "甲",
    {
        "use": [
            {"id": "u1", "item": "i1", "level": "own"},
            {"id": "u2", "item": "i1", "level": "city"},
            {"id": "u3", "item": "i1", "level": "province"},
            {"id": "u4", "item": "i2", "level": "own"},
        ],
        "instruction": [{"id": "n1", "item": "i1", "level": "city"}],
        "submitted": [{"id": "i3", "used": False}, {"id": "i1", "used": True}],
    },
)


@pytest.mark.parametrize(
    ("table", "total"), [(CUMULATIVE, 1 + 5 + 20 + 1 + 10), (CAPPED, 13 + 6 + 1), (HIGHEST, 30 + 5)]
)
def test_the_same_records_under_incompatible_tables(table, total):
    assert tally(table, RECORDS).total == total


def test_each_line_cites_its_clause_and_its_records():
    done = tally(CAPPED, RECORDS)
    assert [(line.title, line.clause, line.points, line.records) for line in done.lines] == [
        ("本级采用", "第own项", 13, ("u1", "u4")),
        ("市级采用", "第city项", 6, ("u2",)),
        ("未采用", "第unused项", 1, ("i3",)),
    ]
    assert done.lines[0].working == "10 + 3 = 13分"
    assert done.unscored == ("u3", "n1", "i1")


def test_a_lower_use_of_the_same_item_is_shown_and_not_counted():
    line = tally(HIGHEST, RECORDS).lines[0]
    assert (line.points, line.records) == (5, ("u1", "u4"))
    assert "另有1项" in line.working


def test_highest_of_without_a_field_keeps_one_for_the_subject():
    table = rules(
        clauses=[
            clause("main", when={"level": "own"}, add=15),
            clause("part", when={"level": "city"}, add=3),
        ],
        highest_of=[{"clauses": ["main", "part"]}],
    )
    assert tally(table, RECORDS).total == 15


def test_clauses_outside_the_group_are_left_alone():
    table = rules(
        clauses=[clause("own", when={"level": "own"}, add=5), clause("city", when={"level": "city"}, add=10)],
        highest_of=[{"clauses": ["own"], "by": "level"}],
    )
    assert tally(table, RECORDS).total == 15


def test_once_counts_once_however_many_records():
    table = rules(clauses=[clause("any", per="once", add=10)])
    done = tally(table, RECORDS)
    assert (done.total, done.lines[0].records) == (10, ("u1", "u2", "u3", "u4"))
    assert tally(table, Records("甲")).lines == ()


def test_once_per_value_counts_each_item_once_and_rows_without_value_by_themselves():
    table = rules(clauses=[clause("item", per="item", add=2)])
    rows = [{"id": "a", "item": "x"}, {"id": "b", "item": "x"}, {"id": "c"}, {"id": "d"}]
    assert tally(table, Records("甲", {"use": rows})).total == 6


def test_authors_share_what_a_record_earns():
    rows = [
        {"id": "alone", "authors": ["甲"]},
        {"id": "first", "authors": ["甲", "乙", "丙"]},
        {"id": "second", "authors": ["乙", "甲", "丙"]},
        {"id": "stranger", "authors": ["乙"]},
        {"id": "unsigned"},
    ]
    half = rules(clauses=[clause("joint", add=10, split={"authors": "authors", "first": "1/2"})])
    done = tally(half, Records("甲", {"use": rows}))
    assert done.lines[0].working == "10 + 5 + 2.5 + 10 = 27.5分"
    assert done.unscored == ("stranger",)
    fixed = rules(clauses=[clause("joint", add=15, split={"authors": "authors", "others": "1/5"})])
    assert tally(fixed, Records("甲", {"use": rows})).total == 15 + 15 + 3 + 15


def test_deductions_stop_at_the_floor_and_sums_at_the_ceiling():
    table = rules(
        base=70,
        clauses=[
            clause("absent", title="无故缺席", rows="absence", minus=30),
            clause("charity", title="公益", rows="charity", add=2, cap=10),
            clause("speech", title="发言", rows="speech", add=5),
        ],
        limits=[{"clauses": ["charity", "speech"], "cap": 12}],
        floor=0,
        ceiling=80,
    )
    absent = Records("甲", {"absence": [{"id": str(n)} for n in range(3)]})
    assert tally(table, absent).total == 0
    busy = Records(
        "甲", {"charity": [{"id": f"c{n}"} for n in range(9)], "speech": [{"id": "s1"}, {"id": "s2"}]}
    )
    done = tally(table, busy)
    assert done.total == 80
    assert [(line.title, line.points) for line in done.lines] == [
        ("基础分", 70),
        ("公益", 10),
        ("发言", 10),
        ("公益、发言合计上限", -8),
        ("总分上下限", -2),
    ]
    assert "以10分为限" in done.lines[1].working


def test_a_capped_deduction():
    table = rules(clauses=[clause("late", minus="1.5", cap=2)], floor=-5)
    assert tally(table, RECORDS).total == -2


def test_a_record_without_number_cannot_be_cited():
    with pytest.raises(BadInput, match="缺少编号"):
        tally(CAPPED, Records("甲", {"use": [{"level": "city"}]}))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"clauses": []}, "至少写一个条款"),
        ({"clauses": [clause("a")]}, "应写且只写一个"),
        ({"clauses": [clause("a", add=1, minus=1)]}, "应写且只写一个"),
        ({"clauses": [clause("a", minus=1, split={"authors": "authors"})]}, "只用于加分"),
        ({"clauses": [clause("a", add=1), clause("a", add=2)]}, "有重复"),
        ({"clauses": [clause("a", add=1)], "limits": [{"clauses": ["b"], "cap": 1}]}, "没有条款 b"),
    ],
)
def test_rules_that_cannot_be_right_are_refused(settings, message):
    with pytest.raises(ValidationError, match=message):
        rules(**settings)


uses = st.lists(
    st.fixed_dictionaries(
        {"item": st.sampled_from(["i1", "i2", "i3"]), "level": st.sampled_from(["own", "city", "province"])}
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(uses, st.sampled_from([CUMULATIVE, CAPPED, HIGHEST]))
def test_lines_add_up_to_the_total_and_more_records_never_earn_less(rows, table):
    numbered = [{"id": f"r{place}", **row} for place, row in enumerate(rows)]
    done = tally(table, Records("甲", {"use": numbered}))
    assert sum((line.points for line in done.lines), Decimal(0)) == done.total
    cited = {record for line in done.lines for record in line.records}
    assert cited | set(done.unscored) == {row["id"] for row in numbered}
    assert tally(table, Records("甲", {"use": numbered[:-1]})).total <= done.total


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.fractions(0, 1, max_denominator=6))
def test_shares_of_one_record_never_exceed_it(authors, first):
    names = [f"n{place}" for place in range(authors)]
    table = rules(clauses=[clause("joint", add=12, split={"authors": "authors", "first": first})])
    row = {"id": "r", "authors": names}
    each = [tally(table, Records(name, {"use": [row]}), places=6).total for name in names]
    assert abs(sum(map(Fraction, each)) - 12) < Fraction(1, 1000)


def test_a_clause_may_give_what_a_field_of_the_record_says():
    table = rules(
        clauses=[
            {"id": "agreed", "title": "核定", "clause": "一", "rows": "use", "worth": "agreed", "cap": 8}
        ]
    )
    rows = [{"id": "a", "agreed": Decimal("4.5")}, {"id": "b", "agreed": 2}, {"id": "c"}]
    done = tally(table, Records("甲", {"use": rows}))
    assert done.total == Decimal("6.5")
    assert done.lines[0].records == ("a", "b")
    assert done.unscored == ("c",)
    assert tally(table, Records("甲", {"use": [{"id": "a", "agreed": 9}]})).total == 8
    with pytest.raises(BadInput, match="应为数字"):
        tally(table, Records("甲", {"use": [{"id": "a", "agreed": "九"}]}))


def test_only_the_first_few_authors_share():
    table = rules(
        clauses=[clause("own", add=6, split={"authors": "by", "first": "1/3", "others": "1/3", "most": 3})]
    )
    row = {"id": "u", "by": ["甲", "乙", "丙", "丁"]}
    assert [tally(table, Records(name, {"use": [row]})).total for name in "甲丙丁"] == [2, 2, 0]


def test_a_state_passed_on_the_way_counts_as_reached():
    table = rules(clauses=[clause("filed", when={"reached": ["filed", "closed"]}, add=2)])
    rows = [{"id": "a", "reached": ("open", "filed")}, {"id": "b", "reached": ("open",)}]
    assert tally(table, Records("甲", {"use": rows})).total == 2


@pytest.mark.parametrize("wrong", [{"worth": "agreed", "add": 1}, {"worth": "agreed", "first": 1}, {}])
def test_a_clause_gives_points_in_one_way(wrong):
    with pytest.raises(ValidationError):
        rules(clauses=[clause("own", **wrong)])
