"""What looks wrong and is right: overlaps, nets, carried-over cases, other bases, other bounds, adjusted budgets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from benchmarks.generation.amounts import Amount, count, money, percent, points
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Piece, Prose
from benchmarks.generation.scenes.setting import ALL, Scene, Setting
from benchmarks.generation.words import FUNDS, LEVELS, MATTERS, PEOPLE

_COUNTS = (
    "{matter}共{t}，省级采用{a}、市级采用{b}、区级采用{c}，同一事项可被多级采用。",
    "累计{matter}{t}，其中本年新增{s}、上年增加{s2}。",
    "上年结转{matter}{s}，本年新收{t}，全年办结{all}，结案率{full}。",
    "{matter}比上年净增{net}，其中新增{plus}、核减{minus}。",
    "{matter}{t}，涉及单位{u}，其中区直单位{v}、镇街{w}。",
    "甲镇、乙镇{matter}分别为{a}和{b}，全区共{sum3}。",
    "一至四季度{matter}分别为{q1}、{q2}、{q3}、{q4}，全年合计{year4}。",
    "{matter}分批办理，第一批{q1}，第二批{q2}，第三批{q3}，共{three}。",
    "{matter}平均每月{monthly}，全年{twelve}。",
    "近三年{matter}分别为{a}、{b}、{c}，呈波动态势。",
    "{matter}{t}，已办结{most}（含上年结转{s}），其余按期推进。",
    "{matter}{t}，较{old}年增加{s}；上年同期为{s2}。",
    "{matter}由{q1}增加到{more1}，其中街道由{x1}增加到{x2}。",
    "受理{matter}{t}、{visits}，化解率较高。",
    "共收到{matter}{t}，比计划多{s}，其中网上提交{v2}。",
    "重点督办{matter}{s}，占立项总数的{third}；面商{s}，面商率{full}。",
    "{matter}{over}，其中甲镇{o1}、乙镇{o2}，参与面不断扩大。",
    "提交大会{matter}{t}，平时{matter}{s}。经审查，立案{filed}，立案率{of_both}。",
    "上年结转{matter}{s}，当年收到{t}，办结{filed}，办结率{of_both}。",
    "服务{people}{p}，其中老年人{p1}、残疾人{p2}，当场办结{p3}，满意率{high}。",
)
_MONEY = (
    "{fund}年初预算{plan}，调整预算{adjusted}，决算{final}，完成年初预算的{r1}，完成调整预算的{r2}。",
    "{fund}支出{final}，与上年持平，增加{zero}，增长{zero_rate}。",
    "{fund}{final}（约合{hundred_million}），按进度拨付。",
    "总投资约{about}的{fund}项目，一期{i1}、二期{i2}、三期{i3}，均已开工。",
    "{fund}按每户补助{each}的标准，补助{houses}，共发放{given}。",
    "税收{now}，上年{then}，剔除一次性因素后同口径增长{same}。",
    "{fund}决算{final}，比{old}年增长{g}，上年为{adjusted}。",
    "{fund}收入{final}，支出{adjusted}，当年收支差额由上年结余弥补。",
    "人均{fund}{person}，比上年增加{person_more}，高于全区平均水平。",
    "{fund}预算{plan}，已下达{half}，其余待验收后拨付，支付进度{half_rate}。",
    "争取{fund}{final}，带动社会资金{adjusted}，其中民间资本{half}。",
    "{fund}支出{double}，比上年增加{single}，增长{full}。",
)
_LEVELS = (
    "{level}由{l1}提高到{l2}，提高{lp}，增幅为{lg}。",
    "{level}由{l1}提高到{l2}，甲类、乙类补贴标准分别提高{same}、{other}。",
    "{level}从{l1}上升到{l2}，人均经费提高{same}，投诉量下降{other}。",
    "满意率{m1}，基本满意率{m2}，不满意率{m3}。",
    "{level}{l2}，其中城区{l3}、乡镇{l1}，城乡差距{gap}。",
    "{level}目标为{goal}以上，上半年{l1}，全年{l3}。",
    "自评基础分{base}，加分{bonus}，扣分{malus}，最终得分{score}。",
    "全区综合排名由第12位上升至第5位，{level}居首，达到{l3}。",
    "{level}比全市平均高{lp}，比上年低{lq}，仍处合理区间。",
    "一季度、上半年、前三季度{level}分别为{l1}、{l2}、{l3}。",
)


def _counted(dice: Dice) -> dict[str, Fill]:
    matter, unit = dice.fresh(MATTERS)
    people, head = dice.fresh(PEOPLE)
    t, s = dice.size(60, 4000), dice.whole(4, 50)
    net, minus = dice.whole(3, 60), dice.whole(2, 40)
    a, b, c = (dice.whole(t // 2, t) for _ in range(3))
    q = [dice.whole(5, 300) for _ in range(4)]
    filed = t + s - dice.whole(2, t // 4)
    p = dice.size(200, 9000)
    o1, o2 = dice.whole(30, 49), dice.whole(54, 69)
    numbers = {
        "t": t, "s": s, "s2": s + dice.whole(1, 9), "a": a, "b": b, "c": c, "net": net, "plus": net + minus,
        "minus": minus, "all": t + s, "sum3": a + b + dice.whole(20, 900), "q1": q[0], "q2": q[1],
        "q3": q[2], "q4": q[3], "year4": sum(q), "three": sum(q[:3]), "monthly": s, "twelve": s * 12,
        "most": t - dice.whole(1, 20), "more1": q[0] + dice.whole(10, 90), "x1": 2, "x2": 4 + q[1] % 5,
        "v2": dice.whole(t // 3, t - 1), "o1": o1, "o2": o2,
    }  # fmt: skip
    fills: dict[str, Fill] = {slot: count(number, unit) for slot, number in numbers.items()}
    v, w = dice.whole(4, 30), dice.whole(4, 12)
    fills |= {
        "u": count(v + w, "家"),
        "v": count(v, "家"),
        "w": count(w, "家"),
        "visits": count(t + s, "人次"),
    }
    fills |= {f"p{n}" if n else "p": count(dice.whole(p // 3, p - 1) if n else p, head) for n in range(4)}
    fills |= {
        "over": replace(count(100, unit), inner="余"),
        "full": Amount(Decimal(100), "%"),
        "third": percent(s, t, 1),
        "filed": count(filed, unit),
        "of_both": percent(filed, t + s, 1),
        "high": Amount(Decimal(dice.whole(950, 999)).scaleb(-1), "%"),
    }
    return fills | {"matter": matter, "people": people}


def _funded(dice: Dice) -> dict[str, Fill]:
    plan = dice.whole(20_000, 900_000)
    adjusted = int(plan * dice.factor(1.05, 1.4))
    final = int(adjusted * dice.factor(0.8, 0.99))
    stages = [dice.whole(310, 345) for _ in range(3)]
    each, houses = dice.whole(2, 90) * 100, dice.whole(20, 900)
    now, then = dice.whole(300, 900), dice.whole(910, 990)
    half = plan * dice.whole(30, 70) // 100

    def wan(hundreds: int) -> Amount:
        return money(Fraction(hundreds * 100), "万", 2)

    return {
        "fund": dice.fresh(FUNDS), "plan": wan(plan), "adjusted": wan(adjusted), "final": wan(final),
        "r1": percent(final, plan), "r2": percent(final, adjusted), "zero": wan(0),
        "zero_rate": percent(0, 1), "hundred_million": money(Fraction(final * 100), "亿", 2),
        "about": Amount(Decimal(10), "元", "亿"),
        **{f"i{n}": Amount(Decimal(stage).scaleb(-2), "元", "亿") for n, stage in enumerate(stages, start=1)},
        "each": count(each, "元"), "houses": count(houses, "户"), "given": money(Fraction(each * houses), "万", 2),
        "now": Amount(Decimal(now).scaleb(-1), "元", "亿"), "then": Amount(Decimal(then).scaleb(-1), "元", "亿"),
        "same": percent(dice.whole(10, 90), 1000, 1), "g": percent(dice.whole(10, 900), 1000, 1),
        "person": count(dice.whole(2000, 9000), "元"), "person_more": count(dice.whole(20, 900), "元"),
        "half": wan(half), "half_rate": percent(half, plan, 1), "double": wan(plan * 2), "single": wan(plan),
        "full": Amount(Decimal(100), "%"),
    }  # fmt: skip


def _levelled(dice: Dice) -> dict[str, Fill]:
    l1, lp, lq = dice.whole(300, 500), dice.whole(20, 200), dice.whole(5, 60)
    l2 = l1 + lp
    m1, m2 = dice.whole(900, 980), dice.whole(5, 15)
    base, bonus, malus = dice.whole(80, 95), dice.whole(1, 5), dice.whole(1, 5)

    def rate(tenths: int) -> Amount:
        return Amount(Decimal(tenths).scaleb(-1), "%")

    return {
        "level": dice.fresh(LEVELS), "l1": rate(l1), "l2": rate(l2), "l3": rate(l2 + lq),
        "lp": points(Fraction(lp, 10)), "lq": points(Fraction(lq, 10)), "lg": percent(lp, l1, 1),
        "gap": points(Fraction(lp + lq, 10)), "m1": rate(m1), "m2": rate(m2), "m3": rate(1000 - m1 - m2),
        "same": rate(dice.whole(20, 400)), "other": rate(dice.whole(20, 400)),
        "goal": Amount(Decimal(90), "%", tail="以上"), "base": Amount(Decimal(base), "分"),
        "bonus": Amount(Decimal(bonus), "分"), "malus": Amount(Decimal(malus), "分"),
        "score": Amount(Decimal(base + bonus - malus), "分"),
    }  # fmt: skip


def counts(dice: Dice, setting: Setting) -> Piece:
    return _piece(dice, setting, _COUNTS, _counted(dice))


def funds(dice: Dice, setting: Setting) -> Piece:
    return _piece(dice, setting, _MONEY, _funded(dice))


def shares(dice: Dice, setting: Setting) -> Piece:
    return _piece(dice, setting, _LEVELS, _levelled(dice))


def _piece(dice: Dice, setting: Setting, templates: tuple[str, ...], fills: dict[str, Fill]) -> Piece:
    template = dice.pick(templates).replace("{goal}以上", "{goal}")
    if "约{about}" in template:
        template = template.replace("约{about}", "{about}")
        about = fills["about"]
        assert isinstance(about, Amount)
        fills["about"] = replace(about, lead="约")
    if "约合{hundred_million}" in template:
        template = template.replace("约合{hundred_million}", "折合{hundred_million}")
    return Piece([Prose(template)], {**setting.words, "old": str(setting.year - 4), **fills})


SCENES = (
    Scene(counts, ALL, wordings=len(_COUNTS)),
    Scene(funds, ALL, wordings=len(_MONEY)),
    Scene(shares, ALL, wordings=len(_LEVELS)),
)
