"""Share columns: 占比, 比重, 构成 of each row is its amount over the amount of the total row.

The amount column is the one that makes most shares right, the total row one called 合计 (总计, 总额); at least two
rows must be right, and most. A table that calls no row a total is tried with the sum of its rows, which must
then make all shares right but one of at least four.
Does not see shares of several wholes in one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.errors import BadInput
from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.tables_numbers import Column, Entry, Numbers, numbers_in
from jixiao.reading.checks.tables_rates import as_share
from jixiao.reading.read import Reading
from jixiao.relations import Operand, examine
from jixiao.values import Finding, Interval, Verdict

_SHARE = re.compile(r"占比|比重|构成|占[^率]{0,8}(?:[%％]|比例|百分比)|百分比")
_TOTAL = re.compile(r".{0,8}?(?:合计|总计|总额|共计|总数)[:：]?")
_LEAST = 2
_LEAST_WITHOUT_TOTAL = 4


@dataclass(frozen=True, slots=True)
class _Line:
    part: Entry
    share: Entry
    finding: Finding

    @property
    def is_kept(self) -> bool:
        return self.finding.verdict in (Verdict.KEPT, Verdict.ROUNDING) and self.part.value != 0


def table_shares(reading: Reading) -> list[Outcome]:
    """Share columns of every table."""
    return [
        found
        for numbers in numbers_in(reading)
        for column in numbers.rates
        if _SHARE.search(column.title)
        for found in _shares(numbers, column)
    ]


def _shares(numbers: Numbers, column: Column) -> Iterator[Outcome]:
    tried: list[tuple[int, list[_Line], Entry | None, Column]] = []
    for amounts in numbers.amounts:
        if amounts.names != column.names:
            continue
        for total in _totals(numbers, amounts):
            lines = list(_lines(numbers, column, amounts, total))
            tried.append((sum(line.is_kept for line in lines), lines, total, amounts))
    if not tried:
        return
    kept, lines, total, amounts = max(tried, key=lambda one: (one[0], -len(one[1])))
    broken = [line for line in lines if line.finding.verdict is Verdict.BROKEN]
    if total is None:
        vouched = kept >= _LEAST_WITHOUT_TOTAL - 1 and len(broken) <= 1 and len(lines) >= _LEAST_WITHOUT_TOTAL
    else:
        vouched = kept >= _LEAST and len(broken) * 2 <= kept
    right = {line.share.span for _, others, _, _ in tried for line in others if line.is_kept}
    if vouched:
        for line in lines:
            if line.finding.verdict is not Verdict.BROKEN or line.share.span not in right:
                yield _told(line, total, amounts)


def _totals(numbers: Numbers, amounts: Column) -> Iterator[Entry | None]:
    """The entries that may be the whole; None stands for the sum of the rows where no row is a total."""
    found = [
        entry
        for row in numbers.body
        if _TOTAL.fullmatch(numbers.label(row, amounts.names))
        and (entry := numbers.entries.get((row, amounts.index))) is not None
        and entry.value > 0
    ]
    if found:
        yield from found
    else:
        yield None


def _lines(numbers: Numbers, column: Column, amounts: Column, total: Entry | None) -> Iterator[_Line]:
    rows = [
        (part, share)
        for row in numbers.body
        if (part := numbers.entries.get((row, amounts.index))) is not None
        and (share := numbers.entries.get((row, column.index))) is not None
    ]
    if total is None and any(part.value < 0 for part, _ in rows):
        return
    whole = total.operand if total is not None else _added([part for part, _ in rows])
    for part, share in rows:
        arguments = {
            "numerator": part.operand,
            "denominator": whole,
            "rate": as_share(share.operand, column.title),
        }
        try:
            finding = examine("rate", arguments)
        except BadInput:
            continue
        if finding.verdict is not Verdict.NOT_APPLICABLE:
            yield _Line(part, share, finding)


def _added(parts: list[Entry]) -> Operand:
    added = Interval.total(part.operand.known for part in parts)
    unit = parts[0].operand.unit if parts else ""
    return Operand("", "各行之和", added, "各行之和", unit)


def _told(line: _Line, total: Entry | None, amounts: Column) -> Outcome:
    found = line.finding
    words = (
        f"“{line.share.operand.label}”＝“{amounts.title[-12:]}”÷{'合计' if total is not None else '各行之和'}"
    )
    message = f"{line.share.cell.place.label}：{found.reason}"
    spans = (
        (line.part.span, total.span, line.share.span)
        if total is not None
        else (line.part.span, line.share.span)
    )
    return Outcome("table_rate", found.verdict, spans, found.stated, found.computed, words, message)
