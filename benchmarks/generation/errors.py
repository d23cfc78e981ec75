"""One error planted in a copy of a clean report, by class and by size, and only where it is really one.

What is altered is a single printed amount (or a single word). Whether the copy is wrong is computed from the
amounts as printed; a change that rounding may explain, or that another sensible reading allows, is `near` and
asks for silence or a note, never for an alarm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.generation import truth
from benchmarks.generation.amounts import Amount
from benchmarks.generation.dice import Dice
from benchmarks.generation.layouts import Key
from benchmarks.generation.model import Piece, Relation, Report

SIZES = ("last digit", "one digit", "two digits swapped", "ten times", "a digit dropped")


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy with its error: where it is, in words and as the slots of what it contradicts."""

    report: Report
    family: str
    size: str
    key: Key
    related: tuple[Key, ...]
    before: str
    after: str
    is_checkable: bool


def plant(report: Report, dice: Dice, family: str = "", size: str = "") -> Planted | None:
    """One error of a class (any if empty) and size; None where the report has no place for it."""
    for place in dice.shuffled(list(_places(report, family))):
        number, relation = place
        made = _in_words(report, number, relation, dice) if size in ("", "word") and relation.words else None
        if made is None and relation.slots and size != "word":
            made = _in_amounts(report, number, relation, dice, size)
        if made is not None:
            return made
    return None


def families(report: Report) -> set[str]:
    return {relation.family for _, relation in report.relations() if relation.firm}


def _places(report: Report, family: str) -> Iterator[tuple[int, Relation]]:
    for number, relation in report.relations():
        if relation.firm and family in ("", relation.family):
            yield number, relation


def _in_words(report: Report, number: int, relation: Relation, dice: Dice) -> Planted | None:
    slot, wrong = dice.pick(relation.words)
    right = report.pieces[number].fills[slot]
    if not isinstance(right, str) or right == wrong:
        return None
    related = tuple((number, one) for one in (slot, *relation.slots))
    copy = _with(report, number, slot, wrong)
    return Planted(copy, relation.family, "word", (number, slot), related, right, wrong, True)


def _in_amounts(report: Report, number: int, relation: Relation, dice: Dice, size: str) -> Planted | None:
    piece = report.pieces[number]
    slots = dice.shuffled(relation.alter or relation.slots)
    related = tuple((number, one) for one in relation.slots)
    if relation.family == "zero base":
        return _from_nothing(report, number, relation)
    for slot in slots:
        amount = piece.fills[slot]
        if not isinstance(amount, Amount):
            continue
        for altered, name in _alterations(relation, amount, dice, size):
            state = _state(piece, relation, slot, altered)
            if state == truth.KEPT:
                continue
            if not altered.value or (state == truth.NEAR and _breaks_another(piece, relation, slot, altered)):
                continue
            copy = _with(report, number, slot, altered)
            checkable = state == truth.BROKEN
            return Planted(
                copy, relation.family, name, (number, slot), related, amount.text, altered.text, checkable
            )
    return None


def _from_nothing(report: Report, number: int, relation: Relation) -> Planted:
    """The increase becomes all there is, and is told as a growth of 100 %: the year before had nothing."""
    now, delta, rate = relation.slots
    fills = report.pieces[number].fills
    current, growth = fills[now], fills[rate]
    assert isinstance(current, Amount)
    assert isinstance(growth, Amount)
    hundred = growth.of(Decimal(100).quantize(growth.number))
    copy = _with(_with(report, number, delta, current), number, rate, hundred)
    related = tuple((number, one) for one in relation.slots)
    return Planted(
        copy, relation.family, "zero base", (number, rate), related, growth.text, hundred.text, True
    )


def _alterations(relation: Relation, amount: Amount, dice: Dice, size: str) -> Iterator[tuple[Amount, str]]:
    if relation.family == "unit slip":
        if amount.scale:
            other = dice.pick([scale for scale in ("", "万", "亿") if scale != amount.scale])
            yield replace(amount, scale=other), "unit"
        return
    if relation.family == "points as percent":
        yield replace(amount, unit="%"), "unit"
        return
    sizes = [size] if size else dice.shuffled(SIZES)
    if relation.op == "list":
        sizes = ["one digit"]
    for name in sizes:
        number = _altered(amount.number, name, dice)
        if number is None or number == amount.number or (amount.style == "中" and not 1 < number < 20):
            continue
        yield amount.of(number), name


def _altered(number: Decimal, size: str, dice: Dice) -> Decimal | None:
    places = max(0, -int(number.as_tuple().exponent))
    digits = str(int(number.scaleb(places)))
    if size == "ten times":
        return number * 10 if number else None
    if size == "a digit dropped":
        if len(digits) < 2:
            return None
        place = dice.whole(0, len(digits) - 1)
        changed = digits[:place] + digits[place + 1 :]
    elif size == "two digits swapped":
        pairs = [place for place in range(len(digits) - 1) if digits[place] != digits[place + 1]]
        if not pairs:
            return None
        place = dice.pick(pairs)
        changed = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    else:
        place = (
            len(digits) - 1 if size == "last digit" or len(digits) == 1 else dice.whole(0, len(digits) - 2)
        )
        step = dice.pick((1, -1)) if size == "last digit" else dice.whole(1, 9)
        changed = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    if changed[0] == "0" and len(changed) > places + 1:
        return None
    return Decimal(int(changed)).scaleb(-places)


def _breaks_another(piece: Piece, relation: Relation, slot: str, altered: Amount) -> bool:
    """What one relation explains by rounding may contradict another that holds the same amount."""
    others = [one for one in piece.relations if one is not relation and slot in one.slots and one.firm]
    return any(_state(piece, one, slot, altered) == truth.BROKEN for one in others)


def _state(piece: Piece, relation: Relation, slot: str, altered: Amount) -> str:
    if relation.op == "told":
        return truth.BROKEN
    amounts = []
    for one in relation.slots:
        fill = altered if one == slot else piece.fills[one]
        assert isinstance(fill, Amount)
        amounts.append(fill)
    if relation.op == "cell":
        text, cell = amounts
        cell = replace(cell, unit=text.unit, scale=text.scale)
        return truth.state("repeat", (text, cell))
    return truth.state(relation.op, amounts, rising=relation.rising, size=relation.size)


def _with(report: Report, number: int, slot: str, fill: Amount | str) -> Report:
    piece = report.pieces[number]
    changed = Piece(piece.blocks, {**piece.fills, slot: fill}, piece.relations)
    return Report(
        report.title, [*report.pieces[:number], changed, *report.pieces[number + 1 :]], report.order
    )
