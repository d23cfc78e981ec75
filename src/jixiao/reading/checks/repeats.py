"""The same fact told in two places is the same number.

Two places tell the same fact where they name it by the same words, at least six characters, in one measure
word, one part (预算 is not 决算) and one period.

(1) Numbers printed more or less finely agree where one number can be meant by both.
(2) The same words may name another body's figure: only a slip of the pen (one digit, two digits changed
about, a decimal point) in a number of at least four digits is told, any other difference is passed over.
(3) Parts of an enumeration (其中女性) belong to their whole and are not compared.
Does not see a fact that is told in other words.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from jixiao.reading.checks.outcome import Outcome, judge, operand, outcome
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import Qualifier

_SHORTEST = 6
_PERIOD = re.compile(
    r"\d{4}年|\d{1,2}月|[上下]半年|[一二三四]季度|上年|去年|今年|本年|全年|同期|累计|五年|年初|年末|年底|当年|此前|原"
)
_LEAST = 1000


def repeats(reading: Reading) -> list[Outcome]:
    """Every place against the place before that tells the same fact."""
    parts = {part.span for one in reading.enumerations for part in one.parts}
    last: dict[tuple[str, str, str, str], Term] = {}
    found: list[Outcome] = []
    for sentence in reading.sentences:
        for term in sentence.terms:
            if not _is_fact(term) or term.span in parts:  # (3)
                continue
            key = (term.full, term.unit, str(term.role), "".join(sorted(set(_PERIOD.findall(term.gap)))))
            before = last.get(key)
            last[key] = term
            if before is not None and before.sentence != term.sentence:
                found.extend(_compared(before, term))
    return found


def _is_fact(term: Term) -> bool:
    return (
        len(term.full) >= _SHORTEST
        and term.is_amount
        and term.role not in (Role.PREVIOUS, Role.CURRENT)
        and term.statement.quantity.qualifier is Qualifier.EXACT
    )


def _compared(one: Term, other: Term) -> list[Outcome]:
    if not operand(one).known.meets(operand(other).known) and not _is_slip(one, other):  # (2)
        return []
    finding = judge("repeat", places=(one, other))
    return [outcome("repeat", finding, (one, other), f"两处均读作“{other.full}”")]


def _is_slip(one: Term, other: Term) -> bool:
    first, second = one.statement.quantity, other.statement.quantity
    step = first.step or Fraction(1)
    if (second.step or Fraction(1)) != step:
        return False
    one_steps, other_steps = _in_steps(first.value, step), _in_steps(second.value, step)
    if one_steps is None or other_steps is None:
        return False
    small, large = sorted((one_steps, other_steps))
    if small < _LEAST:
        return False
    if large in (small * 10, small * 100, small * 1000, small * 10_000):
        return True
    digits, others = str(small), str(large)
    if len(digits) != len(others):
        return False
    unlike = [place for place in range(len(digits)) if digits[place] != others[place]]
    if len(unlike) == 1:
        return True
    return len(unlike) == 2 and all(digits[unlike[a]] == others[unlike[1 - a]] for a in (0, 1))


def _in_steps(value: Decimal, step: Fraction) -> int | None:
    """How many of its last printed unit a number holds; None where that is no whole number."""
    top, bottom = value.as_integer_ratio()
    whole, rest = divmod(top * step.denominator, bottom * step.numerator)
    return None if rest else whole
