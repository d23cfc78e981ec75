"""Scoring methods as pack data: what each may be told. The arithmetic is in `jixiao.evaluation.methods`.

Measured methods turn an indicator's value into points; judged methods take what a person decided.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from jixiao.catalogue.definition import Definition, Words
from jixiao.catalogue.exact import Exact, read_exact, read_span
from jixiao.values import Interval


class Proportional(Definition):
    """Full points at the target, points × completion below it.

    `miss` says what missing "=" or a range costs (no national rule: the pack chooses); below a completion
    of `pass_at` nothing is earned; more than `over_by` above the target raises a flag.
    """

    name: Literal["proportional"] = "proportional"
    miss: Literal["proportional", "all_or_nothing"] | None = None
    pass_at: Exact | None = Field(None, gt=0, le=1)
    over_by: Exact | None = Field(None, ge=0)


class Execution(Definition):
    """Points × executed ÷ budget, capped at the points."""

    name: Literal["execution"] = "execution"


class Deduct(Definition):
    """Full points while `full_if` holds, then `minus` for each `per` beyond it, down to `floor`."""

    name: Literal["deduct"] = "deduct"
    full_if: Words
    per: Exact = Field(gt=0)
    minus: Exact = Field(gt=0)
    mode: Literal["linear", "step_floor", "step_ceil"]
    floor: Exact = Field(Decimal(0), ge=0)

    @property
    def full(self) -> Interval:
        return read_span(self.full_if)

    @model_validator(mode="after")
    def _readable(self) -> Deduct:
        if self.full.low_open or self.full.high_open:
            raise ValueError("full_if 应为 <=、>=、= 或闭区间，扣分从边界起算")
        return self


class Band(Definition):
    """Values within `span` earn `award`."""

    span: str
    award: Exact = Field(ge=0)
    percent: bool = False

    @property
    def interval(self) -> Interval:
        return read_span(self.span, self.percent)


class Bands(Definition):
    """Points by the band the value lies in, written as spans ["(0,10%]", 4] or as lower bounds [90%, 5].

    `unit: "%"` reads bare numbers as per cent. Bands must follow one another without gap or overlap.
    """

    name: Literal["bands", "interval"] = "bands"
    unit: Literal["", "%"] = ""
    bands: tuple[Band, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _both_notations(cls, found: Any) -> Any:
        if not isinstance(found, dict) or not isinstance(found.get("bands"), list | tuple):
            return found
        rows = list(found["bands"])
        if any(not isinstance(row, list | tuple) or len(row) != 2 for row in rows):
            return found
        percent = found.get("unit") == "%"
        bounds = [_lower_bound(row[0]) for row in rows]
        if all(bound is not None for bound in bounds):
            rows = _spans_from_lower_bounds(
                [(str(bound), row[1]) for bound, row in zip(bounds, rows, strict=True)]
            )
        bands = [{"span": str(span), "award": award, "percent": percent} for span, award in rows]
        return {**found, "bands": bands}

    @model_validator(mode="after")
    def _tiled(self) -> Bands:
        ordered = sorted(self.bands, key=lambda band: _from_left(band.interval))
        for left, right in pairwise(ordered):
            one, other = left.interval, right.interval
            if one.high != other.low or one.high_open == other.low_open:
                raise ValueError(
                    f"“{left.span}”与“{right.span}”两档之间留空或重叠；应首尾相接，每个分界点恰好属于一档"
                )
        return self


class YesNo(Definition):
    """All or nothing on a plain yes."""

    name: Literal["yes_no"] = "yes_no"


class Checkpoints(Definition):
    """Each point met earns an equal share; with `minus`, each point missed costs that much instead."""

    name: Literal["checkpoints"] = "checkpoints"
    checkpoints: tuple[Words, ...] = Field(min_length=1)
    minus: Exact | None = Field(None, gt=0)


class Grade(Definition):
    """A qualitative band: its share of the points runs from `at_least` up to `below` (1 belongs to the
    top).
    """

    name: Words
    at_least: Exact = Field(ge=0, le=1)
    below: Exact = Field(ge=0, le=1)


DEFAULT_GRADES: tuple[Grade, ...] = (
    Grade(name="达成年度指标", at_least=Decimal("0.8"), below=Decimal(1)),
    Grade(name="部分达成", at_least=Decimal("0.6"), below=Decimal("0.8")),
    Grade(name="未达成", at_least=Decimal(0), below=Decimal("0.6")),
)


class ThreeBand(Definition):
    """A person chooses a band and a percentage within it, and says why."""

    name: Literal["three_band"] = "three_band"
    grades: tuple[Grade, ...] = Field(DEFAULT_GRADES, min_length=1)

    @model_validator(mode="after")
    def _tiled(self) -> ThreeBand:
        ordered = sorted(self.grades, key=lambda grade: grade.at_least)
        seams = all(left.below == right.at_least for left, right in pairwise(ordered))
        if ordered[0].at_least != 0 or ordered[-1].below != 1 or not seams:
            raise ValueError("定性各档应从 0 到 100% 首尾相接")
        return self


class Manual(Definition):
    """A person gives the points and must say why, whatever they are."""

    name: Literal["manual_with_reason"] = "manual_with_reason"


class Direct(Definition):
    """A person gives the points."""

    name: Literal["direct"] = "direct"


def _named(found: object) -> object:
    return {"name": found} if isinstance(found, str) else found


Measured = Proportional | Execution | Deduct | Bands
Judged = Checkpoints | ThreeBand | Manual | Direct
Method = Annotated[
    Annotated[Measured | Judged | YesNo, Field(discriminator="name")],
    BeforeValidator(_named),
]


def most(method: Method) -> Decimal:
    """The most points a method names by itself; a leaf worth less contradicts it."""
    if isinstance(method, Bands):
        return max(band.award for band in method.bands)
    return method.floor if isinstance(method, Deduct) else Decimal(0)


def _lower_bound(found: object) -> object | None:
    try:
        read_exact(found)
    except ValueError:
        return None
    return found


def _spans_from_lower_bounds(rows: list[tuple[str, object]]) -> list[tuple[str, object]]:
    """[[90, 10], [80, 8], [0, 0]] means ≥90, [80,90), [0,80)."""
    ordered = sorted(rows, key=lambda row: read_exact(row[0]), reverse=True)
    spans: list[tuple[str, object]] = [(f">={ordered[0][0]}", ordered[0][1])]
    for (upper, _), (lower, award) in pairwise(ordered):
        spans.append((f"[{lower},{upper})", award))
    return spans


def _from_left(span: Interval) -> tuple[bool, Fraction, bool, bool]:
    """Sort key: unbounded below first, a point before the open span that starts at it."""
    return (span.low is not None, span.low or Fraction(0), span.low_open, not span.is_point)
