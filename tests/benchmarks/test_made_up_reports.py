"""Made-up reports are what they say: consistent by construction, labelled at their places, wrong in one place."""

from __future__ import annotations

import pytest
from benchmarks.generation import truth
from benchmarks.generation.amounts import Amount, count, in_chinese, money, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.errors import families, plant
from benchmarks.generation.files import FORMS, made
from benchmarks.generation.layouts import layout_for, typeset
from benchmarks.generation.model import Piece, Relation, Report
from benchmarks.generation.reports import report, single
from benchmarks.generation.scenes import SCENES

from jixiao.reading import read

SEEDS = range(40)
TOLD_BY_WORDS = {"points as percent"}  # holds in points; the arithmetic given is that of the error


def state_of(piece: Piece, relation: Relation) -> str:
    amounts = [fill for slot in relation.slots if isinstance(fill := piece.fills[slot], Amount)]
    op = relation.op
    if op == "cell":
        return truth.KEPT if amounts[0].number == amounts[1].number else truth.BROKEN
    return truth.state(op, amounts, rising=relation.rising, size=relation.size)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.make.__module__}.{scene.make.__name__}")
def test_every_relation_holds_by_construction(scene: object) -> None:
    for seed in range(30):
        one = single(scene, seed)  # type: ignore[arg-type]
        states = {
            (relation.family, relation.op, state_of(one.pieces[number], relation))
            for number, relation in one.relations()
            if relation.family not in TOLD_BY_WORDS
        }
        assert not [told for told in states if told[2] == truth.BROKEN], typeset(one).text


def test_there_are_many_wordings() -> None:
    assert sum(scene.wordings for scene in SCENES) >= 150


def test_the_same_seed_makes_the_same_files() -> None:
    for form in ("txt", "docx", "html"):
        assert made(report(5, tables=form != "txt"), form, 5) == made(
            report(5, tables=form != "txt"), form, 5
        )


def test_labels_stand_where_they_say() -> None:
    texts = [typeset(report(seed), layout_for(seed)) for seed in SEEDS]
    assert all(text.text[label.start : label.end] == label.text for text in texts for label in text.labels)
    assert all(read(text.data, "a.txt").document.text == text.text for text in texts)


@pytest.mark.parametrize("form", FORMS)
def test_files_open_and_hold_their_tables(form: str) -> None:
    one = report(3, tables=True)
    document = read(made(one, form, 3), f"a.{form}").document
    wanted = sum(piece.has_grid for piece in one.pieces)
    assert len(document.tables) >= wanted > 0


def changed_slots(clean: Report, copy: Report) -> set[tuple[int, str]]:
    return {
        (number, slot)
        for number, piece in enumerate(clean.pieces)
        for slot, fill in piece.fills.items()
        if copy.pieces[number].fills[slot] != fill
    }


def test_an_error_is_in_one_place_only() -> None:
    tried = 0
    for seed in SEEDS:
        clean = report(seed, tables=seed % 2 == 0)
        for family in families(clean) - {"zero base"}:
            error = plant(clean, Dice(f"{seed} {family}"), family)
            if error is not None:
                tried += 1
                assert changed_slots(clean, error.report) == {error.key}
    assert tried > 200


@pytest.mark.parametrize(
    ("op", "amounts", "state"),
    [
        ("sum", [count(9, "件"), count(4, "件"), count(5, "件")], truth.KEPT),
        ("sum", [count(9, "件"), count(4, "件"), count(4, "件")], truth.BROKEN),
        ("sum", [money(1_000_100), money(500_000), money(500_000)], truth.KEPT),
        ("sum", [money(1_000_200), money(500_000), money(500_000)], truth.NEAR),
        ("sum", [money(1_000_900), money(500_000), money(500_000)], truth.BROKEN),
        ("rate", [count(1, "件"), count(3, "件"), percent(1, 3, 2, cut=True)], truth.KEPT),
        ("rate", [count(2, "件"), count(3, "件"), percent(2, 3, 2, cut=True)], truth.NEAR),
        ("rate", [count(2, "件"), count(3, "件"), percent(1, 3)], truth.BROKEN),
        ("growth", [count(12, "件"), count(10, "件"), percent(1, 5, 0)], truth.KEPT),
        ("subset", [count(3, "件"), count(4, "件")], truth.BROKEN),
    ],
)
def test_truth_allows_what_rounding_explains(op: str, amounts: list[Amount], state: str) -> None:
    assert truth.state(op, amounts) == state


def test_numerals_are_written_as_people_write_them() -> None:
    assert [in_chinese(number) for number in (7, 10, 12, 20, 105, 1010)] == [
        "七", "十", "十二", "二十", "一百零五", "一千零一十",
    ]  # fmt: skip
