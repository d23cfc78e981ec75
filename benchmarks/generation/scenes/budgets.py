"""Budgets and what became of them, item by item; the three public expenses and their sum."""

from __future__ import annotations

from fractions import Fraction

from benchmarks.generation.amounts import Amount, count, money, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ACCOUNT, CITY, SELF, Scene, Setting, slots
from benchmarks.generation.words import FUNDS

_ONE = (
    "{fund}年初预算{plan}，支出决算{final}，完成年初预算的{rate}。",
    "{fund}：年初预算数为{plan}，决算数为{final}，完成预算的{rate}，决算数{versus}预算数的主要原因是{why}。",
    "{year}年{fund}预算{plan}，实际支出{final}，预算执行率{rate}。",
    "{fund}全年预算安排{plan}，实际执行{final}，执行率为{rate}。",
    "{org}{year}年度{fund}批复预算{plan}，支出{final}，占预算的{rate}。",
    "{fund}预算数{plan}，决算数{final}，决算数{versus}年初预算数，主要是{why}。",
)
_PUBLIC = (
    "{year}年度“三公”经费支出合计{total}，其中：因公出国（境）费{p0}，公务用车购置及运行费{p1}，公务接待费{p2}。",
    "全年列支三公经费{total}，其中出国（境）费用{p0}，公车运行维护费{p1}，接待费{p2}。",
    "“三公”经费决算数{total}，包括：公务接待费{p2}，公务用车运行费{p1}，因公出国（境）费{p0}。",
)
_CARS = (
    "公务用车购置及运行维护费{total}，其中：车辆购置费{p0}，车辆运行维护费{p1}，年末公务用车保有量{cars}。",
    "全年公车经费{total}，其中购置费{p0}、运行维护费{p1}，保有车辆{cars}。",
)
_RECEPTION = (
    "公务接待费{spent}，共接待{batches}、{guests}，均为国内接待，无外宾。",
    "全年国内公务接待{batches}{guests}，支出{spent}，外宾接待{none}。",
)
_CARRIED = (
    "年初结转{old}，本年收入{income}，本年支出{spent}，年末结转{left}。",
    "{fund}上年结余{old}，当年拨入{income}，当年使用{spent}，年末结余{left}。",
)
_CITY = (
    "一般公共预算收入完成{final}，为年初预算{plan}的{rate}。",
    "固定资产投资完成{final}，占全年计划{plan}的{rate}。",
    "招商引资到位资金{final}，完成年度任务{plan}的{rate}。",
)


def _wan(hundreds: int) -> Amount:
    return money(Fraction(hundreds * 100), "万", 2)


def one_budget(dice: Dice, setting: Setting) -> Piece:
    plan = dice.size(80, 900_000)
    final = max(1, int(plan * dice.factor(0.3, 1.2)))
    template = dice.pick(_ONE)
    less = final <= plan
    fills: dict[str, Fill] = {**setting.words, "fund": dice.fresh(FUNDS), "plan": _wan(plan)}
    fills |= {"final": _wan(final), "rate": percent(final, plan, dice.pick((1, 2, 2)))}
    fills |= {
        "versus": dice.pick(("小于", "低于")) if less else dice.pick(("大于", "高于")),
        "why": "厉行节约、压减开支" if less else "年中追加任务",
    }
    relations = []
    if "{rate}" in template:
        relations.append(Relation("rate", "rate", ("final", "plan", "rate")))
    if "{versus}" in template:
        wrong = (("versus", "大于" if less else "小于"),)
        relations.append(Relation("direction", "direction", ("plan", "final"), rising=not less, words=wrong))
    return Piece([Prose(template)], fills, relations)


def public(dice: Dice, setting: Setting) -> Piece:
    told = [0 if dice.chance(50) else dice.size(100, 9000), dice.size(100, 30_000), dice.size(20, 8000)]
    fills: dict[str, Fill] = {**setting.words, "total": _wan(sum(told))}
    fills |= {slot: _wan(value) for slot, value in zip(slots("p", 3), told, strict=True)}
    relation = Relation("parts", "sum", ("total", "p0", "p1", "p2"))
    return Piece([Prose(dice.pick(_PUBLIC))], fills, [relation])


def cars(dice: Dice, setting: Setting) -> Piece:
    told = [dice.pick((0, 0, dice.size(1000, 4000))), dice.size(100, 9000)]
    fills: dict[str, Fill] = {**setting.words, "total": _wan(sum(told))}
    fills |= {"p0": _wan(told[0]), "p1": _wan(told[1]), "cars": count(dice.whole(1, 12), "辆")}
    template = dice.pick(_CARS)
    firm = template.startswith("公务用车购置及运行")  # the name says that these two are all
    return Piece([Prose(template)], fills, [Relation("parts", "sum", ("total", "p0", "p1"), firm=firm)])


def reception(dice: Dice, setting: Setting) -> Piece:
    batches = dice.whole(3, 90)
    fills: dict[str, Fill] = {**setting.words, "spent": _wan(dice.size(20, 4000))}
    fills |= {"batches": count(batches, "批次"), "guests": count(batches * dice.whole(3, 9), "人次")}
    fills["none"] = count(0, "批次")
    return Piece([Prose(dice.pick(_RECEPTION))], fills)


def carried(dice: Dice, setting: Setting) -> Piece:
    """What was there and what came is what was spent and what is left."""
    old, income = dice.size(100, 50_000), dice.size(2000, 900_000)
    spent = dice.whole(income // 2, income)
    fills: dict[str, Fill] = {**setting.words, "fund": dice.fresh(FUNDS), "old": _wan(old)}
    fills |= {"income": _wan(income), "spent": _wan(spent), "left": _wan(old + income - spent)}
    return Piece([Prose(dice.pick(_CARRIED))], fills)


def city(dice: Dice, setting: Setting) -> Piece:
    plan = dice.whole(200, 9000)
    final = int(plan * dice.factor(0.8, 1.2))
    fills: dict[str, Fill] = {**setting.words, "plan": money(Fraction(plan * 10**6), "亿", 2)}
    fills |= {"final": money(Fraction(final * 10**6), "亿", 2), "rate": percent(final, plan, 1)}
    relation = Relation("rate", "rate", ("final", "plan", "rate"))
    return Piece([Prose(dice.pick(_CITY))], fills, [relation])


SCENES = (
    Scene(one_budget, frozenset({ACCOUNT, SELF}), wordings=len(_ONE)),
    Scene(public, frozenset({ACCOUNT}), once=True, wordings=len(_PUBLIC)),
    Scene(cars, frozenset({ACCOUNT}), once=True, wordings=len(_CARS)),
    Scene(reception, frozenset({ACCOUNT}), once=True, wordings=len(_RECEPTION)),
    Scene(carried, frozenset({ACCOUNT}), wordings=len(_CARRIED)),
    Scene(city, frozenset({CITY}), wordings=len(_CITY)),
)
