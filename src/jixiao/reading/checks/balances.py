"""What was there, what came, what went, what is left: 上年结转12件，新收98件，办结104件，结转下年6件.

年初预算 and what was 追加 and 调减 make the 调整后预算 or 全年预算; stock at the beginning, what came in and what went out make the
stock at the end; a 预算 less what was spent leaves the 结余, 原值 less 折旧 the 净值. All numbers stand in one sentence and measure word, the
one to begin with first, the one that is left last.

(1) Every number between must be known as coming or going, or nothing is said; so where 其中 tells parts.
(2) A stock at the end contradicts only where both what came and what went are told: the other may be left out.
(3) What a 预算 leaves may be taken back and not be 结余: only a slip of the pen is told.
(4) Approximate numbers only agree.
(5) 收入总计 and 支出总计 side by side are one sum: there, too, only a slip of the pen is told.
Does not see movements told in several sentences or in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from jixiao.reading.checks.outcome import Outcome, judge, operand, outcome, printed
from jixiao.reading.checks.slips import slip
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import Interval, Qualifier, Quantity, Verdict, round_half_up

_PLANNED_FIRST = re.compile(r"年初(?:部门)?预算[总数额为批复]*\Z|预算[总数额]*年初数?\Z")
_BEGINS = re.compile(
    r"原值\Z|(?:年初|上年|期初|上年末|年初数)[^，。；]{0,8}(?:结转|结余|在册|共有|余额|存量|数|有|为)\Z"
    r"|(?:上年|以前年度|往年)(?:结转|遗留|结余)"
)
_COMES = re.compile(
    r"追加|调增|新增|增加|新收|转入|调入|新签|新登记|本年收入|当年收入|本年收到|当年收到|净增"
)
_GOES = re.compile(
    r"调减|核减|减少|退出|注销|划出|核销|调出|转出|清退|办结|审结|结案|销号|本年支出|当年支出|收回|上缴|压减|折旧|摊销"
)
_ENDS = re.compile(
    r"调整后[^，。；]{0,6}\Z|全年预算[总数额为]*\Z|(?:年末|年底|期末)[^，。；]{0,10}\Z|结转(?:至)?下年|转下年|滚存|结转结余|净值\Z|账面价值\Z|(?<!上年)结余"
)
_ADJUSTED = re.compile(r"调整后|全年预算[总数额为]*\Z")
_NET = re.compile(r"净值\Z|账面价值\Z")
_PLANNED = re.compile(r"预算|指标")
_SPENT = re.compile(r"支出|执行|使用|支付")
_PLAIN = frozenset([Role.NONE, Role.FINAL, Role.DELTA, Role.PREVIOUS, Role.BUDGET, Role.TOTAL])
_BOTH = frozenset(["收入总计", "支出总计"])
_MOST = 8
_LONG = 4  # digits


@dataclass(frozen=True, slots=True)
class _Balance:
    first: Term
    moves: tuple[tuple[int, Term], ...]  # 1 for what came, -1 for what went
    last: Term
    sure: bool

    @property
    def terms(self) -> list[Term]:
        return [self.first, *(term for _, term in self.moves), self.last]

    @property
    def words(self) -> str:
        told = "".join(f" {'+' if sign > 0 else '-'} {printed(term)}" for sign, term in self.moves)
        return f"{printed(self.first)}{told}"

    @property
    def left(self) -> Interval:
        added = operand(self.first).known
        for sign, term in self.moves:
            size = operand(term).known
            added = added + size if sign > 0 else added - size
        return added


def balances(reading: Reading) -> list[Outcome]:
    """Every sentence that tells what was there, what moved and what is left."""
    found: list[Outcome] = []
    for sentence in reading.sentences:
        found.extend(_both_totals(sentence.terms))
        for one in _told(sentence.terms):
            found.extend(_judged(one))
    return found


def _both_totals(terms: Sequence[Term]) -> Iterator[Outcome]:
    """(5)"""
    for one, other in pairwise(terms):
        if one.subject[-4:] not in _BOTH or one.unit != other.unit:
            continue
        if {one.subject[-4:], other.subject[-4:]} != _BOTH:
            continue
        finding = judge("repeat", places=[one, other])
        same = slip(one.statement.quantity, other.statement.quantity, changed=_LONG, swapped=_LONG)
        if finding.verdict is Verdict.BROKEN and not same:
            continue
        message = ""
        if finding.verdict is Verdict.BROKEN:
            message = f"收入总计与支出总计应相等，一处作{printed(one)}，一处作{printed(other)}，请核对"
        yield outcome("balance", finding, (one, other), "收入总计与支出总计读作同一数", message)


def _told(terms: Sequence[Term]) -> Iterator[_Balance]:
    for place, last in enumerate(terms):
        if place < 2 or not _is_size(last) or not _ENDS.search(last.clause) or "其中" in last.gap:
            continue
        moves: list[tuple[int, Term]] = []
        for term in reversed(terms[max(0, place - _MOST) : place]):
            if term.unit != last.unit or "其中" in term.gap:
                if term.unit == last.unit:
                    break
                continue
            if not _is_size(term) and term.role is not Role.DELTA:
                break  # (1)
            if (found := _opened(term, tuple(reversed(moves)), last)) is not None:
                yield found
                break
            sign = _sign(term)
            if not sign:
                break
            moves.append((sign, term))


def _opened(term: Term, moves: tuple[tuple[int, Term], ...], last: Term) -> _Balance | None:
    signs = {sign for sign, _ in moves}
    adjusted = bool(_ADJUSTED.search(last.clause))
    if moves and adjusted and _PLANNED_FIRST.search(term.clause):
        return _Balance(term, moves, last, True)
    if moves and _BEGINS.search(term.clause):
        net = bool(_NET.search(last.clause))
        if adjusted or net != term.clause.endswith("原值"):
            return None
        return _Balance(term, moves, last, net or len(signs) == 2)  # (2)
    if len(moves) == 1 and signs == {-1} and _PLANNED.search(term.clause) and not adjusted:  # (3)
        return _Balance(term, moves, last, False) if _SPENT.search(moves[0][1].clause) else None
    return None


def _sign(term: Term) -> int:
    if _GOES.search(term.clause):
        return -1
    if _COMES.search(term.clause):
        return 1
    return -1 if _SPENT.search(term.clause) and not _PLANNED.search(term.clause) else 0


def _is_size(term: Term) -> bool:
    return term.is_amount and term.role in _PLAIN


def _judged(one: _Balance) -> Iterator[Outcome]:
    left = Operand("", "应余", one.left, one.words, one.last.unit)
    finding = judge("sum", total=one.last, parts=[left])
    exact = all(term.statement.quantity.qualifier is Qualifier.EXACT for term in one.terms)
    told = exact and (one.sure or _is_mistyped(one))
    if finding.verdict is Verdict.BROKEN and not told:  # (2), (3), (4)
        return
    message = ""
    if finding.verdict is Verdict.BROKEN:
        message = f"{one.words}，不等于“{one.last.clause[-8:]}”{printed(one.last)}，请核对增减与结果"
    elif finding.verdict is Verdict.KEPT:
        message = "增减与结果相符"
    words = f"“{one.first.clause[-8:]}”读作起始数，“{one.last.clause[-8:]}”读作增减之后的结果"
    yield outcome("balance", finding, (one.last, *one.terms[:-1]), words, message)


def _is_mistyped(one: _Balance) -> bool:
    """What is left would be right but for a slip of the pen."""
    step = one.last.statement.quantity.step or Fraction(1)
    value = Fraction(one.first.statement.quantity.value)
    for sign, term in one.moves:
        value += sign * Fraction(term.statement.quantity.value)
    right = Quantity(round_half_up(value, 6), one.last.unit, step=step)
    return value > 0 and bool(slip(one.last.statement.quantity, right, changed=_LONG, swapped=_LONG))
