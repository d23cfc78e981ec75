"""Scores in prose: items against points, sums of a sheet, weights, the grade a score earns."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.generation.amounts import Amount
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Piece, Prose, Relation
from benchmarks.generation.scenes.setting import SELF, WORK, Scene, Setting, joined, slots

_ITEMS = ("决策", "过程", "产出", "效益", "管理", "投入", "满意度")
_SHEET = (
    "经自评，{org}{year}年度整体支出绩效得分{total}，其中<earned>。",
    "对照评分标准，自评总分为{total}，其中：<earned>。",
    "综合评定得分{total}，各部分得分为：<earned>。",
    "自评得分合计{total}（<earned>）。",
)
_WORTH = (
    "本次自评满分{full}，<pairs>，合计得分{total}。",
    "指标体系总分{full}，其中<pairs>，自评得分{total}。",
)
_PAIR = ("{name}{w}得{e}", "{name}指标（{w}）得{e}", "{name}（分值{w}）得{e}")
_WEIGHTS = (
    "评价指标权重设置为：<weights>。",
    "各级指标所占权重分别为：<weights>，合计{full}。",
    "按照权重分配，<weights>，总权重为{full}。",
)
_GRADES = (
    "综合得分{total}，评价等级为“{grade}”（{n90}及以上为优，{n80}至{n90b}为良，{n60}至{n80b}为中，{n60b}以下为差）。",
    "按“{n90}以上为优、{n80}至{n90b}为良、{n60}至{n80b}为中”的标准，得分{total}，等次为“{grade}”。",
    "评价结果分为优（{n90}以上）、良（{n80}以上）、中（{n60}以上）、差，本次得分{total}，评定为“{grade}”。",
)
_EXECUTION = ("预算执行率{rate}，该项满分{worth}，按执行率折算得{earned}。",)


def _score(tenths: int) -> Amount:
    number = Decimal(tenths).scaleb(-1)
    return Amount(number if tenths % 10 else Decimal(tenths // 10), "分")


def _sheet(dice: Dice, number: int) -> tuple[list[str], list[int], list[int]]:
    names = dice.some(_ITEMS, number)
    worth = [5 * part for part in dice.split(20, number)]
    earned = [points * 10 - dice.whole(0, points * 2) for points in worth]
    return names, worth, earned


def sheet(dice: Dice, setting: Setting) -> Piece:
    names, _, earned = _sheet(dice, dice.whole(3, 5))
    parts = slots("p", len(names))
    template = dice.pick(_SHEET)
    fills = {**setting.words, "total": _score(sum(earned))}
    fills |= {slot: _score(tenths) for slot, tenths in zip(parts, earned, strict=True)}
    verb = dice.pick(("", "得"))
    listed = joined(dice, [name + verb for name in names], parts, "、" if "（" in template else "，")
    relation = Relation("score sum", "sum", ("total", *parts))
    return Piece([Prose(template.replace("<earned>", listed))], fills, [relation])


def worths(dice: Dice, setting: Setting) -> Piece:
    names, worth, earned = _sheet(dice, dice.whole(3, 4))
    pair = dice.pick(_PAIR)
    text, fills = [], {**setting.words, "full": Amount(Decimal(100), "分"), "total": _score(sum(earned))}
    relations = []
    for number, name in enumerate(names):
        w, e = f"w{number}", f"e{number}"
        text.append(pair.replace("{name}", name).replace("{w}", f"{{{w}}}").replace("{e}", f"{{{e}}}"))
        fills |= {w: Amount(Decimal(worth[number]), "分"), e: _score(earned[number])}
        relations.append(Relation("score over points", "subset", (w, e), alter=(e,)))
    if pair.startswith("{name}{w}"):  # 决策20分得18分: odd, but 得 tells the earned one
        text = [one.replace("{w", "满分{w") for one in text]
    earned_slots = slots("e", len(names))
    relations.append(Relation("score sum", "sum", ("total", *earned_slots)))
    parts = slots("w", len(names))
    relations.append(Relation("weights", "sum", ("full", *parts), alter=parts))
    template = dice.pick(_WORTH)
    return Piece([Prose(template.replace("<pairs>", "，".join(text)))], fills, relations)


def weights(dice: Dice, setting: Setting) -> Piece:
    names, worth, _ = _sheet(dice, dice.whole(3, 5))
    parts = slots("w", len(names))
    unit = dice.pick(("%", "%", "分"))
    template = dice.pick(_WEIGHTS)
    fills = {**setting.words, "full": Amount(Decimal(100), unit)}
    fills |= {slot: Amount(Decimal(points), unit) for slot, points in zip(parts, worth, strict=True)}
    relations = [Relation("weights", "hundred", parts, size=100)]
    return Piece([Prose(template.replace("<weights>", joined(dice, names, parts)))], fills, relations)


def grade(dice: Dice, setting: Setting) -> Piece:
    tenths = dice.whole(700, 990)
    right, wrong = ("优", "良") if tenths >= 900 else ("良", "优") if tenths >= 800 else ("中", "良")
    fills = {**setting.words, "total": _score(tenths), "grade": right}
    for bound in (60, 80, 90):  # bounds of grades are arguable as figures
        bounds = Amount(Decimal(bound), "分", is_label=False)
        fills |= {f"n{bound}": bounds, f"n{bound}b": bounds}
    relation = Relation("grade", "told", (), words=(("grade", wrong),))
    return Piece([Prose(dice.pick(_GRADES))], fills, [relation])


def execution(dice: Dice, setting: Setting) -> Piece:
    rate = dice.whole(700, 1000)
    fills = {**setting.words, "rate": Amount(Decimal(rate).scaleb(-1), "%")}
    fills |= {"worth": Amount(Decimal(10), "分"), "earned": Amount(Decimal(rate).scaleb(-2), "分")}
    relation = Relation("execution score", "rate", ("earned", "worth", "rate"), alter=("earned",))
    return Piece([Prose(dice.pick(_EXECUTION))], fills, [relation])


SCENES = (
    Scene(sheet, frozenset({SELF}), once=True, wordings=len(_SHEET)),
    Scene(worths, frozenset({SELF}), once=True, wordings=len(_WORTH) * len(_PAIR)),
    Scene(weights, frozenset({SELF}), once=True, wordings=len(_WEIGHTS)),
    Scene(grade, frozenset({SELF, WORK}), once=True, wordings=len(_GRADES)),
    Scene(execution, frozenset({SELF}), once=True, wordings=len(_EXECUTION)),
)
