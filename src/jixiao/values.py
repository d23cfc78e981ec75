"""The values that travel between the floors: Period, Interval, Quantity, Figure, Score, Finding, Statement.

Frozen, exact (int, Fraction, Decimal), without I/O. The only rounding in the program is `round_half_up`,
the only division of an indicator is `ratio`. Units are base units: 元, 字, "ratio" with 1 for 100 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import lcm

from jixiao.frozen import quick

RATIO = "ratio"
POINTS = "百分点"
SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}


class Qualifier(StrEnum):
    """How far a printed number commits itself."""

    EXACT = "exact"
    APPROX = "approx"
    OVER = "over"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Status(StrEnum):
    """House rule 4: a figure of 0 is `REPORTED`; the other two have no number."""

    REPORTED = "reported"
    NONE = "none"  # nothing to compute: a rate whose denominator is 0
    NOT_REPORTED = "not_reported"  # the register is silent


class Verdict(StrEnum):
    KEPT = "kept"
    BROKEN = "broken"
    ROUNDING = "rounding"
    NOT_APPLICABLE = "not_applicable"


def round_half_up(value: Fraction | Decimal | int, places: int = 0) -> Decimal:
    """Round to `places` decimals, halves away from zero; negative `places` round to tens, hundreds …

    >>> round_half_up(Fraction(136, 143), 4), round_half_up(Fraction(-5, 2)), round_half_up(2_163_400, -4)
    (Decimal('0.9510'), Decimal('-3'), Decimal('2160000'))
    """
    top, bottom = value.as_integer_ratio()
    top, bottom = (top * 10**places, bottom) if places >= 0 else (top, bottom * 10**-places)
    steps = (2 * abs(top) + bottom) // (2 * bottom)
    signed = steps if top >= 0 else -steps
    if places >= 0:
        return Decimal(signed).scaleb(-places)
    return Decimal(signed * 10**-places)


def ratio(top: int, bottom: int) -> Fraction | None:
    """The one division: None where the denominator is zero, because such a rate does not exist."""
    return Fraction(top, bottom) if bottom else None


def decimal_text(value: Fraction | Decimal | int) -> str:
    """Write a number plainly: finite decimals in full, endless ones six places half-up, no exponent.

    >>> decimal_text(Fraction(2, 3)), decimal_text(Decimal("1.50")), decimal_text(730000)
    ('0.666667', '1.5', '730000')
    """
    top, bottom = value.as_integer_ratio()
    if bottom == 1:
        return str(top)
    denominator = bottom
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    number = Decimal(top) / Decimal(bottom) if denominator == 1 else round_half_up(value, 6)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@quick
@dataclass(frozen=True, slots=True)
class Interval:
    """What a printed number may stand for. None as an end means unbounded; ends are closed unless open."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Fraction | Decimal | int) -> Interval:
        return _point(*value.as_integer_ratio())

    @classmethod
    def total(cls, intervals: Iterable[Interval]) -> Interval:
        """The sum of all, each end added up at one go."""
        added = list(intervals)
        lows, highs = [one.low for one in added], [one.high for one in added]
        low = _added(lows)
        if lows == highs and low is not None:  # points, as most counts are
            return _point(*low)
        opens = [one.low_open for one in added], [one.high_open for one in added]
        return cls(_end(low), _end(_added(highs)), any(opens[0]), any(opens[1]))

    @property
    def is_point(self) -> bool:
        return self.low is not None and (self.low is self.high or self.low == self.high)

    def contains(self, value: Fraction | Decimal | int) -> bool:
        exact = Fraction(value)
        above = self.low is None or exact > self.low or (exact == self.low and not self.low_open)
        below = self.high is None or exact < self.high or (exact == self.high and not self.high_open)
        return above and below

    def meets(self, other: Interval) -> bool:
        """True when one number can be meant by both."""
        return not self.is_below(other) and not other.is_below(self)

    def is_below(self, other: Interval) -> bool:
        """True when every number of self is smaller than every number of other."""
        if self.high is None or other.low is None:
            return False
        end = self.high.numerator * other.low.denominator
        beginning = other.low.numerator * self.high.denominator
        return end < beginning or (end == beginning and (self.high_open or other.low_open))

    def can_be_at_most(self, other: Interval) -> bool:
        """True unless every number of self exceeds every number of other."""
        return not other.is_below(self)

    def __add__(self, other: Interval) -> Interval:
        low = _plus(self.low, other.low)
        if low is not None and self.low is self.high and other.low is other.high:  # two points
            return _point(*low)
        high = _plus(self.high, other.high)
        return Interval(
            _end(low), _end(high), self.low_open or other.low_open, self.high_open or other.high_open
        )

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        low = _plus(self.low, other.high, -1)
        if low is not None and self.low is self.high and other.low is other.high:
            return _point(*low)
        high = _plus(self.high, other.low, -1)
        return Interval(
            _end(low), _end(high), self.low_open or other.high_open, self.high_open or other.low_open
        )

    def over(self, other: Interval) -> Interval | None:
        """Quotient of two non-negative intervals; None where the denominator can only be zero or may be negative."""
        if self.low is None or self.low.numerator < 0 or other.low is None or other.low.numerator < 0:
            return None
        if other.high is not None and not other.high.numerator:
            return None
        low = Fraction(0) if other.high is None else _quotient(self.low, other.high)
        high = None if self.high is None or not other.low else _quotient(self.high, other.low)
        return Interval(low, high, self.low_open or other.high_open, self.high_open or other.low_open)


