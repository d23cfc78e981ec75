"""Totals down a column: 合计, 小计, 总计 and the rows they sum up, numbered rows under their heading, 其中.

A row called a total equals the rows it sums up: those above it since the last total, all of them, the
subtotals, the last total and what follows it, or the rows below it. Which of these is meant, the columns
decide.
(1) Where no reading is supported, a total is held against its rows only in a plain list with one column or with
another column of at least three rows that adds up, or where one of the rows alone is larger than the total.
A total with a name of its own that stands amid the rows (干部合计 in a table of many things) sums up only some of
them, and nobody can tell which.
(4) 本年收入合计 under rows all numbered 一、 二、 三、 sums them up, and so does 合计 right over them: so does 总计 of
本年收入合计 and what is carried over: such accounts need no other witness.
(2) A heading row equals the rows numbered one level below it, where most of the table's headings do.
(3) A row opened by 其中 is no larger than the row before it, nor than the headings above that one; where the
rows after 其中 make up that row in several columns, they do in all.
(5) A value repeated beside the same words (投入 20, 投入 20: a merged cell taken apart) counts once where that makes the
total.
Does not see totals in words, nor tables of very many totals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.errors import BadInput
from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.tables_numbers import Column, Numbers, numbers_in
from jixiao.reading.checks.tables_sums import Trial, settle, told, trial
from jixiao.reading.read import Reading
from jixiao.relations import examine

_TOTAL = re.compile(r".{0,12}?(?:合计|总计|总额|共计|小计)(?:[（(][^）)]{0,12}[）)])?[:：]?")
_BARE_TOTAL = re.compile(r"(?:合计|总计|总额|共计|小计)[:：]?")
_OF_ACCOUNTS = re.compile(r"本年(?:收入|支出)合计")
_CARRIED = re.compile(r"结转|结余|缴存|弥补|缴纳|调剂")
_AMONG = re.compile(r"其中[:：]?")
_OPEN_LIST = re.compile(r"…|\.{3}|等等?\Z|略\Z")
_LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[一二三四五六七八九十]{1,3}[、.．]",
        r"[（(][一二三四五六七八九十]{1,3}[)）]",
        r"\d{1,2}[、.．](?!\d)",
        r"[（(]\d{1,2}[)）]",
        r"[①-⑳]",
    )
)
_MOST_AMONG = 20
_MOST_BELOW = 2_000
_MOST_WORK = 40_000  # totals × rows × columns: beyond it a table is no list with totals
_NUMBERING = re.compile("|".join(level.pattern for level in _LEVELS))


def table_rows(reading: Reading) -> list[Outcome]:
    """Row totals of every table."""
    found: list[Outcome] = []
    for numbers in numbers_in(reading):
        for columns in numbers.blocks:
            found += _Rows(numbers, columns).examine()
    return found


def level(label: str) -> int:
    """The depth of a row's numbering from 1 (一、) to 5 (①); 0 where it has none."""
    return next((depth for depth, mark in enumerate(_LEVELS, start=1) if mark.match(label)), 0)


