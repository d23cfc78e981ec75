"""Fills one slot: the printed figure, the counted number, a filed value, names of records, a plain word.

A slot of several figures prints one value only while all of them print alike; otherwise it says so in
the text and reports a finding. Silence stays silence: 未填报 is never turned into 0.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.catalogue.slots import Slot
from jixiao.errors import BadInput
from jixiao.reports.context import Context, Piece, date_words
from jixiao.reports.document import Placed, Run, Runs
from jixiao.reports.printable import one_line, printable
from jixiao.values import Finding, Quantity, Status, Verdict, decimal_text

FILED = "filed."
NOT_REPORTED = "未填报"


@dataclass(frozen=True, slots=True)
class Value:
    """What one name of a slot comes to; `quantity` is None where there is no number, `text` then says why."""

    name: str
    title: str
    quantity: Quantity | None
    text: str

    @property
    def is_silent(self) -> bool:
        return self.quantity is None


def value_of(context: Context, name: str, form: str = "") -> Value:
    """Look one name of a slot up. Raises BadInput where the caller computed no such figure."""
    if name.startswith(FILED):
        return _filed(context, name)
    figure = context.figures.get(name)
    if figure is None:
        raise BadInput(f"提纲引用的指标“{name}”没有计算结果；请核对提纲中的指标编号")
    if form == "exact" and figure.exact is not None and figure.status is Status.REPORTED:
        quantity = Quantity(Decimal(decimal_text(figure.exact)), figure.unit)
        return Value(name, figure.title, quantity, quantity.text)
    return Value(name, figure.title, figure.stated, figure.text)


def _filed(context: Context, name: str) -> Value:
    filed = context.filed.get(name.removeprefix(FILED))
    if filed is None:
        raise BadInput(f"提纲引用的填报项“{name.removeprefix(FILED)}”不存在；请核对提纲中的填报项编号")
    text = NOT_REPORTED if filed.quantity is None else filed.quantity.text
    return Value(name, filed.title, filed.quantity, text)


def names_in(slot: Slot) -> tuple[str, ...]:
    """The names a slot places: ids of figures, filed items with their `filed.`, none for plain words."""
    if slot.sort == "filed":
        return tuple(FILED + name for name in slot.references)
    return slot.references if slot.sort == "figure" else ()


def is_silent(context: Context, slot: Slot) -> bool:
    """True where the slot has nothing to place: no number, or no record to name."""
    if slot.form == "list":
        return not any(context.lists.get(name) for name in slot.references)
    return any(value_of(context, name, slot.form).is_silent for name in names_in(slot))


class Keys:
    """Gives each placed figure its stable key; the same slot twice in a clause is told apart by its count."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def key(self, clause: str, slot: str) -> str:
        stem = hashlib.sha256(f"{clause} {slot}".encode()).hexdigest()[:12]
        self._given[stem] += 1
        return f"f_{stem}_{self._given[stem]}"


class Filler:
    """Fills the slots of one document, handing out keys and collecting what stands against issuing it."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.problems: list[Finding] = []
        self._keys = Keys()

    def fill(self, clause: str, part: str | Slot) -> Runs:
        """The runs a part of a clause's text comes to."""
        match part:
            case str():
                return (part,)
            case Slot(sort="word", references=(name,)):
                return (self._word(name),)
            case Slot(sort="period", references=(basis,)):
                return (self._period(clause, basis),)
            case Slot(form="list"):
                return (self._names(clause, part),)
        return self._values(clause, part)

    def place(self, clause: str, slot: str, value: Value) -> Placed:
        """One figure under a fresh key; `slot` tells its place within the clause."""
        figure = (value.name,)
        return Placed(self._keys.key(clause, slot), figure, value.text, value.quantity, value.title)

    def stated(self, clause: str, pieces: Sequence[Piece]) -> Runs:
        """What a record tells, its numbers placed; a number keeps its key as long as its cell is there."""
        return tuple(
            printable(one)
            if isinstance(one, str)
            else self.place(clause, f"cell:{one.name}", Value(one.name, one.label, one.quantity, one.text))
            for one in pieces
        )

    def refuse(self, clause: str, title: str, reason: str, subjects: tuple[str, ...] = ()) -> None:
        """Note something that must be put right before the document is issued."""
        self.problems.append(Finding(f"clause/{clause}", title, Verdict.BROKEN, reason, subjects=subjects))

    def _values(self, clause: str, slot: Slot) -> Runs:
        values = [value_of(self.context, name, slot.form) for name in names_in(slot)]
        if len({(value.text, value.quantity) for value in values}) == 1:
            label = "、".join(value.title for value in values)
            key = self._keys.key(clause, slot.text)
            return (Placed(key, names_in(slot), values[0].text, values[0].quantity, label),)
        return self._disagreement(clause, slot, values)

    def _disagreement(self, clause: str, slot: Slot, values: list[Value]) -> Runs:
        told = "，".join(f"{value.title}{value.text}" for value in values)
        reason = f"同一处写了 {len(values)} 项数据，它们并不相同：{told}；请改写条款分别写出，或核对台账"
        self.refuse(clause, "数据不一致", reason, names_in(slot))
        runs: list[Run] = ["数据不一致："]
        for n, value in enumerate(values):
            runs += ["，"] if n else []
            runs += [value.title, self.place(clause, slot.text, value)]
        return tuple(runs)

    def _names(self, clause: str, slot: Slot) -> Placed:
        found = [one for name in slot.references for one in self.context.lists.get(name, ())]
        names = list(dict.fromkeys(one_line(one) for one in found))
        titles = [value_of(self.context, name).title for name in slot.references]
        text = "".join(names) if all(one.startswith("《") for one in names) else "、".join(names)
        key = self._keys.key(clause, slot.text)
        return Placed(key, slot.references, text or NOT_REPORTED, None, "、".join(titles) + "（名称）")

    def _word(self, name: str) -> str:
        context = self.context
        words = {"org": context.org, "year": str(context.year)}
        return words.get(name) or context.date_text or date_words(context.as_of)

    def _period(self, clause: str, basis: str) -> str:
        period = self.context.periods.get(basis)
        if period is not None:
            return period.label
        if basis == "as_of":
            return f"截至{date_words(self.context.as_of)}"
        self.refuse(clause, "口径期间没有设定", f"条款用到的口径期间“{basis}”尚未为本单位设定")
        return "（口径期间未设定）"
