"""Tables that a careless check would flag: 其中 rows, subtotals, averages, years, gaps, adjustments, open lists."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.generation.amounts import Amount, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Grid, Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ACCOUNT, ALL, CITY, SELF, WORK, Scene, Setting
from benchmarks.generation.words import FUNDS, MATTERS, SORTS

_LEAD = Prose("有关数据见下表。")


def _cell(number: int, places: int = 2) -> Amount:
    return Amount(Decimal(number).scaleb(-places), "")


def among(dice: Dice, setting: Setting) -> Piece:
    """Rows of 其中 that are only some parts of the row before."""
    funds = dice.fresh_some(FUNDS, 3)
    whole = [dice.size(3000, 900_000) for _ in funds]
    part = [value * dice.whole(20, 80) // 100 for value in whole]
    fills: dict[str, Fill] = {**setting.words}
    rows = []
    for row, fund in enumerate(funds):
        fills |= {f"a{row}": _cell(whole[row]), f"b{row}": _cell(part[row])}
        rows += [(fund, f"{{a{row}}}"), ("其中：政府采购", f"{{b{row}}}")]
    fills["t"] = _cell(sum(whole))
    rows.append(("合计", "{t}"))
    relation = Relation("rows", "sum", ("t", *(f"a{row}" for row in range(3))), firm=False)
    grid = Grid("{year}年度采购情况", "万元", (("项目", "金额"),), tuple(rows))
    return Piece([_LEAD, grid], fills, [relation])


def subtotals(dice: Dice, setting: Setting) -> Piece:
    """Groups with subtotals and a total of subtotals."""
    groups = (("区本级", ("机关", "事业单位")), ("镇街", ("甲镇", "乙镇", "丙镇")))
    fills: dict[str, Fill] = {**setting.words}
    rows, sums, relations = [], [], []
    for place, (group, names) in enumerate(groups):
        numbers = [dice.size(500, 90_000) for _ in names]
        slots = [f"g{place}_{number}" for number in range(len(names))]
        fills |= {slot: _cell(value) for slot, value in zip(slots, numbers, strict=True)}
        fills[f"g{place}"] = _cell(sum(numbers))
        rows += [(name, f"{{{slot}}}") for name, slot in zip(names, slots, strict=True)]
        rows.append((f"{group}小计", f"{{g{place}}}"))
        sums.append(sum(numbers))
        relations.append(Relation("rows", "sum", (f"g{place}", *slots), firm=False))
    fills["t"] = _cell(sum(sums))
    rows.append(("总计", "{t}"))
    grid = Grid("{year}年度资金分配表", "万元", (("单位", "分配金额"),), tuple(rows))
    return Piece([_LEAD, grid], fills, relations)


def series(dice: Dice, setting: Setting) -> Piece:
    """Years side by side, an average at the end: nothing adds up, nothing need."""
    names = dice.fresh_some(MATTERS, 4)
    fills: dict[str, Fill] = {**setting.words, "y0": str(setting.year - 2)}
    rows = []
    for row, (name, unit) in enumerate(names):
        numbers = [dice.size(20, 4000) * 3 for _ in range(3)]
        fills |= {f"n{row}_{column}": Amount(Decimal(value), "") for column, value in enumerate(numbers)}
        fills[f"m{row}"] = Amount(Decimal(sum(numbers) // 3), "")
        rows.append((name, unit, *(f"{{n{row}_{column}}}" for column in range(3)), f"{{m{row}}}"))
    head = ("事项", "单位", "{y0}年", "{last}年", "{year}年", "三年平均")
    return Piece([_LEAD, Grid("近三年主要工作量", "", (head,), tuple(rows))], fills)


def gaps(dice: Dice, setting: Setting) -> Piece:
    """Cells with a dash where nothing was, and an adjustment below nothing."""
    funds = dice.fresh_some(FUNDS, 4)
    fills: dict[str, Fill] = {**setting.words}
    rows = []
    sums = [0, 0]
    for row, fund in enumerate(funds):
        numbers = [dice.size(500, 90_000), dice.size(500, 90_000)]
        skip = dice.whole(0, 3)
        shown = []
        for column, value in enumerate(numbers):
            if column == skip:
                shown.append(dice.pick(("—", "-", "", "/")))
                continue
            fills[f"n{row}_{column}"] = _cell(value)
            sums[column] += value
            shown.append(f"{{n{row}_{column}}}")
        rows.append((fund, *shown))
    minus = dice.whole(100, 400)
    rows.append(("调整数", f"-{Decimal(minus).scaleb(-2)}", "—"))
    sums[0] -= minus
    fills |= {"t0": _cell(sums[0]), "t1": _cell(sums[1])}
    rows.append(("合计", "{t0}", "{t1}"))
    grid = Grid("{year}年度专项资金结算", "万元", (("项目", "本级", "上级"),), tuple(rows))
    return Piece([_LEAD, grid], fills)


def open_list(dice: Dice, setting: Setting) -> Piece:
    """The largest only; the total is of all."""
    matter, unit = dice.fresh(MATTERS)
    names = dice.pick(SORTS)
    numbers = sorted((dice.size(20, 900) for _ in names), reverse=True)
    total = sum(numbers) + dice.size(50, 2000)
    fills: dict[str, Fill] = {**setting.words, "matter": matter}
    rows = []
    for row, (name, value) in enumerate(zip(names, numbers, strict=True)):
        fills |= {f"n{row}": Amount(Decimal(value), ""), f"s{row}": percent(value, total, 1)}
        rows.append((str(row + 1), name, f"{{n{row}}}", f"{{s{row}}}"))
    rows.append(("", "……", "", ""))
    fills["t"] = Amount(Decimal(total), "")
    rows.append(("", "全区总数", "{t}", "100%"))
    grid = Grid("{matter}较多的类别", unit, (("序号", "类别", "数量", "占全区比重"),), tuple(rows))
    return Piece([_LEAD, grid], fills)


def mixed(dice: Dice, setting: Setting) -> Piece:
    """Facts of one office in many units: no column is a sum."""
    fills: dict[str, Fill] = {**setting.words}
    lines = (("编制人数", "人", 20, 90), ("在职人数", "人", 20, 90), ("固定资产", "万元", 100, 9000))
    lines += (("办公面积", "平方米", 400, 9000), ("车辆", "辆", 1, 9), ("办理事项", "件", 100, 9000))
    rows = []
    for row, (name, unit, low, high) in enumerate(lines):
        fills |= {
            f"a{row}": Amount(Decimal(dice.size(low, high)), ""),
            f"b{row}": Amount(Decimal(dice.size(low, high)), ""),
        }
        rows.append((name, unit, f"{{a{row}}}", f"{{b{row}}}"))
    grid = Grid("单位基本情况", "", (("指标", "计量单位", "年初数", "年末数"),), tuple(rows))
    return Piece([_LEAD, grid], fills)


SCENES = (
    Scene(among, frozenset({ACCOUNT, SELF}), is_table=True),
    Scene(subtotals, ALL, is_table=True),
    Scene(series, frozenset({WORK, CITY}), is_table=True),
    Scene(gaps, frozenset({ACCOUNT}), is_table=True),
    Scene(open_list, ALL, is_table=True),
    Scene(mixed, frozenset({ACCOUNT, SELF}), is_table=True),
)
