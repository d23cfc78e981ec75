"""Where does the register of a sheet begin and end? Office tables bear a title, a unit and a date above their heading, and
totals and signatures below.

The heading is the row among the first that knows most of the columns; of a heading in two rows what is merged downward is
taken from above. A sheet that bears our ids is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from jixiao.catalogue import guard
from jixiao.sheets.columns import Column
from jixiao.sheets.match import plain
from jixiao.sheets.read import Table

ABOVE = 12  # rows in which a heading is looked for
_TOTAL = re.compile(r"[合总小]\s*计[:：]?")
_BELOW = re.compile(
    r"(?:填表|制表|填报|审核|负责|联系|复核)[人员单位日期时间]{0,4}\s*[:：]|[注备说][:：]|(?:备注|说明)\s*[:：]"
)
_FEW = 4  # cells of a signature at most


def under_heading(table: Table, columns: Sequence[Column], remembered: Mapping[str, str]) -> Table:
    """The table with its own heading as titles; `heading` is the row it stands in, `left` the rows that are no records."""
    if table.ids or table.heading:
        return table
    names = {plain(column.title) for column in columns} | {column.id for column in columns}
    names |= {plain(column.spec.title) for column in columns if column.spec} | remembered.keys()
    rows = table.rows[:ABOVE]
    plainly = [table.titles, *(cells for _, cells in rows)]
    looks = [table.titles, *(_filled(cells, above) for above, cells in pairwise(plainly))]
    known = [sum(_is_known(cell, names) for cell in cells) for cells in looks]
    best = max(range(len(known)), key=lambda at: (known[at], -at)) if any(known) else _widest(plainly)
    if best == 0:
        return _without_ends(table, 1)
    number, titles = rows[best - 1][0], looks[best] if any(known) else plainly[best]
    left = (*range(1, number),)
    return _without_ends(replace(table, titles=titles, rows=table.rows[best:], left=left), number)


def _is_known(cell: str, names: set[str]) -> bool:
    return bool(cell) and (plain(cell) in names or (guard.banned(cell) is not None and len(cell) < 10))


def _widest(rows: Sequence[Sequence[str]]) -> int:
    """Where nothing is known: the first row that is as wide as a heading, if the first is a mere title."""
    filled = [sum(map(bool, cells)) for cells in rows]
    if not filled or filled[0] > 2:
        return 0
    return next((at for at, count in enumerate(filled) if count >= max(3, 0.6 * max(filled))), 0)


def _filled(titles: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """A heading in two rows: where the lower is empty, the one merged downward from above."""
    width = max(len(titles), len(above))
    lower = [*titles, *[""] * (width - len(titles))]
    upper = [*above, *[""] * (width - len(above))]
    is_title = sum(map(bool, above)) <= 2
    return tuple(one or ("" if is_title else other) for one, other in zip(lower, upper, strict=True))


def _without_ends(table: Table, heading: int) -> Table:
    """Without rows of totals and signatures."""
    ends = [number for number, cells in table.rows if is_end(cells)]
    rows = [row for row in table.rows if row[0] not in set(ends)] if ends else table.rows
    return replace(table, rows=rows, heading=heading, left=(*table.left, *ends))


def is_end(cells: Sequence[str]) -> bool:
    """Whether a row is a total or a signature and no record."""
    first = next((cell for cell in cells if cell), "")
    is_few = sum(map(bool, cells)) <= _FEW
    return bool(_TOTAL.fullmatch(first.strip()) or (is_few and _BELOW.match(first.strip())))
