"""A small outline and what it is told from, for the tests of reports. All of it is invented."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jixiao.catalogue.outlines import Outline
from jixiao.reports import seal
from jixiao.reports.context import Context, Filed, ScoreRow, ScoreSheet
from jixiao.reports.document import Document
from jixiao.reports.outline import compose
from jixiao.values import RATIO, Figure, Finding, Period, Qualifier, Quantity, Score, Status, Verdict

YEAR = Period("calendar_year", "2020年度", date(2020, 1, 1), date(2020, 12, 31), 2020)


def figure(
    name: str,
    title: str,
    value: str = "0",
    unit: str = "件",
    qualifier: Qualifier = Qualifier.EXACT,
    scale: str = "",
    exact: Fraction | None = None,
    status: Status = Status.REPORTED,
) -> Figure:
    reported = status is Status.REPORTED
    stated = Quantity(Decimal(value), unit, qualifier, scale=scale) if reported else None
    counted = (Fraction(value) if exact is None else exact) if reported else None
    ids = (f"demo/{name}", title, "demo-office", YEAR, date(2020, 12, 31))
    return Figure(
        *ids, status, None, None, counted, stated, unit, 3 if reported else 0, f"definition of {name}"
    )


FIGURES = (
    figure("opened", "提案立案数", "20"),
    figure("closed", "提案办结数", "19"),
    figure("again", "提案交办数", "20"),
    figure("reply_rate", "按期答复率", "1", RATIO),
    figure("opinions", "信息条数", "30", "篇", Qualifier.OVER, exact=Fraction(34)),
    figure("funds", "协调资金", "730000", "元", scale="万"),
    figure("lectures", "讲堂期数", "0", "期"),
    figure("studios", "工作室数", unit="个", status=Status.NOT_REPORTED),
    figure("share", "参与率", unit=RATIO, status=Status.NONE),
)

CLAUSES: list[dict[str, Any]] = [
    {"id": "work", "heading": 1, "text": "主要工作"},
    {"id": "proposals", "heading": 2, "text": "提案办理"},
    {
        "id": "opened",
        "text": "全年立案{demo/opened}，交办同为{demo/opened=demo/again}，答复率{demo/reply_rate}。",
    },
    {"id": "closed", "text": "已办结{demo/closed}，其余按“一案一册”继续办理，资金{demo/funds}。"},
    {
        "id": "opinions",
        "text": "收到信息{demo/opinions}（登记{demo/opinions:exact}），有{demo/opinions:list}等。",
    },
    {"id": "lectures", "text": "举办讲堂{demo/lectures}，在编{filed.demo/staff}。"},
    {"id": "studios", "text": "建成工作室{demo/studios}。"},
    {"id": "share", "text": "参与率{demo/share}。", "otherwise": "没有统一行动，参与率无从计算。"},
    {"id": "results", "heading": 1, "text": "结果"},
    {"id": "table", "table": {"caption": "数据一览", "of": "figures", "unit": "见各栏"}},
    {"id": "scores", "table": {"caption": "得分表", "of": "scores"}},
]
ATTACHMENTS: list[dict[str, Any]] = [
    {
        "title": "数据来源",
        "clauses": [
            {"id": "filed", "table": {"caption": "填报数", "of": "filed"}},
            {"id": "relations", "table": {"caption": "勾稽关系", "of": "relations"}},
            {"id": "missing", "table": {"caption": "未填报", "of": "missing"}},
        ],
    }
]


def outline(**changes: Any) -> Outline:
    given: dict[str, Any] = {
        "pack": "demo",
        "id": "annual",
        "title": "年度报告",
        "source": [{"title": "示例办法"}],
        "document_title": "{year}年度{org}整体支出绩效评价报告",
        "clauses": CLAUSES,
        "attachments": ATTACHMENTS,
    }
    return Outline(**{**given, **changes})


def with_clause(text: str, **others: Any) -> Outline:
    """An outline of one clause."""
    return outline(clauses=[{"id": "only", "text": text, **others}], attachments=[])


def context(**changes: Any) -> Context:
    given: dict[str, Any] = {
        "org": "示例区示例办公室",
        "year": 2020,
        "as_of": date(2020, 12, 31),
        "date_text": "2021年1月15日",
        "figures": {one.indicator: one for one in FIGURES},
        "filed": {
            "demo/staff": Filed("编制数", Quantity(Decimal(18), "人"), "示例批复", date(2020, 1, 1), True),
            "demo/budget": Filed("预算数", None),
        },
        "lists": {"demo/opinions": ["《甲事项建议》", "《乙事项建议》"]},
        "scores": {"demo/self": SHEET},
        "findings": [Finding("r", "办结不多于立案", Verdict.KEPT, "19≤20")],
        "periods": {"plenary": Period("plenary", "一次会议以来", date(2020, 1, 5), date(2020, 12, 31), 2020)},
        "marks": ("示例数据",),
        "themes": [("demo/one", "提案"), ("demo/two", "其余工作")],
        "theme_of": {one.indicator: "demo/one" if n < 4 else "demo/two" for n, one in enumerate(FIGURES)},
    }
    return Context(**{**given, **changes})


SHEET = ScoreSheet(
    "自评",
    (
        ScoreRow(
            ("预算执行",),
            Score("a", "执行率", Decimal(10), Decimal("9.51"), "m", "w", reason="尾款跨年支付"),
            "100%",
            "95.10%",
        ),
        ScoreRow(("产出", "数量"), Score("b", "工作室数", Decimal(30), None, "m", "w"), "≥1个", "未填报"),
    ),
    "40",
    "9.51",
    "差",
)


def document(**changes: Any) -> Document:
    return compose(outline(), context(**changes))


def plain(text: str) -> str:
    """A normal form good enough for these tests: no white space. The program uses the reader's."""
    return re.sub(r"\s", "", text)


def sealed(told: Document) -> seal.IssueRecord:
    return seal.manifest(
        told,
        org="demo-office",
        outline="demo/annual",
        normal=plain,
        figures={one.indicator: one for one in FIGURES},
        behind={"demo/opened": ["record-1", "record-2"]},
        records={
            "record-1": {"digest": "d1", "label": "提案1号"},
            "record-2": {"digest": "d2", "label": "提案2号"},
        },
        packs={"demo": "1.0"},
    )
