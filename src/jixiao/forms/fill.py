"""Fill a form: figures and filed values into their cells, sums and rates computed, the rest as entered.

A person may not overwrite a bound cell; what they typed there is told as a difference by `check`. Nothing is
made up: a cell without source stays blank, a sum over a blank part stays blank.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from jixiao.catalogue.form_values import ROW_ID
from jixiao.catalogue.forms import Block, CellSpec, Column, Form, Row
from jixiao.forms.cells import BLANK, NOT_APPLICABLE, Content, State, factor, number, typed, words
from jixiao.values import Figure, Quantity, Status, round_half_up

TOTAL, WHOLE = "total", "whole"
STATED = "stated"  # the origin of a number that was approved in the place of a bound one
NAMING = 3  # the first three columns of words tell a row from others: its levels


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands: `key` is the row's id, with `#2` … for further copies of a repeated row. A row of a list has an
    `id` that stays its own when the list or its words change.
    """

    key: str
    title: str
    indent: int
    cells: Mapping[str, Content]
    definition: Row | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A block with its lines; the total line of a list is the last, its key `total`. `whole` stands below it: the total with
    what other blocks add.
    """

    block: Block
    lines: tuple[Line, ...]
    whole: Line | None = None

    def line(self, key: str) -> Line | None:
        if key == WHOLE:
            return self.whole
        return next((line for line in self.lines if line.key == key), None)

    def unit(self, line: Line, column: str) -> str | None:
        return self.block.unit(line.definition, column)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form for one office and year. `problems` are entries that could not be read, by address."""

    form: Form
    org: str
    year: int
    grids: tuple[Grid, ...]
    problems: Mapping[str, str] = field(default_factory=dict)

    def grid(self, block: str) -> Grid:
        return next(grid for grid in self.grids if grid.block.id == block)

    def cell(self, address: str) -> Content:
        """The content at `block.row.column`; blank where no such row was written."""
        block, row, column = address.split(".")
        line = self.grid(block).line(row)
        return line.cells[column] if line else BLANK


Entries = Mapping[str, str]  # address → what was typed


def fill(
    form: Form,
    *,
    org: str,
    year: int,
    figures: Mapping[str, Figure] | None = None,
    filed: Mapping[str, Quantity | None] | None = None,
    entries: Entries | None = None,
    lists: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    stated: Entries | None = None,
) -> Filled:
    """The form with everything known in its cells. `stated` are approved texts for bound cells, in the place of what the
    ledger or the form gives.

    `entries` are typed texts by address (repeated rows: `block.row#2.column`, their titles under
    `block.row#2.title`); `lists` gives the rows of list blocks, each a mapping from column to text.
    """
    filler = _Filler(figures or {}, filed or {}, entries or {}, stated or {})
    grids = tuple(
        filler.listed(block, (lists or {}).get(block.list or "", ())) if block.list else filler.fixed(block)
        for block in form.blocks
    )
    return Filled(form, org, year, with_wholes(grids), filler.problems)


