"""A clean report from a seed: title, headings and pieces in the order in which offices put them."""

from __future__ import annotations

from contextlib import suppress

from benchmarks.generation.dice import Dice, Exhausted
from benchmarks.generation.model import Grid, Piece, Prose, Report
from benchmarks.generation.scenes import SCENES
from benchmarks.generation.scenes.setting import ACCOUNT, CITY, SELF, WORK, Scene, Setting
from benchmarks.generation.words import ORGS, YEARS

_STYLES = (WORK, ACCOUNT, SELF, CITY)
_TITLES = {
    WORK: ("{year}年工作总结", "{year}年履职情况报告", "{year}年统战工作情况"),
    ACCOUNT: ("{year}年度部门决算情况说明", "{year}年度决算公开说明"),
    SELF: ("{year}年度部门整体支出绩效自评报告", "{year}年度项目支出绩效评价报告"),
    CITY: ("{year}年政府工作报告", "{year}年经济社会发展情况"),
}
_HEADS = {
    WORK: ("围绕中心工作", "联系服务群众", "加强自身建设", "存在的不足", "下一步打算"),
    ACCOUNT: ("收支总体情况", "支出结构说明", "有关经费情况", "机关运行情况", "其他说明"),
    SELF: ("部门概况", "资金使用情况", "绩效目标完成情况", "自评结论", "问题与改进"),
    CITY: ("经济运行", "乡村振兴", "城市建设", "民生事业", "政府自身建设"),
}
_OPENERS = (
    "一年来，各项任务有序推进，总体情况良好。",
    "现将有关情况报告如下。",
    "本部分数据截至{year}年12月31日。",
    "在上级部门指导下，重点工作稳步开展。",
    "对照年初部署，逐项盘点如下。",
)
_NUMERALS = "一二三四五六七八九十"


def report(seed: int | str, *, tables: bool = False, pieces: int = 0) -> Report:
    """A clean report; without tables unless asked, since plain text has none. `pieces` sets its length."""
    dice = Dice(seed)
    setting = Setting(dice.pick(YEARS), dice.pick(ORGS), dice.pick(_STYLES))
    scenes = [scene for scene in SCENES if setting.style in scene.styles]
    prose = [scene for scene in scenes if not scene.is_table]
    grids = [scene for scene in scenes if scene.is_table]
    number = pieces or dice.whole(6, 14)
    chosen = _draw(dice, prose, number)
    if tables:
        chosen += _draw(dice, grids, dice.whole(1, 3))
    made = []
    for scene in dice.shuffled(chosen):
        with suppress(Exhausted):
            made.append(scene.make(dice, setting))
    return _ordered(dice, setting, made)


def single(scene: Scene, seed: int | str) -> Report:
    """A report of one piece."""
    dice = Dice(seed)
    style = dice.pick(sorted(scene.styles))
    setting = Setting(dice.pick(YEARS), dice.pick(ORGS), style)
    return _ordered(dice, setting, [scene.make(dice, setting)])


def _draw(dice: Dice, scenes: list[Scene], number: int) -> list[Scene]:
    """Scenes by weight of their wordings; those told once at most once."""
    weighted = [scene for scene in scenes for _ in range(scene.wordings)]
    chosen: list[Scene] = []
    for _ in range(number):
        scene = dice.pick(weighted)
        chosen.append(scene)
        if scene.once:
            weighted = [other for other in weighted if other is not scene]
    return chosen


def _ordered(dice: Dice, setting: Setting, pieces: list[Piece]) -> Report:
    """Headings between groups of pieces; what is said late comes in the last part."""
    title = dice.pick(_TITLES[setting.style]).replace("{year}", str(setting.year))
    heads = dice.some(_HEADS[setting.style], dice.whole(2, 5))
    early = [
        (number, block)
        for number, piece in enumerate(pieces)
        for block, content in enumerate(piece.blocks)
        if not content.late
    ]
    late = [
        (number, block)
        for number, piece in enumerate(pieces)
        for block, content in enumerate(piece.blocks)
        if content.late
    ]
    frame = Piece([], dict(setting.words))
    order: list[tuple[int, int]] = []
    groups = _groups(early, len(heads), pieces)
    groups[-1] += late
    for number, (head, group) in enumerate(zip(heads, groups, strict=True)):
        frame.blocks.append(Prose(f"{_NUMERALS[number]}、{head}", heading=True))
        order.append((len(pieces), len(frame.blocks) - 1))
        if dice.chance(30):
            frame.blocks.append(Prose(dice.pick(_OPENERS)))
            order.append((len(pieces), len(frame.blocks) - 1))
        order += group
    return Report(f"{setting.org}{title}", [*pieces, frame], order)


def _groups(places: list[tuple[int, int]], number: int, pieces: list[Piece]) -> list[list[tuple[int, int]]]:
    """Blocks under so many headings; the blocks of one piece stay together."""
    groups: list[list[tuple[int, int]]] = [[] for _ in range(number)]
    for piece, block in places:
        groups[min(number - 1, piece * number // max(1, len(pieces)))].append((piece, block))
    return groups


def caption(grid: Grid, piece: Piece) -> str:
    """The caption of a table with its slots filled."""
    words = grid.caption
    for slot, fill in piece.fills.items():
        if isinstance(fill, str):
            words = words.replace(f"{{{slot}}}", fill)
    return words
