"""Every check finds the fault of its bad cards, and every clean card is clean for all checks."""

from __future__ import annotations

import pytest
from tests.reading.checks.cards import BAD, CLEAN, NOTED, Card

from jixiao.reading import read
from jixiao.reading.checks import CHECKS, Outcome, examine
from jixiao.values import Verdict


def outcomes(text: str) -> list[Outcome]:
    return examine(read(text.encode(), "card.txt"))


@pytest.mark.parametrize("card", BAD, ids=lambda card: f"{card.check}: {card.text[:24]}")
def test_a_bad_card_is_broken_where_its_check_says_so(card: Card) -> None:
    broken = [one for one in outcomes(card.text) if one.verdict is Verdict.BROKEN]
    assert card.type in {one.type for one in broken}
    for one in broken:
        assert one.reading
        assert one.message
        assert one.computed


@pytest.mark.parametrize("card", CLEAN, ids=lambda card: f"{card.check}: {card.text[:24]}")
def test_a_clean_card_is_clean_for_all_checks_and_checked_by_its_own(card: Card) -> None:
    found = outcomes(card.text)
    assert [one for one in found if one.verdict is Verdict.BROKEN] == []
    assert card.type in {one.type for one in found if one.verdict is Verdict.KEPT}


@pytest.mark.parametrize("card", BAD, ids=lambda card: f"{card.check}: {card.text[:24]}")
def test_a_bad_card_is_broken_by_its_own_check_at_one_place(card: Card) -> None:
    reading = read(card.text.encode(), "card.txt")
    broken = {
        check.__name__: [one for one in check(reading) if one.verdict is Verdict.BROKEN] for check in CHECKS
    }
    alarms = {name for name, some in broken.items() if some}
    assert card.check in alarms
    assert alarms <= {card.check, *card.also}
    spans = [set(one.spans) for some in broken.values() for one in some]
    assert set.intersection(*spans)


@pytest.mark.parametrize("card", NOTED, ids=lambda card: card.text)
def test_a_leftover_is_a_note_and_no_alarm(card: Card) -> None:
    noted = [one for one in outcomes(card.text) if one.type == card.type]
    assert [one.verdict for one in noted] == [Verdict.NOT_APPLICABLE]


def test_every_check_has_a_bad_and_a_clean_card() -> None:
    # Tables have cards of their own: tests/reading/test_table_checks.py
    names = {check.__name__ for check in CHECKS if not check.__name__.startswith("table_")}
    assert {card.check for card in (*BAD, *NOTED)} == names
    assert {card.check for card in CLEAN} == names
