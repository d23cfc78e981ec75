"""Totals by code: what stands under 201 is the sum of what stands under 20101, 20102 …

The rows directly below a code are those whose codes begin with it, with none between. Held only in a table in
which most such sums are right. A code that stands twice is left alone. Does not see codes inside names.
"""

from __future__ import annotations

from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.tables_numbers import Numbers, numbers_in
from jixiao.reading.checks.tables_sums import settle, trial
from jixiao.reading.read import Reading


def table_codes(reading: Reading) -> list[Outcome]:
    """Sums by code of every table with a column of codes."""
    return [found for numbers in numbers_in(reading) if numbers.codes for found in _sums(numbers)]


def _sums(numbers: Numbers) -> list[Outcome]:
    trials = [
        trial(
            numbers,
            [((row, c.index), [(part, c.index) for part in parts]) for c in columns],
            f"科目编码{code}为其下级编码各行之和",
        )
        for columns in numbers.blocks
        for code, row, parts in families(numbers, columns[0].names)
    ]
    kept, broken = sum(one.kept for one in trials), sum(one.broken for one in trials)
    if kept < 2 or broken * 2 > kept:
        return []
    # One family may be wrong in each of its columns: the whole table has vouched for the reading.
    return [found for one in trials for found in settle([one], vouched=True)]


def families(numbers: Numbers, names: int = 0) -> list[tuple[str, int, list[int]]]:
    """Each code that has codes below it, its row, and the rows directly below."""
    rows: dict[str, int] = {}
    twice: set[str] = set()
    for row in numbers.body:
        code = numbers.code(row, names)
        if code in rows:
            twice.add(code)
        elif len(code) > 2:
            rows[code] = row
    below: dict[str, list[int]] = {}
    for code, row in rows.items():
        over = next((code[:size] for size in range(len(code) - 1, 2, -1) if code[:size] in rows), "")
        if over:
            below.setdefault(over, []).append(row)
    doubtful = {code[:size] for code in twice for size in range(3, len(code) + 1)}
    return [(code, rows[code], parts) for code, parts in below.items() if code not in doubtful]
