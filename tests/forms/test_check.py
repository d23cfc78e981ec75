"""What the rules of a form find: the filled sample is clean, each mistake is found where it stands."""

from __future__ import annotations

from tests.forms import samples

from jixiao.forms.check import across, check
from jixiao.forms.fill import Filled
from jixiao.values import Verdict


def broken(filled: Filled) -> list[tuple[str, str]]:
    return [(one.relation, one.subjects[0]) for one in check(filled) if one.verdict is Verdict.BROKEN]


def test_the_sample_of_2018_agrees_with_itself() -> None:
    assert broken(samples.base()) == []
    kept = [one for one in check(samples.base()) if one.verdict is Verdict.KEPT]
    assert len(kept) == 6  # three-public and vehicles, in three columns each


def test_a_part_that_was_mistyped_is_found_at_its_sum() -> None:
    found = broken(samples.base({"money.reception.final": "9.49"}))
    assert found == [("money.three_public.final", "money.three_public.final")]


def test_what_is_only_some_of_a_whole_may_fall_short_of_it_and_not_exceed_it() -> None:
    assert broken(samples.base({"money.running.budget": "30"})) == []
    assert broken(samples.base({"money.running.budget": "10"})) == [
        ("money.running.budget", "money.running.budget")
    ]


def test_a_whole_self_evaluation_is_clean() -> None:
    assert broken(samples.self_evaluation()) == []


def test_total_of_nought_over_parts_of_ninety_is_found() -> None:
    filled = samples.self_evaluation(money__basic__initial="0", money__project__initial="0")
    assert ("V1", "money.total.initial") in broken(filled)


def test_points_that_miss_their_sum_are_found() -> None:
    rows = [{**samples.INDICATORS[0], "points": "25", "score": "25"}, *samples.INDICATORS[1:]]
    assert ("indicators.total.points", "indicators.total.points") in broken(samples.self_evaluation(rows))


def test_points_lost_without_a_reason_and_points_above_the_worth_are_found() -> None:
    silent = {**samples.INDICATORS[1], "reason": ""}
    rows = [samples.INDICATORS[0], silent, samples.INDICATORS[2], {**samples.INDICATORS[3], "score": "11"}]
    assert [place for rule, place in broken(samples.self_evaluation(rows)) if rule == "V6"] == [
        "indicators.2.score",
        "indicators.4.score",
    ]


def test_far_more_than_the_target_asks_why() -> None:
    rows = [*samples.INDICATORS[:2], {**samples.INDICATORS[2], "actual": "9条"}, samples.INDICATORS[3]]
    assert broken(samples.self_evaluation(rows)) == [("V7", "indicators.3.actual")]


def test_target_and_actual_value_in_two_units_are_found() -> None:
    rows = [*samples.INDICATORS[:3], {**samples.INDICATORS[3], "actual": "92分"}]
    assert broken(samples.self_evaluation(rows)) == [("V8", "indicators.4.actual")]


def test_the_same_filed_value_in_two_forms_is_one_number() -> None:
    one = samples.self_evaluation()
    assert [found.verdict for found in across([one, one])] == [Verdict.KEPT] * 3
