"""Rates told with their two counts, several rates at once, rates no number of answers can make."""

from __future__ import annotations

from benchmarks.generation.amounts import count, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ALL, SELF, WORK, Scene, Setting
from benchmarks.generation.words import RATES

_ONE = (
    "全年{all}{total}，{done}{part}，{rate}为{share}。",
    "{year}年{all}{total}，{done}{part}，{rate}达{share}。",
    "{all}{total}，其中{done}{part}，{rate}{share}。",
    "本年度共{all}{total}，已{done}{part}，{rate}达到{share}。",
    "截至{year}年底，{all}{total}、{done}{part}，{rate}为{share}，位居前列。",
    "{all}{total}。{done}{part}，{rate}为{share}。",
)
_ALL_DONE = (
    "{all}{total}，{done}{part}，{rate}、反馈率均为{share}。",
    "全年{all}{total}，{done}{part}，{rate}{share}。",
)
_ZERO = (
    "全年{all}{total}，{done}{part}，无逾期情形。",
    "本年{all}{total}，上年结转{part}。",
)
_SURVEY = (
    "发放问卷{sent}，收回有效问卷{back}，回收率{returned}，其中表示满意的{content}，满意率{share}。",
    "随机回访{back}，表示满意的{content}，满意率为{share}。",
    "问卷调查共回收有效答卷{back}，满意率为{share}。",
)


def one_rate(dice: Dice, setting: Setting) -> Piece:
    everything, done, rate, unit = dice.fresh(RATES)
    total = dice.size(12, 9000)
    part = dice.whole(total * 6 // 10, total - 1)
    places = dice.pick((0, 1, 2, 2))
    fills = {**setting.words, "all": everything, "done": done, "rate": rate}
    fills |= {"total": count(total, unit), "part": count(part, unit), "share": percent(part, total, places)}
    relations = [
        Relation("rate", "rate", ("part", "total", "share")),
        Relation("subset", "subset", ("total", "part"), alter=("part",)),
    ]
    return Piece([Prose(dice.pick(_ONE))], fills, relations)


def all_done(dice: Dice, setting: Setting) -> Piece:
    everything, done, rate, unit = dice.fresh(RATES)
    total = dice.size(5, 900)
    fills = {**setting.words, "all": everything, "done": done, "rate": rate}
    fills |= {"total": count(total, unit), "part": count(total, unit), "share": percent(1, 1, 0)}
    relation = Relation("rate", "rate", ("part", "total", "share"), alter=("part", "total"))
    return Piece([Prose(dice.pick(_ALL_DONE))], fills, [relation])


def zero(dice: Dice, setting: Setting) -> Piece:
    everything, done, _, unit = dice.fresh(RATES)
    fills = {**setting.words, "all": everything, "done": done}
    fills |= {"total": count(0, unit), "part": count(0, unit)}
    return Piece([Prose(dice.pick(_ZERO))], fills)


def survey(dice: Dice, setting: Setting) -> Piece:
    sent = dice.whole(12, 60)
    back = dice.whole(sent // 2, sent - 1)
    content = dice.whole(back * 7 // 10, back - 1)
    template = dice.pick(_SURVEY)
    unit = "份" if "问卷" in template else "家"
    fills = {"sent": count(sent, unit), "back": count(back, unit), "content": count(content, unit)}
    fills |= {"returned": percent(back, sent, 1), "share": percent(content, back, 1)}
    relations = []
    if "{content}" in template:
        relations.append(Relation("rate", "rate", ("content", "back", "share")))
    else:  # held by whole numbers alone: a one-digit change may land on another possible rate
        relations.append(Relation("rate", "rate", ("content", "back", "share"), firm=False))
    if "{sent}" in template:
        relations.append(Relation("rate", "rate", ("back", "sent", "returned"), alter=("sent", "returned")))
    return Piece([Prose(template)], fills, relations)


SCENES = (
    Scene(one_rate, ALL, wordings=len(_ONE)),
    Scene(all_done, ALL, wordings=len(_ALL_DONE)),
    Scene(zero, ALL, wordings=len(_ZERO)),
    Scene(survey, frozenset({SELF, WORK}), wordings=len(_SURVEY)),
)
