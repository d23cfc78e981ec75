"""Several things told in one breath: 分别 over two lists, brackets inside parts, several bases side by side."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.generation.amounts import Amount, count, money, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ALL, Scene, Setting
from benchmarks.generation.words import FUNDS, LEVELS, MATTERS

_COUNTS = (
    "甲镇、乙镇、丙镇分别报送{matter}{a}、{b}、{c}，三镇合计{abc}。",
    "{matter}、{matter2}分别为{a}、{x}，较上年分别增加{d1}、{d2}。",
    "上半年、下半年分别办理{matter}{a}、{b}，年末在办{c}。",
    "{matter}{abc}（甲镇{a}、乙镇{b}、丙镇{c}），{matter2}{x}（均在区级层面）。",
    "{matter}由{a}增加到{more}，{matter2}由{x}减少到{less}，分别增长{g1}、下降{g2}。",
    "{matter}{a}、{matter2}{x}，同比分别增长{r1}和{r2}，较{old}年同期分别增长{r3}和{r4}。",
    "办结{matter}{a}，其中甲镇{a1}（含上年结转{c0}）、乙镇{a2}。",
    "截至11月底办理{matter}{a}，截至12月底办理{more}，全年目标{goal}。",
    "{matter}{more}，比上年增加{d3}，比前年减少{c0}，处于近年较高水平。",
    "新建{matter}{a}、改建{b}、续建{c}，其中列入重点计划{few}。",
)
_MONEY = (
    "{fund}支出{t}，其中基本支出{p}（人员经费{p1}、公用经费{p2}），项目支出{q}。",
    "{fund}收入、支出分别为{t}、{p}，分别完成预算的{r1}、{r2}。",
    "年初安排{fund}{p}，年中追加{q}，全年可用{t}，实际支出{p1}，结余{rest}。",
    "{fund}{t}，增长{r1}，其中基本支出{p}，增长{r2}；项目支出{q}，下降{r3}。",
    "拨付{fund}{t}，惠及{houses}，户均{each}。",
    "{fund}预算{t}，截至6月底支出{p1}，执行率{e1}；截至12月底支出{p}，执行率{e2}。",
    "核减{fund}{p2}，核减率{k}，送审金额{p}。",
)
_LEVELS = (
    "{level}、{level2}分别达到{l1}和{l2}，同比分别提高{u1}和{u2}。",
    "{level}{l1}，高出目标值{u1}；{level2}{l2}，低于目标值{u2}。",
    "同比增长{r1}，较{old}年同期增长{r2}，两年平均增长{r3}，{level}为{l1}。",
    "{level}、{level2}均为{full}，无一例外。",
    "第一至第三季度{level}分别为{l1}、{l2}、{l3}，四季度回升至{l4}。",
)


def _tenths(number: int, unit: str) -> Amount:
    return Amount(Decimal(number).scaleb(-1), unit)


def counts(dice: Dice, setting: Setting) -> Piece:
    (matter, unit), (other, second) = dice.fresh_some(MATTERS, 2)
    a, b, c = (dice.size(12, 900) for _ in range(3))
    x, d = dice.size(12, 900), dice.whole(3, 60)
    less, a1, c0 = dice.whole(2, x - 1), dice.whole(2, a - 2), dice.whole(1, 2)
    numbers = {"a": a, "b": b, "c": c, "abc": a + b + c, "d1": d, "more": a + d, "d3": d, "a1": a1}
    numbers |= {"a2": a - a1, "c0": c0, "goal": a + dice.whole(1, d), "few": dice.whole(1, a)}
    fills: dict[str, Fill] = {slot: count(number, unit) for slot, number in numbers.items()}
    fills |= {"x": count(x, second), "d2": count(dice.whole(1, 20), second), "less": count(less, second)}
    fills |= {"g1": percent(d, a, 1), "g2": percent(x - less, x, 1)}
    fills |= {f"r{n}": _tenths(dice.whole(10, 300), "%") for n in range(1, 5)}
    template = dice.pick(_COUNTS)
    relations = []
    if "{abc}" in template:
        relations.append(Relation("parts", "sum", ("abc", "a", "b", "c")))
    return _piece(setting, template, {**fills, "matter": matter, "matter2": other}, relations)


def funds(dice: Dice, setting: Setting) -> Piece:
    p1, p2, q = (dice.size(900, 90_000) for _ in range(3))
    p, t = p1 + p2, p1 + p2 + q
    houses, each = dice.whole(20, 900), dice.whole(2, 90) * 100

    def wan(hundreds: int) -> Amount:
        return money(Fraction(hundreds * 100), "万", 2)

    fills: dict[str, Fill] = {"fund": dice.fresh(FUNDS), "t": wan(t), "p": wan(p), "q": wan(q), "p1": wan(p1)}
    fills |= {"p2": wan(p2), "rest": wan(t - p1), "e1": percent(p1, t), "e2": percent(p, t)}
    fills |= {"k": percent(p2, p, 1), "houses": count(houses, "户"), "each": count(each, "元")}
    fills |= {f"r{n}": _tenths(dice.whole(10, 990), "%") for n in range(1, 4)}
    template = dice.pick(_MONEY)
    relations = []
    if "基本支出{p}（" in template:
        relations = [
            Relation("parts", "sum", ("t", "p", "q"), alter=("t", "q")),
            Relation("parts", "sum", ("p", "p1", "p2"), alter=("p1", "p2")),
        ]
    if "户均" in template:
        fills["t"] = money(Fraction(houses * each), "万", 2)
    return _piece(setting, template, fills, relations)


def shares(dice: Dice, setting: Setting) -> Piece:
    one, other = dice.fresh_some(LEVELS, 2)
    fills: dict[str, Fill] = {"level": one, "level2": other, "full": Amount(Decimal(100), "%")}
    fills |= {f"l{n}": _tenths(dice.whole(600, 990), "%") for n in range(1, 4)}
    fills["l4"] = _tenths(dice.whole(991, 999), "%")
    fills |= {f"u{n}": _tenths(dice.whole(3, 90), "个百分点") for n in (1, 2)}
    fills |= {f"r{n}": _tenths(dice.whole(10, 300), "%") for n in range(1, 4)}
    return _piece(setting, dice.pick(_LEVELS), fills, [])


def _piece(setting: Setting, template: str, fills: dict[str, Fill], relations: list[Relation]) -> Piece:
    return Piece([Prose(template)], {**setting.words, "old": str(setting.year - 4), **fills}, relations)


SCENES = (
    Scene(counts, ALL, wordings=len(_COUNTS)),
    Scene(funds, ALL, wordings=len(_MONEY)),
    Scene(shares, ALL, wordings=len(_LEVELS)),
)
