"""A stated count and what is listed: titles, names, points 一是 二是, numbered headings."""

from __future__ import annotations

from benchmarks.generation.amounts import Amount, count
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ALL, CITY, SELF, WORK, Scene, Setting
from benchmarks.generation.words import KINDS, POINTS, TITLES

_TITLES_BEFORE = (
    "年内先后印发<titles>{number}。",
    "修订<titles>{number}，并汇编成册。",
    "完善内部管理，新订<titles>{number}。",
    "选取<titles>{number}列为督办件。",
)
_TITLES_AFTER = (
    "全年出台制度{number}：<titles>。",
    "编印材料{number}，分别为<titles>。",
    "形成成果{number}（<titles>），供决策参考。",
    "报送专题材料{number}，即<titles>。",
)
_SOME = (
    "全年撰写材料{number}，其中<titles>等获得批示。",
    "印发<titles>等文件{number}。",
)
_KINDS = (
    "工作分<kinds>{number}阶段推进。",
    "全年围绕<kinds>{number}环节开展工作。",
    "把任务划为<kinds>{number}板块，逐项落实。",
    "考评涵盖<kinds>{number}方面。",
)
_POINTS = (
    "自评发现{number}方面的问题：<points>",
    "存在以下{number}方面不足：<points>",
    "主要做法有{number}点：<points>",
    "下一步抓好{number}项工作：<points>",
    "绩效管理中还有{number}个问题。<points>",
)
_HEADED = (
    ("（一）资金管理方面", "（二）项目实施方面", "（三）资产管理方面", "（四）信息公开方面"),
    ("1.完善预算编制", "2.强化过程监控", "3.加快资金拨付", "4.做实结果运用"),
)
_NESTED = (("一要", "二要", "三要"), ("一是", "二是", "三是"), ("首先", "其次", "再次"))
_UNITS = ["项", "个", "份", "篇", "部", "件"]


def _titles(dice: Dice, number: int) -> str:
    titles = [f"《{title}》" for title in dice.shuffled(TITLES)[:number]]
    return dice.pick(("", "、")).join(titles)


def titles_before(dice: Dice, setting: Setting) -> Piece:
    number = dice.whole(2, 5)
    unit = dice.pick([word for word in _UNITS if word != "份"])
    text = dice.pick(_TITLES_BEFORE).replace("<titles>", _titles(dice, number))
    fills = {**setting.words, "number": count(number, unit)}
    return Piece([Prose(text)], fills, [Relation("list", "list", ("number",), size=number)])


def titles_after(dice: Dice, setting: Setting) -> Piece:
    number = dice.whole(2, 5)
    unit = dice.pick([word for word in _UNITS if word != "份"])
    text = dice.pick(_TITLES_AFTER).replace("<titles>", _titles(dice, number))
    fills = {**setting.words, "number": count(number, unit)}
    return Piece([Prose(text)], fills, [Relation("list", "list", ("number",), size=number)])


def some_titles(dice: Dice, setting: Setting) -> Piece:
    number = dice.whole(2, 3)
    text = dice.pick(_SOME).replace("<titles>", _titles(dice, number))
    fills = {**setting.words, "number": count(number + dice.whole(1, 12), dice.pick(_UNITS))}
    return Piece([Prose(text)], fills)


def kinds(dice: Dice, setting: Setting) -> Piece:
    names = dice.some(KINDS, dice.whole(3, 5))
    template = dice.pick(_KINDS)
    text = template.replace("<kinds>", "、".join(names)).replace("{number}", "{number}")
    fills = {**setting.words, "number": count(len(names), "个", "中")}
    return Piece([Prose(text)], fills, [Relation("list", "list", ("number",), size=len(names))])


def points(dice: Dice, setting: Setting) -> Piece:
    number = dice.whole(2, 5)
    told = dice.some(POINTS, number)
    stop = dice.pick(("；", "。"))
    listed = stop.join(f"{mark}是{one}" for mark, one in zip("一二三四五", told, strict=False)) + "。"
    template = dice.pick(_POINTS)
    amount: Amount = count(number, "个", dice.pick(("中", "中", "")))
    for bare in ("点", "项", "个问题", "方面"):
        if f"{{number}}{bare}" in template:
            word = bare[0] if bare in ("点", "项") else "个"
            amount = count(number, word, amount.style)
            template = template.replace(f"{{number}}{bare}", f"{{number}}{bare.removeprefix(word)}")
            break
    firm = amount.style == "中" or "问题" in template
    fills = {**setting.words, "number": amount}
    relation = Relation("numbered points", "list", ("number",), size=number, firm=firm)
    return Piece([Prose(template.replace("<points>", listed))], fills, [relation])


def headed(dice: Dice, setting: Setting) -> Piece:
    """Points told as short paragraphs with numbers of their own."""
    heads = dice.pick(_HEADED)[: dice.whole(3, 4)]
    fills = {**setting.words, "number": count(len(heads), "个", "中")}
    blocks = [Prose("下一阶段，重点从{number}方面加以改进：")]
    blocks += [
        Prose(f"{head}。{reason}。") for head, reason in zip(heads, dice.some(POINTS, 4), strict=False)
    ]
    return Piece(blocks, fills, [Relation("numbered points", "list", ("number",), size=len(heads))])


def long_headed(dice: Dice, setting: Setting) -> Piece:
    """Points with long sections of their own, in which other points are numbered."""
    heads = dice.pick(_HEADED)[: dice.whole(3, 4)]
    fills = {**setting.words, "number": count(len(heads), "个", "中")}
    blocks = [Prose("明年着力抓好以下{number}方面的工作：")]
    for head in heads:
        blocks.append(Prose(head))
        for mark in dice.pick(_NESTED):
            reasons = "，".join(dice.shuffled(POINTS)[:6])
            blocks.append(Prose(f"{mark}针对以往情况加以改进。{reasons}，都要逐一解决。"))
    return Piece(
        blocks, fills, [Relation("numbered points", "list", ("number",), firm=False, size=len(heads))]
    )


SCENES = (
    Scene(titles_before, ALL, wordings=len(_TITLES_BEFORE)),
    Scene(titles_after, ALL, wordings=len(_TITLES_AFTER)),
    Scene(some_titles, ALL, wordings=len(_SOME)),
    Scene(kinds, frozenset({WORK, SELF}), wordings=len(_KINDS)),
    Scene(points, ALL, wordings=len(_POINTS)),
    Scene(headed, frozenset({WORK, SELF}), wordings=len(_HEADED)),
    Scene(long_headed, frozenset({WORK, CITY}), once=True, wordings=2),
)
