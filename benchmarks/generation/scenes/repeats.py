"""One fact told in two places: in the same words, rounded, in another period, in text and table."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from benchmarks.generation.amounts import Amount, count, money
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Grid, Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ACCOUNT, ALL, CITY, SELF, Scene, Setting
from benchmarks.generation.words import FUNDS, MATTERS

_FIRST = (
    "{year}年{org}{fund}支出决算{a}。",
    "{year}年，{org}{fund}到位{a}，保障了各项任务。",
    "年度内，{org}{fund}总支出为{a}，未突破批复额度。",
    "{org}{year}年度{fund}预算批复数为{a}。",
    "截至{year}年12月31日，{org}{fund}累计支付{a}。",
)
_AGAIN = (
    "如前所述，{year}年{org}{fund}支出决算{b}，使用合规。",
    "总体看，{year}年{org}{fund}到位{b}，到位及时。",
    "绩效方面，{org}{fund}总支出为{b}，产出达到预期。",
    "以上情况表明，{org}{year}年度{fund}预算批复数为{b}，编制较为科学。",
    "经审核，截至{year}年12月31日，{org}{fund}累计支付{b}，无挪用情形。",
)
_COUNTS = (
    ("{year}年全区共办结{matter}{a}。", "综上，{year}年全区共办结{matter}{b}，较好完成任务。"),
    ("{year}年{org}累计登记{matter}{a}。", "回顾全年，{year}年{org}累计登记{matter}{b}。"),
    ("本年度全区{matter}总数为{a}，总体平稳。", "从成效看，本年度全区{matter}总数为{b}，居前列。"),
)
_IN_SENTENCE = (
    "全年支付{fund}{a}，经复核，上述{fund}{b}均有合法凭证。",
    "年初安排{fund}{a}，年中未作调整，全年{fund}仍为{b}。",
)
_PERIODS = (
    ("{year}年上半年全区共办结{matter}{a}。", "{year}年全区共办结{matter}{b}，任务圆满完成。"),
    ("本届以来累计办结{matter}{b}。", "{year}年当年办结{matter}{a}。"),
    ("{last}年{org}登记{matter}{a}。", "{year}年{org}登记{matter}{b}。"),
)


def _yuan(dice: Dice) -> Amount:
    return money(Fraction(dice.whole(20_000, 9_000_000) * 100), "万", 2)


def money_twice(dice: Dice, setting: Setting) -> Piece:
    which = dice.whole(0, len(_FIRST) - 1)
    amount = _yuan(dice)
    fills = {**setting.words, "fund": dice.fresh(FUNDS), "a": amount, "b": amount}
    blocks = [Prose(_FIRST[which]), Prose(_AGAIN[which], late=True)]
    relations = [Relation("repeat", "repeat", ("a", "b")), Relation("unit slip", "repeat", ("a", "b"))]
    return Piece(list(blocks), fills, relations)


def count_twice(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    first, again = dice.pick(_COUNTS)
    amount = count(dice.size(1200, 90_000), unit)
    fills = {**setting.words, "matter": matter, "a": amount, "b": amount}
    relation = Relation("repeat", "repeat", ("a", "b"))
    return Piece([Prose(first), Prose(again, late=True)], fills, [relation])


def in_one_sentence(dice: Dice, setting: Setting) -> Piece:
    amount = _yuan(dice)
    fills = {**setting.words, "fund": dice.fresh(FUNDS), "a": amount, "b": amount}
    return Piece([Prose(dice.pick(_IN_SENTENCE))], fills, [Relation("repeat", "repeat", ("a", "b"))])


def rounded_again(dice: Dice, setting: Setting) -> Piece:
    """The same fact to the last digit and in round numbers."""
    which = dice.whole(0, len(_FIRST) - 1)
    yuan = Fraction(dice.whole(20_000, 900_000) * 10_100 + dice.whole(1, 99) * 100)
    exact = money(yuan, "万", 2)
    rough = replace(money(yuan, "万", 0), lead=dice.pick(("", "约")))
    fills = {**setting.words, "fund": dice.fresh(FUNDS), "a": exact, "b": rough}
    return Piece([Prose(_FIRST[which]), Prose(_AGAIN[which], late=True)], fills)


def other_periods(dice: Dice, setting: Setting) -> Piece:
    matter, unit = dice.fresh(MATTERS)
    less = dice.size(40, 4000)
    first, again = dice.pick(_PERIODS)
    fills = {**setting.words, "matter": matter, "a": count(less, unit)}
    fills["b"] = count(less + dice.size(10, 5000), unit)
    return Piece([Prose(first), Prose(again, late=True)], fills)


def text_and_table(dice: Dice, setting: Setting) -> Piece:
    """A table of funds, and one of its rows told in the text."""
    funds = dice.fresh_some(FUNDS, dice.whole(3, 6))
    amounts = [_yuan(dice) for _ in funds]
    cells = [replace(amount, unit="", scale="") for amount in amounts]
    told = dice.whole(0, len(funds) - 1)
    rows = tuple((fund, f"{{c{number}}}") for number, fund in enumerate(funds))
    fills = {**setting.words, "fund": funds[told], "a": amounts[told]}
    fills |= {f"c{number}": cell for number, cell in enumerate(cells)}
    grid = Grid("{year}年度项目支出明细表", "万元", (("项目名称", "支出决算数"),), rows)
    text = dice.pick(
        (
            "{year}年度{fund}支出决算数为{a}，已全部拨付到位。",
            "表中{fund}支出决算数为{a}，所占份额居前。",
            "{fund}支出决算数{a}，用于年度重点任务。",
        )
    )
    relation = Relation("repeat table", "cell", ("a", f"c{told}"), alter=("a",))
    return Piece([Prose(text), grid], fills, [relation])


SCENES = (
    Scene(money_twice, frozenset({ACCOUNT, SELF}), once=True, wordings=len(_FIRST)),
    Scene(count_twice, ALL, once=True, wordings=len(_COUNTS)),
    Scene(in_one_sentence, frozenset({ACCOUNT, SELF}), wordings=len(_IN_SENTENCE)),
    Scene(rounded_again, frozenset({ACCOUNT, CITY}), once=True, wordings=len(_FIRST)),
    Scene(other_periods, ALL, once=True, wordings=len(_PERIODS)),
    Scene(text_and_table, frozenset({ACCOUNT, SELF}), once=True, is_table=True, wordings=3),
)
