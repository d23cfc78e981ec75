"""A unit's year: its figures by theme with what they rest on, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.errors import NotFound
from jixiao.evaluation.assessment import Assessment, Marked
from jixiao.ledger import clock, permissions, plain, queries
from jixiao.ledger.queries import YearView, advice, forerunners, office
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.rules import catalogue as in_force
from jixiao.values import Figure, Status, Verdict, decimal_text
from jixiao.web import findings, gaps, hints
from jixiao.web.context import frame_of
from jixiao.web.gate import gate
from jixiao.web.numbers import percent
from jixiao.web.twins import as_csv, as_json
from jixiao.web.year_lines import YearLines

SHOWN_HINTS = 50
GLANCED = 100  # records of a register looked over for the glance on the year page
COLUMNS = {
    "指标": "id",
    "数据": "title",
    "写作": "text",
    "数值": "value",
    "准确值": "exact",
    "单位": "unit",
    "分子": "top",
    "分母": "bottom",
    "期间": "period",
    "数据时点": "as_of",
    "记录数": "records",
}
STATUS = {Status.REPORTED: "已填报", Status.NONE: "无可计算", Status.NOT_REPORTED: "未填报"}


@gate()
def latest(request: HttpRequest) -> HttpResponse:
    """To the year one works in; without a reporting year there is nothing to show."""
    frame = frame_of(request)
    if (
        frame.org is not None
        and frame.year is None
        and permissions.can(request.user, "manage", org=frame.org.id)
    ):
        return redirect("web:office", frame.org.id, clock.today().year)
    if frame.org is None or frame.year is None:
        raise NotFound("本单位还没有设置年度，请先由管理员设置")
    return redirect("web:year", frame.org.id, frame.year)


@gate()
def show(request: HttpRequest, org: str, year: int, form: str = "html") -> HttpResponse:
    """Every figure of the year, as a page, JSON or CSV."""
    view = queries.year(request.user, org, year)
    if form == "json":
        return as_json([plain.figure(figure) for figure in view.figures])
    if form == "csv":
        return as_csv([*COLUMNS, "状态"], map(_row, view.figures), f"{view.org.title}{year}年度数据.csv")
    catalogue = in_force(view.as_of)
    open_kinds = {kind.full_id for kind in queries.kinds_for(request.user, org)}
    lines = YearLines(view, catalogue, _before(request, org, year), open_kinds)
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
        "hint_counts": _hint_counts(request, org, year),
        "scores": [_part(node) for node in main.tree] if main else [],
        "scheme_title": main.title if main else "",
        "findings_note": findings.tally(view.findings),
        "scores_url": reverse("web:scores", args=at) if view.scores else "",
        "filed_url": reverse("web:filed", args=at),
        "report_url": reverse("web:report", args=at),
        "late_entries": office.late_entries(request.user, org, year),
        "csv_url": reverse("web:year_csv", args=at),
        "json_url": reverse("web:year_json", args=at),
        **findings.shown(view.findings),
    }
    return render(request, "web/year/year.html", context)


@gate()
def look_over(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The records of the year with advice, register by register."""
    place = queries.org_for(request.user, org)
    found, catalogue = advice.in_year(request.user, place, year, shown=SHOWN_HINTS), in_force()
    groups = [
        {
            "title": one.kind.title,
            "count": one.count,
            "is_cut": one.is_cut,
            "lines": hints.lines(request.user, one.advised, catalogue),
            "more": one.count - len(one.advised),
            "list_url": reverse("web:register", args=[one.kind.pack, one.kind.id]) + "?hints=1",
        }
        for one in found
    ]
    context = {"org": place, "year": year, "total": sum(one.count for one in found), "groups": groups}
    return render(request, "web/year/advice.html", context)


def _hint_counts(request: HttpRequest, org: str, year: int) -> list[dict[str, Any]]:
    """How many records of each kind have advice, among the latest of a large register."""
    found = advice.in_year(request.user, org, year, most=GLANCED, shown=0)
    return [{"title": one.kind.title, "count": one.count, "is_cut": one.is_cut} for one in found]


def _row(figure: Figure) -> list[Any]:
    """One line of the CSV: what the JSON says, and the status in words."""
    told = plain.figure(figure)
    return [*(told[name] for name in COLUMNS.values()), STATUS[figure.status]]


def main_assessment(view: YearView) -> Assessment | None:
    """The sheet with the most leaves: the office's own self-evaluation beside special tables."""
    return max(view.scores, key=lambda one: len(one.scores), default=None)


def _before(request: HttpRequest, org: str, year: int) -> Mapping[str, Figure]:
    """The figures of the year before, where it was set up."""
    try:
        return OrgYear.open(request.user, org, year - 1).figures
    except NotFound:
        return _forerunners(request, org, year)


def _forerunners(request: HttpRequest, org: str, year: int) -> Mapping[str, Figure]:
    """What the orgs that went before this one had in the year before, where it may be told."""
    bench = OrgYear.open(request.user, org, year)
    found = forerunners.before(bench, year - 1, bench.indicators)
    return {name: one.figure for name, one in found.items() if one.figure is not None}


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
        grade = (
            f"等级 {main.grade}"
            if main.grade
            else f"另有 {decimal_text(main.open)} 分尚未填报"
            if main.open
            else ""
        )
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
        "note": findings.tally([one for one in view.findings if one.verdict is not Verdict.KEPT])
        or "全部成立",
        "note_url": "#relations",
    }
    yield {
        "title": "缺佐证的记录",
        "number": str(sum(one.count for one in view.without_evidence)),
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
