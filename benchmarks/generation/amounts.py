"""A number as a report prints it: digits, multiplier, measure word and the words that commit it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "千万": 10_000_000, "亿": 100_000_000}
_LEADS = {
    "约": "approx", "近": "approx", "接近": "approx",
    "超": "over", "超过": "over", "逾": "over", "突破": "over",
    "不少于": "at_least", "至少": "at_least", "≥": "at_least", "不低于": "at_least",
    "不超过": "at_most", "≤": "at_most", "不高于": "at_most",
}  # fmt: skip
_TAILS = {"左右": "approx", "以上": "at_least", "以下": "at_most", "以内": "at_most"}
_OUTSIDE = frozenset({"突破"})  # a verb: it commits the number and stays out of the span
_KINDS = {
    "money": "元 美元",
    "ratio": "% ‰ 个百分点 倍 成",
    "area": "平方米 亩 平方公里 公顷",
    "length": "公里 米",
    "score": "分",
    "other": "吨 公斤 千瓦时 立方米 小时 天 个月 年 岁 兆瓦 吨标准煤 课时 学时 个工作日",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_RATIOS = {"%": 100, "‰": 1000, "成": 10}
_KNOWN_AS = {"个百分点": "百分点", "个工作日": "工作日"}
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Amount:
    """What is printed; `value`, `base` and `qualifier` are what it says by the labelling standard."""

    number: Decimal
    unit: str
    scale: str = ""
    lead: str = ""
    inner: str = ""
    tail: str = ""
    style: str = ""  # "" digits, "," thousands, "中" Chinese numerals
    is_label: bool = True  # False: arguable, counts neither way

    @property
    def text(self) -> str:
        """The span, without the white space a layout may put into it."""
        lead = "" if self.lead in _OUTSIDE else self.lead
        return f"{lead}{self.printed}{self.inner}{self.scale}{self.unit}{self.tail}"

    @property
    def before(self) -> str:
        """What stands before the span and still commits the number."""
        return self.lead if self.lead in _OUTSIDE else ""

    @property
    def printed(self) -> str:
        if self.style == "中":
            return "两" if self.number == 2 else in_chinese(int(self.number))
        return f"{self.number:,}" if self.style == "," else f"{self.number:f}"

    @property
    def value(self) -> Fraction:
        return Fraction(self.number) * self.factor

    @property
    def factor(self) -> Fraction:
        return Fraction(_SCALES[self.scale], _RATIOS.get(self.unit, 1))

    @property
    def base(self) -> str:
        return "ratio" if self.unit in _RATIOS else _KNOWN_AS.get(self.unit, self.unit)

    @property
    def kind(self) -> str:
        return _KIND_OF.get(self.unit, "count")

    @property
    def qualifier(self) -> str:
        return _LEADS.get(self.lead) or ("over" if self.inner else "") or _TAILS.get(self.tail, "exact")

    @property
    def places(self) -> int:
        exponent = self.number.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def step(self) -> Fraction:
        """One unit in the last shown digit; nought where the number counts whole things exactly."""
        if self.kind in ("count", "score") and not self.places and not self.scale:
            return Fraction(0)
        return Fraction(1, 10**self.places) * self.factor

    def of(self, number: Decimal | int | str) -> Amount:
        """The same with another number."""
        return replace(self, number=Decimal(number))


def count(number: int, unit: str, style: str = "") -> Amount:
    return Amount(Decimal(number), unit, style=style)


def rounded(exact: Fraction, places: int, *, cut: bool = False) -> Decimal:
    """An exact number with so many decimals, half up, or cut off."""
    step = Decimal(1).scaleb(-places)
    digits = 12 + places
    long = Decimal(round(exact * 10**digits)).scaleb(-digits)
    return long.quantize(step, ROUND_DOWN if cut else ROUND_HALF_UP)


def percent(part: Fraction | int, whole: Fraction | int, places: int = 2, *, cut: bool = False) -> Amount:
    return Amount(rounded(Fraction(part) / Fraction(whole) * 100, places, cut=cut), "%")


def points(exact: Fraction, places: int = 1) -> Amount:
    return Amount(rounded(exact, places), "个百分点")


def money(yuan: Fraction | int, scale: str = "万", places: int = 2, style: str = "") -> Amount:
    return Amount(rounded(Fraction(yuan) / _SCALES[scale], places), "元", scale, style=style)


def in_chinese(number: int) -> str:
    """Whole numbers up to 9999 in words."""
    if number < 10:
        return _NUMERALS[number]
    words, pending = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if pending and words else "") + _NUMERALS[digit] + name
        pending = not digit
    return words.removeprefix("一") if 10 <= number < 20 else words
