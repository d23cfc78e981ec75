"""The same fact told in two places is the same number.

Two places tell the same fact where they name it by the same words, at least six characters (dates and verbs of
collecting aside), in one measure word, one part (预算 is not 决算) and one period.

(1) Numbers printed more or less finely agree where one number can be meant by both.
(2) The same words may name another body's figure: only a slip of the pen (a digit changed or left out, two
changed about, a point moved) in a number of at least four digits (three under twelve characters of the same
words, under ten where one is left out), two changed about in any, and the same digits
under another unit (万元, 亿元) are told; any other difference is passed over.
(7) The heads of 三公经费 are told again within a few sentences: two digits of them are enough for such a slip.
(3) Names that only end alike (甲单位培训经费支出 and 培训经费支出) are one fact where the numbers have five digits.
(4) Equal numbers of five digits under names that have four characters in common tell the same fact and agree.
(5) Parts of an enumeration (其中女性) belong to their whole and are not compared.
(6) One sentence repeats a fact only with 上述, 前述, 该 or 仍为; 仍为 speaks of one number whatever the period.
Does not see a fact that is told in quite other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.checks.slips import digits_of, slip
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import Qualifier, Verdict

_SHORTEST = 6
_ENDING = 4
_LONG = 5
_KEPT = 6
_PERIOD = re.compile(
    r"\d{4}年|\d{1,2}月|[上下]半年|[一二三四]季度|上年|去年|今年|本年|全年|同期|累计|五年|年初|年末|年底|当年|此前|原"
)
_MAY_TELL_TIME = re.compile("[年月季期累此原]")  # one of them stands in every word of time
_NOW = frozenset(["今年", "本年", "全年", "当年", "累计"])
_VERB = re.compile(
    r"\A(?:我?[局委办会]|本?单位)?(?:共|累计|已)?(?:收集|收到|征集|举办|开展|组织|完成|实现|报送|编发|登记|支付|使用)(?:了|各类)?"
)
_BACK = re.compile(r"上述|前述|该[项笔批]?|如前所述|仍[为是]")
_STILL = re.compile(r"仍[为是]")
_PLAIN = frozenset([Role.NONE, Role.TOTAL])
_OF_TWO_YEARS = frozenset([Role.PREVIOUS, Role.CURRENT])
_WORDY, _CLEAR = 12, 10
_HEADS = re.compile("公务接待费|公务用车购置|公务用车运行|因公出国")
_SOON = 20  # sentences
_KIND = re.compile(r"预算|收入|结转|结余|上年|去年|计划|目标|追加|调整|新增|其中|人均|户均|平均")
_YEAR = re.compile(r"(20\d\d)\s?年")
_NOTHING: frozenset[str] = frozenset()  # one for all: an empty one is as large as a few words


@dataclass(slots=True)
class _Told:
    """A fact with its name and period as they are compared."""

    term: Term
    name: str
    periods: frozenset[str]
    kinds: frozenset[str]
    number: str  # its digits as printed
    size: int  # the number they make
    is_still: bool  # 仍为 leads to it
    digits: str  # without the zeros behind: the number in another unit has the same


@dataclass(slots=True)
class _Memory:
    """The last few facts of a name and of an ending."""

    names: dict[tuple[str, str], list[_Told]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], _Told] = field(default_factory=dict)


def repeats(reading: Reading) -> list[Outcome]:
    """Every place against the places before that tell the same fact."""
    parts = {part.span for one in reading.enumerations for part in one.parts}
    own = _own_year(reading.document.text)
    memory = _Memory()
    found: list[Outcome] = []
    for sentence in reading.sentences:
        for term in sentence.terms:
            if _is_fact(term) and term.span not in parts:  # (5)
                found.extend(_compared(memory, _told(term, own)))
    return found


def _own_year(text: str) -> str:
    """The year a report speaks of: the first it names."""
    first = _YEAR.search(text, 0, 2000)
    return f"{first[1]}年" if first else ""


def _is_fact(term: Term) -> bool:
    return (
        len(term.full) >= _ENDING
        and term.is_amount
        and term.role not in _OF_TWO_YEARS
        and term.statement.quantity.qualifier is Qualifier.EXACT
    )


def _told(term: Term, own: str) -> _Told:
    periods = _NOTHING
    if _MAY_TELL_TIME.search(term.gap):
        periods = frozenset(_PERIOD.findall(term.gap)) - _NOW - {own} or _NOTHING
    verb = _VERB.match(term.full)
    name = (term.full[verb.end() :] if verb else term.full).removesuffix("仍")
    kinds = frozenset(_KIND.findall(term.gap[-24:])) or _NOTHING
    number = digits_of(term.statement.quantity)
    is_still = "仍" in term.clause and bool(_STILL.search(term.clause))
    return _Told(term, name, periods, kinds, number, int(number), is_still, number.rstrip("0"))


def _compared(memory: _Memory, told: _Told) -> Iterator[Outcome]:
    unit = told.term.unit
    number = told.number
    done: Term | None = None
    if len(told.name) >= _ENDING:
        ending = (unit, told.name[-_ENDING:])
        remembered = memory.names.get(ending)
        if remembered is None:
            remembered = memory.names[ending] = []
        for before in reversed(remembered):
            if (
                (before.digits == told.digits or _are_akin(before, told))
                and _may_be_one(before, told)
                and (one := _outcome(before, told)) is not None
            ):
                done = before.term
                yield one
                break
        remembered.append(told)
        if len(remembered) > _KEPT:
            del remembered[0]
    if len(told.digits) >= _LONG:
        equal = memory.numbers.get((unit, number))
        memory.numbers[(unit, number)] = told
        if equal is not None and equal.term is not done and _is_the_same_number(equal, told):  # (4)
            finding = judge("repeat", places=(equal.term, told.term))
            if finding.verdict is Verdict.KEPT:
                words = f"“{equal.name}”与“{told.name}”同为{printed(told.term)}，读作同一事项"
                yield outcome("repeat", finding, (equal.term, told.term), words)


def _are_akin(before: _Told, told: _Told) -> bool:
    """One name is the other or its end (3)."""
    return before.name.endswith(told.name) or told.name.endswith(before.name)


def _may_be_one(before: _Told, told: _Told) -> bool:
    one, other = before.term, told.term
    agree = one.role == other.role or one.role in _PLAIN or other.role in _PLAIN
    if told.is_still:
        return agree
    if not agree or before.periods != told.periods or before.kinds != told.kinds:
        return False
    return one.sentence != other.sentence or bool(_BACK.search(other.gap))  # (6)


def _outcome(before: _Told, told: _Told) -> Outcome | None:
    one, other = before.term, told.term
    same = before.name == told.name and len(told.name) >= _SHORTEST
    if _meet(before, told):
        if not same:
            return None
        return outcome("repeat", judge("repeat", places=(one, other)), (one, other), _words(told))
    akin = same or _are_akin(before, told)
    first, second = one.statement.quantity, other.statement.quantity
    digits = (before.number, told.number)
    if not same and not (akin and min(len(before.name), len(told.name)) >= _SHORTEST):
        kind = slip(first, second, changed=_LONG + 1, swapped=_LONG + 1, digits=digits)
    elif not same:
        kind = slip(first, second, changed=_LONG, swapped=_LONG, digits=digits)
    else:
        is_head = other.sentence - one.sentence <= _SOON and _HEADS.search(told.name)  # (7)
        changed = 2 if is_head else 3 if len(told.name) >= _WORDY else 4
        dropped = 2 if is_head else 3 if len(told.name) >= _CLEAR else 4
        kind = slip(first, second, changed=changed, swapped=2, dropped=dropped, digits=digits)  # (2)
    if not kind or not (akin or kind == "unit"):
        return None
    finding = judge("repeat", places=(one, other))
    message = ""
    if kind == "unit" and finding.verdict is Verdict.BROKEN:
        message = f"同一事项一处作{printed(one)}，一处作{printed(other)}，数字相同而单位不同，请核对单位"
    return outcome("repeat", finding, (one, other), _words(told), message)


def _words(told: _Told) -> str:
    return f"两处均读作“{told.name}”"


def _meet(before: _Told, told: _Told) -> bool:
    """(1)"""
    first, second = before.term.statement.quantity, told.term.statement.quantity
    if first.value == second.value:
        return True
    if abs(before.size - told.size) > 2 and (first.step is second.step or first.step == second.step):
        return False  # far apart, the last digit aside
    return first.interval.meets(second.interval)


def _is_the_same_number(before: _Told, told: _Told) -> bool:
    """(4)"""
    if before.periods != told.periods or before.term.sentence == told.term.sentence:
        return False
    if before.term.statement.quantity.value != told.term.statement.quantity.value:
        return False
    name, other = before.name, told.name
    pieces = {name[place : place + _ENDING] for place in range(len(name) - _ENDING + 1)}
    return any(other[place : place + _ENDING] in pieces for place in range(len(other) - _ENDING + 1))
