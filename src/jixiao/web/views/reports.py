"""The report in preview, rewriting a clause, its files, and figures brought up to date inside an edited .docx."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.errors import BadInput, FieldErrors, NotFound
from jixiao.ledger import permissions, queries
from jixiao.ledger.actions import reports
from jixiao.ledger.names import names_of
from jixiao.ledger.queries.issued import FORMATS
from jixiao.ledger.queries.reports import ReportView, clause_history, find_clause
from jixiao.ledger.rules import catalogue as in_force
from jixiao.reports.document import Document, placed
from jixiao.web import findings, gaps
from jixiao.web.context import frame_of
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.paper import FILED, FORM, Paper
from jixiao.web.twins import attachment
from jixiao.web.uploads import MIB, read_upload
from jixiao.web.views.deviations import told_in_report
from jixiao.web.words import moment
from jixiao.web.year_lines import address_of

LARGEST_DOCX = 3 * MIB  # travels once more, as text, inside the form that downloads it
TITLES = {"docx": ".docx", "pdf": ".pdf", "html": ".html"}


@gate()
def latest(request: HttpRequest) -> HttpResponse:
    """To the report of the year one works in."""
    frame = frame_of(request)
    if frame.org is None or frame.year is None:
        raise NotFound("本单位还没有设置年度，请先由管理员设置")
    return redirect("web:report", frame.org.id, frame.year)


@gate()
def preview(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The report as it would be issued today, every figure a link."""
    view = open_report(request, org, year)
    return render(request, "web/reports/preview.html", _preview(request, view))


