"""Issuing a report, and issued reports with what was sealed beside what stands now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import BadInput, NotFound
from jixiao.ledger import permissions, queries
from jixiao.ledger.actions import reports
from jixiao.ledger.names import names_of
from jixiao.ledger.queries.issued import FORMATS, basis_of, issued_file
from jixiao.ledger.queries.issued import issue as find_issue
from jixiao.ledger.queries.reports import ReportView
from jixiao.ledger.rules import catalogue as in_force
from jixiao.reports.document import names_placed, placed
from jixiao.web import gaps, once
from jixiao.web.entries import ErrorItem, Errors
from jixiao.web.gate import gate
from jixiao.web.views.deviations import told_in_report
from jixiao.web.views.reports import TITLES, address, as_file, open_report, paper_of
from jixiao.web.words import moment


@gate("GET", "POST")
def issue(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """What will be sealed and what is still missing; then the seal."""
    view = open_report(request, org, year)
    permissions.require(request.user, "issue", org=org)
    if request.method == "GET":
        return _ask(request, view, _against(view), 200)

    def act() -> str:
        made = reports.issue(by=request.user, org=org, outline=view.outline.full_id, year=year)
        messages.success(request, "已签发，形成定稿存证")
        return reverse("web:issued", args=[made.root])

    try:
        return once.do(request, act)
    except BadInput as refused:
        return _ask(request, view, _against(view) or Errors("还不能签发", [ErrorItem(str(refused))]), 409)


@gate()
def show(request: HttpRequest, root: str) -> HttpResponse:
    """An issued report: its record of issue and how its figures stand today."""
    found = find_issue(request.user, root)
    manifest = found.manifest
    view = queries.report(request.user, found.org, found.outline, found.year)
    called = names_of({found.issued_by})
    compared = list(_compared(request, view, manifest))
    context = {
        "title": manifest["title"],
        "lead": f"{found.org.title}，{found.year}年度，{moment(found.issued_at)} 由{called[found.issued_by]}签发。",
        "preview_url": reverse("web:report", args=[found.org_id, found.year]),
        "facts": [
            {"title": "根值（SM3）", "text": found.root},
            {"title": "数据时点", "text": manifest["as_of"]},
            {"title": "封存数据", "text": f"{len(manifest['placed'])} 处，{len(manifest['figures'])} 项"},
            {"title": "封存记录", "text": f"{len(manifest['records'])} 条"},
            {
                "title": "规则包",
                "text": "、".join(f"{name} {version}" for name, version in manifest["packs"].items()),
            },
        ],
        "deviations": told_in_report(found.org_id, found.year, manifest.get("deviations", {})),
        "changed": [line for line in compared if not line["is_same"]],
        "same": [line for line in compared if line["is_same"]],
        "downloads": [
            {"title": TITLES[form], "url": reverse("web:issued_download", args=[root, form])}
            for form in found.files
        ],
    }
    return render(request, "web/reports/issued.html", context)


@gate()
def download(request: HttpRequest, root: str, form: str) -> HttpResponse:
    """The very bytes that were issued."""
    if form not in FORMATS:
        raise NotFound("没有这种文件格式")
    found = find_issue(request.user, root)
    return as_file(issued_file(request.user, root, form), form, found.manifest["title"])


def _ask(request: HttpRequest, view: ReportView, errors: Errors | None, status: int) -> HttpResponse:
    basis = basis_of(view.bench, names_placed(view.document))
    year = queries.year(request.user, view.org, view.year)
    context = {
        "document": view.document,
        "errors": errors,
        "form_id": once.fresh(),
        "preview_url": address(request, "web:report", view),
        "gaps": gaps.gaps_of(year, in_force(view.as_of)),
        "sealed": [
            {"title": "数据时点", "text": view.as_of.isoformat()},
            {"title": "文中数据", "text": f"{sum(1 for _ in placed(view.document))} 处"},
            {"title": "背后的记录", "text": f"{len(basis.records)} 条，逐条留下指纹"},
            {"title": "改写过的条款", "text": f"{sum(bool(edit.text) for edit in view.edits.values())} 条"},
            {"title": "文件", "text": "、".join(TITLES.values())},
        ],
    }
    return render(request, "web/reports/issue.html", context, status=status)


def _against(view: ReportView) -> Errors | None:
    """What must be put right before the report may be issued."""
    items = [ErrorItem(f"{one.title}：{one.reason}") for one in view.document.problems]
    assessment = view.assessments.get(view.outline.scheme or "")
    if assessment is not None:
        items += [
            ErrorItem(f"“{score.title}”失分没有写明原因，请到自评表填写") for score in assessment.unexplained
        ]
    return Errors(f"还不能签发，有 {len(items)} 处要先改好", items) if items else None


def _compared(request: HttpRequest, view: ReportView, manifest: Any) -> Iterator[dict[str, Any]]:
    """Each sealed figure once, beside what the ledger says now."""
    told: set[tuple[str, str, str]] = set()
    now = {run.key: run.text for run in placed(view.document)}
    paper = paper_of(request, view)
    for entry in manifest["placed"]:
        current = now.get(entry["key"], "")
        line = (entry["label"], entry["text"], current)
        if line in told:
            continue
        told.add(line)
        yield {
            "title": entry["label"],
            "then": entry["text"],
            "now": current or "已不在文中",
            "is_same": current == entry["text"],
            "is_number": bool(entry["value"]),
            "url": paper.figure_url(entry["figures"][0]) if entry["figures"] else "",
        }
