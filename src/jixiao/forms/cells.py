"""What a cell of a form holds: a number, words, nothing yet, or nothing that applies. Never one for another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jixiao.catalogue.schemes import UNITS
from jixiao.values import RATIO, decimal_text, round_half_up

NOT_APPLICABLE_MARKS = frozenset({"—", "－", "-", "–", "/", "*", "不适用", "——"})
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NARROW = str.maketrans("０１２３４５６７８９．，－％", "0123456789.,-%")


class State(StrEnum):
    """House rule 4, in a cell."""

    NUMBER = "number"
    WORDS = "words"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Content:
    """A cell's content. `value` is in base units (元, 1 for 100 %); `step` is the last printed unit of a number
    that a person typed, 0 where it is known exactly. `origin` says what gives it: `figure:…`, `filed:…`,
    `formula`, `form`, `entered`, `stated`, or nothing.
    """

    state: State
    value: Fraction = Fraction(0)
    words: str = ""
    origin: str = ""
    step: Fraction = Fraction(0)

    @property
    def is_number(self) -> bool:
        return self.state is State.NUMBER


BLANK = Content(State.BLANK)
NOT_APPLICABLE = Content(State.NOT_APPLICABLE)


def number(value: Fraction | Decimal | int, origin: str = "", step: Fraction = Fraction(0)) -> Content:
    return Content(State.NUMBER, Fraction(value), origin=origin, step=step)


def words(text: str, origin: str = "entered") -> Content:
    return Content(State.WORDS, words=text, origin=origin) if text else BLANK


def typed(text: str, unit: str | None, *, is_text: bool = False, places: int = 0) -> Content:
    """What a person wrote into a cell. Raises ValueError in Chinese for what is neither number nor mark.

    `places` are the decimals the form prints: 22 in a form of two decimals means 22.00.

    >>> typed("44.29", "万元").value, typed("—", "万元").state.value, typed("", "万元").state.value
    (Fraction(442900, 1), 'not_applicable', 'blank')
    """
    plain = text.strip()
    if not plain:
        return BLANK
    if plain in NOT_APPLICABLE_MARKS:
        return NOT_APPLICABLE
    if is_text:
        return words(plain)
    narrow = plain.translate(_NARROW).replace(",", "").replace(" ", "")
    if unit and narrow.endswith(unit):
        narrow = narrow.removesuffix(unit)
    if not _NUMBER.fullmatch(narrow):
        raise ValueError(f"应为数字，不适用的写“—”，没有的留空；现为“{plain}”")
    value = Decimal(narrow)
    _, _, decimals = narrow.partition(".")
    size = factor(unit)
    finest = max(len(decimals), places)
    return number(
        Fraction(value) * size, "entered", size / 10**finest if finest or size != 1 else Fraction(0)
    )


def factor(unit: str | None) -> Fraction:
    """How many base units one printed unit is: 万元 → 10000, % → 1/100, others 1."""
    return Fraction(UNITS[unit][1]) if unit in UNITS else Fraction(1)


def base_unit(unit: str | None) -> str:
    """万元 → 元, % → ratio, others themselves."""
    return UNITS[unit][0] if unit in UNITS else (unit or "")


def printed(content: Content, unit: str | None, places: int) -> str:
    """As the form prints it, without the unit: 44.29, 0.00, — or nothing."""
    if content.state is State.WORDS:
        return content.words
    if content.state is State.NOT_APPLICABLE:
        return "—"
    if content.state is State.BLANK:
        return ""
    return f"{round_half_up(content.value / factor(unit), places):f}"


def shown(content: Content, unit: str | None) -> str:
    """With the unit, as a finding quotes it: 44.29万元, 95.10%."""
    if not content.is_number:
        return {State.BLANK: "未填报", State.NOT_APPLICABLE: "不适用"}.get(content.state, content.words)
    suffix = "%" if base_unit(unit) == RATIO else (unit or "")
    return f"{decimal_text(round_half_up(content.value / factor(unit), 4))}{suffix}"
