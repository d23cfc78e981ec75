"""What a relation compares: a number with its unit, its money nature and the room its printing leaves.

An operand without an interval was not reported; relations then say so instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.errors import BadInput, MixedNatures
from jixiao.frozen import quick
from jixiao.values import Figure, Interval, Quantity

_NO_STEP = Fraction(0)


@quick
@dataclass(frozen=True, slots=True)
class Operand:
    """One number of a relation.

    `name` is the figure id, cell address or statement id; `text` is the number as printed, or the words
    that stand in its place (未填报, 无可计算); `step` is the last printed unit in base units, 0 where
    nothing was rounded.
    """

    name: str
    title: str
    interval: Interval | None
    text: str
    unit: str = ""
    nature: str | None = None
    step: Fraction = Fraction(0)

    @classmethod
    def from_figure(cls, figure: Figure, nature: str | None = None) -> Operand:
        """A counted figure is taken exactly, however it is printed; a filed one as far as its printing
        goes.
        """
        printed = figure.exact is None and figure.stated is not None
        step = figure.stated.step if printed and figure.stated is not None else Fraction(0)
        return cls(figure.indicator, figure.title, figure.interval, figure.text, figure.unit, nature, step)

    @classmethod
    def from_quantity(
        cls, name: str, title: str, quantity: Quantity | None, nature: str | None = None
    ) -> Operand:
        """A printed quantity; None where the place is empty."""
        if quantity is None:
            return cls(name, title, None, "未填报", nature=nature)
        return cls(name, title, quantity.interval, quantity.text, quantity.unit, nature, quantity.step)

    @classmethod
    def from_items(cls, name: str, title: str, items: Sequence[str]) -> Operand:
        """The length of a list of names, for `list`."""
        names = "、".join(items)
        return cls(name, title, Interval.point(len(items)), f"{len(items)}项（{names}）" if items else "0项")

    @property
    def known(self) -> Interval:
        """The interval of an operand that is known to be reported."""
        if self.interval is None:
            raise ValueError(f"{self.name} is not reported")
        return self.interval

    @property
    def label(self) -> str:
        return self.title or self.name


def unreported(operands: Iterable[Operand]) -> str:
    """Name the operands without a number, or return an empty string."""
    silent = [
        f"“{operand.label}”{operand.text or '未填报'}" for operand in operands if operand.interval is None
    ]
    return "，".join(silent) + "，无法核对" if silent else ""


def require_one_unit(operands: Sequence[Operand]) -> None:
    """Refuse 件 beside 件次. A bare number without measure word goes with any unit."""
    first: Operand | None = None
    for other in operands:
        if not other.unit:
            continue
        first = first or other
        if other.unit != first.unit:
            raise BadInput(
                f"“{first.label}”以“{first.unit}”计，“{other.label}”以“{other.unit}”计，单位不同，不能相加或比较；"
                "请换用同一单位的数据，确属同一事物的在勾稽关系中注明同义单位"
            )


def require_one_nature(operands: Sequence[Operand]) -> None:
    """Refuse to add or equate money of two natures. Operands that bear no nature are not money lines."""
    first: Operand | None = None
    for other in operands:
        if other.nature is None:
            continue
        first = first or other
        if other.nature != first.nature:
            raise MixedNatures(
                f"“{first.label}”与“{other.label}”是两种性质的资金（{first.nature}、{other.nature}），"
                "不能相加或互等；请分别列示"
            )


def largest_step(operands: Iterable[Operand]) -> Fraction:
    """One unit in the last shown digit of the most coarsely printed operand."""
    largest: Fraction | None = None
    for operand in operands:
        step = operand.step
        if largest is None or (step is not largest and step > largest):  # most often it is the very same
            largest = step
    return _NO_STEP if largest is None else largest


def common_unit(operands: Iterable[Operand]) -> str:
    return next((operand.unit for operand in operands if operand.unit), "")
