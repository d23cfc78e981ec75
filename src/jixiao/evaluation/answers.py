"""What is held against a scheme's leaves: a measured value, a person's judgement, or records of one
subject.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from jixiao.catalogue.exact import read_exact, read_fraction
from jixiao.errors import BadInput
from jixiao.values import Figure, Status

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Actual:
    """A measured value in base units, exact where it was counted.

    `value` is None where there is none: `status` says whether nobody reported or there was nothing to
    divide by, and then `top` is the numerator that had no denominator.
    """

    value: Fraction | None
    unit: str = ""
    status: Status = Status.REPORTED
    approximate: bool = False
    top: int | None = None

    @classmethod
    def from_figure(cls, figure: Figure) -> Actual:
        """The counted value, else the filed approximation (its lower end), which is then said to be one."""
        if figure.exact is not None:
            return cls(figure.exact, figure.unit, figure.status, top=figure.top)
        if figure.stated is None:
            return cls(None, figure.unit, figure.status, top=figure.top)
        return cls(Fraction(figure.stated.value), figure.unit, figure.status, True, figure.top)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided. Only what the method asks for is filled in.

    `met` answers the check-points in order, None for one not answered; `band` and `share` are the chosen
    grade and the part of the points within it; `points` are points given outright; `yes` is a plain
    answer.
    """

    met: tuple[bool | None, ...] = ()
    band: str = ""
    share: Fraction | None = None
    points: Decimal | None = None
    yes: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """One subject's records, already selected: rows by the name the clauses use. Each row carries `id`."""

    subject: str
    rows: Mapping[str, Sequence[Record]] = field(default_factory=dict)


def read_judgement(title: str, found: Mapping[str, object]) -> Judgement:
    """Read a judgement as a data file writes it: share "95%", points 9.5. Raises BadInput naming the
    field.
    """
    unknown = [name for name in found if name not in Judgement.__dataclass_fields__]
    if unknown:
        raise BadInput(
            f"“{title}”的评定中不认识 {'、'.join(unknown)}；可写：met、band、share、points、yes、reason"
        )
    try:
        return Judgement(
            met=tuple(_answered(one) for one in _listed(found.get("met", ()))),
            share=None if found.get("share") is None else read_fraction(found["share"]),
            points=None if found.get("points") is None else read_exact(found["points"]),
            yes=_answered(found.get("yes")),
            band=str(found.get("band") or ""),
            reason=str(found.get("reason") or ""),
        )
    except ValueError as error:
        raise BadInput(f"“{title}”的评定有误：{error}") from None


def _answered(found: object) -> bool | None:
    if found is None or isinstance(found, bool):
        return found
    raise ValueError(f"应为 true、false 或留空，现为“{found}”")


def _listed(found: object) -> Sequence[object]:
    if isinstance(found, list | tuple):
        return found
    raise ValueError("met 应逐点列出")


Answer = Actual | Judgement | Records
