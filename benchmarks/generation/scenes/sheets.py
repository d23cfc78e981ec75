"""Score sheets and goal tables: points, scores, targets, what was reached, and the total row."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.generation.amounts import Amount
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Grid, Piece, Prose, Relation
from benchmarks.generation.scenes.setting import SELF, Scene, Setting, slots

_GOALS = (
    ("举办培训场次", "场", "≥"),
    ("服务群众人次", "人次", "≥"),
    ("设备验收合格率", "%", "≥"),
    ("任务按期完成率", "%", "≥"),
    ("服务对象满意度", "%", "≥"),
    ("编印资料数量", "册", "≥"),
    ("投诉处理及时率", "%", "≥"),
    ("示范点创建数量", "个", "≥"),
)
_GROUPS = (("产出指标", 3), ("效益指标", 2), ("满意度指标", 1))


def _points(tenths: int) -> Amount:
    return Amount(Decimal(tenths).scaleb(-1) if tenths % 10 else Decimal(tenths // 10), "")


def plain_sheet(dice: Dice, setting: Setting) -> Piece:
    """Indicator, points, score; the last row sums both columns."""
    names = [name for name, _, _ in dice.some(_GOALS, dice.whole(4, 6))]
    worth = [5 * part for part in dice.split(20, len(names))]
    earned = [points * 10 - dice.whole(0, points * 2) for points in worth]
    last = len(names)
    fills: dict[str, Fill] = dict(setting.words)
    for row, (points, tenths) in enumerate(zip([*worth, 100], [*earned, sum(earned)], strict=True)):
        fills |= {f"w{row}": _points(points * 10), f"e{row}": _points(tenths)}
    labels = [*names, dice.pick(("合计", "总分", "总计"))]
    rows = tuple((label, f"{{w{row}}}", f"{{e{row}}}") for row, label in enumerate(labels))
    relations = [
        Relation("weights", "sum", (f"w{last}", *slots("w", last)), alter=slots("w", last)),
        Relation("score sum", "sum", (f"e{last}", *slots("e", last))),
    ]
    relations += [
        Relation("score over points", "subset", (f"w{row}", f"e{row}"), alter=(f"e{row}",))
        for row in range(last)
    ]
    grid = Grid("{year}年度绩效自评表", "分", ((dice.pick(("评价指标", "指标名称")), "分值", "得分"),), rows)
    return Piece([Prose("自评打分情况见下表。"), grid], fills, relations)


def goal_sheet(dice: Dice, setting: Setting) -> Piece:
    """Three groups of goals with targets, what was reached, points and scores."""
    goals = dice.some(_GOALS, 6)
    worth = [5 * part for part in dice.split(18, 6)]
    fills: dict[str, Fill] = dict(setting.words)
    rows: list[tuple[str, ...]] = []
    spans = {}
    earned: list[int] = []
    relations = []
    group_of = [name for name, number in _GROUPS for _ in range(number)]
    for row, ((name, unit, sign), points) in enumerate(zip(goals, worth, strict=True)):
        target = dice.whole(80, 95) if unit == "%" else dice.whole(5, 300)
        real = dice.whole(target, 100) if unit == "%" else dice.whole(target, target * 2)
        missed = dice.chance(20)
        real = target - dice.whole(1, 4) if missed else real
        earned.append(points * 10 - (dice.whole(1, 20) if missed else 0))
        fills |= {f"t{row}": Amount(Decimal(target), unit, lead=sign), f"r{row}": Amount(Decimal(real), unit)}
        fills |= {f"w{row}": _points(points * 10), f"e{row}": _points(earned[-1])}
        rows.append((group_of[row], name, f"{{t{row}}}", f"{{r{row}}}", f"{{w{row}}}", f"{{e{row}}}"))
        relations.append(Relation("score over points", "subset", (f"w{row}", f"e{row}"), alter=(f"e{row}",)))
    fills |= {"w6": _points(sum(worth) * 10), "e6": _points(sum(earned))}
    rows.append(("总分", "", "", "", "{w6}", "{e6}"))
    relations.append(Relation("weights", "sum", ("w6", *slots("w", 6)), alter=slots("w", 6)))
    relations.append(Relation("score sum", "sum", ("e6", *slots("e", 6))))
    head = (("一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),)
    grid = Grid("项目支出绩效自评表", "", head, tuple(rows), spans)
    return Piece([Prose("各项绩效指标完成情况如下。"), grid], fills, relations)


SCENES = (
    Scene(plain_sheet, frozenset({SELF}), once=True, is_table=True, wordings=2),
    Scene(goal_sheet, frozenset({SELF}), once=True, is_table=True),
)
