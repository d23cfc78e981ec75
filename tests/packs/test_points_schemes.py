"""The points schemes of the packs: two tables of opinion items and two of duty that disagree over the same records."""

from __future__ import annotations

from datetime import date

import pytest

from jixiao.catalogue import load
from jixiao.catalogue.schemes import Scheme
from jixiao.catalogue.trial import read_scheme, written
from jixiao.errors import PackErrors
from jixiao.evaluation.examples import run
from jixiao.evaluation.standings import compared, standings

RULES = load(day=date(2020, 12, 31))
OVER_SUBJECTS = [one for one in RULES.schemes.values() if one.subjects]


def adopted(id: str, item: str, level: str, *authors: str) -> dict[str, object]:
    return {"id": id, "parent_id": item, "level": level, "authors": authors}


ITEMS = {
    "opinion_adoption": [
        adopted("a1", "i1", "district", "甲"),
        adopted("a2", "i1", "city", "甲"),
        adopted("a3", "i1", "province", "甲"),
        adopted("a4", "i2", "district", "乙"),
        adopted("a5", "i3", "district", "乙"),
        adopted("a6", "i4", "district", "乙"),
        adopted("a7", "i5", "district", "乙"),
        adopted("a8", "i6", "district", "乙"),
    ]
}


def totals(name: str, rows: dict[str, list[dict[str, object]]]) -> dict[str, int]:
    found = standings(RULES.scheme(name), ["甲", "乙"], rows)
    return {one.subject: int(one.total) for one in found}


def test_two_tables_of_opinion_items_cannot_both_be_code() -> None:
    """One item used at three levels beats five used at one under the first table, and not under the second."""
    assert totals("cppcc/opinion_points_additive", ITEMS) == {"甲": 26, "乙": 5}
    assert totals("cppcc/opinion_points_capped", ITEMS) == {"甲": 16, "乙": 20}


def test_two_tables_of_duty_judge_the_same_absence_differently() -> None:
    rows = {
        "duty_absence": [
            {"id": "d", "meeting_type": "plenary", "sort": "unexcused", "reached": ("recorded", "verified"), "authors": ("甲",)}
        ]
    }  # fmt: skip
    base, parts = (RULES.scheme(f"cppcc/duty_points_{name}") for name in ("base", "parts"))
    first = {one.subject: one for one in standings(base, ["甲", "乙"], rows)}
    second = {one.subject: one for one in standings(parts, ["甲", "乙"], rows)}
    assert (first["甲"].total, first["乙"].total, first["甲"].follows) == (40, 70, ("由所在委员会约谈",))
    assert (second["甲"].total, second["乙"].total) == (0, 50)


def test_an_absence_nobody_checked_costs_nothing() -> None:
    rows = {
        "duty_absence": [
            {
                "id": "d",
                "meeting_type": "plenary",
                "sort": "unexcused",
                "reached": ("recorded",),
                "authors": ("甲",),
            }
        ]
    }
    assert totals("cppcc/duty_points_base", rows)["甲"] == 70


def test_an_organisation_nobody_assessed_yet_is_not_given_zero() -> None:
    (one,) = standings(RULES.scheme("united_front/party_assessment"), ["甲"], {})
    assert one.assessment.open == 50
    assert one.grade is None
    assert one.still_open.startswith("另有50分未评")


@pytest.mark.parametrize("scheme", OVER_SUBJECTS, ids=lambda one: one.full_id)
def test_every_table_has_worked_examples_and_they_hold(scheme: Scheme) -> None:
    assert scheme.examples
    assert [tried.example.name for tried in run(scheme) if not tried.holds] == []
    assert not any(source.verified for source in scheme.source)


@pytest.mark.parametrize("scheme", OVER_SUBJECTS, ids=lambda one: one.full_id)
def test_a_scheme_written_out_and_read_back_is_the_same_rule(scheme: Scheme) -> None:
    again = read_scheme(written(scheme), scheme, RULES)
    assert again.tree == scheme.tree
    assert again.subjects == scheme.subjects


def test_a_draft_shows_who_moves_and_why() -> None:
    scheme = RULES.scheme("cppcc/opinion_points_capped")
    draft = read_scheme(written(scheme).replace("cap: '20'", "cap: '12'"), scheme, RULES)
    before, after = (standings(one, ["甲", "乙"], ITEMS) for one in (scheme, draft))
    moves = {one.subject: one for one in compared(before, after)}
    assert moves["乙"].why == (("本级采用", 20, 12),)
    assert (moves["乙"].before.rank, moves["乙"].after.rank) == (1, 2)
    assert moves["甲"].why == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("level: district", "lvel: district", "没有列“lvel”"),
        ("rows: opinion_adoption", "rows: opinion_adopted", "opinion_adopted"),
        ("add: '3'", "add: 三", "现为“三”"),
        ("- parent.author", "- parent.writer", "没有字段或关联“parent.writer”"),
        ("tree:", "trees:", "trees"),
    ],
)
def test_a_draft_that_cannot_be_read_says_where_and_what_would_be_right(
    old: str, new: str, told: str
) -> None:
    scheme = RULES.scheme("cppcc/opinion_points_capped")
    text = written(scheme)
    assert old in text
    with pytest.raises(PackErrors) as refused:
        read_scheme(text.replace(old, new), scheme, RULES)
    assert told in str(refused.value)
    assert all(problem.line > 0 and problem.file == "草案" for problem in refused.value.problems)


@pytest.mark.parametrize("text", ["", "- 一\n- 二\n", "title: [", "甲"])
def test_what_is_no_scheme_is_refused(text: str) -> None:
    with pytest.raises(PackErrors):
        read_scheme(text, RULES.scheme("cppcc/opinion_points_capped"), RULES)