def _quotient(top: Fraction, bottom: Fraction) -> Fraction:
    """Division at a third of the price of the operator, which first asks what it is given."""
    return Fraction(top.numerator * bottom.denominator, top.denominator * bottom.numerator)


# Ends are added as pairs of whole numbers and made fractions once: reducing them is what costs.
def _plus(one: Fraction | None, other: Fraction | None, times: int = 1) -> tuple[int, int] | None:
    """An end plus so many times the other, unbounded where one is."""
    if one is None or other is None:
        return None
    (top, bottom), (more, of) = one.as_integer_ratio(), other.as_integer_ratio()
    if bottom == of:
        return top + times * more, bottom
    return top * of + times * more * bottom, bottom * of


def _added(ends: Iterable[Fraction | None]) -> tuple[int, int] | None:
    """The sum of many ends, unbounded where one is."""
    top, bottom = 0, 1
    for end in ends:
        if end is None:
            return None
        more, of = end.as_integer_ratio()
        if of != bottom:
            common = lcm(bottom, of)
            top, more, bottom = top * (common // bottom), more * (common // of), common
        top += more
    return top, bottom


def _end(ratio: tuple[int, int] | None) -> Fraction | None:
    return None if ratio is None else Fraction(*ratio)


def _point(top: int, bottom: int) -> Interval:
    if not top % bottom:
        return _whole(top // bottom)
    exact = Fraction(top, bottom)
    return Interval(exact, exact)


@lru_cache(maxsize=4096)
def _whole(number: int) -> Interval:
    """A whole number as an interval: most counts are, and the same ones come again and again."""
    exact = Fraction(number)
    return Interval(exact, exact)


@dataclass(frozen=True, slots=True)
class Period:
    """`org_period`: a span [from_on, to_on], both days inside, on a named basis.

    `basis` is calendar_year, half, quarter, plenary, event or as_of; `label` names it for people
    ("2020年度", "五届五次会议以来"); `year` is the reporting year it belongs to.
    """

    basis: str
    label: str
    from_on: date
    to_on: date
    year: int

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on

    @property
    def text(self) -> str:
        return f"{self.label}（{self.from_on.isoformat()} 至 {self.to_on.isoformat()}）"


@quick
@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a document states it: base-unit value, unit, qualifier and how finely it was printed.

    `step` is the size of the last printed unit in base units (13.52万元 → 100; 97.28% → 1/10000); it is 0
    for a count that was printed in full. `scale` is the multiplier word it is written with (万, 亿).
    `high` is the upper end of a printed range.
    """

    value: Decimal
    unit: str
    qualifier: Qualifier = Qualifier.EXACT
    step: Fraction = Fraction(0)
    scale: str = ""
    high: Decimal | None = None
    interval: Interval = field(init=False, compare=False, repr=False)  # worked out when first asked for

    def __getattr__(self, name: str) -> Interval:
        """Called for a slot that is not filled yet, which only `interval` can be."""
        if name != "interval":
            raise AttributeError(name)
        found = self._interval()
        object.__setattr__(self, "interval", found)
        return found

    def _interval(self) -> Interval:
        """The numbers this statement may stand for (domain rule: 余 ends below the next step of the last non-zero digit)."""
        if self.qualifier is Qualifier.EXACT:
            return self._rounded() if self.step else Interval.point(self.value)
        exact, half = Fraction(self.value), self.step / 2
        match self.qualifier:
            case Qualifier.OVER:
                return Interval(exact, exact + leading_step(self.value), True, True)
            case Qualifier.AT_LEAST:
                return Interval(exact - half, None)
            case Qualifier.AT_MOST:
                return Interval(None, exact + half)
            case Qualifier.APPROX if self.high is not None:
                return Interval(exact, Fraction(self.high))
        half = max(half, leading_step(self.value) / 2)
        return Interval(exact - half, exact + half, False, True)

    def _rounded(self) -> Interval:
        """Half a step to either side."""
        (top, bottom), (step, parts) = self.value.as_integer_ratio(), self.step.as_integer_ratio()
        middle, half, whole = 2 * top * parts, step * bottom, 2 * bottom * parts
        return Interval(Fraction(middle - half, whole), Fraction(middle + half, whole))

    @property
    def is_point(self) -> bool:
        """True where it stands for one number: exact and printed in full."""
        return self.qualifier is Qualifier.EXACT and not self.step

    @property
    def text(self) -> str:
        """Written as Chinese official prose writes it: 20件, 30余篇, 约216万元, 20余万字, 97.28%.

        >>> Quantity(Decimal(200000), "字", Qualifier.OVER, scale="万").text, Quantity(Decimal(1), RATIO).text
        ('20余万字', '100%')
        """
        unit = "%" if self.unit == RATIO else self.unit
        number = (
            Fraction(self.value) * 100 if self.unit == RATIO else Fraction(self.value) / SCALES[self.scale]
        )
        digits = decimal_text(number)
        match self.qualifier:
            case Qualifier.OVER:
                return f"{digits}余{self.scale}{unit}"
            case Qualifier.APPROX:
                return f"约{digits}{self.scale}{unit}"
            case Qualifier.AT_LEAST:
                return f"{digits}{self.scale}{unit}以上"
            case Qualifier.AT_MOST:
                return f"{digits}{self.scale}{unit}以下"
        return f"{digits}{self.scale}{unit}"


def leading_step(value: Decimal | Fraction | int) -> Fraction:
    """The unit of the last non-zero digit: 30 → 10, 900 → 100, 1000 → 1000, 2160000 → 10000, 0 → 1."""
    top, bottom = value.as_integer_ratio()
    if top == 0:
        return Fraction(1)
    places = 0
    while top % bottom:
        top, places = top * 10, places + 1
    number = abs(top) // bottom
    while number % 10 == 0:
        number, places = number // 10, places - 1
    return Fraction(1, 10**places) if places > 0 else Fraction(10**-places)


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator for (org, period, as_of).

    `top` and `bottom` are the whole numbers the engine gave (money in 分; bottom None for counts and sums);
    `exact` is the counted value in base units, None for a filed approximation; `stated` is what is printed.
    `records` counts the records behind the numerator and, for rates, the denominator together.
    """

    indicator: str
    title: str
    org: str
    period: Period
    as_of: date
    status: Status
    top: int | None
    bottom: int | None
    exact: Fraction | None
    stated: Quantity | None
    unit: str
    records: int
    definition: str

    @property
    def value(self) -> Decimal | None:
        return None if self.stated is None else self.stated.value

    @property
    def qualifier(self) -> Qualifier | None:
        return None if self.stated is None else self.stated.qualifier

    @property
    def text(self) -> str:
        """What is printed; 未填报 where the register is silent, never 0."""
        if self.stated is not None:
            return self.stated.text
        return "无可计算" if self.status is Status.NONE else "未填报"

    @property
    def interval(self) -> Interval | None:
        """The counted value as a point where there is one, else what the statement may stand for."""
        if self.exact is not None:
            return Interval.point(self.exact)
        return None if self.stated is None else self.stated.interval


@dataclass(frozen=True, slots=True)
class Score:
    """What one leaf of a scheme earned. `earned` is None where nothing was reported: that is not zero."""

    leaf: str
    title: str
    points: Decimal
    earned: Decimal | None
    method: str
    working: str  # the arithmetic in words, for the score sheet
    reason: str = ""  # why points were lost, given by the office; compulsory at submission
    flags: tuple[str, ...] = ()

    @property
    def lost(self) -> Decimal | None:
        return None if self.earned is None else self.points - self.earned


@quick
@dataclass(frozen=True, slots=True)
class Finding:
    """A relation's verdict, with its arithmetic and the reading it assumes."""

    relation: str
    title: str
    verdict: Verdict
    reason: str
    stated: str = ""
    computed: str = ""
    reading: str = ""
    subjects: tuple[str, ...] = ()  # figure ids, cell addresses or statement ids the relation spoke of


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: character offsets in the decoded text and a name people recognise."""

    start: int
    end: int
    label: str = ""  # "第3段", "表2 第4行", a bookmark name


@quick
@dataclass(frozen=True, slots=True)
class Statement:
    """A quantity read in a document, with the words around it."""

    text: str
    quantity: Quantity
    kind: str  # count, money, ratio, area, length, score, other
    place: Place
    before: str = ""
    after: str = ""
    role: str = ""
    key: str = ""  # the bookmark or data key it was printed under, where the document carries one
