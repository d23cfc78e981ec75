"""The words that name a cell of somebody else's table: its row's, its column's, and the unit of money told for it.

Words are taken over merged areas, as a person reads them. Years stand in them as their distance from the newest year of
the sheet, so that 2020年预算数 of one year is 2021年预算数 of the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

STEP = " › "  # between the words of a path, the nearest last
_MOST_WORDS = 4
_YEAR = re.compile(r"(20[0-9]{2})年")
_SINCE = re.compile(r"([+-][0-9]+)年")
_MONEY = re.compile(r"(?:单位|金额)[:：]?(?:人民币)?(亿元|万元|千元|元)|[（(](亿元|万元|千元|元)[)）]")
_HINT = re.compile(r"[（(【\[《<]?(?:请|单击|点击|此处|在此|选择|填写|填报人填|自动)|[—\-]{2,}$")
_SIGN = re.compile(r"[%％]")
_EMPTY = re.compile(r"[×_＿]{2,}")
_OPTION = re.compile(r"[□☐]")
_LABEL = re.compile(r"([^：:]{1,20}[：:])\s*([（(](?:盖章|公章|签字|签章|签名)[)）])?\s*")


class Cell(NamedTuple):
    """A cell as a file has it; `down` and `across` are what it covers. `is_share`: 0.95 is printed as 95%; `is_paper`: what
    is written is what is seen.
    """

    table: str
    place: str
    row: int
    column: int
    text: str
    formula: bool = False
    down: int = 1
    across: int = 1
    is_share: bool = False
    is_paper: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a template. `place` names it within its table (C5, or 3行2列 in a document); the words are paths."""

    table: str
    place: str
    text: str
    row: int
    column: int
    row_words: str = ""
    column_words: str = ""
    formula: bool = False
    down: int = 1
    across: int = 1
    is_share: bool = False
    is_paper: bool = False
    money: str = ""  # 元, 万元 …, where the table says it

    @property
    def address(self) -> str:
        return f"{self.table}!{self.place}"

    @property
    def wants_sign(self) -> bool:
        """Whether a share is to be written with its sign: its look gives it none, and no words beside it do."""
        return self.is_share or (self.is_paper and not _SIGN.search(self.row_words + self.column_words))

    @property
    def is_open(self) -> bool:
        """Empty, a number to be replaced, with options to tick, a label that ends in a colon, or words that only ask to be
        filled in.
        """
        text = self.text.strip()
        if not text or not any(character.isalpha() for character in text):
            return True
        return _asks(text) or bool(_OPTION.search(text) or _LABEL.fullmatch(text))


def nearest(path: str) -> str:
    """The words right beside the cell."""
    return path.rpartition(STEP)[2]


def years_told(words: str) -> str:
    """Words with the distances of years as people say them."""
    return _SINCE.sub(lambda found: {"+0": "本年", "-1": "上年", "-2": "前年"}.get(found[1], found[0]), words)


def worded(cells: Sequence[Cell]) -> list[Spot]:
    """Every cell with the words that name its row and column."""
    tables: dict[str, _Table] = {}
    for cell in cells:
        tables.setdefault(cell.table, _Table()).add(cell)
    return [tables[cell.table].spot(cell) for cell in cells]


@dataclass(slots=True)
class _Table:
    """The cells of one sheet or table by every place they cover."""

    at: dict[tuple[int, int], Cell] = field(default_factory=dict)
    newest: int = 0
    paths: dict[tuple[int, int, tuple[int, int]], str] = field(default_factory=dict)
    moneys: list[tuple[int, str]] = field(default_factory=list)  # row, unit told for all that stands below it

    def add(self, cell: Cell) -> None:
        for row in range(cell.row, cell.row + cell.down):
            for column in range(cell.column, cell.column + cell.across):
                self.at[row, column] = cell
        plain = _plain(cell.text)
        self.newest = max([self.newest, *(int(year) for year in _YEAR.findall(plain))])
        if plain.startswith(("单位", "金额单位")) and (found := _MONEY.search(plain)):
            self.moneys.append((cell.row, found[1] or found[2]))

    def spot(self, cell: Cell) -> Spot:
        row = self._path(cell.row, cell.column, (0, -1))
        if label := _LABEL.fullmatch(cell.text.strip()):
            row = STEP.join(one for one in (row, self._told(label[1])) if one)
        column = self._path(cell.row, cell.column, (-1, 0))
        return Spot(
            cell.table, cell.place, cell.text, cell.row, cell.column, row, column, cell.formula,
            cell.down, cell.across, cell.is_share, cell.is_paper, self._money(cell, row, column),
        )  # fmt: skip

    def _path(self, row: int, column: int, step: tuple[int, int]) -> str:
        """The words next to a place and those right beyond them. Places without words between are gone over once."""
        down, across = step
        passed = [(row, column)]
        row, column = row + down, column + across
        path = ""
        while row >= 0 and column >= 0:
            other, known = self.at.get((row, column)), self.paths.get((row, column, step))
            if other is not None and _names(other):
                path = self._run(row, column, step)
                break
            if known is not None:
                path = known
                break
            passed.append((row, column))
            row, column = row + down, column + across
        self.paths.update({(*place, step): path for place in passed})
        return path

    def _run(self, row: int, column: int, step: tuple[int, int]) -> str:
        """The words from a place on, until a cell without any."""
        found: list[Cell] = []
        while (
            (other := self.at.get((row, column))) is not None and _names(other) and len(found) < _MOST_WORDS
        ):
            if not found or other is not found[-1]:
                found.append(other)
            row, column = row + step[0], column + step[1]
        return STEP.join(self._told(one.text) for one in reversed(found))

    def _told(self, text: str) -> str:
        def since(found: re.Match[str]) -> str:
            return f"{int(found[1]) - self.newest:+d}年"

        return _YEAR.sub(since, _plain(text))

    def _money(self, cell: Cell, row: str, column: str) -> str:
        """The unit in the words of the column or row, else the last one told above."""
        for words in (column, row):
            if told := [one[0] or one[1] for one in _MONEY.findall(words)]:
                return str(told[-1])
        above = [unit for place, unit in self.moneys if place <= cell.row]
        return above[-1] if above else ""


def _plain(text: str) -> str:
    return "".join(text.split())


def _names(cell: Cell) -> bool:
    """Whether a cell names others: words that are not there to be replaced."""
    text = cell.text.strip()
    is_words = any(character.isalpha() for character in text) and not cell.formula
    return is_words and not _asks(text) and not _OPTION.search(text)


def _asks(text: str) -> bool:
    return bool(_HINT.match(text) or _EMPTY.search(text))


def written(spot: Spot, text: str) -> str | None:
    """What stands in the cell once the text is in it: behind its label, or as the option that is ticked.

    None where the cell offers options and the text is none of them.
    """
    boxes = [one.start() for one in _OPTION.finditer(spot.text)]
    for begin, end in zip(boxes, [*boxes[1:], len(spot.text)], strict=False):
        if _plain(spot.text[begin + 1 : end]) == _plain(text):
            return f"{spot.text[:begin]}☑{spot.text[begin + 1 :]}"
    if boxes:
        return None
    if label := _LABEL.fullmatch(spot.text.strip()):
        return f"{label[1]}{text}{label[2] or ''}"
    return text
