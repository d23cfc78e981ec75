"""Score sheets: nothing earns more than it is worth, points add up, execution is its rate.

A table with a column of points to be had (分值, 权重, 满分) and one of points earned (得分, 自评得分).
(1) Each row: what is earned is at most what it is worth.
(2) Worth and scores of the rows add up to the row called 总分 or 合计; without one the worth adds up to 100 where
at least four rows all but make it. Rows called 小计 and rows that tell one column alone are left out.
(3) The table vouches for itself: where neither column adds up to its total, some rows sum up others, and no sum
is told.
(4) The row of money: 得分 is 执行率 times 分值, where the rate stands in the same row.
(5) 得分 full although the actual value misses its target, and lost points without a reason: notes, one a table.
Does not see bonus points, nor scores inside words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from jixiao.errors import BadInput
from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.tables_numbers import Column, Entry, Numbers, numbers_in
from jixiao.reading.checks.tables_rates import as_share
from jixiao.reading.quantities import find_alone
from jixiao.reading.read import Reading
from jixiao.relations import Operand, examine
from jixiao.values import Finding, Interval, Qualifier, Verdict, decimal_text, round_half_up

_WORTH = re.compile(r"(?:指标)?(?:分值|权重|满分|标准分值?|赋分|应得分|设定分值)(?:[（(].{0,8}[）)])?")
_EARNED = re.compile(r"(?:自评|评价|考核|实际|最终|实)?(?:得分|评分)(?:[（(].{0,8}[）)])?")
_TOTAL = re.compile(r"(?:自评)?(?:总分|合计|总计|总得分|合计得分|总分合计|共计)[:：]?")
_SUBTOTAL = re.compile(r"小计")
_BONUS = re.compile(r"加分|扣分|附加")
_EXECUTION = re.compile(r"执行率")
_TARGET = re.compile(r".*(?:指标值|目标值)")
_ACTUAL = re.compile(r".*(?:实际完成|完成值|完成情况|实际值).*")
_REASON = re.compile(r".*(?:偏差|原因|扣分说明).*")
_LEAST = 4
_FULL = 100
_NEARLY = Fraction(85, 100)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The two columns and the rows by what they are."""

    numbers: Numbers
    worth: Column
    earned: Column
    items: tuple[int, ...]
    total: int | None

    def entry(self, row: int, column: Column) -> Entry | None:
        return self.numbers.entries.get((row, column.index))


def table_scores(reading: Reading) -> list[Outcome]:
    """Score sheets of a reading."""
    found: list[Outcome] = []
    for numbers in numbers_in(reading):
        sheet = _sheet(numbers)
        if sheet is not None:
            found += [*_over(sheet), *_sums(sheet), *_executions(sheet), *_notes(sheet)]
    return found


def _sheet(numbers: Numbers) -> _Sheet | None:
    columns = [one for one in (*numbers.amounts, *numbers.rates) if one.heading]
    worths = [one for one in columns if _WORTH.fullmatch(one.heading[-1])]
    earned = [one for one in columns if _EARNED.fullmatch(one.heading[-1])]
    if len(worths) != 1 or len(earned) != 1:
        return None
    items, totals = list[int](), list[int]()
    for row in numbers.body:
        words = [numbers.table.words(row, column) for column in range(1, worths[0].index)]
        if any(_TOTAL.fullmatch(word) for word in words[:3]):
            totals.append(row)
        elif any(_SUBTOTAL.search(word) or _BONUS.search(word) for word in words):
            continue
        elif (row, worths[0].index) in numbers.entries and (row, earned[0].index) in numbers.entries:
            items.append(row)
    if len(totals) > 1 or len(items) < 2:
        return None
    return _Sheet(numbers, worths[0], earned[0], tuple(items), totals[0] if totals else None)


def _over(sheet: _Sheet) -> Iterator[Outcome]:
    """(1)"""
    for row in sheet.items:
        worth, earned = sheet.entry(row, sheet.worth), sheet.entry(row, sheet.earned)
        if worth is None or earned is None:
            continue
        found = _examined("subset", whole=worth.operand, parts=[earned.operand])
        if found is None:
            continue
        message = f"{earned.cell.place.label}：{found.reason}"
        if found.verdict is Verdict.BROKEN:
            message = (
                f"{earned.cell.place.label}：得分{earned.operand.text}高于分值{worth.operand.text}，请更正"
            )
        words = "同一行的分值与得分读作同一项"
        yield Outcome(
            "score", found.verdict, (worth.span, earned.span), found.stated, found.computed, words, message
        )


def _sums(sheet: _Sheet) -> Iterator[Outcome]:
    """(2), (3)"""
    told = [one for column in (sheet.worth, sheet.earned) if (one := _sum(sheet, column)) is not None]
    broken = [one for one in told if one.verdict is Verdict.BROKEN]
    if len(broken) < len(told) or (len(told) == 1 and _makes_full(sheet)):
        yield from told


