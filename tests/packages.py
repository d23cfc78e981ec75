"""Self-evaluation packages of eighty made-up departments: clean ones with and without our program, and every sort of
trouble, each with the defects it was given and no others. The same numbers on every run.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from jixiao.catalogue import load
from jixiao.catalogue.forms import Form
from jixiao.forms.fill import Filled, fill
from jixiao.forms.grid import sheet
from jixiao.forms.write_xlsx import write
from jixiao.ledger.examples import packages
from jixiao.values import Quantity

YEAR = 2020
COUNT = 80
LEAVES = (
    ("产出指标", "数量指标", "重点事项办结数", "≥20件", "20件", "30"),
    ("产出指标", "质量指标", "办结质量达标率", "≥95%", "96%", "20"),
    ("效益指标", "社会效益", "群众诉求解决数", "≥50件", "52件", "30"),
    ("满意度指标", "服务对象满意度", "群众满意率", "≥90%", "92%", "10"),
)
REASON = "一件跨年办理，已列入下年计划"


@dataclass
class Made:
    """One thing handed in. `defects` and `flags` are the titles that must be found, `is_taken` whether it counts."""

    unit: str
    files: list[tuple[str, bytes]]
    defects: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    is_taken: bool = True
    sort: str = "clean"


def title_of(number: int) -> str:
    return f"示例第{number:02d}局"


@cache
def form(name: str) -> Form:
    return load(["finance"]).form(name)


def district(count: int = COUNT) -> list[Made]:
    """What comes in from a district: a few of every sort of trouble, the rest clean; the last two send nothing."""
    sorts = {
        5: "total", 12: "reason", 19: "report", 26: "other_year", 33: "broken", 40: "no_report",
        47: "no_evidence", 54: "twice", 61: "above", 68: "no_base", 75: "report_itself",
    }  # fmt: skip
    return [
        one
        for number in range(1, count - 1)
        for one in make(number, sorts.get(number, "stranger" if number % 3 == 0 else "clean"))
    ]


def make(number: int, sort: str = "clean", year: int = YEAR) -> list[Made]:
    """The packages of one department of this sort."""
    unit = title_of(number)
    money = 100 + number
    rows = leaves(number)
    spent = Decimal(money) * (Decimal(90 + number % 10) / 100)
    base = {"money.procurement.budget": "5", "money.procurement.final": "4.5"}
    stated: dict[str, str] = {}
    made = Made(unit, [], sort=sort)
    if sort == "total":
        stated["money.basic.full"] = "9999"
        made.defects = {"年度资金总额等于按支出性质分的两项之和"}
    elif sort == "reason":
        rows[1] |= {"score": "15", "reason": ""}
        made.defects = {"得分低于分值应写原因"}
    elif sort == "above":
        rows[1] |= {"score": "25"}
        made.defects = {"得分低于分值应写原因", "没有达到目标值的不得满分"}
    filled = self_evaluation(unit, money, spent, rows, stated, year)
    text = report(unit, money, spent, filled, year)
    if sort == "report":
        text[1] = text[1].replace(f"全年预算数为{money}.00万元", f"全年预算数为{money + 7}.00万元")
        made.defects = {"报告与表的数不一致"}
    if sort == "report_itself":
        text.append("全年办理提案20件，办结19件，办结率100%。")
        made.defects = {"报告内比率不一致"}
    parts = [
        ("附件1 基础数据表.xlsx", workbook(base_data(unit, number, base, year), unit, sort)),
        ("附件2 自评表.xlsx", workbook(filled, unit, sort)),
        ("自评报告.docx", docx(unit, text, year)),
        *(
            (f"佐证材料/{place:02d} {row['level3']}.txt", f"{row['level3']}的台账".encode())
            for place, row in enumerate(rows, 1)
        ),
    ]
    if sort == "no_report":
        parts = [one for one in parts if "报告" not in one[0]]
        made.defects = {"缺少自评报告"}
    if sort == "no_base":
        parts = [one for one in parts if "基础" not in one[0]]
        made.defects = {"缺少部门整体支出绩效评价基础数据表"}
    if sort == "no_evidence":
        parts = [one for one in parts if "佐证" not in one[0]]
        made.flags = {"满分没有佐证"}
    if sort == "other_year" and year == YEAR:
        (wrong,) = make(number, "clean", YEAR - 1)
        return [Made(unit, wrong.files, is_taken=False, sort=sort)]
    if sort == "stranger":
        made.files = [(f"{unit}/{path}", content) for path, content in parts]
        return [made]
    parts.append(("package.json", packages.manifest(unit, year)))
    packed = pack(parts)
    if sort == "broken":
        return [Made(unit, [(f"{unit}.zip", packed[: len(packed) // 2])], is_taken=False, sort=sort)]
    made.files = [(f"{unit}.zip", packed)]
    if sort == "twice":
        first = make(number, "reason")[0]
        return [Made(unit, first.files, first.defects, sort="twice"), made]
    return [made]


def leaves(number: int) -> list[dict[str, str]]:
    """Every department loses some points on its second leaf, with a reason, but for every fifth."""
    rows = [
        dict(zip(("level1", "level2", "level3", "target", "actual", "points"), row, strict=True))
        | {"score": row[5]}
        for row in LEAVES
    ]
    if number % 5:
        rows[1] |= {"actual": "90%", "score": f"{20 - number % 5}", "reason": REASON}
    return rows


def self_evaluation(
    unit: str,
    money: int,
    spent: Decimal,
    rows: list[dict[str, str]],
    stated: dict[str, str],
    year: int,
) -> Filled:
    basic = Decimal(money) * Decimal("0.6")
    spent_basic = spent * Decimal("0.6")
    texts = {
        "general": (money, money, spent),
        "basic": (basic, basic, spent_basic),
        "project": (money - basic, money - basic, spent - spent_basic),
    }
    entries = {
        f"money.{row}.{column}": f"{Decimal(value):f}"
        for row, values in texts.items()
        for column, value in zip(("initial", "full", "executed"), values, strict=True)
    }
    entries |= {
        f"money.{row}.{column}": "—"
        for row in ("fund", "account", "other")
        for column in ("initial", "full", "executed")
    }
    entries |= {
        "goals.goal.expected": "完成年度任务",
        "goals.goal.actual": "已完成",
    }
    filed = {
        "finance/initial_budget": yuan(money),
        "finance/full_budget": yuan(money),
        "finance/executed": yuan(spent),
    }
    return fill(
        form("self_evaluation"), org="", year=year, entries=entries | stated, filed=filed, lists={"indicators": rows}
    )  # fmt: skip


def base_data(unit: str, number: int, entries: dict[str, str], year: int) -> Filled:
    filed = {
        "finance/posts": Quantity(Decimal(30 + number), "人"),
        "finance/staff": Quantity(Decimal(28 + number), "人"),
        "finance/three_public_final_before": yuan(6),
        "finance/three_public_budget": yuan(6),
        "finance/three_public_final": yuan(5),
    }
    typed = {
        f"money.{row}.{column}": text
        for row, texts in {
            "vehicles": ("4", "4", "3"), "vehicle_purchase": ("—", "—", "—"), "vehicle_running": ("4", "4", "3"),
            "abroad": ("—", "—", "—"), "reception": ("2", "2", "2"),
        }.items()
        for column, text in zip(("final_before", "budget", "final"), texts, strict=True)
    }  # fmt: skip
    return fill(form("base_data"), org="", year=year, entries=typed | entries, filed=filed)


def yuan(value: Decimal | int) -> Quantity:
    return Quantity(Decimal(value) * 10_000, "元")


def workbook(filled: Filled, unit: str, sort: str) -> bytes:
    """Our own workbook, or what another program makes of the same form: no hidden map, no formulas."""
    return foreign(filled, unit) if sort == "stranger" else write(filled, unit)


def foreign(filled: Filled, unit: str) -> bytes:
    import xlsxwriter

    laid = sheet(filled, unit)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("Sheet1")
        page.write_string(0, 0, laid.title)
        page.write_string(1, 0, f"填报单位（盖章）：{unit}")
        page.write_string(1, 4, f"单位：{laid.unit}")
        for number, strip in enumerate(laid.strips, 2):
            for place, cell in zip(strip.places, strip.cells, strict=True):
                page.write_string(number, place, cell.text)
    return stream.getvalue()


def report(unit: str, money: int, spent: Decimal, filled: Filled, year: int) -> list[str]:
    score = filled.cell("money.total.score").value + filled.cell("indicators.total.score").value
    return [
        f"根据要求，{unit}对{year}年度部门整体支出开展了绩效自评。",
        f"全年预算数为{money}.00万元，全年执行数为{spent:.2f}万元。",
        f"对照自评表逐项打分，自评得分为{float(score):g}分。",
    ]


def docx(unit: str, lines: Iterable[str], year: int) -> bytes:
    return packages.report(unit, year, lines, marks=())


pack = packages.packed
