"""How far the goals of a form have come: the mean, over its rows with numbers, of what was done against the target.

Nothing is guessed: rows told in words stay outside and are counted as such; no row counts for more than itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from jixiao.forms.fill import TOTAL, Filled
from jixiao.forms.line_rules import leading

_AT_MOST = ("≤", "<", "＜", "不超过", "不高于")


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` is None where no row has both numbers; `in_words` are the rows left out."""

    done: Fraction | None
    counted: int
    in_words: int


def progress(filled: Filled, block: str, target: str, actual: str) -> Progress:
    """The progress told in a list block, from its columns of targets and actual values."""
    lines = [line for line in filled.grid(block).lines if line.key != TOTAL]
    parts = []
    for line in lines:
        aim, done = leading(line.cells[target]), leading(line.cells[actual])
        if aim is not None and done is not None and aim >= 0 and done >= 0:
            parts.append(_part(aim, done, line.cells[target].words.strip().startswith(_AT_MOST)))
    if not parts:
        return Progress(None, 0, len(lines))
    return Progress(sum(parts, Fraction(0)) / len(parts), len(parts), len(lines) - len(parts))


def _part(aim: Fraction, done: Fraction, at_most: bool) -> Fraction:
    """At most all of it; a target of zero is met or not."""
    if at_most:
        return Fraction(1) if done <= aim else aim / done
    return Fraction(1) if done >= aim else done / aim
