"""An org's year as numbers: its figures, one figure laid open, its score sheets, its findings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from jixiao.api.computed import AssessmentAnswer, FigureAnswer, FigureInFull, FindingAnswer
from jixiao.api.papers import paper
from jixiao.api.questions import AsOf
from jixiao.ledger import plain, queries

router = Router(tags=["数据"])

YEAR = "/{slug:org}/{int:year}"


@router.get(
    f"/figures{YEAR}",
    response=list[FigureAnswer],
    summary="一年的全部数据",
    description="字段与 jixiao figures --format json 相同。",
)
def figures(request: HttpRequest, org: str, year: int, given: Query[AsOf]) -> list[dict[str, Any]]:
    return [plain.figure(one) for one in queries.year(request.auth, org, year, given.as_of).figures]


@router.get(
    f"/figures{YEAR}/{{slug:pack}}/{{slug:indicator}}",
    response=FigureInFull,
    summary="一项数据的来历",
    description="怎样算出来的：文字、查询语句、背后的记录及其佐证。",
)
def one_figure(
    request: HttpRequest, org: str, year: int, pack: str, indicator: str, given: Query[AsOf]
) -> dict[str, Any]:
    view = queries.figure(request.auth, org, f"{pack}/{indicator}", year, given.as_of)
    return {
        **plain.figure(view.figure),
        "definition": view.figure.definition,
        "words": [{"label": label, "text": text} for label, text in view.words],
        "sql": view.sql,
        "rows": [_row(row) for row in view.rows],
        "alternatives": [{"title": title, "figure": plain.figure(one)} for title, one in view.alternatives],
        "relations": [plain.finding(one) for one in view.relations],
        "earlier": [plain.figure(one) for one in view.earlier],
        "placed": view.placed,
    }


@router.get(f"/scores{YEAR}", response=list[AssessmentAnswer], summary="自评打分")
def scores(request: HttpRequest, org: str, year: int, given: Query[AsOf]) -> list[dict[str, Any]]:
    return [plain.assessment(one) for one in queries.scores(request.auth, org, year, as_of=given.as_of)]


@router.get(f"/findings{YEAR}", response=list[FindingAnswer], summary="勾稽关系的结论")
def findings(request: HttpRequest, org: str, year: int, given: Query[AsOf]) -> list[dict[str, Any]]:
    return [plain.finding(one) for one in queries.year(request.auth, org, year, given.as_of).findings]


def _row(row: queries.FigureRow) -> dict[str, Any]:
    return {
        "record": row.record,
        "filed": row.filed,
        "in_top": row.in_top,
        "in_bottom": row.in_bottom,
        "key": row.key,
        "evidence": [paper(use) for use in row.evidence],
    }
