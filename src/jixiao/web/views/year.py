"""A unit's year: its figures by theme with what they rest on, what is still missing, and the score sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.catalogue.schemes import TargetLeaf
from jixiao.errors import NotFound
from jixiao.evaluation.assessment import Assessment, Marked
from jixiao.ledger import permissions, queries
from jixiao.ledger.actions import scores as score_notes
from jixiao.ledger.queries import YearView
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.rules import catalogue as in_force
from jixiao.values import Figure, Status, Verdict, decimal_text
from jixiao.web import findings, gaps
from jixiao.web.context import frame_of
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.numbers import percent
from jixiao.web.twins import as_csv, as_json
from jixiao.web.words import sources
from jixiao.web.year_lines import YearLines, address_of, target_text

HEAD = ("指标", "数据", "写作", "准确值", "单位", "分子", "分母", "期间", "数据时点", "记录数", "状态")
STATUS = {Status.REPORTED: "已填报", Status.NONE: "无可计算", Status.NOT_REPORTED: "未填报"}


@gate()
def latest(request: HttpRequest) -> HttpResponse:
    """To the year one works in; without a reporting year there is nothing to show."""
    frame = frame_of(request)
    if frame.org is None or frame.year is None:
        raise NotFound("本单位还没有设置年度，请先由管理员设置")
    return redirect("web:year", frame.org.id, frame.year)


@gate()
def show(request: HttpRequest, org: str, year: int, form: str = "html") -> HttpResponse:
    """Every figure of the year, as a page, JSON or CSV."""
    view = queries.year(request.user, org, year)
    if form == "json":
        return as_json([_flat(figure) for figure in view.figures])
    if form == "csv":
        rows = (list(_flat(figure).values()) for figure in view.figures)
        return as_csv(HEAD, rows, f"{view.org.title}{year}年度数据.csv")
    catalogue = in_force(view.as_of)
    lines = YearLines(view, catalogue, _before(request, org, year))
    main = main_assessment(view)
    at = [org, year]
    context = {
        "org": view.org,
        "year": year,
        "as_of": view.as_of,
        "counts": _counts(view, catalogue),
        "themes": lines.themes(),
        "has_targets": lines.has_targets,
        "has_before": any(figure.stated is not None for figure in lines.before.values()),
        "stats": list(_stats(view, main)),
        "gaps": gaps.gaps_of(view, catalogue),
        "scores": [_part(node) for node in main.tree] if main else [],
        "scheme_title": main.title if main else "",
        "findings_note": findings.tally(view.findings),
        "scores_url": reverse("web:scores", args=at) if view.scores else "",
        "filed_url": reverse("web:filed", args=at),
        "report_url": reverse("web:report", args=at),
        "csv_url": reverse("web:year_csv", args=at),
        "json_url": reverse("web:year_json", args=at),
        **findings.shown(view.findings),
    }
    return render(request, "web/year/year.html", context)


@gate()
def scores(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The score sheets: target, actual, points, score, and why points were lost."""
    view = queries.year(request.user, org, year)
    may_note = permissions.can(request.user, "file", org=org)
    sheets = [_sheet(view, assessment, may_note) for assessment in _main_first(view)]
    context = {"org": view.org, "year": year, "sheets": sheets, "year_url": reverse("web:year", args=[org, year])}
    return render(request, "web/year/scores.html", context)


@gate("GET", "POST")
def explain_loss(request: HttpRequest, org: str, year: int, pack: str, scheme: str, leaf: str) -> HttpResponse:
    """Say why a leaf lost points."""
    view = queries.year(request.user, org, year)
    permissions.require(request.user, "file", org=org)
    found = next((one for one in view.scores if one.scheme == f"{pack}/{scheme}"), None)
    score = next((one for one in found.scores if one.leaf == leaf), None) if found else None
    if found is None or score is None:
        raise NotFound("自评表里没有这一项")
    back = reverse("web:scores", args=[org, year])
    why = Entry("reason", "失分原因", "lines", raw=score.reason, required=True, hint="写清实际情况和改进措施")
    page = FormPage(request, f"说明失分原因：{score.title}", "保存", [why], back)
    page.extra = {"lead": score.working, "crumbs": [{"title": "自评表", "url": back}, {"title": score.title}]}
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], [why])
        score_notes.note(by=request.user, org=org, scheme=found.scheme, year=year, leaf=leaf, reason=why.raw)
        messages.success(request, "已保存失分原因")
        return f"{back}#{leaf}"

    return page.do(act, "还不能保存")


def main_assessment(view: YearView) -> Assessment | None:
    """The sheet with the most leaves: the office's own self-evaluation beside special tables."""
    return max(view.scores, key=lambda one: len(one.scores), default=None)


