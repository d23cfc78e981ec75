"""The same fact in the prose and in a table: 培训经费支出决算665.33万元 against the row 培训经费 with 6465.33.

A row is the same fact where its label (numbering and 其中 aside) is what the prose counts, at least four characters,
words that only point (表中, 附表2所列) or say of what it is a sum (决算数) aside; its unit is that of the heading, the
caption or the cell.
(1) Any cell of any row so called that fits is enough: the prose then agrees with it.
(2) Only a slip of the pen or of the unit (万元 for 亿元) in a number of at least four digits is told (of two where two are
changed about and the name has six characters), and only where one cell alone is so near and its column is not of another year or of the budget.
(3) A label of six characters with which the words of the prose end (某局培训经费支出) may be a part of another body: there
the number has five digits.
Does not see rows named otherwise, nor totals that the table only calls 合计.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from jixiao.reading.checks.outcome import Outcome, judge, printed
from jixiao.reading.checks.slips import slip
from jixiao.reading.checks.tables_numbers import Column, Entry, Numbers, numbers_in
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.reading.units import known_as
from jixiao.relations import Operand
from jixiao.values import Interval, Qualifier, Quantity, Verdict, round_half_up

_SHORTEST, _ENDING, _LONGEST = 4, 6, 40
_LONG = 4  # digits
_NUMBERING = re.compile(
    r"\A(?:[一二三四五六七八九十]{1,3}[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[、.．]|其中[:：]?)+"
)
_SCALED = re.compile(r"(万元|亿元|千元|百万元|元)")
_YUAN = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
_OTHER_YEAR = re.compile(r"上年|去年|上期|同期")
_BUDGET = re.compile(r"预算|计划|目标")
_NOT = frozenset([Role.PREVIOUS, Role.SHARE, Role.DELTA, Role.GROWTH, Role.TARGET])
_POINTING = re.compile(
    r"\A(?:如|见|据|由|从|根据)?(?:[上下附本该此前后]?[附列]?表(?:格|[0-9一二三四五六七八九十]{1,2})?)(?:中|内|里)?(?:显示|所示|可见|可知|所列|反映|列示)?的?"
)
_OTHERS = re.compile(r"(?:其他|其它|其余|非|除|不含|上年|去年|年初|新增|追加|结转)\Z")
_TAIL = re.compile(r"(?:支出|收入)?(?:决算数?|预算数?|执行数?|支出|金额|总额|共计|合计|数)*\Z")
_TAIL_ENDS = frozenset("出入算行额计数")


@dataclass(frozen=True)
class _Cell:
    """A number of a table; its quantity is worked out where the prose speaks of its row."""

    numbers: Numbers
    column: Column
    entry: Entry

    @cached_property
    def quantity(self) -> Quantity:
        return _quantity(self.numbers, self.column, self.entry)


def table_prose(reading: Reading) -> list[Outcome]:
    """Facts of the prose against rows of the same name."""
    if not reading.document.tables or not reading.sentences:
        return []
    rows = _rows(reading)
    if not rows:
        return []
    return [
        found
        for sentence in reading.sentences
        for term in sentence.terms
        if _is_fact(term)
        for found in _judged(term, *_named(rows, term))
    ]


def _is_fact(term: Term) -> bool:
    return (
        term.is_amount
        and term.role not in _NOT
        and len(term.full) >= _SHORTEST
        and term.statement.quantity.qualifier is Qualifier.EXACT
        and bool(term.statement.quantity.value)
    )


def _rows(reading: Reading) -> dict[str, list[_Cell]]:
    """The cells of every row by its label."""
    rows: dict[str, list[_Cell]] = {}
    for numbers in numbers_in(reading):
        for columns in numbers.blocks:
            labels = _labels(numbers, columns[0].names)
            for column in columns:
                for row, label in labels.items():
                    if (entry := numbers.entries.get((row, column.index))) is not None:
                        rows.setdefault(label, []).append(_Cell(numbers, column, entry))
    return rows


def _labels(numbers: Numbers, column: int) -> dict[int, str]:
    """What the rows are called in a label column, where that is long enough to tell them by."""
    told = {row: _NUMBERING.sub("", numbers.label(row, column)) for row in numbers.body if column}
    return {row: label for row, label in told.items() if len(label) >= _SHORTEST}


def _quantity(numbers: Numbers, column: Column, entry: Entry) -> Quantity:
    """A cell in base units, by the unit of the cell, the heading or the caption."""
    scaled = _SCALED.search(column.title)
    unit = entry.operand.unit or (scaled[1] if scaled else numbers.table.unit)
    base, factor = unit, Fraction(1)
    if unit in _YUAN:
        base, factor = "元", Fraction(_YUAN[unit])
    elif unit:
        base, power = known_as(unit)
        factor = Fraction(10) ** power
    value = round_half_up(entry.value * factor, 6)
    return Quantity(value, base, step=entry.operand.step * factor)


def _named(rows: dict[str, list[_Cell]], term: Term) -> tuple[list[_Cell], int]:
    """The cells of the rows a term may mean, and how many digits a slip needs there (3)."""
    names = {_POINTING.sub("", name) if "表" in name else name for name in (term.full, term.subject)}
    names |= {_TAIL.sub("", name) for name in names if name[-1:] in _TAIL_ENDS}
    found = [cell for name in sorted(names) if len(name) >= _SHORTEST for cell in rows.get(name, ())]
    if found:
        return found, _LONG
    for name in sorted(names):
        for place in range(max(1, len(name) - _LONGEST), len(name) - _ENDING + 1):  # the longest ending first
            if name[place:] in rows and not _OTHERS.search(name[:place]):
                return rows[name[place:]], _LONG + 1
    return [], _LONG


def _judged(term: Term, cells: list[_Cell], digits: int) -> Iterator[Outcome]:
    quantity = term.statement.quantity
    alike = [
        cell
        for cell in cells
        if cell.quantity.unit == quantity.unit or (not cell.quantity.unit and quantity.unit != "元")
    ]
    for cell in alike:  # (1)
        if cell.quantity.interval.meets(quantity.interval):
            yield _told(term, cell)
            return
    swapped = 2 if digits == _LONG and len(term.full) >= _ENDING else digits  # (2)
    near = [
        cell
        for cell in alike
        if _is_of_its_kind(term, cell) and slip(quantity, cell.quantity, changed=digits, swapped=swapped)
    ]
    if len(near) == 1:  # (2)
        yield _told(term, near[0])


def _is_of_its_kind(term: Term, cell: _Cell) -> bool:
    planned = term.role is Role.BUDGET or bool(_BUDGET.search(term.clause))
    if _OTHER_YEAR.search(cell.column.title):
        return False
    return planned == bool(_BUDGET.search(cell.column.title))


def _told(term: Term, cell: _Cell) -> Outcome:
    finding = judge("repeat", places=[term, _operand(cell, term)])
    label = cell.entry.operand.label
    words = f"“{term.full}”与表中“{label}”读作同一事项"
    message = finding.reason
    if finding.verdict is Verdict.BROKEN:
        message = f"文中“{term.full}”作{printed(term)}，{cell.entry.cell.place.label}“{label}”作{cell.entry.operand.text}，请核对"
    spans = (term.span, cell.entry.span)
    return Outcome("repeat", finding.verdict, spans, printed(term), finding.computed, words, message)


def _operand(cell: _Cell, term: Term) -> Operand:
    interval: Interval = cell.quantity.interval
    text = cell.entry.operand.text
    return Operand("", cell.entry.operand.label, interval, text, term.unit, None, cell.quantity.step)