def _makes_full(sheet: _Sheet) -> bool:
    """The worth of the rows makes 100: they are all there."""
    parts = [entry for row in sheet.items if (entry := sheet.entry(row, sheet.worth)) is not None]
    return sum((part.value for part in parts), Fraction(0)) == _FULL


def _sum(sheet: _Sheet, column: Column) -> Outcome | None:
    parts = [entry for row in sheet.items if (entry := sheet.entry(row, column)) is not None]
    total = sheet.entry(sheet.total, column) if sheet.total is not None else None
    spans = tuple(part.span for part in parts)
    if total is not None:
        whole, spans, place = total.operand, (total.span, *spans), total.cell.place.label
    elif column is sheet.worth and len(parts) >= _LEAST:
        added = sum((part.value for part in parts), Fraction(0))
        if not _FULL * _NEARLY <= added <= _FULL / _NEARLY or _unlike(parts):
            return None
        whole, place = Operand("", "分值合计", Interval.point(_FULL), "100"), parts[0].cell.place.label
    else:
        return None
    found = _examined("sum", total=whole, parts=[part.operand for part in parts])
    if found is None:
        return None
    words = f"“{column.title[-8:]}”列各项之和读作{'总分' if total is not None else '100分'}"
    return Outcome(
        "table_sum", found.verdict, spans, found.stated, found.computed, words, f"{place}：{found.reason}"
    )


def _unlike(parts: Sequence[Entry]) -> bool:
    """Weights told as shares of 1 or of their heading are not held against 100."""
    return any("%" in part.operand.text or "％" in part.operand.text for part in parts)


def _executions(sheet: _Sheet) -> Iterator[Outcome]:
    """(4)"""
    rates = [one for one in sheet.numbers.rates if _EXECUTION.search(one.title)]
    if len(rates) != 1:
        return
    for row in sheet.items:
        rate, worth, earned = (sheet.entry(row, column) for column in (rates[0], sheet.worth, sheet.earned))
        if rate is None or worth is None or earned is None:
            continue
        share = as_share(rate.operand, rates[0].title)
        value = min((share.known.low or Fraction(0)) + share.step / 2, Fraction(1)) * worth.value
        half = share.step * worth.value / 2
        shown = decimal_text(round_half_up(value, 2))
        expected = Operand("", "按执行率折算的得分", Interval(value - half, value + half), shown)
        found = _examined("repeat", places=[expected, replace(earned.operand, unit="")])
        if found is None:
            continue
        message = f"{earned.cell.place.label}：{found.reason}"
        if found.verdict is Verdict.BROKEN:
            message = f"{earned.cell.place.label}：执行率{share.text}乘以分值{worth.operand.text}应得{shown}分，请核对"
        computed = f"{share.text} × {worth.operand.text} = {shown}"
        words = "执行率一行的得分读作执行率乘以分值"
        spans = (rate.span, worth.span, earned.span)
        yield Outcome("score", found.verdict, spans, earned.operand.text, computed, words, message)


def _notes(sheet: _Sheet) -> Iterator[Outcome]:
    """(5)"""
    headings = {
        column: "".join(sheet.numbers.table.heading(column)[-1:])
        for column in range(1, sheet.numbers.table.columns + 1)
    }
    target = [column for column, words in headings.items() if _TARGET.fullmatch(words)]
    actual = [column for column, words in headings.items() if _ACTUAL.fullmatch(words)]
    reason = [column for column, words in headings.items() if _REASON.fullmatch(words)]
    missed, silent = list[Entry](), list[Entry]()
    for row in sheet.items:
        worth, earned = sheet.entry(row, sheet.worth), sheet.entry(row, sheet.earned)
        if worth is None or earned is None:
            continue
        if earned.value == worth.value and len(target) == len(actual) == 1:
            if _misses(sheet.numbers.table.words(row, target[0]), sheet.numbers.table.words(row, actual[0])):
                missed.append(earned)
        elif earned.value < worth.value and reason and not sheet.numbers.table.words(row, reason[0]):
            silent.append(earned)
    for entries, words in (
        (missed, "实际完成值未达到指标值却得满分，请核对"),
        (silent, "得分低于分值而未填偏差原因，请补充"),
    ):
        if entries:
            places = "、".join(entry.cell.place.label for entry in entries[:5])
            spans = tuple(entry.span for entry in entries)
            message = f"{places}{'等' if len(entries) > 5 else ''}共{len(entries)}处{words}"
            yield Outcome("score", Verdict.NOT_APPLICABLE, spans, "", "", "逐行读作一项指标", message)


def _misses(target: str, actual: str) -> bool:
    wanted, reached = find_alone(target), find_alone(actual)
    if wanted is None or reached is None or wanted.quantity.unit != reached.quantity.unit:
        return False
    if wanted.quantity.qualifier is not Qualifier.AT_LEAST:
        return False
    return reached.quantity.interval.is_below(Interval.point(Fraction(wanted.quantity.value)))


def _examined(relation: str, **arguments: object) -> Finding | None:
    try:
        return examine(relation, arguments)
    except BadInput:  # two units in one line
        return None
