"""People and places that overlap, come from outside a total, or are counted once and again as 人次."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.generation.amounts import count
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ALL, CITY, WORK, Scene, Setting
from benchmarks.generation.words import PEOPLE

_OVERLAP = (
    "全区现有{people}{total}，其中女性{p0}、青年{p1}、中共党员{p2}，部分人员兼有多种身份。",
    "登记{people}{total}，其中本科以上学历{p0}，中级以上职称{p1}。",
    "{people}共{total}，包括女性{p0}，外来务工人员{p1}，返聘人员{p2}。",
    "服务{people}{total}，其中来自农村的{p0}，享受减免政策的{p1}。",
)
_SEXES = (
    "{people}{total}，其中男性{p0}、女性{p1}。",
    "{org}登记{people}{total}，其中：男{p0}，女{p1}。",
    "{year}年末共有{people}{total}（男{p0}、女{p1}）。",
)
_REACH = (
    "全年开设课程{classes}，培训{people}{total}，发放教材{books}。",
    "组织巡回宣讲{classes}，现场听众{people}{total}，线上观看{online}。",
    "开放日活动举办{classes}，接待{people}{total}，发放资料{books}。",
    "送服务进社区{classes}，惠及{people}{total}，解决实际困难{books}。",
)
_TWICE = (
    "办理业务{cases}、{visits}，群众少跑腿。",
    "调解纠纷{cases}，涉及{visits}，当场兑现赔付款{paid}。",
    "接访{cases}{visits}，包案领导逐一答复。",
)


def _unit(dice: Dice) -> tuple[str, str]:
    return dice.fresh([one for one in PEOPLE if one[1] in ("人", "名")])


def overlapping(dice: Dice, setting: Setting) -> Piece:
    people, unit = _unit(dice)
    total = dice.size(50, 8000)
    template = dice.pick(_OVERLAP)
    told = {f"p{n}": count(dice.whole(total // 3 + 1, total * 3 // 4), unit) for n in range(3)}
    fills = {**setting.words, "people": people, "total": count(total, unit), **told}
    parts = tuple(slot for slot in told if f"{{{slot}}}" in template)
    relation = Relation("subset", "subset", ("total", *parts), alter=parts)
    return Piece([Prose(template)], fills, [relation])


def sexes(dice: Dice, setting: Setting) -> Piece:
    people, unit = _unit(dice)
    total = dice.size(30, 30_000)
    men = dice.whole(total // 4, total * 3 // 4)
    fills = {**setting.words, "people": people, "total": count(total, unit)}
    fills |= {"p0": count(men, unit), "p1": count(total - men, unit)}
    return Piece([Prose(dice.pick(_SEXES))], fills, [Relation("parts", "sum", ("total", "p0", "p1"))])


def reach(dice: Dice, setting: Setting) -> Piece:
    people, unit = dice.fresh(PEOPLE)
    total = count(dice.size(200, 90_000), unit)
    if dice.chance(40):
        total = replace(count(dice.whole(2, 90) * 100, unit), inner=dice.pick(("余", "多")))
    fills = {**setting.words, "people": people, "total": total}
    fills |= {
        "classes": count(dice.whole(3, 60), "场"),
        "books": count(dice.size(100, 9000), dice.pick(("份", "册", "件"))),
        "online": replace(count(dice.whole(2, 60), "人次"), scale="万", lead=dice.pick(("", "约", "超"))),
    }
    return Piece([Prose(dice.pick(_REACH))], fills)


def twice(dice: Dice, setting: Setting) -> Piece:
    cases = dice.whole(3, 400)
    fills = {**setting.words, "cases": count(cases, dice.pick(("件", "起")))}
    fills["visits"] = count(cases + dice.whole(2, 300), dice.pick(("人次", "人")))
    fills["paid"] = replace(count(dice.whole(3, 900), "元"), scale="万")
    return Piece([Prose(dice.pick(_TWICE))], fills)


SCENES = (
    Scene(overlapping, ALL, wordings=len(_OVERLAP)),
    Scene(sexes, ALL, wordings=len(_SEXES)),
    Scene(reach, frozenset({WORK, CITY}), wordings=len(_REACH)),
    Scene(twice, frozenset({WORK, CITY}), wordings=len(_TWICE)),
)