@gate("GET", "POST")
def rewrite(request: HttpRequest, org: str, year: int, clause: str) -> HttpResponse:
    """Give a clause new words; the slots of its figures stay."""
    view = open_report(request, org, year)
    found = find_clause(view.outline, clause)
    permissions.require(request.user, "rewrite", org=org)
    if not found.text:
        raise NotFound("这一条是由系统生成的表，没有可以改写的文字")
    edit = view.edits.get(clause)
    current = edit.text if edit and edit.text else found.text
    back = address(request, "web:report", view) + f"#c-{clause}"
    text = Entry("text", "文字", "lines", raw=current, required=True, is_whole_line=True)
    reason = Entry("reason", "改写理由", raw="", required=True, is_whole_line=True, hint="会留在版本里")
    page = ClausePage(request, "改写一段", "改用这段文字", [text, reason], back)
    page.extra = {
        "preview_url": back,
        "is_rewritten": bool(edit and edit.text),
        "slots": _slots(view, current),
        "versions": _versions(request, view, clause),
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        wanted = "" if request.POST.get("do") == "restore" else text.raw
        if request.POST.get("do") != "restore":
            page.values([], [text, reason])
        reports.rewrite(
            by=request.user, org=org, outline=view.outline.full_id, year=year, clause=clause, text=wanted,
            reason=reason.raw or ("恢复提纲原文" if not wanted else ""),
        )  # fmt: skip
        messages.success(request, "已改用新的文字" if wanted else "已恢复提纲原文")
        return back

    return page.do(act, "还不能改写")


@gate()
def download(request: HttpRequest, org: str, year: int, form: str) -> HttpResponse:
    """The previewed report as a file; it carries no record of issue, because it is not issued."""
    if form not in FORMATS:
        raise NotFound("没有这种文件格式")
    view = open_report(request, org, year)
    try:
        return as_file(written(view.document, form), form, f"{view.document.title}（未定稿）")
    except BadInput as refused:
        errors = Errors(f"不能生成 .{form}", [ErrorItem(str(refused))])
        return render(
            request, "web/reports/preview.html", _preview(request, view) | {"errors": errors}, status=409
        )


@gate("GET", "POST")
def refresh(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """Put today's figures into a .docx that was edited elsewhere, and list what changed."""
    view = open_report(request, org, year)
    back = address(request, "web:report", view)
    file = Entry("file", "改过的 .docx", "file", required=True, accept=".docx", is_whole_line=True)
    page = RefreshPage(request, "更新 .docx 里的数字", "上传并更新", [file], back)
    page.extra = {"preview_url": back, "org": view.org, "year": year, "story": None}
    page.extra["download_url"] = address(request, "web:refresh_download", view)
    if request.method == "GET":
        return page.show()
    try:
        content, _ = read_upload(request, "file", LARGEST_DOCX, "从这里下载、在别处改过的 .docx")
        page.extra["story"] = _refreshed(view, content)
        page.extra["original"] = base64.b64encode(content).decode()
    except (BadInput, FieldErrors) as refused:
        wrong = refused.errors if isinstance(refused, FieldErrors) else {"file": str(refused)}
        file.error = wrong["file"]
        return page.show(Errors("还不能更新", [ErrorItem(file.error, file.anchor)]), 422)
    return page.show()


@gate("POST")
def refresh_download(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The refreshed file itself, made anew from the one handed in: nothing was kept in between."""
    view = open_report(request, org, year)
    try:
        content = base64.b64decode(request.POST.get("original", ""), validate=True)
        fresh = _refreshed(view, content).content
    except (binascii.Error, BadInput):
        messages.error(request, "文件没有传完整，请重新上传")
        return redirect(address(request, "web:refresh", view))
    return as_file(fresh, "docx", f"{view.document.title}（数字已更新）")


def open_report(request: HttpRequest, org: str, year: int) -> ReportView:
    """The report asked for: ?outline= names one of several. Raises NotFound."""
    return queries.report(request.user, org, request.GET.get("outline") or None, year)


def address(request: HttpRequest, name: str, view: ReportView, *more: str) -> str:
    """An address about this report, with the outline where one was asked for."""
    asked = request.GET.get("outline")
    where = reverse(name, args=[view.org.id, view.year, *more])
    return f"{where}?{urlencode({'outline': asked})}" if asked else where


def written(document: Document, form: str, manifest: bytes | None = None) -> bytes:
    """The document in one format. Raises BadInput where this machine cannot write it."""
    from jixiao.reports import write_docx, write_html, write_pdf

    writer = {"docx": write_docx, "pdf": write_pdf, "html": write_html}[form]
    return writer.write(document, manifest)


def as_file(content: bytes, form: str, title: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FORMATS[form])
    response["Content-Disposition"] = attachment(f"{title}.{form}")
    return response


def paper_of(request: HttpRequest, view: ReportView) -> Paper:
    """How the blocks of this report are linked."""
    may_rewrite = permissions.can(request.user, "rewrite", org=view.org.id)
    filed = reverse("web:filed", args=[view.org.id, view.year])

    def figure_url(name: str) -> str:
        if name.startswith(FILED):
            return f"{filed}?item={name.removeprefix(FILED)}"
        if name.startswith(FORM):
            _, record, field, address = name.split(".", 3)
            return f"{reverse('web:form', args=[record, field])}#{address}"
        return address_of(view.org.id, view.year, name) if name in view.context.figures else ""

    def clause_url(clause: str) -> str:
        return address(request, "web:clause", view, clause) if may_rewrite else ""

    def is_filed(name: str) -> bool:
        return name.startswith((FILED, FORM)) or view.bench.find(name).rows is None

    return Paper(figure_url, is_filed, clause_url)


def _preview(request: HttpRequest, view: ReportView) -> dict[str, Any]:
    may_issue = permissions.can(request.user, "issue", org=view.org.id)
    year = queries.year(request.user, view.org, view.year)
    return {
        "org": view.org,
        "year": view.year,
        "as_of": view.as_of,
        "document": view.document,
        "outline": view.outline,
        "blocks": list(paper_of(request, view).blocks(view.document)),
        "downloads": [
            {"title": title, "url": address(request, "web:download", view, form)}
            for form, title in TITLES.items()
        ],
        "issue_url": address(request, "web:issue", view) if may_issue else "",
        "refresh_url": address(request, "web:refresh", view),
        "gaps": gaps.gaps_of(year, in_force(view.as_of)),
        "problems": view.document.problems,
        "deviations": told_in_report(view.org.id, view.year, view.deviations),
        "outlines": _others(request, view),
        "issues": [_issue(one) for one in queries.issues(request.user, view.org).filter(year=view.year)],
        **findings.shown(view.context.findings),
    }


def _others(request: HttpRequest, view: ReportView) -> list[dict[str, Any]]:
    """The reports one can tell of this year, where there are several."""
    found = queries.outlines_for(request.user, view.org, view.year)
    here = reverse("web:report", args=[view.org.id, view.year])
    return [
        {
            "title": one.title,
            "url": f"{here}?{urlencode({'outline': one.full_id})}",
            "is_here": one == view.outline,
        }
        for one in (found if len(found) > 1 else [])
    ]


def _issue(issue: Any) -> dict[str, str]:
    return {
        "title": f"{moment(issue.issued_at)} 签发",
        "detail": f"存证 {issue.root[:12]}…，数据时点 {issue.as_of}",
        "url": reverse("web:issued", args=[issue.root]),
    }


def _slots(view: ReportView, text: str) -> list[dict[str, str]]:
    from jixiao.catalogue.slots import slots

    printed: dict[tuple[str, ...], str] = {}
    for run in placed(view.document):
        printed.setdefault(run.figures, run.text)  # the text comes before the tables
    found = []
    for slot in slots(text):
        if slot.sort in ("figure", "filed"):
            names = tuple(FILED + one if slot.sort == "filed" else one for one in slot.references)
            found.append({"mark": slot.text, "text": printed.get(names, "")})
    return found


def _versions(request: HttpRequest, view: ReportView, clause: str) -> list[dict[str, str]]:
    versions = clause_history(request.user, view.org, view.outline.full_id, view.year, clause)
    called = names_of({one.edited_by for one in versions})
    return [
        {
            "text": one.text or "恢复提纲原文",
            "detail": f"第 {one.version} 版，{called[one.edited_by]}，{moment(one.edited_at)}，{one.reason}",
        }
        for one in versions
    ]


def _refreshed(view: ReportView, content: bytes) -> Any:
    from jixiao.reports.refresh import refresh as bring_up_to_date

    return bring_up_to_date(content, {run.key: run for run in placed(view.document)})


class ClausePage(FormPage):
    template = "web/reports/clause.html"


class RefreshPage(FormPage):
    template = "web/reports/refresh.html"
