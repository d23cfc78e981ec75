"""The score sheets of a year: to read, to say why points were lost, to judge what no figure can tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.catalogue.schemes import Node, TargetLeaf
from jixiao.errors import NotFound
from jixiao.evaluation.assessment import Assessment
from jixiao.ledger import permissions, queries
from jixiao.ledger.actions import scores as score_notes
from jixiao.ledger.queries import YearView
from jixiao.ledger.queries.desk_shared import shared_with
from jixiao.ledger.queries.points import point_schemes
from jixiao.ledger.rules import catalogue as in_force
from jixiao.values import Score, decimal_text
from jixiao.web import compared, judgements
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.views.year import main_assessment
from jixiao.web.words import basis
from jixiao.web.year_lines import address_of, target_text


@gate()
def show(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """Target, actual, points, score, and why points were lost."""
    view = queries.year(request.user, org, year)
    may_note = permissions.can(request.user, "file", org=org)
    main = main_assessment(view)
    sheets = [_sheet(view, one, may_note) for one in sorted(view.scores, key=lambda one: one is not main)]
    context = {
        "org": view.org,
        "year": year,
        "sheets": sheets,
        "last_year": compared.beside_last_year(main, _last_year(request, org, year)),
        "districts": [compared.in_district(one) for one in shared_with(request.user, org, year)],
        "year_url": reverse("web:year", args=[org, year]),
        "points_url": reverse("web:points_index", args=[org, year])
        if point_schemes(request.user, org, year)
        else "",
    }
    return render(request, "web/year/scores.html", context)


def _last_year(request: HttpRequest, org: str, year: int) -> Assessment | None:
    """Last year's own sheet, where that year was set up."""
    try:
        return main_assessment(queries.year(request.user, org, year - 1))
    except NotFound:
        return None


@gate("GET", "POST")
def explain_loss(
    request: HttpRequest, org: str, year: int, pack: str, scheme: str, leaf: str
) -> HttpResponse:
    """Say why a leaf lost points; a judgement that was given stays as it is."""
    _, score = _open(request, org, year, f"{pack}/{scheme}", leaf)
    back = f"{reverse('web:scores', args=[org, year])}#{leaf}"
    why = Entry("reason", "失分原因", "lines", raw=score.reason, required=True, hint="写清实际情况和改进措施")
    page = FormPage(request, f"说明失分原因：{score.title}", "保存", [why], back)
    page.extra = {"lead": score.working, **_crumbs(org, year, score.title)}
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], [why])
        kept = queries.leaf_note(request.user, org, year, f"{pack}/{scheme}", leaf)
        score_notes.note(
            by=request.user, org=org, scheme=f"{pack}/{scheme}", year=year, leaf=leaf, reason=why.raw,
            judgement=kept.judgement if kept else {}, not_applicable=kept.not_applicable if kept else "",
        )  # fmt: skip
        messages.success(request, "已保存失分原因")
        return back

    return page.do(act, "还不能保存")


@gate("GET", "POST")
def judge(request: HttpRequest, org: str, year: int, pack: str, scheme: str, leaf: str) -> HttpResponse:
    """Judge a leaf that no figure can score, with the reason; the reason also explains what was lost."""
    node, score = _open(request, org, year, f"{pack}/{scheme}", leaf)
    if not judgements.is_judged(node):
        raise NotFound("这一项由数据计分，不由人评定")
    kept = queries.leaf_note(request.user, org, year, f"{pack}/{scheme}", leaf)
    entries = judgements.entries_of(node, kept.judgement if kept else {}, score.reason)
    back = f"{reverse('web:scores', args=[org, year])}#{leaf}"
    page = FormPage(request, f"评定：{node.title}", "保存评定", entries, back)
    lead = f"本项 {decimal_text(node.points)} 分。{score.working}"
    page.extra = {"lead": lead, **_crumbs(org, year, node.title)}
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], entries)
        judgement = judgements.read(node, entries)
        score_notes.note(
            by=request.user, org=org, scheme=f"{pack}/{scheme}", year=year, leaf=leaf,
            judgement=judgement, reason=str(judgement["reason"]),
        )  # fmt: skip
        messages.success(request, f"已保存评定：{node.title}")
        return back

    return page.do(act, "还不能保存评定")


def _crumbs(org: str, year: int, title: str) -> dict[str, Any]:
    sheet = {"title": "自评表", "url": reverse("web:scores", args=[org, year])}
    return {
        "crumb_root": {"title": "年度", "url": reverse("web:year", args=[org, year])},
        "crumbs": [sheet, {"title": title}],
    }


def _open(request: HttpRequest, org: str, year: int, scheme: str, leaf: str) -> tuple[Node, Score]:
    """A leaf as it stands, for someone who may say something about it. Raises NotFound, NotAllowed."""
    view = queries.year(request.user, org, year)
    permissions.require(request.user, "file", org=org)
    found = next((one for one in view.scores if one.scheme == scheme), None)
    score = next((one for one in found.scores if one.leaf == leaf), None) if found else None
    if found is None or score is None:
        raise NotFound("自评表里没有这一项")
    nodes = {node.id: node for node in in_force(view.as_of).schemes[scheme].leaves}
    return nodes[leaf], score


def _sheet(view: YearView, assessment: Assessment, may_note: bool) -> dict[str, Any]:
    scheme = in_force(view.as_of).schemes[assessment.scheme]
    scored = {node.id: node for node in scheme.leaves}
    figures = {figure.indicator: figure for figure in view.figures}
    unexplained = {score.leaf for score in assessment.unexplained}

    def lines(nodes: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
        for node in nodes:
            leaf = scored[node.id].leaf if node.id in scored else None
            figure = figures.get(leaf.indicator or "") if isinstance(leaf, TargetLeaf) else None
            score = node.score
            line = {
                "id": node.id,
                "title": node.title,
                "depth": depth,
                "is_group": bool(node.children),
                "points": decimal_text(node.points),
                "earned": None if score and score.earned is None else decimal_text(node.earned),
                "target": target_text(leaf, figure.unit if figure else "")
                if isinstance(leaf, TargetLeaf)
                else "",
                "actual": figure.text if figure else "",
                "url": address_of(view.org.id, view.year, figure.indicator) if figure else "",
                "working": node.dropped or (score.working if score else ""),
                "reason": score.reason if score else "",
                "flags": score.flags if score else (),
                "needs_reason": node.id in unexplained,
            }
            at = [view.org.id, view.year, *assessment.scheme.split("/"), node.id]
            if may_note and score and judgements.is_judged(scored[node.id]):
                line["judge_url"] = reverse("web:judge", args=at)
            elif may_note and score and (score.lost or node.id in unexplained):
                line["reason_url"] = reverse("web:explain_loss", args=at)
            yield line
            yield from lines(node.children, depth + 1)

    return {
        "title": assessment.title,
        "text": assessment.text,
        "lines": list(lines(assessment.tree)),
        "sources": basis(scheme, view.org.id),
        "note": scheme.note,
    }