def with_wholes(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The grids, each with its `whole` where its block has one and it does not stand there yet."""
    return tuple(
        grid if grid.block.whole is None or grid.whole else replace(grid, whole=_whole(grid, grids))
        for grid in grids
    )


def added(grid: Grid, grids: Sequence[Grid], column: str) -> Content:
    """What the whole adds to the total of a column; blank where there is no such cell."""
    block, row, other = (grid.block.whole.adds if grid.block.whole else {})[column].split(".")
    found = next((one for one in grids if one.block.id == block), None)
    line = found.line(row) if found else None
    return line.cells[other] if line else BLANK


def _whole(grid: Grid, grids: Sequence[Grid]) -> Line | None:
    total, whole = grid.line(TOTAL), grid.block.whole
    if total is None or whole is None:
        return None
    cells: dict[str, Content] = {}
    for column in grid.block.columns:
        parts = [total.cells[column], added(grid, grids, column)] if column in whole.adds else [BLANK]
        known = all(part.is_number for part in parts)
        cells[column] = (
            number(sum((part.value for part in parts), Fraction(0)), "formula") if known else BLANK
        )
    return Line(WHOLE, whole.title, 0, cells)


def row_ids(block: Block, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The id of each row of a list: the one it was kept with (under `id`), else one that follows from its names."""
    names = naming(block)
    given = {row[ROW_ID] for row in rows if row.get(ROW_ID)}
    found: list[str] = []
    for row in rows:
        own, copy = row.get(ROW_ID, ""), 0
        while not own:
            told = "\n".join([*(row.get(name, "").strip() for name in names), str(copy)])
            digest = hashlib.sha256(told.encode()).hexdigest()[:8]
            own, copy = ("" if digest in given else digest), copy + 1
        given.add(own)
        found.append(own)
    return found


def naming(block: Block) -> list[str]:
    """The columns whose words tell one row of a list from another."""
    return [name for name, column in block.columns.items() if column.text and column.required][:NAMING]


class _Filler:
    def __init__(
        self,
        figures: Mapping[str, Figure],
        filed: Mapping[str, Quantity | None],
        entries: Entries,
        stated: Entries,
    ) -> None:
        self.figures = figures
        self.filed = filed
        self.entries = entries
        self.stated = stated
        self.problems: dict[str, str] = {}

    def fixed(self, block: Block) -> Grid:
        lines: dict[str, Line] = {}
        for name, row in block.rows.items():
            for key in self._keys(block, name, row):
                cells = {column: self._cell(block, key, row, column) for column in block.columns}
                title = self.entries.get(f"{block.id}.{key}.title", row.title)
                lines[key] = Line(key, title, row.indent, cells, row)
        for name in _innermost_first(block):
            lines[name] = _summed(block, lines, name)
        return Grid(block, tuple(_computed(block, line) for line in lines.values()))

    def listed(self, block: Block, rows: Sequence[Mapping[str, str]]) -> Grid:
        lines = []
        ids = row_ids(block, rows)
        for place, row in enumerate(rows, start=1):
            cells = {
                name: self._typed(f"{block.id}.{place}.{name}", row.get(name, ""), column)
                for name, column in block.columns.items()
            }
            lines.append(_computed(block, Line(str(place), "", 0, cells, id=ids[place - 1])))
        if block.totals:
            lines.append(_total(block, lines))
        return Grid(block, tuple(lines))

    def _keys(self, block: Block, name: str, row: Row) -> list[str]:
        if not row.repeat:
            return [name]
        copies = {
            int(key.split("#", 1)[1])
            for address in self.entries
            if (key := address.split(".")[1]).startswith(f"{name}#") and address.startswith(f"{block.id}.")
        }
        return [name, *(f"{name}#{copy}" for copy in sorted(copies) if copy > 1)]

    def _cell(self, block: Block, key: str, row: Row, column: str) -> Content:
        spec, unit = block.cell(row, column), block.unit(row, column)
        address = f"{block.id}.{key}.{column}"
        if address in self.stated and not spec.is_entered:
            given = self._typed(address, self.stated[address], block.columns[column], unit)
            if given.is_number:
                return replace(given, origin=STATED)
        if spec.closed:
            return NOT_APPLICABLE
        if spec.text is not None:
            return words(spec.text, "form")
        if spec.fixed is not None:
            return number(Fraction(spec.fixed) * factor(unit), "form")
        if spec.figure is not None:
            return _from_figure(self.figures.get(spec.figure), spec.figure)
        if spec.filed is not None:
            return _from_filed(self.filed.get(spec.filed), spec.filed)
        if spec.rate or spec.award or spec.difference:
            return BLANK
        return self._typed(address, self.entries.get(address, ""), block.columns[column], unit)

    def _typed(self, address: str, text: str, column: Column, unit: str | None = None) -> Content:
        try:
            return typed(text, unit or column.unit, is_text=column.text, places=column.decimals)
        except ValueError as error:
            self.problems[address] = str(error)
            return words(text.strip())


def _from_figure(figure: Figure | None, name: str) -> Content:
    origin = f"figure:{name}"
    if figure is None or figure.status is Status.NOT_REPORTED:
        return Content(State.BLANK, origin=origin)
    if figure.status is Status.NONE:
        return Content(State.NOT_APPLICABLE, origin=origin)
    if figure.exact is not None:
        return number(figure.exact, origin)
    if figure.stated is None:
        return Content(State.BLANK, origin=origin)
    return number(figure.stated.value, origin, figure.stated.step)


def _from_filed(quantity: Quantity | None, name: str) -> Content:
    origin = f"filed:{name}"
    if quantity is None:
        return Content(State.BLANK, origin=origin)
    return number(quantity.value, origin, quantity.step)


def _innermost_first(block: Block) -> Iterable[str]:
    """The rows with sums, such that a row comes after the rows it adds up."""
    done: dict[str, None] = {}

    def visit(name: str) -> None:
        for part in block.rows[name].sum:
            if part not in done:
                visit(part)
        if block.rows[name].sum:
            done[name] = None

    for name in block.rows:
        if name not in done:
            visit(name)
    return done


def _summed(block: Block, lines: Mapping[str, Line], name: str) -> Line:
    """Fill the blank, unbound cells of a sum row by adding its parts up; 其中 rows are no sum."""
    line, row = lines[name], block.rows[name]
    if row.partial:
        return line
    cells = dict(line.cells)
    for column in block.columns:
        if block.columns[column].text or cells[column].state is not State.BLANK or cells[column].origin:
            continue
        spec = block.cell(row, column)
        if spec.rate or spec.award or spec.difference:
            continue
        parts = [lines[key].cells[column] for part in row.sum for key in _copies(lines, part)]
        if any(part.is_number for part in parts) and all(part.state is not State.BLANK for part in parts):
            added = sum((part.value for part in parts if part.is_number), Fraction(0))
            cells[column] = number(added, "formula", max(part.step for part in parts))
    return Line(line.key, line.title, line.indent, cells, row)


def _copies(lines: Mapping[str, Line], name: str) -> list[str]:
    return [key for key in lines if key == name or key.startswith(f"{name}#")]


def _computed(block: Block, line: Line) -> Line:
    """Rates, awards and differences over the row's own cells, in the order of the columns."""
    cells = dict(line.cells)
    row = line.definition
    for column, definition in block.columns.items():
        spec = block.cell(row, column) if row else definition.cell
        if cells[column].state is State.BLANK and not cells[column].origin:
            cells[column] = _formula(spec, cells, definition.decimals) or cells[column]
    return replace(line, cells=cells)


def _formula(spec: CellSpec, cells: Mapping[str, Content], places: int) -> Content | None:
    """What the row's own cells give; an award is rounded as it is printed, so that printed awards add up."""
    names = spec.rate or spec.award or spec.difference
    if names is None:
        return None
    first, second = (cells[name] for name in names)
    if State.NOT_APPLICABLE in (first.state, second.state):
        return NOT_APPLICABLE
    if not (first.is_number and second.is_number):
        return None
    if spec.difference:
        return number(first.value - second.value, "formula", max(first.step, second.step))
    if spec.award:
        return number(round_half_up(min(second.value, first.value * second.value), places), "formula")
    if second.value == 0:
        return NOT_APPLICABLE  # a rate over nothing does not exist
    return number(first.value / second.value, "formula")


def _total(block: Block, lines: Sequence[Line]) -> Line:
    cells: dict[str, Content] = {}
    for column in block.columns:
        parts = [line.cells[column] for line in lines]
        known = bool(parts) and all(part.state is not State.BLANK for part in parts)
        if column in block.totals and known and any(part.is_number for part in parts):
            added = sum((part.value for part in parts if part.is_number), Fraction(0))
            cells[column] = number(added, "formula")
        else:
            cells[column] = BLANK
    return Line(TOTAL, block.total_title, 0, cells)
