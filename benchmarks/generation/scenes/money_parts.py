"""Money and what it is made of, exact to the last digit or rounded part by part, with shares or without."""

from __future__ import annotations

from fractions import Fraction

from benchmarks.generation.amounts import Amount, money, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ACCOUNT, CITY, SELF, Scene, Setting, joined, named, slots
from benchmarks.generation.words import FUNDS, INCOME_SORTS, MONEY_SORTS

_WHOLE = (
    "{year}年度{fund}支出合计{total}，其中：<parts>。",
    "全年{fund}实际支出{total}，由<parts>组成。",
    "{fund}共到位{total}，按来源分为<parts>。",
    "{fund}总投入{total}，具体构成为：<parts>。",
    "{org}{year}年{fund}共支出{total}（<parts>）。",
    "从支出结构看，{fund}{total}主要用于以下方面：<parts>。",
)
_SHARED = (
    "{fund}本年支出合计{total}，其中：<parts>。",
    "{year}年{fund}支出总额为{total}。其中：<parts>。",
    "{fund}总收入{total}，构成为：<parts>。",
    "经决算，{fund}共列支{total}，其中，<parts>。",
)
_OPEN = (
    "全年争取{fund}{total}，其中<parts>等。",
    "统筹{fund}{total}支持基层，其中安排<parts>。",
    "累计下达{fund}{total}，其中较大的几笔是<parts>。",
)
_REST = (
    "{fund}支出{total}，其中<parts>，其余{rest}用于日常运转。",
    "下拨{fund}{total}，其中<parts>，剩余{rest}结转使用。",
)


def _scaled(dice: Dice) -> tuple[str, int, int]:
    """Scale, decimals and one last shown digit in 元."""
    return dice.pick((("万", 2, 100), ("万", 2, 100), ("亿", 2, 1_000_000), ("万", 0, 10_000), ("", 2, 1)))


def _amounts(dice: Dice, number: int) -> tuple[Amount, list[Amount], list[Fraction], Fraction]:
    """Total and parts as printed, and what they are; one in three is rounded part by part."""
    scale, places, step = _scaled(dice)
    low, high = (30_000, 9_000_000) if step > 1 else (3_000_000, 900_000_000)
    units = dice.split(dice.whole(low, high), number, least=900)
    exact = [Fraction(unit * step) for unit in units]
    if dice.chance(33) and step > 1:
        exact = [value + Fraction(dice.whole(0, step * 100 - 1), 100) for value in exact]
    if not scale:
        exact = [value / 100 for value in exact]
    total = sum(exact, Fraction(0))
    style = dice.pick(("", "", "", ","))
    return (
        money(total, scale, places, style),
        [money(value, scale, places, style) for value in exact],
        exact,
        total,
    )


def whole_money(dice: Dice, setting: Setting) -> Piece:
    names = dice.pick(INCOME_SORTS + MONEY_SORTS)
    total, amounts, _, _ = _amounts(dice, len(names))
    parts = slots("p", len(names))
    template = dice.pick(_WHOLE)
    stop = "、" if "（" in template or "组成" in template else dice.pick(("、", "，", "；"))
    fills = {**setting.words, "fund": dice.fresh(FUNDS), "total": total, **named("p", amounts)}
    firm = "其中" not in template or set(names) == {"基本支出", "项目支出"} or names[-1].startswith("其他")
    relation = Relation("parts", "sum", ("total", *parts), firm=firm)
    return Piece([Prose(template.replace("<parts>", joined(dice, names, parts, stop)))], fills, [relation])


def shared_money(dice: Dice, setting: Setting) -> Piece:
    names = dice.pick(INCOME_SORTS + MONEY_SORTS)
    total, amounts, exact, whole = _amounts(dice, len(names))
    places = dice.pick((2, 2, 1))
    parts, shares = slots("p", len(names)), slots("s", len(names))
    word = dice.pick(("占", "占比", "占比为"))
    listed = "；".join(f"{n}{{{p}}}，{word}{{{s}}}" for n, p, s in zip(names, parts, shares, strict=True))
    cut = dice.chance(15)  # some offices cut decimals off
    fills = {**setting.words, "fund": dice.fresh(FUNDS), "total": total, **named("p", amounts)}
    fills |= named("s", [percent(value, whole, places, cut=cut) for value in exact])
    relations = [Relation("parts", "sum", ("total", *parts))]
    relations += [
        Relation("shares", "rate", (p, "total", s), alter=(s,)) for p, s in zip(parts, shares, strict=True)
    ]
    return Piece([Prose(dice.pick(_SHARED).replace("<parts>", listed))], fills, relations)


def open_money(dice: Dice, setting: Setting) -> Piece:
    names = dice.fresh_some(FUNDS, 2)
    total, amounts, _, _ = _amounts(dice, 3)
    parts = slots("p", 2)
    fills = {**setting.words, "fund": "上级补助资金", "total": total, **named("p", amounts[:2])}
    text = dice.pick(_OPEN).replace("<parts>", joined(dice, names, parts))
    return Piece([Prose(text)], fills, [Relation("groups", "within", ("total", *parts))])


def rest_money(dice: Dice, setting: Setting) -> Piece:
    names = dice.some(("差旅费", "劳务费", "印刷费", "委托业务费", "维修费"), 2)
    total, amounts, _, _ = _amounts(dice, 3)
    parts = slots("p", 2)
    fills = {**setting.words, "fund": dice.fresh(FUNDS), "total": total, **named("p", amounts[:2])}
    fills["rest"] = amounts[2]
    text = dice.pick(_REST).replace("<parts>", joined(dice, names, parts))
    return Piece([Prose(text)], fills, [Relation("parts", "sum", ("total", *parts, "rest"))])


SCENES = (
    Scene(whole_money, frozenset({ACCOUNT, SELF}), wordings=len(_WHOLE)),
    Scene(shared_money, frozenset({ACCOUNT, SELF}), wordings=len(_SHARED)),
    Scene(open_money, frozenset({CITY, SELF}), wordings=len(_OPEN)),
    Scene(rest_money, frozenset({ACCOUNT, SELF, CITY}), wordings=len(_REST)),
)
