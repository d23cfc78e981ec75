"""A bureau's own template (套表): its cells bound once by pointing, then filled each year in *that* file.

A binding remembers the words of the row and the column beside its cell. Where the cell has moved, the only cell with the
same words takes its place and that is told; where there is none, or more than one, the cell is left as it is and told.
Nothing else in the file changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from jixiao.errors import BadInput
from jixiao.forms import docx_template, xlsx_template
from jixiao.forms.cells import Content, State, printed, typed


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a template. `place` names it within its table (C5, or 3行2列 in a document)."""

    table: str
    place: str
    text: str
    row: int
    column: int
    row_words: str = ""
    column_words: str = ""
    formula: bool = False

    @property
    def address(self) -> str:
        return f"{self.table}!{self.place}"


@dataclass(frozen=True, slots=True)
class Binding:
    """`source` says what fills the cell (`figure:…`, `filed:…`, `form:…`, `text:…`); `unit` and `places` how."""

    address: str
    source: str
    row_words: str
    column_words: str
    unit: str = ""
    places: int = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """The filled file, and for each binding what became of it. `told` are lines for the person, in file order."""

    content: bytes
    filled: tuple[Binding, ...]
    unfilled: tuple[tuple[Binding, str], ...]
    moved: tuple[tuple[Binding, str], ...]


class Template(Protocol):
    """A file whose cells can be listed and set."""

    def cells(self) -> list[tuple[str, str, int, int, str, bool]]: ...
    def put(self, table: str, place: str, text: str, number: float | None) -> None: ...
    def content(self) -> bytes: ...


def open_template(content: bytes, name: str) -> Template:
    """Raises BadInput for what is neither .xlsx nor .docx, or broken."""
    suffix = name.rsplit(".", 1)[-1].lower()
    if suffix == "xlsx":
        return xlsx_template.Workbook(content)
    if suffix == "docx":
        return docx_template.Paper(content)
    raise BadInput(f"“{name}”不是 .xlsx 或 .docx；.xls、.doc、.wps、.et 请先另存为 .xlsx 或 .docx")


def spots(template: Template) -> list[Spot]:
    """Every cell of the template with the words that name its row and column."""
    cells = [
        Spot(table, place, text, row, column, formula=formula)
        for table, place, row, column, text, formula in template.cells()
    ]
    tables: dict[str, dict[tuple[int, int], Spot]] = {}
    for cell in cells:
        tables.setdefault(cell.table, {})[cell.row, cell.column] = cell
    return [_worded(cell, tables[cell.table]) for cell in cells]


def _worded(cell: Spot, table: Mapping[tuple[int, int], Spot]) -> Spot:
    row = [table[cell.row, place].text for place in range(cell.column) if (cell.row, place) in table]
    above = [table[place, cell.column].text for place in range(cell.row) if (place, cell.column) in table]
    return replace(
        cell,
        row_words=next((_plain(text) for text in reversed(row) if _is_words(text)), ""),
        column_words=next((_plain(text) for text in reversed(above) if _is_words(text)), ""),
    )


def _plain(text: str) -> str:
    return "".join(text.split())


def _is_words(text: str) -> bool:
    return any(character.isalpha() for character in text)


def bind(spot: Spot, source: str, unit: str = "", places: int = 2) -> Binding:
    """Remember what fills a cell, by the words beside it."""
    return Binding(spot.address, source, spot.row_words, spot.column_words, unit, places)


def fill(template: Template, bindings: Sequence[Binding], contents: Mapping[str, Content]) -> Outcome:
    """Put what each binding's source gives into its cell; blank sources stay blank and are told."""
    known = spots(template)
    by_address = {spot.address: spot for spot in known}
    filled, unfilled, moved = [], [], []
    for binding in bindings:
        spot, told = _found(binding, by_address, known)
        if spot is None:
            unfilled.append((binding, told))
            continue
        if told:
            moved.append((binding, told))
        content = contents.get(binding.source)
        reason = _reason(content, spot)
        if reason or content is None:
            unfilled.append((binding, reason))
            continue
        text = printed(content, binding.unit or None, binding.places)
        template.put(spot.table, spot.place, text, float(text) if content.is_number else None)
        filled.append(binding)
    return Outcome(template.content(), tuple(filled), tuple(unfilled), tuple(moved))


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file of others says in the cells that were pointed to, and what could not be taken."""

    values: tuple[tuple[Binding, Content], ...]
    missing: tuple[tuple[Binding, str], ...]
    moved: tuple[tuple[Binding, str], ...]


def take(template: Template, bindings: Sequence[Binding]) -> Taken:
    """Read the numbers of the bound cells, each in the unit of its binding; computed cells count as they stand."""
    known = spots(template)
    by_address = {spot.address: spot for spot in known}
    values, missing, moved = [], [], []
    for binding in bindings:
        spot, told = _found(binding, by_address, known)
        if spot is None:
            missing.append((binding, told))
            continue
        if told:
            moved.append((binding, told))
        try:
            content = typed(spot.text, binding.unit or None, places=binding.places)
        except ValueError as error:
            missing.append((binding, f"{spot.address}：{error}"))
            continue
        if content.is_number:
            values.append((binding, content))
        else:
            missing.append((binding, f"{spot.address} 是空的"))
    return Taken(tuple(values), tuple(missing), tuple(moved))


def _reason(content: Content | None, spot: Spot) -> str:
    if content is None:
        return "绑定的来源已不存在，请重新绑定"
    if content.state is State.BLANK:
        return "还没有填报，留空"
    if spot.formula:
        return "这一格是公式，由表自己计算，未改动"
    return ""


def _found(
    binding: Binding, by_address: Mapping[str, Spot], known: Sequence[Spot]
) -> tuple[Spot | None, str]:
    """The cell of a binding, and what to tell where it has moved."""
    spot = by_address.get(binding.address)
    if spot is not None and (spot.row_words, spot.column_words) == (binding.row_words, binding.column_words):
        return spot, ""
    table = binding.address.rsplit("!", 1)[0]
    same = [
        one for one in known if (one.row_words, one.column_words) == (binding.row_words, binding.column_words)
    ]
    same = [one for one in same if one.table == table] or same
    named = f"“{binding.row_words}·{binding.column_words}”"
    if len(same) == 1:
        return same[0], f"{named}由 {binding.address} 移到了 {same[0].address}，已按新位置填写"
    if not same:
        return None, f"模板里找不到{named}（原在 {binding.address}），请在新模板上重新指定"
    places = "、".join(one.address for one in same)
    return None, f"模板里有{len(same)}处{named}（{places}），不能确定是哪一处，请重新指定"
