"""Growth: from two years, from the present value and the change, in words of rising and falling."""

from __future__ import annotations

from fractions import Fraction

from benchmarks.generation.amounts import Amount, count, money, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ACCOUNT, ALL, CITY, Scene, Setting
from benchmarks.generation.words import FUNDS, MATTERS

_TWO_YEARS = (
    "{year}年{matter}{now}，上年为{then}，同比{grow}{rate}。",
    "{last}年{matter}{then}，{year}年{now}，{grow}{rate}。",
    "{matter}由上年的{then}{raise}到{now}，{grow}{rate}。",
    "全年{matter}{now}，比上年的{then}{more}{delta}，{grow}{rate}。",
    "{matter}从{last}年的{then}{raise}至{year}年的{now}，{grow}{rate}。",
)
_WITH_DELTA = (
    "{year}年度{fund}支出{now}，比上年{more}{delta}，{grow}{rate}。",
    "{fund}收支总计{now}，与{last}年度相比{more}{delta}，{grow}{rate}。",
    "本年{fund}总额为{now}，较上年（{last}年）{more}{delta}，{grow_by}{rate}。",
    "{fund}总支出{now}。与上年度相比，{fund}总支出{more}{delta}，{grow}{rate}。",
    "{org}{year}年安排{fund}{now}，比{last}年{more}{delta}，{grow}{rate}。",
    "{year}年{fund}决算{now}，较上年决算数{more}{delta}，{grow}{rate}，主要原因是工作任务{why}。",
)
_DELTA_ONLY = (
    "{year}年{matter}{now}，上年{then}，{more}{delta}。",
    "今年{matter}{now}，去年同期{then}，同比{more}{delta}。",
    "{matter}由{then}{raise}到{now}，{more}{delta}。",
)
_LONG = (  # other bases: nothing of it is to be held against the present value
    "{matter}五年累计{now}，年均增长{rate}。",
    "{matter}{now}，较五年前翻了一番，近三年年均增长{rate}。",
    "规模以上工业增加值{sum}，按可比价格计算增长{rate}。",
    "全体居民人均可支配收入{income}，实际增长{rate}。",
)


def words(dice: Dice, rising: bool) -> dict[str, Fill]:
    """What is said of a value that rises or falls."""
    up = {
        "grow": ("增长", "上升"),
        "grow_by": ("增幅为", "增长"),
        "more": ("增加",),
        "raise": ("增加", "提高"),
        "why": ("增加",),
    }
    down = {
        "grow": ("下降", "减少"),
        "grow_by": ("降幅为", "下降"),
        "more": ("减少",),
        "raise": ("减少", "下降"),
        "why": ("减少",),
    }
    return {slot: dice.pick(choices) for slot, choices in (up if rising else down).items()}


def opposite(rising: bool, template: str, *slots: str) -> tuple[tuple[str, str], ...]:
    """What would be wrong in the slots of direction that a wording has."""
    wrong = {"grow": "下降" if rising else "增长", "grow_by": "降幅为" if rising else "增幅为"}
    other = "减少" if rising else "增加"
    return tuple((slot, wrong.get(slot, other)) for slot in slots if f"{{{slot}}}" in template)


def _counts(dice: Dice, unit: str) -> tuple[Amount, Amount, Amount, int, int, bool]:
    then = dice.size(40, 20_000)
    now = max(3, int(then * dice.factor(0.6, 1.5)))
    now += now == then
    return count(now, unit), count(then, unit), count(abs(now - then), unit), now, then, now > then


def two_years(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    now, then, delta, new, old, rising = _counts(dice, unit)
    template = dice.pick(_TWO_YEARS)
    fills = {**setting.words, **words(dice, rising), "matter": matter, "now": now, "then": then}
    fills |= {"delta": delta, "rate": percent(abs(new - old), old, dice.pick((0, 1, 2)))}
    told = opposite(rising, template, "grow")
    relations = [Relation("growth", "growth", ("now", "then", "rate"), rising=rising, words=told)]
    if "{delta}" in template:
        relations.append(
            Relation("growth", "delta", ("now", "then", "delta"), rising=rising, alter=("delta",))
        )
    if "{raise}" in template:
        swap = opposite(rising, template, "raise")
        relations.append(Relation("direction", "direction", ("then", "now"), rising=rising, words=swap))
    return Piece([Prose(template)], fills, relations)


def with_delta(dice: Dice, setting: Setting) -> Piece:
    scale, places, low, high = dice.pick(
        (("万", 2, 10**7, 10**10), ("亿", 2, 10**10, 10**12), ("万", 0, 10**9, 10**10))
    )
    old = Fraction(dice.size(low, high))
    new = old * dice.factor(0.7, 1.6)
    rising = new > old
    template = dice.pick(_WITH_DELTA)
    fills = {**setting.words, **words(dice, rising), "fund": dice.fresh(FUNDS)}
    fills |= {"now": money(new, scale, places), "delta": money(abs(new - old), scale, places)}
    fills["rate"] = percent(abs(new - old), old, dice.pick((1, 2, 2)), cut=dice.chance(10))
    told = opposite(rising, template, "grow", "grow_by")
    relations = [Relation("growth", "grown", ("now", "delta", "rate"), rising=rising, words=told)]
    if rising:
        relations.append(Relation("zero base", "told", ("now", "delta", "rate")))
    if "（{last}年）" in template:
        relations.append(
            Relation("wrong year", "told", (), words=(("last", str(setting.year - 2)),), rising=rising)
        )
    if "{why}" in template:
        reason = opposite(rising, template, "why")
        relations.append(Relation("direction", "told", (), words=reason, rising=rising, firm=False))
    return Piece([Prose(template)], fills, relations)


def delta_only(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    now, then, delta, _, _, rising = _counts(dice, unit)
    template = dice.pick(_DELTA_ONLY)
    fills = {**setting.words, **words(dice, rising), "matter": matter}
    fills |= {"now": now, "then": then, "delta": delta}
    swap = opposite(rising, template, "more")
    relations = [Relation("growth", "delta", ("now", "then", "delta"), rising=rising)]
    relations.append(Relation("direction", "direction", ("then", "now"), rising=rising, words=swap, alter=()))
    return Piece([Prose(template)], fills, relations)


def other_bases(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    fills = {**setting.words, "matter": matter, "now": count(dice.size(100, 9000), unit)}
    fills |= {
        "rate": percent(dice.whole(10, 190), 1000, 1),
        "sum": money(Fraction(dice.size(10**9, 10**11)), "亿", 1),
        "income": count(dice.whole(22_000, 69_000), "元"),
    }
    return Piece([Prose(dice.pick(_LONG))], fills)


SCENES = (
    Scene(two_years, ALL, wordings=len(_TWO_YEARS)),
    Scene(with_delta, frozenset({ACCOUNT, CITY}), wordings=len(_WITH_DELTA)),
    Scene(delta_only, ALL, wordings=len(_DELTA_ONLY)),
    Scene(other_bases, frozenset({CITY}), wordings=len(_LONG)),
)
