"""Counts and what they are made of: 其中, 分别, brackets, halves, remainders, chains of ever fewer."""

from __future__ import annotations

from benchmarks.generation.amounts import count, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Piece, Prose, Relation
from benchmarks.generation.scenes.setting import CITY, SELF, WORK, Scene, Setting, joined, named, slots
from benchmarks.generation.words import DISJOINT, HALVES, MATTERS, SORTS

_OPEN = (  # the parts told are the largest, more may exist
    "全年共办理{matter}{total}，其中<parts>。",
    "截至年底，累计登记{matter}{total}，其中<parts>，其余仍在跟进。",
    "各单位报来{matter}{total}，其中<parts>等。",
    "{year}年，{org}统计在册{matter}{total}，其中<parts>。",
    "会同有关部门梳理出{matter}{total}，其中较为集中的有<parts>。",
)
_WHOLE = (  # the words say that nothing is missing
    "全年{matter}共{total}，按类别分为<parts>。",
    "{matter}总量为{total}，由<parts>组成。",
    "本年度新增{matter}{total}，构成情况如下：<parts>。",
    "经汇总，{matter}合计{total}，具体为：<parts>。",
    "{matter}{total}（<parts>），台账齐全。",
    "共有{matter}{total}，其中<parts>，其他{rest}。",
    "登记{matter}{total}，其中<parts>，其余{rest}为综合事项。",
    "全年累计{matter}{total}，按照来源划分，<parts>，其他来源{rest}。",
)
_SHARED = (
    "全年受理{matter}{total}，其中<parts>。",
    "从类型看，{matter}共有{total}，其中：<parts>。",
    "{matter}{total}分布不均：<parts>。",
)
_HALVES = (
    "全年{matter}{total}，其中{first}{p0}、{second}{p1}。",
    "{org}{year}年度{matter}共计{total}，{first}和{second}分别为{p0}、{p1}。",
    "汇总{matter}{total}，其中，{first}{p0}，{second}{p1}。",
)
_CHAIN = (
    "全年征求{matter}{total}，从中选取{p0}列入督办，并将{p1}报区领导阅批。",
    "收集{matter}{total}，经筛选采纳{p0}，其中{p1}转化为具体举措。",
    "申报{matter}{total}，通过初审{p0}，其中{p1}获得立项。",
    "初步排查{matter}{total}，确认{p0}，其中重点挂牌{p1}。",
)
_EQUAL = (
    "组织{matter}{total}，全部完成；同期外地转办{other}，未计入上述数字。",
    "新增{matter}{total}。另有跨区转来{other}，单独统计。",
    "办理{matter}{total}，涉及{people}；回访{visits}。",
)


def open_parts(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    sort = dice.whole(0, len(SORTS) - 1)
    names = dice.some(SORTS[sort], 3)
    total = dice.size(40, 6000)
    told = sorted(dice.split(total, 4), reverse=True)[:3]
    parts = slots("p", 3)
    template = dice.pick(_OPEN).replace("<parts>", joined(dice, names, parts))
    fills = {**setting.words, "matter": matter, "total": count(total, unit)}
    fills |= named("p", [count(number, unit) for number in told])
    if sort in DISJOINT:
        relation = Relation("groups", "within", ("total", *parts))
    else:  # a matter may be of two sorts: only one that is larger than the whole is surely wrong
        relation = Relation("subset", "subset", ("total", *parts), alter=parts)
    return Piece([Prose(template)], fills, [relation])


def whole_parts(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    template = dice.pick(_WHOLE)
    has_rest = "{rest}" in template
    names = dice.pick(SORTS)[: dice.whole(2, 3) if has_rest else 4]
    total = dice.size(60, 20_000)
    told = dice.split(total, len(names) + has_rest)
    parts = slots("p", len(names))
    stop = dice.pick(("、", "，", "；")) if not has_rest and "（" not in template else "、"
    fills = {**setting.words, "matter": matter, "total": count(total, unit, dice.pick(("", "", ",")))}
    fills |= named("p", [count(number, unit) for number in told[: len(names)]])
    if has_rest:
        fills["rest"] = count(told[-1], unit)
    rest = ("rest",) if has_rest else ()
    text = template.replace("<parts>", joined(dice, names, parts, stop))
    return Piece([Prose(text)], fills, [Relation("parts", "sum", ("total", *parts, *rest))])


def shared_parts(dice: Dice, setting: Setting) -> Piece:
    """Parts with their shares; the shares make 100 % up to rounding."""
    matter, unit = dice.fresh(MATTERS)
    names = dice.pick(SORTS)
    total = dice.size(80, 9000)
    told = dice.split(total, len(names))
    places = dice.pick((1, 1, 2))
    parts, shares = slots("p", len(names)), slots("s", len(names))
    word = dice.pick(("占", "占比", "占总数的"))
    listed = "；".join(f"{n}{{{p}}}，{word}{{{s}}}" for n, p, s in zip(names, parts, shares, strict=True))
    fills = {**setting.words, "matter": matter, "total": count(total, unit)}
    fills |= named("p", [count(number, unit) for number in told])
    fills |= named("s", [percent(number, total, places) for number in told])
    relations = [Relation("parts", "sum", ("total", *parts))]
    relations += [
        Relation("shares", "rate", (p, "total", s), alter=(s,)) for p, s in zip(parts, shares, strict=True)
    ]
    return Piece([Prose(dice.pick(_SHARED).replace("<parts>", listed))], fills, relations)


def halves(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    first, second = dice.pick(HALVES)
    total = dice.size(20, 9000)
    told = dice.split(total, 2)
    template = dice.pick(_HALVES)
    fills = {**setting.words, "matter": matter, "first": first, "second": second, "total": count(total, unit)}
    fills |= named("p", [count(number, unit) for number in told])
    firm = first not in ("线上",)
    return Piece([Prose(template)], fills, [Relation("parts", "sum", ("total", "p0", "p1"), firm=firm)])


def chain(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh([one for one in MATTERS if one[1] in "件条个项篇"])
    total = dice.size(40, 900)
    second = dice.whole(total // 5 + 2, total - 5)
    third = dice.whole(1, second)
    fills = {**setting.words, "matter": matter, "total": count(total, unit)}
    fills |= named("p", [count(second, unit), count(third, unit)])
    template = dice.pick(_CHAIN)
    within = "p0" if "其中{p1}" in template else "total"  # the last may be chosen from all of them
    relations = [
        Relation("subset", "subset", ("total", "p0"), alter=("p0",)),
        Relation("subset", "subset", (within, "p1"), alter=("p1",)),
    ]
    return Piece([Prose(template)], fills, relations)


def equal_numbers(dice: Dice, setting: Setting) -> Piece:
    """Two facts that happen to have one number."""
    matter, unit = dice.fresh(MATTERS)
    number = dice.whole(3, 40)
    fills = {**setting.words, "matter": matter, "total": count(number, unit)}
    fills |= {
        "other": count(number, unit if dice.chance(50) else "次"),
        "people": count(number * dice.whole(2, 30), "人"),
        "visits": count(number, "人次"),
    }
    return Piece([Prose(dice.pick(_EQUAL))], fills)


SCENES = (
    Scene(open_parts, wordings=len(_OPEN)),
    Scene(whole_parts, wordings=len(_WHOLE)),
    Scene(shared_parts, wordings=len(_SHARED)),
    Scene(halves, wordings=len(_HALVES)),
    Scene(chain, frozenset({WORK, SELF, CITY}), wordings=len(_CHAIN)),
    Scene(equal_numbers, frozenset({WORK, CITY}), wordings=len(_EQUAL)),
)