class _Rows:
    """The rows of one block: labels, levels, totals, and which rows stand in a 其中."""

    def __init__(self, numbers: Numbers, columns: list[Column]) -> None:
        self.numbers, self.columns = numbers, columns
        names = columns[0].names
        self.labels = {row: _AMONG.sub("", numbers.label(row, names), count=1) for row in numbers.body}
        raw = {row: numbers.label(row, names) for row in numbers.body}
        self.rows = [row for row in numbers.body if raw[row] and self._has_number(row)]
        self.totals = [row for row in self.rows if self._is_total(raw[row])]
        self.levels = {row: level(raw[row]) for row in self.rows}
        self.opens = [row for row in self.rows if _AMONG.match(raw[row])]
        self.among = set(self._among())
        self.is_open = len(self.rows) < sum(map(bool, raw.values())) or any(
            _OPEN_LIST.search(label) for label in raw.values()
        )

    def _has_number(self, row: int) -> bool:
        return any(
            (row, column.index) in self.numbers.entries or self.numbers.table.words(row, column.index)
            for column in self.columns
        ) or bool(self._code(row))

    def _code(self, row: int) -> str:
        return self.numbers.code(row, self.columns[0].names) if self.numbers.codes else ""

    @staticmethod
    def _is_total(label: str) -> bool:
        return bool(_TOTAL.fullmatch(_NUMBERING.sub("", label, count=1)))

    def _among(self) -> Iterator[int]:
        """其中 and the rows after it, up to the next numbered row, total, or row with a 其中 of its own."""
        inside, opens = False, set(self.opens)
        for row, following in zip(self.rows, [*self.rows[1:], 0], strict=False):
            further = inside and not self.levels[row] and row not in self.totals and following not in opens
            inside = row in opens or further
            if inside:
                yield row

    def examine(self) -> list[Outcome]:
        found: list[Outcome] = []
        if len(self.totals) * len(self.rows) * len(self.columns) <= _MOST_WORK:
            found += [one for total in self.totals for one in self._total(total)]
        if len(self.opens) * len(self.rows) <= _MOST_WORK:
            for row in self.opens:
                found += self._all_among(row) or self._subset(row)
        return found + self._headings()

    def _total(self, total: int) -> list[Outcome]:
        readings = {tuple(parts): words for parts, words in self._readings(total) if len(parts) > 1}
        trials = [self._trial(total, parts, words) for parts, words in readings.items()]
        trials = [one for one in trials if one.lines]
        found = settle(trials)
        if found or not trials:
            return found
        return self._unsupported(total, trials)

    def _unsupported(self, total: int, trials: list[Trial]) -> list[Outcome]:
        """(1)"""
        is_of_all = bool(_BARE_TOTAL.fullmatch(self.labels[total])) or total in (self.rows[0], self.rows[-1])
        if (found := self._of_accounts(total, trials)) is not None:
            return found
        if is_of_all and all(line.exceeds for one in trials for line in one.lines):
            return [told(line, trials[0].words) for line in trials[0].lines]
        is_plain = not (any(self.levels.values()) or self.among or self.is_open or self.numbers.codes)
        vouched = len(self.columns) == 1 or any(one.kept and len(one.lines[0].parts) > 2 for one in trials)
        if len(trials) == 1 and len(self.totals) == 1 and is_plain and vouched:
            return [told(line, one.words) for one in trials for line in one.lines if not line.has_gap]
        return []

    def _of_accounts(self, total: int, trials: list[Trial]) -> list[Outcome] | None:
        """(4)"""
        if self._is_grand_total(total):
            words = f"“{self.labels[total][:20]}”为“{self.labels[self.totals[0]][:20]}”与其后各行之和"
            since = [row for row in self.rows if self.totals[0] < row < total]
            grand = self._trial(total, (self.totals[0], *self._top(since)), words)
            return [told(line, grand.words) for line in grand.lines if not line.has_gap]
        if total != self.totals[0]:
            return None
        if len(self.totals) == 1 and total == self.rows[0] and _BARE_TOTAL.fullmatch(self.labels[total]):
            return self._numbered_below(trials)
        if not _OF_ACCOUNTS.fullmatch(self.labels[total]) or len(self.columns) > 1:
            return None
        first = trials[0]
        above = {row: self.levels[row] for row in self.rows if row < total}
        numbered = len(above) > 2 and set(above.values()) == {1}
        return [told(line, first.words) for line in first.lines if not line.has_gap] if numbered else None

    def _is_grand_total(self, total: int) -> bool:
        """总计 in the last row, after 本年收入合计 and what is carried over."""
        first, last = self.totals[0], self.rows[-1]
        closes = total == last and self.totals == [first, last] and len(self.columns) == 1
        carried = [row for row in self.rows if first < row < last and row not in self.among]
        named = bool(_OF_ACCOUNTS.fullmatch(self.labels[first])) and bool(
            _BARE_TOTAL.fullmatch(self.labels[last])
        )
        return (
            closes and named and bool(carried) and all(_CARRIED.search(self.labels[row]) for row in carried)
        )

    def _numbered_below(self, trials: list[Trial]) -> list[Outcome] | None:
        """(4)"""
        numbered = [row for row in self.rows if self.levels[row] == 1]
        one = next((one for one in trials if one.lines and len(one.lines[0].parts) == len(numbered)), None)
        if one is None or len(numbered) < 3 or numbered[0] != self.rows[1] or one.broken > max(one.kept, 1):
            return None
        return [told(line, one.words) for line in one.lines if not line.has_gap]

    def _trial(self, total: int, parts: tuple[int, ...], words: str) -> Trial:
        spots = [
            ((total, c.index), [(part, c.index) for part in self._once(total, c, parts)])
            for c in self.columns
        ]
        return trial(self.numbers, spots, words)

    def _once(self, total: int, column: Column, parts: tuple[int, ...]) -> tuple[int, ...]:
        """(5)"""
        beside = [self.numbers.table.words(row, column.index - 1) for row in parts]
        if len(set(beside)) == len(beside):  # as most are
            return parts
        whole = self.numbers.entries.get((total, column.index))
        told = [
            (words, entry.value)
            for row, words in zip(parts, beside, strict=True)
            if (entry := self.numbers.entries.get((row, column.index)))
        ]
        if whole is None or len(told) < len(parts) or len(set(told)) == len(told):
            return parts
        first = [place for place, one in enumerate(told) if not place or one != told[place - 1]]
        once = sum(told[place][1] for place in first)
        made = once == whole.value != sum(value for _, value in told)
        return tuple(parts[place] for place in first) if made else parts

    def _readings(self, total: int) -> Iterator[tuple[list[int], str]]:
        name = self.labels[total][:20]
        above = [row for row in self.rows if row < total]
        earlier = [row for row in self.totals if row < total]
        later = [row for row in self.totals if row > total]
        since = [row for row in above if not earlier or row > earlier[-1]]
        yield self._top(since), f"“{name}”为其上各行之和"
        yield self._top([row for row in above if row not in earlier]), f"“{name}”为其上各明细行之和"
        yield earlier, f"“{name}”为其上各小计之和"
        if earlier:
            yield (
                [earlier[-1], *self._top(since)],
                f"“{name}”为“{self.labels[earlier[-1]][:20]}”与其后各行之和",
            )
        below = [row for row in self.rows if row > total and (not later or row < later[0])]
        yield self._top(below), f"“{name}”为其下各行之和"
        yield (
            self._top([row for row in self.rows if row > total and row not in later]),
            f"“{name}”为其下各明细行之和",
        )
        yield later, f"“{name}”为其下各小计之和"

    def _top(self, rows: list[int]) -> list[int]:
        """The rows that are not parts of others among them: shortest codes, else the highest numbering."""
        rows = [row for row in rows if row not in self.among]
        codes = {row: self._code(row) for row in rows}
        coded = [len(code) for code in codes.values() if code]
        if coded:
            shortest = min(coded)
            return [row for row in rows if len(codes[row]) == shortest]
        levels = [self.levels[row] for row in rows if self.levels[row]]
        highest = min(levels, default=0)
        return [row for row in rows if self.levels[row] == highest] if levels else rows

    def _headings(self) -> list[Outcome]:
        """(2)"""
        trials = []
        for place, row in enumerate(self.rows):
            parts = [] if row in self.among or row in self.totals else self._below(place)
            if len(parts) > 1:
                words = f"“{self.labels[row][:20]}”为其下编号各行之和"
                trials.append(self._trial(row, tuple(parts), words))
        kept, broken = sum(one.kept for one in trials), sum(one.broken for one in trials)
        if kept < 2 or broken * 2 > kept:
            return []
        return [found for one in trials for found in settle([one], vouched=True)]

    def _below(self, place: int) -> list[int]:
        """The rows numbered one level deeper that follow a row, before the next of its own level."""
        own = self.levels[self.rows[place]]
        deeper, parts = 0, []
        for row in self.rows[place + 1 : place + _MOST_BELOW]:
            if row in self.among:
                continue
            depth = self.levels[row]
            if row in self.totals or depth <= own:
                break
            deeper = deeper or depth
            if depth < deeper:
                break
            if depth == deeper:
                parts.append(row)
        return parts

    def _all_among(self, row: int) -> list[Outcome]:
        """Rows after 其中 that make up the row before it in several columns are all its parts."""
        above = [other for other in self.rows if other < row and other not in self.among]
        parts = []
        for other in self.rows[self.rows.index(row) :]:
            if other not in self.among or (other in self.opens and other != row):
                break
            parts.append(other)
        if not above:
            return []
        name = self.labels[above[-1]][:20]
        trials = [
            self._trial(above[-1], tuple(parts[:count]), f"“{name}”为其中各行之和")
            for count in range(2, min(len(parts), _MOST_AMONG) + 1)
        ]
        return settle(trials, least=2)

    def _subset(self, row: int) -> list[Outcome]:
        return list(self._subsets(row))

    def _subsets(self, row: int) -> Iterator[Outcome]:
        """(3)"""
        above = [other for other in self.rows if other < row and other not in self.among]
        if not above:
            return
        for column in self.columns:
            part = self.numbers.entries.get((row, column.index))
            wholes = [self.numbers.entries.get((other, column.index)) for other in self._headings_over(above)]
            known = [whole for whole in wholes if whole is not None]
            if part is None or not known or len(known) < len(wholes) or part.value < 0:
                continue
            try:
                found = [examine("subset", {"whole": one.operand, "parts": [part.operand]}) for one in known]
            except BadInput:
                continue
            if known[0].value < 0 or (len({one.verdict for one in found}) > 1):
                continue
            words = f"“{self.labels[row][:20]}”是“{self.labels[above[-1]][:20]}”的其中项"
            spans = (known[0].span, part.span)
            message = f"{part.cell.place.label}：{found[0].reason}"
            yield Outcome(
                "table_subset", found[0].verdict, spans, found[0].stated, found[0].computed, words, message
            )

    def _headings_over(self, above: list[int]) -> list[int]:
        """The row right before, and each heading over it."""
        over = [above[-1]]
        for row in reversed(above[:-1]):
            if self.levels[row] < self.levels[over[-1]]:
                over.append(row)
        return over
