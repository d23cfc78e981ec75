"""Growth columns: 增减额 and 增减率 from the columns of the two years.

The years are told by their headings (上年 and 本年, or two years), increase and rate by theirs. A row is kept where its
increase and its rate fit both years; rates may be printed without their sign. One row that fits vouches for
the columns, and at most half of the rows may not fit.
(1) A rate over nothing (上年为0) is not looked at: the form asks for it, the row has no other way.
(2) Where three columns may be one of the two years (预算, 决算, 本年 …), nothing is said.
Does not see growth told against a column of another table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.errors import BadInput
from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.tables_numbers import Column, Entry, Numbers, numbers_in
from jixiao.reading.checks.tables_rates import as_share
from jixiao.reading.read import Reading
from jixiao.relations import examine
from jixiao.values import Finding, Verdict

_DELTA = re.compile(
    r"增减(?:额|数|变动|情况)?(?:[（(].*)?|增加额?|增长额|变动额|差额|增减金额|比上年增减额?|较上年增减额?"
)
_RATE = re.compile(
    r".*(?:增减率|增长率|增幅|增减幅度?|变动率|增减[%％]|增长[%％]|增减比例|变动幅度|增速)(?:[（(].*)?"
)
_PREVIOUS = re.compile(r"上年|去年|上期|同期|上一年")
_CURRENT = re.compile(r"本年|今年|本期|当年|本季|今期")
_YEAR = re.compile(r"(20\d\d)年?")


@dataclass(frozen=True, slots=True)
class _Line:
    entries: tuple[Entry, ...]
    finding: Finding


def table_growth(reading: Reading) -> list[Outcome]:
    """Growth of every table with two years."""
    return [found for numbers in numbers_in(reading) for found in _growth(numbers)]


def _growth(numbers: Numbers) -> Iterator[Outcome]:
    deltas = [one for one in numbers.amounts if one.heading and _DELTA.fullmatch(one.heading[-1])]
    rates = [one for one in numbers.rates if one.heading and _RATE.fullmatch(one.heading[-1])]
    if len(deltas) > 1 or len(rates) > 1 or not (deltas or rates):
        return
    years = _two_years([one for one in numbers.amounts if one not in deltas])
    if years is None:  # (2)
        return
    previous, current = years
    for told in (deltas, rates):
        if not told:
            continue
        lines = [
            line
            for row in numbers.body
            if (line := _line(numbers, row, previous, current, told[0], told is rates))
        ]
        broken = [line for line in lines if line.finding.verdict is Verdict.BROKEN]
        kept = len(lines) - len(broken)
        if kept and len(broken) * 2 <= len(lines):
            for line in lines:
                yield _told(line, previous, current)


def _two_years(columns: Sequence[Column]) -> tuple[Column, Column] | None:
    """The columns of last year and of this one, where only two can be meant."""
    previous = [one for one in columns if _PREVIOUS.search(one.title)]
    current = [one for one in columns if _CURRENT.search(one.title) and one not in previous]
    if len(previous) == 1 and len(current) == 1:
        return previous[0], current[0]
    dated = [(match[1], one) for one in columns if (match := _YEAR.search(one.title))]
    if not previous and not current and len(dated) == 2 and dated[0][0] != dated[1][0]:
        dated.sort(key=lambda one: one[0])
        return dated[0][1], dated[1][1]
    return None


def _line(
    numbers: Numbers, row: int, previous: Column, current: Column, told: Column, is_rate: bool
) -> _Line | None:
    entries = [numbers.entries.get((row, column.index)) for column in (current, previous, told)]
    now, before, stated = entries
    if now is None or before is None or stated is None or before.value < 0 or now.value < 0:
        return None
    if is_rate and not before.value:  # (1)
        return None
    change = {"growth": as_share(stated.operand, told.title + "%")} if is_rate else {"delta": stated.operand}
    judged: list[Finding] = []
    for falling in (False, True):
        try:
            judged.append(
                examine(
                    "change",
                    {"current": now.operand, "previous": before.operand, **change, "falling": falling},
                )
            )
        except BadInput:
            return None
    finding = next((one for one in judged if one.verdict is Verdict.KEPT), judged[0])
    return _Line((now, before, stated), finding)


def _told(line: _Line, previous: Column, current: Column) -> Outcome:
    found = line.finding
    words = f"本期读作“{current.title[-12:]}”，上期读作“{previous.title[-12:]}”"
    message = f"{line.entries[2].cell.place.label}：{found.reason}"
    spans = tuple(entry.span for entry in line.entries)
    return Outcome("table_change", found.verdict, spans, found.stated, found.computed, words, message)
