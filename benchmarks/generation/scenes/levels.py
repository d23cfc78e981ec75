"""Rates that move: percentage points, courses from one level to another, times and shares in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from benchmarks.generation.amounts import Amount, count, points
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ALL, CITY, SELF, WORK, Scene, Setting
from benchmarks.generation.words import LEVELS, MATTERS

_POINTS = (
    "{level}由{then}{raise}到{now}，{raise}{delta}。",
    "{level}从{last}年的{then}{raise}至{now}，{more}{delta}。",
    "{level}达到{now}，上年为{then}，{raise}{delta}。",
    "{level}{now}，较上年的{then}{raise}{delta}。",
    "{year}年{level}为{now}，{last}年为{then}，同比{raise}{delta}。",
)
_BARE = (
    "{level}达{now}，比上年提高{delta}。",
    "{level}{now}，高于全市平均水平{delta}。",
    "{level}稳定在{least}，{level2}提升{delta}。",
)
_COURSE = (
    "{level}由{then}{raise}到{now}。",
    "{matter}由年初的{n_then}{fewer}到年末的{n_now}。",
    "{level}从{then}{raise}至{now}，{matter}从{n_then}{fewer}至{n_now}。",
)
_WORDS = (
    "近{tenths}的{matter}来自基层单位，{level}约为{share}。",
    "{matter}中有{third}由企业提出，{level}超过{share2}。",
    "咨询量是上年的{times}，{level}保持在{least}。",
    "全年投诉率控制在{mille}，比上年略有好转。",
)


def _rate(tenths: int) -> Amount:
    return Amount(Decimal(tenths).scaleb(-1), "%")


def moved(dice: Dice, setting: Setting) -> Piece:
    then = dice.whole(300, 900)
    now = then + dice.pick((-1, 1, 1)) * dice.whole(3, 90)
    rising = now > then
    template = dice.pick(_POINTS)
    verb = dice.pick(("提高", "提升", "上升")) if rising else dice.pick(("下降", "降低"))
    fills = {**setting.words, "level": dice.fresh(LEVELS), "raise": verb, "more": verb}
    fills |= {"then": _rate(then), "now": _rate(now), "delta": points(Fraction(abs(now - then), 10))}
    relations = [Relation("points", "delta", ("now", "then", "delta"), rising=rising)]
    wrong = (("raise", "下降" if rising else "提高"),) if template.count("{raise}") == 1 else ()
    relations.append(
        Relation("direction", "direction", ("then", "now"), rising=rising, words=wrong, firm=bool(wrong))
    )
    relations.append(
        Relation("points as percent", "growth", ("now", "then", "delta"), rising=rising, alter=("delta",))
    )
    return Piece([Prose(template)], fills, relations)


def bare(dice: Dice, setting: Setting) -> Piece:
    one, other = dice.fresh_some(LEVELS, 2)
    fills = {**setting.words, "level": one, "level2": other, "now": _rate(dice.whole(500, 990))}
    fills |= {"delta": points(Fraction(dice.whole(1, 90), 10))}
    fills["least"] = replace(_rate(dice.whole(60, 98) * 10), number=Decimal(dice.whole(60, 98)), tail="以上")
    return Piece([Prose(dice.pick(_BARE))], fills)


def course(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    then, fall = dice.whole(300, 800), dice.whole(10, 60)
    number = dice.whole(30, 900)
    template = dice.pick(_COURSE)
    fills = {**setting.words, "level": dice.fresh(LEVELS), "raise": dice.pick(("提高", "提升", "上升"))}
    fills |= {"then": _rate(then), "now": _rate(then + fall), "matter": matter, "fewer": "减少"}
    fills |= {"n_then": count(number, unit), "n_now": count(dice.whole(2, number - 5), unit)}
    relations = []
    if "{then}" in template:
        relations.append(Relation("direction", "direction", ("then", "now"), words=(("raise", "下降"),)))
    if "{n_then}" in template:
        swap = (("fewer", "增加"),)
        relations.append(
            Relation("direction", "direction", ("n_then", "n_now"), rising=False, words=swap, firm=False)
        )
    return Piece([Prose(template)], fills, relations)


def in_words(dice: Dice, setting: Setting) -> Piece:
    matter, _ = dice.fresh(MATTERS)
    tenths = Amount(Decimal(dice.whole(3, 9)), "成", style="中")
    share = replace(_rate(0), number=Decimal(dice.whole(20, 95)))
    fills = {**setting.words, "matter": matter, "level": dice.fresh(LEVELS)}
    fills |= {"share": replace(share, lead=""), "share2": share, "tenths": tenths}
    fills |= {
        "third": Amount(Decimal(dice.whole(20, 60)), "%"),
        "times": Amount(Decimal(dice.whole(11, 49)).scaleb(-1), "倍"),
        "mille": Amount(Decimal(dice.whole(11, 49)).scaleb(-1), "‰", tail=dice.pick(("以内", "以下"))),
        "least": Amount(Decimal(dice.whole(80, 99)), "%", tail="以上"),
    }
    template = dice.pick(_WORDS)
    template = template.replace("近{tenths}", "{tenths}").replace("约为{share}", "为{share}")
    fills["tenths"] = replace(tenths, lead="近")
    fills["share2"] = replace(share, lead="超过")
    return Piece([Prose(template.replace("超过{share2}", "{share2}"))], fills)


SCENES = (
    Scene(moved, ALL, wordings=len(_POINTS)),
    Scene(bare, frozenset({CITY, WORK}), wordings=len(_BARE)),
    Scene(course, frozenset({CITY, WORK, SELF}), wordings=len(_COURSE)),
    Scene(in_words, frozenset({CITY, WORK}), wordings=len(_WORDS)),
)
