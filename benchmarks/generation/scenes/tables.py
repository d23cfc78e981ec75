"""Tables of accounts and of counts: totals of rows and columns, subtotals, codes, 其中, rates, merged heads."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from benchmarks.generation.amounts import Amount, money, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Grid, Piece, Prose, Relation
from benchmarks.generation.scenes.setting import ACCOUNT, ALL, SELF, Scene, Setting
from benchmarks.generation.words import FUNDS, LEVELS, MATTERS, MONEY_SORTS, RATES, SORTS

_LEADS = (
    "{year}年度各项支出情况详见下表。",
    "现将有关数据列表如下。",
    "具体构成见表。",
    "各项目明细如下表所示。",
)
_CODES = (
    ("201", "一般公共服务支出", ("行政运行", "机关服务", "专项业务")),
    ("205", "教育支出", ("学前教育", "小学教育", "初中教育")),
    ("208", "社会保障支出", ("养老保险缴费", "职业年金缴费")),
    ("221", "住房保障支出", ("住房公积金", "购房补贴")),
)


def _cell(number: int, places: int) -> Amount:
    return Amount(Decimal(number).scaleb(-places), "")


class _Sheet:
    """Cells of numbers with slots by row and column."""

    def __init__(self, numbers: Sequence[Sequence[int]], places: int) -> None:
        self.numbers, self.places = numbers, places

    @property
    def fills(self) -> dict[str, Fill]:
        return {
            f"c{row}_{column}": _cell(number, self.places)
            for row, line in enumerate(self.numbers)
            for column, number in enumerate(line)
        }

    def row(self, number: int) -> tuple[str, ...]:
        return tuple(f"{{c{number}_{column}}}" for column in range(len(self.numbers[number])))


def _summed(dice: Dice, rows: int, columns: int, low: int, high: int) -> list[list[int]]:
    """Rows of detail; the first column of each is the sum of the others, the last row sums up all."""
    lines = []
    for _ in range(rows):
        cells = [dice.size(low, high) for _ in range(columns - 1)]
        lines.append([sum(cells), *cells] if columns > 1 else [dice.size(low, high)])
    return [*lines, [sum(line[column] for line in lines) for column in range(columns)]]


def _crossed(rows: int, columns: int, total: int) -> list[Relation]:
    body = [row for row in range(rows + 1) if row != total]
    relations = [
        Relation("rows", "sum", (f"c{total}_{column}", *(f"c{row}_{column}" for row in body)))
        for column in range(columns)
    ]
    if columns > 2:
        relations += [
            Relation("columns", "sum", tuple(f"c{row}_{column}" for column in range(columns))) for row in body
        ]
    return relations


def crossed(dice: Dice, setting: Setting) -> Piece:
    """Totals along both sides, the bottom or the top row the total of all."""
    names = dice.pick(SORTS)
    heads = dice.pick(MONEY_SORTS)
    numbers = _summed(dice, len(names), len(heads) + 1, 2000, 900_000)
    labels = [*names, "合计"]
    if dice.chance(40):
        numbers, labels = [numbers[-1], *numbers[:-1]], [labels[-1], *labels[:-1]]
    sheet = _Sheet(numbers, 2)
    grid = Grid(
        "{year}年度支出情况表",
        "万元",
        (("单位", "合计", *heads),),
        tuple((label, *sheet.row(number)) for number, label in enumerate(labels)),
    )
    total = labels.index("合计")
    fills = {**setting.words, **sheet.fills}
    return Piece([Prose(dice.pick(_LEADS)), grid], fills, _crossed(len(names), len(heads) + 1, total))


def merged(dice: Dice, setting: Setting) -> Piece:
    """A head of two rows with merged cells."""
    names = dice.fresh_some(FUNDS, dice.whole(3, 6))
    numbers = _summed(dice, len(names), 3, 3000, 500_000)
    sheet = _Sheet(numbers, 2)
    labels = [*names, "合 计" if dice.chance(50) else "合计"]
    header = (("项目", "本年支出", "", ""), ("", "小计", "基本支出", "项目支出"))
    spans = {(0, 0): (2, 1), (0, 1): (1, 3)}
    rows = tuple((label, *sheet.row(number)) for number, label in enumerate(labels))
    grid = Grid("{year}年度项目支出决算表", "万元", header, rows, spans)
    fills = {**setting.words, **sheet.fills}
    return Piece([Prose(dice.pick(_LEADS)), grid], fills, _crossed(len(names), 3, len(names)))


def counts(dice: Dice, setting: Setting) -> Piece:
    """A plain list of counts with its total, perhaps a share of each."""
    matter, unit = dice.fresh(MATTERS)
    names = dice.pick(SORTS)
    numbers = [dice.size(5, 3000) for _ in names]
    fills: dict[str, Fill] = {**setting.words, "matter": matter, "unit": unit}
    fills |= {f"c{row}": Amount(Decimal(number), "") for row, number in enumerate([*numbers, sum(numbers)])}
    fills |= {
        f"s{row}": percent(number, sum(numbers), 1) for row, number in enumerate([*numbers, sum(numbers)])
    }
    has_shares = dice.chance(50)
    labels = [*names, "合计"]
    rows = tuple(
        (label, f"{{c{row}}}", f"{{s{row}}}") if has_shares else (label, f"{{c{row}}}")
        for row, label in enumerate(labels)
    )
    head = ("类别", "数量", "占比") if has_shares else ("类别", "数量")
    last = len(names)
    relations = [Relation("rows", "sum", (f"c{last}", *(f"c{row}" for row in range(last))))]
    if has_shares:
        relations += [
            Relation("table shares", "rate", (f"c{row}", f"c{last}", f"s{row}"), alter=(f"s{row}",))
            for row in range(last)
        ]
    grid = Grid("{year}年{matter}分类统计表", unit, (head,), rows)
    return Piece([Prose(dice.pick(_LEADS)), grid], fills, relations)


def codes(dice: Dice, setting: Setting) -> Piece:
    """Accounts by code: each heading is the sum of the codes that begin with it."""
    chosen = dice.some(_CODES, dice.whole(2, 4))
    labels: list[tuple[str, str]] = []
    numbers: list[list[int]] = []
    relations: list[Relation] = []
    tops = []
    for code, name, items in chosen:
        top = len(labels)
        tops.append(top)
        lines = [[dice.size(300, 90_000) for _ in range(2)] for _ in items]
        labels += [(code, name), (f"{code}01", f"{name}项")]
        total = [sum(column) for column in zip(*lines, strict=True)]
        numbers += [total, total]
        for place, (item, line) in enumerate(zip(items, lines, strict=True), start=1):
            labels.append((f"{code}01{place:02}", item))
            numbers.append(line)
        below = range(top + 2, len(labels))
        for column in (1, 2):
            parts = tuple(f"c{row}_{column}" for row in below)
            relations.append(Relation("codes", "sum", (f"c{top + 1}_{column}", *parts)))
            relations.append(Relation("codes", "repeat", (f"c{top}_{column}", f"c{top + 1}_{column}")))
    sums = [sum(numbers[row][column] for row in tops) for column in (0, 1)]
    labels, numbers = [("", "合计"), *labels], [sums, *numbers]
    numbers = [[first + second, first, second] for first, second in numbers]
    relations = [_shifted(relation) for relation in relations]
    sheet = _Sheet(numbers, 2)
    rows = tuple((*label, *sheet.row(row)) for row, label in enumerate(labels))
    relations += [
        Relation("rows", "sum", (f"c0_{column}", *(f"c{row + 1}_{column}" for row in tops)))
        for column in (1, 2)
    ]
    relations += [
        Relation("columns", "sum", tuple(f"c{row}_{column}" for column in range(3)))
        for row in range(len(labels))
    ]
    head = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"),)
    grid = Grid("一般公共预算财政拨款支出表", "万元", head, rows)
    return Piece([Prose(dice.pick(_LEADS)), grid], {**setting.words, **sheet.fills}, relations)


def _shifted(relation: Relation) -> Relation:
    """The same one row further down, below the row of the total."""
    slots = tuple(f"c{int(slot[1:].split('_')[0]) + 1}_{slot.split('_')[1]}" for slot in relation.slots)
    return Relation(relation.family, relation.op, slots)


def executed(dice: Dice, setting: Setting) -> Piece:
    """Budget, outcome and rate of every fund."""
    names = dice.fresh_some(FUNDS, dice.whole(3, 6))
    plans = [dice.size(500, 90_000) * 10 for _ in names]
    finals = [int(plan * dice.factor(0.5, 1)) for plan in plans]
    plans.append(sum(plans))
    finals.append(sum(finals))
    fills: dict[str, Fill] = dict(setting.words)
    for row, (plan, final) in enumerate(zip(plans, finals, strict=True)):
        fills |= {f"p{row}": _cell(plan, 2), f"f{row}": _cell(final, 2), f"r{row}": percent(final, plan, 2)}
    labels = [*names, "合计"]
    rows = tuple((label, f"{{p{row}}}", f"{{f{row}}}", f"{{r{row}}}") for row, label in enumerate(labels))
    last = len(names)
    relations = [
        Relation("rows", "sum", (f"{column}{last}", *(f"{column}{row}" for row in range(last))))
        for column in "pf"
    ]
    relations += [
        Relation("table rate", "rate", (f"f{row}", f"p{row}", f"r{row}"), alter=(f"r{row}",))
        for row in range(last + 1)
    ]
    head = dice.pick(
        (("项目", "预算数", "执行数", "执行率"), ("资金名称", "全年预算数", "全年执行数", "预算执行率"))
    )
    grid = Grid("{year}年度资金执行情况", "万元", (head,), rows)
    return Piece([Prose(dice.pick(_LEADS)), grid], fills, relations)


def closing(dice: Dice, setting: Setting) -> Piece:
    """Counts, how many were closed, and the rate, with no total."""
    lines = dice.fresh_some(RATES, 4)
    fills: dict[str, Fill] = dict(setting.words)
    rows, relations = [], []
    for row, (matter, _, _, unit) in enumerate(lines):
        total = dice.size(20, 3000)
        part = dice.whole(total * 7 // 10, total)
        fills |= {f"a{row}": Amount(Decimal(total), unit), f"b{row}": Amount(Decimal(part), unit)}
        fills[f"r{row}"] = percent(part, total, 1)
        rows.append((matter, f"{{a{row}}}", f"{{b{row}}}", f"{{r{row}}}"))
        relations.append(
            Relation("table rate", "rate", (f"b{row}", f"a{row}", f"r{row}"), alter=(f"r{row}",))
        )
    grid = Grid("{year}年办理情况统计", "", (("事项", "受理数", "办结数", "办结率"),), tuple(rows))
    return Piece([Prose(dice.pick(_LEADS)), grid], fills, relations)


def years(dice: Dice, setting: Setting) -> Piece:
    """Two years side by side with the change and the growth."""
    names = dice.fresh_some(FUNDS, dice.whole(3, 5))
    fills: dict[str, Fill] = dict(setting.words)
    rows, relations = [], []
    for row, name in enumerate(names):
        old = dice.size(1000, 900_000)
        new = old + dice.size(10, old)
        fills |= {f"o{row}": _cell(old, 2), f"n{row}": _cell(new, 2), f"d{row}": _cell(new - old, 2)}
        fills[f"g{row}"] = percent(new - old, old, 2)
        rows.append((name, f"{{o{row}}}", f"{{n{row}}}", f"{{d{row}}}", f"{{g{row}}}"))
        relations.append(Relation("columns", "delta", (f"n{row}", f"o{row}", f"d{row}"), alter=(f"d{row}",)))
        relations.append(
            Relation("table growth", "growth", (f"n{row}", f"o{row}", f"g{row}"), alter=(f"g{row}",))
        )
    head = dice.pick(
        (
            ("项目", "上年数", "本年数", "增减额", "增减率"),
            ("项目", "{last}年", "{year}年", "增加额", "增长率"),
        )
    )
    grid = Grid("近两年支出对比", "万元", (head,), tuple(rows))
    return Piece([Prose(dice.pick(_LEADS)), grid], fills, relations)


def levels(dice: Dice, setting: Setting) -> Piece:
    """A table in which nothing is a sum: rates, ranks, mixed units."""
    names = dice.fresh_some(LEVELS, 4)
    fills: dict[str, Fill] = dict(setting.words)
    rows = []
    for row, name in enumerate(names):
        fills |= {f"a{row}": Amount(Decimal(dice.whole(600, 990)).scaleb(-1), "%")}
        fills |= {f"b{row}": money(Fraction(dice.size(10**6, 10**9)), "万", 1)}
        rows.append((str(row + 1), name, f"{{a{row}}}", f"{{b{row}}}"))
    grid = Grid("主要指标一览", "", (("序号", "指标", "完成值", "投入资金"),), tuple(rows))
    return Piece([Prose(dice.pick(_LEADS)), grid], fills)


SCENES = (
    Scene(crossed, ALL, is_table=True, wordings=2),
    Scene(merged, frozenset({ACCOUNT}), is_table=True, wordings=2),
    Scene(counts, ALL, is_table=True, wordings=2),
    Scene(codes, frozenset({ACCOUNT}), is_table=True, wordings=3),
    Scene(executed, frozenset({ACCOUNT, SELF}), is_table=True, wordings=2),
    Scene(closing, ALL, is_table=True),
    Scene(years, frozenset({ACCOUNT}), is_table=True, wordings=2),
    Scene(levels, ALL, is_table=True),
)
