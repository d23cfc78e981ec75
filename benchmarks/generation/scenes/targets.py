"""Targets, what was reached, and the judgement; what a template left behind."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.generation.amounts import Amount, count, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ALL, CITY, SELF, Scene, Setting
from benchmarks.generation.words import LEVELS, MATTERS

_COUNTED = (
    "{matter}目标值{goal}，实际完成{real}，{judged}。",
    "年度目标为{matter}{goal}，实际完成{real}，目标{judged}。",
    "{matter}计划{goal}，实际{real}，完成率{rate}。",
    "绩效指标“{matter}数量”目标值{goal}，实际值{real}，指标{judged}。",
)
_RATED = (
    "{level}目标值≥{goal}，实际值{real}，{judged}。",
    "指标“{level}”目标值不低于{goal}，实际为{real}，{judged}。",
    "{level}年度目标{goal}以上，实际达到{real}，{judged}目标。",
)
_OF_TARGET = (
    "完成{matter}{real}，为年度目标{goal}的{rate}。",
    "{matter}完成{real}，占年度任务{goal}的{rate}。",
    "{matter}{real}，完成全年目标{goal}的{rate}。",
)
_NEAR_LEFTOVER = (
    "{fund}较上年{moved}，主要是工作量变化{left}。",
    "联系人及电话见附件{left}，如有变动另行通知。",
    "项目绩效目标已全部公开{left}。",
)
_DONE, _NOT = "已完成", "未完成"


def counted(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    goal = dice.size(20, 3000)
    real = int(goal * dice.factor(0.7, 1.5))
    done = real >= goal
    template = dice.pick(_COUNTED)
    fills = {**setting.words, "matter": matter, "goal": count(goal, unit), "real": count(real, unit)}
    fills |= {"judged": _DONE if done else _NOT, "rate": percent(real, goal, 1)}
    if "{rate}" in template:
        relations = [Relation("rate", "rate", ("real", "goal", "rate"))]
    else:
        wrong = (("judged", _NOT if done else _DONE),)
        relations = [
            Relation("target", "direction", ("goal", "real"), rising=done, words=wrong, alter=("real",))
        ]
    return Piece([Prose(template)], fills, relations)


def rated(dice: Dice, setting: Setting) -> Piece:
    goal = dice.whole(70, 98)
    real = dice.whole(goal * 10 - 60, 1000)
    done = real >= goal * 10
    template = dice.pick(_RATED)
    lead = "≥" if "≥" in template else "不低于" if "不低于" in template else ""
    tail = "以上" if "{goal}以上" in template else ""
    template = template.replace("≥{", "{").replace("不低于{", "{").replace("}以上", "}")
    fills = {**setting.words, "level": dice.fresh(LEVELS), "judged": "已达到" if done else "未达到"}
    fills |= {"goal": Amount(Decimal(goal), "%", lead=lead, tail=tail)}
    fills |= {"real": Amount(Decimal(real).scaleb(-1), "%")}
    wrong = (("judged", "未达到" if done else "已达到"),)
    relation = Relation("target", "direction", ("goal", "real"), rising=done, words=wrong, alter=("real",))
    return Piece([Prose(template)], fills, [relation])


def of_target(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    goal = dice.size(20, 9000)
    real = int(goal * dice.factor(0.7, 1.5)) + 1
    fills = {**setting.words, "matter": matter, "goal": count(goal, unit), "real": count(real, unit)}
    fills["rate"] = percent(real, goal, dice.pick((1, 2)))
    relation = Relation("rate", "rate", ("real", "goal", "rate"))
    return Piece([Prose(dice.pick(_OF_TARGET))], fills, [relation])


def leftover(dice: Dice, setting: Setting) -> Piece:
    fills = {**setting.words, "fund": "日常公用经费", "moved": "下降", "left": ""}
    template = dice.pick(_NEAR_LEFTOVER)
    wrong = (("moved", "下降（增长）"),) if "{moved}" in template else (("left", dice.pick(("XX", "____"))),)
    return Piece([Prose(template)], fills, [Relation("leftover", "told", (), words=wrong)])


SCENES = (
    Scene(counted, frozenset({SELF, CITY}), wordings=len(_COUNTED)),
    Scene(rated, frozenset({SELF}), wordings=len(_RATED)),
    Scene(of_target, frozenset({SELF, CITY}), wordings=len(_OF_TARGET)),
    Scene(leftover, ALL, once=True, wordings=len(_NEAR_LEFTOVER)),
)