def _before(request: HttpRequest, org: str, year: int) -> Mapping[str, Figure]:
    """The figures of the year before, where it was set up."""
    try:
        return OrgYear.open(request.user, org, year - 1).figures
    except NotFound:
        return {}


def _main_first(view: YearView) -> list[Assessment]:
    main = main_assessment(view)
    return sorted(view.scores, key=lambda one: one is not main)


def _counts(view: YearView, catalogue: Any) -> dict[str, int]:
    filed = [one for one in view.figures if catalogue.indicators[one.indicator].rows is None and one.stated]
    return {
        "all": len(view.figures),
        "filed": len(filed),
        "computed": sum(one.status is not Status.NOT_REPORTED for one in view.figures) - len(filed),
        "silent": len(view.missing),
    }


def _stats(view: YearView, main: Assessment | None) -> Iterator[dict[str, str]]:
    if main is not None:
        grade = f"等级 {main.grade}" if main.grade else f"另有 {decimal_text(main.open)} 分尚未填报" if main.open else ""
        yield {
            "title": "自评得分",
            "number": decimal_text(main.earned),
            "unit": f"/ {decimal_text(main.total)}",
            "note": grade or main.title,
            "url": reverse("web:scores", args=[view.org.id, view.year]),
        }
    reported = sum(one.status is not Status.NOT_REPORTED for one in view.figures)
    yield {
        "title": "已有数据",
        "number": str(reported),
        "unit": f"/ {len(view.figures)} 项",
        "note": f"未填报 {len(view.missing)} 项" if view.missing else "没有缺项",
        "note_url": "#missing",
    }
    kept = sum(one.verdict is Verdict.KEPT for one in view.findings)
    yield {
        "title": "勾稽关系成立",
        "number": str(kept),
        "unit": f"/ {len(view.findings)} 条",
        "note": findings.tally([one for one in view.findings if one.verdict is not Verdict.KEPT]) or "全部成立",
        "note_url": "#relations",
    }
    yield {
        "title": "缺佐证的记录",
        "number": str(len(view.without_evidence)),
        "unit": "条",
        "note": f"逾期 {len(view.late)} 项" if view.late else "没有逾期",
        "note_url": "#missing",
    }


def _part(node: Marked) -> dict[str, Any]:
    known = node.points - node.open
    return {
        "title": node.title,
        "points": decimal_text(node.points),
        "earned": decimal_text(node.earned),
        "share": percent(node.earned, node.points) if known else None,
    }


def _flat(figure: Figure) -> dict[str, Any]:
    """One figure as data; numbers as decimal text in base units, nothing filled in."""
    return {
        "id": figure.indicator,
        "title": figure.title,
        "value": None if figure.value is None else decimal_text(figure.value),
        "exact": None if figure.exact is None else decimal_text(figure.exact),
        "unit": "1" if figure.unit == "ratio" else figure.unit,
        "top": figure.top,
        "bottom": figure.bottom,
        "period": figure.period.text,
        "as_of": figure.as_of.isoformat(),
        "records": figure.records,
        "status": STATUS[figure.status],
    }


def _sheet(view: YearView, assessment: Assessment, may_note: bool) -> dict[str, Any]:
    scheme = in_force(view.as_of).schemes[assessment.scheme]
    leaves = {node.id: node.leaf for node in scheme.leaves}
    figures = {figure.indicator: figure for figure in view.figures}
    unexplained = {score.leaf for score in assessment.unexplained}

    def lines(nodes: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
        for node in nodes:
            leaf = leaves.get(node.id)
            figure = figures.get(leaf.indicator or "") if isinstance(leaf, TargetLeaf) else None
            score = node.score
            line = {
                "id": node.id,
                "title": node.title,
                "depth": depth,
                "is_group": bool(node.children),
                "points": decimal_text(node.points),
                "earned": None if score and score.earned is None else decimal_text(node.earned),
                "target": target_text(leaf, figure.unit if figure else "") if isinstance(leaf, TargetLeaf) else "",
                "actual": figure.text if figure else "",
                "url": address_of(view.org.id, view.year, figure.indicator) if figure else "",
                "working": node.dropped or (score.working if score else ""),
                "reason": score.reason if score else "",
                "flags": score.flags if score else (),
                "needs_reason": node.id in unexplained,
            }
            if may_note and score and (score.lost or node.id in unexplained):
                at = [view.org.id, view.year, *assessment.scheme.split("/"), node.id]
                line["reason_url"] = reverse("web:explain_loss", args=at)
            yield line
            yield from lines(node.children, depth + 1)

    return {
        "title": assessment.title,
        "text": assessment.text,
        "lines": list(lines(assessment.tree)),
        "sources": sources(scheme.source),
        "note": scheme.note,
    }
