"""Totals across a row: the column 合计 (小计, 总计) equals the columns it sums up.

Under a merged heading a 小计 sums up its own group; a 合计 sums up the groups beside it, each by its 小计 where
it has one. Which columns are meant, the rows decide: at least two must be right and most of them. Columns of
其中, rates, prices and codes are no parts. Does not look at tables of more than sixty columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.tables_numbers import Column, Numbers, numbers_in
from jixiao.reading.checks.tables_sums import settle, trial
from jixiao.reading.read import Reading

_TOTAL = re.compile(r".{0,12}?(?:合计|总计|总额|共计|小计|总数)(?:[（(][^）)]{0,12}[）)])?")
_MOST = 60
_AMONG = re.compile(r"其中")


def table_columns(reading: Reading) -> list[Outcome]:
    """Column totals of every table."""
    return [
        found
        for numbers in numbers_in(reading)
        for columns in numbers.blocks
        if 2 < len(columns) <= _MOST
        for found in _totals(numbers, columns)
    ]


def _totals(numbers: Numbers, columns: list[Column]) -> Iterator[Outcome]:
    for place, total in enumerate(columns):
        if not total.heading or not _TOTAL.fullmatch(total.heading[-1]):
            continue
        readings: dict[tuple[int, ...], None] = {}
        for parts in _readings(columns, place):
            if len(parts) > 1:
                readings.setdefault(tuple(column.index for column in parts))
        trials = [
            trial(
                numbers,
                [((row, total.index), [(row, part) for part in parts]) for row in numbers.body],
                f"“{total.title[:20]}”列为{'、'.join(_title(numbers, part) for part in parts[:6])}等列之和",
            )
            for parts in readings
        ]
        yield from settle(trials, least=2)


def _title(numbers: Numbers, index: int) -> str:
    heading = next(column.heading for column in numbers.amounts if column.index == index)
    return f"“{''.join(heading[-1:])[:12]}”"


def _readings(columns: list[Column], place: int) -> Iterator[Sequence[Column]]:
    """Its own group, what follows it, what precedes it, and everything else."""
    total = columns[place]
    depth = len(total.heading) - 1
    plain = [
        column
        for column in columns
        if column is not total and not any(_AMONG.match(words) for words in column.heading)
    ]
    if depth:
        yield _top([one for one in plain if one.heading[:depth] == total.heading[:depth]], depth)
    following = [one for one in plain if one.index > total.index]
    preceding = [one for one in plain if one.index < total.index]
    totals = [one for one in following if _is_total(one, 0)]
    yield _top([one for one in following if not totals or one.index < totals[0].index], 0)
    yield _top(preceding, 0)
    yield _top([one for one in preceding if not _is_total(one, 0)], 0)
    yield _top(plain, 0)


def _top(columns: list[Column], depth: int) -> list[Column]:
    """One column for each group: its total where it has one, else all that stand in it."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        words = column.heading[depth] if len(column.heading) > depth else f"#{column.index}"
        groups.setdefault(words, []).append(column)
    found: list[Column] = []
    for group in groups.values():
        totals = [one for one in group if _is_total(one, depth + 1)]
        if len(group) == 1:
            found += group
        elif totals:
            found.append(totals[0])
        elif any(len(one.heading) > depth + 1 for one in group):
            found += _top(group, depth + 1)
        else:
            found += group
    return found


def _is_total(column: Column, depth: int) -> bool:
    return len(column.heading) == depth + 1 and bool(_TOTAL.fullmatch(column.heading[depth]))
