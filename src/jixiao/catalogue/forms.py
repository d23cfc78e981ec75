"""Form definitions (报表): an official table as blocks of rows and columns.

A cell is addressed row × column and gives its number from a figure, a filed value, other cells of the form,
or the person who fills it. Columns carry the unit; 0, blank and not applicable stay apart in every cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field, model_validator

from jixiao.catalogue.definition import Definition, Id, Named, Reference, Words
from jixiao.catalogue.exact import Exact

PLACES = {"万元": 2, "亿元": 2, "元": 2, "%": 2, "分": 2}
Address = Words  # `row.column`, `row.*` (every column), `*.column` (every row of a list)


class CellSpec(Definition):
    """Where a cell's content comes from; exactly one of the words, or none where a person fills it.

    `rate` is [numerator, denominator] and `award` [rate, points] over columns of the same row; an award is
    points × rate, at most the points. `fixed` is a number the form itself prescribes. `closed` is a cell it strikes out (—).
    """

    figure: Reference | None = None
    filed: Reference | None = None
    rate: tuple[Id, Id] | None = None
    award: tuple[Id, Id] | None = None
    difference: tuple[Id, Id] | None = None
    fixed: Exact | None = None
    text: str | None = None
    closed: bool = False

    @model_validator(mode="after")
    def _one_origin(self) -> CellSpec:
        named = [name for name in type(self).model_fields if getattr(self, name) not in (None, False)]
        if len(named) > 1:
            raise ValueError(f"一个格只能有一个来源，现写了 {'、'.join(named)}")
        return self

    @property
    def is_entered(self) -> bool:
        """Whether a person fills it."""
        return self == CellSpec()


class Column(Definition):
    """`unit` as the form prints it; `text` columns hold words. `cell` is what its cells are where the row
    does not say otherwise; `repeat` names below each other print once and merge.
    """

    title: Words
    unit: str | None = None
    places: int | None = Field(None, ge=0, le=6)
    text: bool = False
    merge: bool = False
    required: bool = False
    cell: CellSpec = CellSpec()

    @property
    def decimals(self) -> int:
        return self.places if self.places is not None else PLACES.get(self.unit or "", 0)


class Row(Definition):
    """A fixed row. `sum` lists the rows it adds up, column by column; with `partial` they are 其中, some of it.

    A `repeat` row is written as often as there are things to tell (one project a row) and counts once in sums.
    """

    title: Words
    indent: int = Field(0, ge=0, le=4)
    sum: tuple[Id, ...] = ()
    partial: bool = False
    repeat: bool = False
    unit: str | None = None
    cells: Mapping[Id, CellSpec] = {}


class Whole(Definition):
    """A row below the total of a list that adds cells of other blocks to it: column → `block.row.column`."""

    title: Words = "总分"
    adds: Mapping[Id, str]


class Block(Definition):
    """A grid of fixed rows, or a list (`list:` names it) whose rows come with the data.

    `head` is the heading over the row titles; `totals` are the columns of a list added up in a last row
    called `total_title`, each with the sum it must have where one is prescribed; `whole` is the row below that.
    """

    id: Id
    caption: str = ""
    head: str = "项目"
    columns: Mapping[Id, Column]
    rows: Mapping[Id, Row] = {}
    list: Id | None = None
    totals: Mapping[Id, int | None] = {}
    total_title: Words = "合计"
    whole: Whole | None = None

    @model_validator(mode="after")
    def _grid_or_list(self) -> Block:
        if bool(self.rows) == (self.list is not None):
            raise ValueError("每一块应有 rows（固定的行）或 list（随数据增减的行），且只有其一")
        if self.totals and self.list is None:
            raise ValueError("totals 只用于 list；固定的行用 sum")
        for name, row in self.rows.items():
            self._row(name, row)
        unknown = [column for column in self.totals if column not in self.columns]
        if unknown:
            raise ValueError(f"totals 所写的 {'、'.join(unknown)} 不是本块的列")
        if self.whole and not set(self.whole.adds) <= set(self.totals):
            raise ValueError("whole 只能加 totals 里的列")
        return self

    def _row(self, name: str, row: Row) -> None:
        for part in row.sum:
            if part not in self.rows or part == name:
                raise ValueError(f"“{row.title}”的 sum 写了 {part}，不是本块的其他行")
        for column, cell in row.cells.items():
            if column not in self.columns:
                raise ValueError(f"“{row.title}”的 cells 写了 {column}，不是本块的列")
            self._operands(row.title, cell)

    def _operands(self, title: str, cell: CellSpec) -> None:
        for column in (*(cell.rate or ()), *(cell.award or ()), *(cell.difference or ())):
            if column not in self.columns:
                raise ValueError(f"“{title}”用到 {column}，不是本块的列")

    def cell(self, row: Row, column: str) -> CellSpec:
        """The cell's own words, else the column's."""
        return row.cells.get(column, self.columns[column].cell)

    def unit(self, row: Row | None, column: str) -> str | None:
        """The unit printed for a cell: the column's, else the row's."""
        own = self.columns[column].unit
        return own if own is not None else (row.unit if row else None)


class PointSet(Definition):
    """The points of each first level by the word its name begins with, from the years `since` to `until`."""

    points: Mapping[Words, int]
    since: int | None = None
    until: int | None = None

    def is_of(self, year: int) -> bool:
        """Whether the set may be used in a year."""
        return (self.since or year) <= year <= (self.until or year)


class Rule(Definition):
    """What must hold beside the sums and rates that the cells themselves say.

    Arithmetic: `relation` with operands as addresses `block.row.column`; a `*` in place of the column or
    row runs it for each. Otherwise `rule` is one of the closed list with its columns named:
    `reason_when_lost` (score, points, reason) · `reason_when_far_over` (target, actual, reason, and `limit` in
    per cent) · `same_unit` (target, actual) · `measurable` (target, unit): a sign, a number and a unit, or 定性 in words ·
    `less_when_missed` (target, actual, points, score): not all points for less than the target ·
    `reason_when_missed` (target, actual, reason) · `one_of` (said): one of `words` ·
    `within` (part, whole, and reason where one may excuse it): the part does not exceed the whole ·
    `whole_at_most` (name, target, actual, unit): a rate whose name ends in one of `words` is not above 100 % ·
    `level_points` (level, points, reason): the points of each level make one of `sets`, unless a reason says why not.
    `mend` says what would be right.
    """

    id: Words
    title: Words
    relation: Words | None = None
    operands: Mapping[Words, Address | tuple[Address, ...] | int] = {}
    rule: (
        Literal[
            "reason_when_lost",
            "reason_when_far_over",
            "less_when_missed",
            "reason_when_missed",
            "same_unit",
            "measurable",
            "one_of",
            "within",
            "whole_at_most",
            "level_points",
        ]
        | None
    ) = None
    block: Id | None = None
    columns: Mapping[Words, Id] = {}
    limit: int = 20
    words: tuple[Words, ...] = ()
    sets: tuple[PointSet, ...] = ()
    mend: str = ""

    @model_validator(mode="after")
    def _one_sort(self) -> Rule:
        if (self.relation is None) == (self.rule is None):
            raise ValueError("写 relation（算术关系）或 rule（填写规则），且只写其一")
        if self.rule is not None and self.block is None:
            raise ValueError("rule 应写明 block 与 columns")
        if (self.rule in ("whole_at_most", "one_of")) != bool(self.words):
            raise ValueError(
                "words 与 rule: whole_at_most（名称的末尾）或 one_of（可写的词）一起写，别处不写"
            )
        if (self.rule == "level_points") != bool(self.sets):
            raise ValueError("sets 与 rule: level_points 一起写，别处不写")
        return self


class Form(Named):
    """A form. `unit` is printed above the grid; `year_from` and `year_to` are the years it is the form of."""

    number: str = ""
    unit: str = "万元"
    year_from: int | None = None
    year_to: int | None = None
    blocks: tuple[Block, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    closing: tuple[Words, ...] = ()
    landscape: bool = False

    @model_validator(mode="after")
    def _addressed(self) -> Form:
        names = [block.id for block in self.blocks]
        if len(set(names)) != len(names):
            raise ValueError("各块的 id 有重复")
        for rule in self.rules:
            if rule.block is not None and rule.block not in names:
                raise ValueError(f"规则 {rule.id} 所写的块 {rule.block} 不存在")
            for address in _addresses(rule):
                self._require(rule, address)
        return self

    def _require(self, rule: Rule, address: str) -> None:
        parts = address.split(".")
        block = next((block for block in self.blocks if block.id == parts[0]), None)
        known = (
            len(parts) == 3
            and block is not None
            and (parts[1] == "*" or parts[1] == "total" or parts[1] in block.rows)
            and (parts[2] == "*" or parts[2] in block.columns)
        )
        if not known:
            raise ValueError(f"规则 {rule.id} 所写的“{address}”不是本表的格；应写成 块.行.列")

    def is_of(self, year: int) -> bool:
        """Whether this is the form in use for that year."""
        return (self.year_from is None or year >= self.year_from) and (
            self.year_to is None or year <= self.year_to
        )

    def block(self, name: str) -> Block:
        return next(block for block in self.blocks if block.id == name)

    def origins(self) -> Iterator[CellSpec]:
        """Every cell's words, in the order of the form."""
        for block in self.blocks:
            for column in block.columns.values():
                yield column.cell
            for row in block.rows.values():
                yield from row.cells.values()

    @property
    def figures(self) -> tuple[str, ...]:
        """The indicators its cells place, each once."""
        return tuple(dict.fromkeys(cell.figure for cell in self.origins() if cell.figure))

    @property
    def filed(self) -> tuple[str, ...]:
        """The filed items its cells place, each once."""
        return tuple(dict.fromkeys(cell.filed for cell in self.origins() if cell.filed))


def _addresses(rule: Rule) -> Iterator[str]:
    for value in rule.operands.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from value
