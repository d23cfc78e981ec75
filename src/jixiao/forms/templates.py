"""A bureau's own template (套表): its cells bound once by pointing, then filled each year in *that* file.

A binding remembers the words of the row and the column beside its cell. Where the cell has moved, the one with the same
words takes its place and that is told; where none is surely the same, the cell is left as it is and told. Nothing else in
the file changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from jixiao.errors import BadInput
from jixiao.forms import docx_template, xlsx_template
from jixiao.forms.cells import Content, State, base_unit, printed, typed
from jixiao.forms.template_places import Binding, find
from jixiao.forms.template_words import Cell, Spot, worded, written
from jixiao.values import RATIO, decimal_text, round_half_up


@dataclass(frozen=True, slots=True)
class Outcome:
    """The filled file, and for each binding what became of it. `told` are lines for the person, in file order."""

    content: bytes
    filled: tuple[Binding, ...]
    unfilled: tuple[tuple[Binding, str], ...]
    moved: tuple[tuple[Binding, str], ...]


class Template(Protocol):
    """A file whose cells can be listed and set."""

    def cells(self) -> list[Cell]: ...
    def put(self, table: str, place: str, text: str, number: Decimal | None) -> None: ...
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
    return worded(template.cells())


def fill(
    template: Template,
    bindings: Sequence[Binding],
    contents: Mapping[str, Content],
    lists: Mapping[str, Sequence[Content]] | None = None,
) -> Outcome:
    """Put what each binding's source gives into its cell, that of `lists` into the open cells from there downwards; blank
    sources stay blank and are told.
    """
    known = spots(template)
    filler = _Filler(
        template, known, {spot.address for spot in known if spot.text.strip() and not spot.is_open}
    )
    for binding in bindings:
        spot, told = find(binding, known)
        if spot is None:
            filler.unfilled.append((binding, told))
            continue
        if told:
            filler.moved.append((binding, told))
        several = (lists or {}).get(binding.source)
        if several is not None:
            filler.downwards(binding, spot, several)
        elif reason := filler.put(binding, spot, contents.get(binding.source)):
            filler.unfilled.append((binding, reason))
        else:
            filler.filled.append(binding)
    return Outcome(template.content(), tuple(filler.filled), tuple(filler.unfilled), tuple(filler.moved))


@dataclass(slots=True)
class _Filler:
    """Fills one file; `taken` are the cells below which a list does not go on."""

    template: Template
    known: Sequence[Spot]
    taken: set[str]
    filled: list[Binding] = field(default_factory=list)
    unfilled: list[tuple[Binding, str]] = field(default_factory=list)
    moved: list[tuple[Binding, str]] = field(default_factory=list)

    def put(self, binding: Binding, spot: Spot, content: Content | None) -> str:
        """Why the cell was left as it is; nothing where it was filled."""
        reason = _reason(content, spot)
        if reason or content is None:
            return reason
        unit = unit_there(binding, spot)
        text = _printed(content, unit, binding.places)
        if content.is_number:
            share = base_unit(unit) == RATIO
            shown = f"{text}%" if share and (spot.wants_sign or written(spot, text) != text) else text
            is_alone = written(spot, text) == text
            self.template.put(
                spot.table, spot.place, written(spot, shown) or "", Decimal(text) if is_alone else None
            )
            return ""
        whole = written(spot, text)
        if whole is None:
            return f"这一格要在选项里选，没有“{text}”这一项；请改绑别的内容或交回后用笔勾选"
        self.template.put(spot.table, spot.place, whole, None)
        return ""

    def downwards(self, binding: Binding, spot: Spot, several: Sequence[Content]) -> None:
        if not several:
            self.unfilled.append((binding, "还没有填报，留空"))
            return
        below = [one for one in self.known if (one.table, one.column) == (spot.table, spot.column)]
        places = [one for one in below if one.row >= spot.row]
        stop = next(
            (n for n, one in enumerate(places) if n and (one.formula or one.address in self.taken)),
            len(places),
        )
        for one, content in zip(places[:stop], several, strict=False):
            self.put(binding, one, content)
        self.filled.append(binding)
        if len(several) > stop:
            told = f"表上只有 {stop} 行可填，还有 {len(several) - stop} 行没有填；请在表上插入行后重新上传"
            self.unfilled.append((binding, told))


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file of others says in the cells that were pointed to, and what could not be taken."""

    values: tuple[tuple[Binding, Content], ...]
    missing: tuple[tuple[Binding, str], ...]
    moved: tuple[tuple[Binding, str], ...]


def take(template: Template, bindings: Sequence[Binding]) -> Taken:
    """Read the numbers of the bound cells, each in the unit its table tells, else in that of its binding; computed cells
    count as they stand.
    """
    known = spots(template)
    values, missing, moved = [], [], []
    for binding in bindings:
        spot, told = find(binding, known)
        if spot is None:
            missing.append((binding, told))
            continue
        if told:
            moved.append((binding, told))
        unit = unit_there(binding, spot)
        if unit != binding.unit:
            moved.append(
                (binding, f"{spot.address} 现在以“{unit}”为单位（原为“{binding.unit}”），已按“{unit}”取数")
            )
        try:
            content = typed(spot.text, unit or None, places=binding.places)
        except ValueError as error:
            missing.append((binding, f"{spot.address}：{error}"))
            continue
        if content.is_number:
            values.append((binding, content))
        elif spot.formula and not spot.text:
            missing.append(
                (
                    binding,
                    f"{spot.address} 是公式，文件里没有存它算出的数；请用 Excel 或 WPS 打开、保存后再传",
                )
            )
        else:
            missing.append(
                (binding, f"{spot.address} 是空的" if not spot.text else f"{spot.address} 写的是不适用")
            )
    return Taken(tuple(values), tuple(missing), tuple(moved))


def unit_there(binding: Binding, spot: Spot) -> str:
    """The unit of the binding; another one of money where the table tells another than it did."""
    is_money = base_unit(binding.unit) == "元"
    return spot.money if is_money and spot.money and spot.money != binding.money else binding.unit


def _printed(content: Content, unit: str, places: int) -> str:
    """Money and shares with so many decimals; what is counted, as it is."""
    if content.is_number and base_unit(unit) not in ("元", RATIO):
        return decimal_text(round_half_up(content.value, places))
    return printed(content, unit or None, places)


def _reason(content: Content | None, spot: Spot) -> str:
    if content is None:
        return "绑定的来源已不存在，请重新绑定"
    if content.state is State.BLANK:
        return "还没有填报，留空"
    if spot.formula:
        return "这一格是公式，由表自己计算，未改动"
    return ""
