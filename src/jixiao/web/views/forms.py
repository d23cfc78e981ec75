"""An official form of a record: filled in on a page, taken from a workbook, given out as .xlsx and .docx."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import BadInput, FieldErrors, JixiaoError, NotAllowed, NotFound, Stale
from jixiao.forms import read_xlsx, write_docx, write_xlsx
from jixiao.ledger import filling
from jixiao.ledger.actions import records
from jixiao.ledger.queries import forms as queries
from jixiao.ledger.queries.forms import FormView
from jixiao.values import Verdict
from jixiao.web import form_grid, once
from jixiao.web.context import choose_org
from jixiao.web.entries import ErrorItem, Errors
from jixiao.web.gate import gate
from jixiao.web.uploads import MIB, read_upload
from jixiao.web.views import cell_deviations
from jixiao.web.views.changes import record_crumbs
from jixiao.web.words import basis

LARGEST = 10 * MIB
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@gate("GET", "POST")
def show(request: HttpRequest, record: Any, field: str) -> HttpResponse:
    """The form as a grid of boxes; saving keeps a draft however wrong it is."""
    view = queries.form(request.user, str(record), field)
    choose_org(request, view.record.org)
    if request.method == "GET":
        return _page(request, view)
    if not view.may_edit:
        raise NotAllowed("这张表现在不能改；请看记录页上可以办理的步骤")
    sent = {name: text for name, text in request.POST.items() if isinstance(text, str)}
    if request.POST.get("do") == "more":
        return _page(request, view, typed=sent, more=_more(request))
    if request.POST.get("do", "").startswith("copy:"):
        return _page(request, _with_copy(view, sent, request.POST["do"][5:]), typed=sent)
    return _keep(request, view, lambda: form_grid.stored(view, sent), sent)


@gate("POST")
def upload(request: HttpRequest, record: Any, field: str) -> HttpResponse:
    """Take the form from a workbook: ours, or anybody's with the same words."""
    view = queries.form(request.user, str(record), field)
    choose_org(request, view.record.org)
    if not view.may_edit:
        raise NotAllowed("这张表现在不能改；请看记录页上可以办理的步骤")
    told: list[str] = []

    def read() -> dict[str, Any]:
        content, _ = read_upload(request, "file", LARGEST, "填好的 Excel 表")
        found = read_xlsx.read(content, view.filled.form, org=view.record.org_id, year=view.filled.year)
        told.extend([*found.told, *(f"{where}：{why}" for where, why in found.filled.problems.items())])
        return filling.with_ids(filling.as_texts(found.filled), view.filled)

    answer = _keep(request, view, read, {})
    for line in told[:20]:
        messages.warning(request, line)
    return answer


@gate()
def download(request: HttpRequest, record: Any, field: str, form: str) -> HttpResponse:
    """The form as .xlsx (formulas with values) or .docx."""
    view = queries.form(request.user, str(record), field)
    title = view.record.org.title
    writer, media = (write_xlsx.write, XLSX) if form == "xlsx" else (write_docx.write, DOCX)
    answer = HttpResponse(writer(view.filled, title), content_type=media)
    name = quote(f"{title}{view.filled.year}年度{view.filled.form.title}.{form}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _keep(request: HttpRequest, view: FormView, read: Any, sent: dict[str, str]) -> HttpResponse:
    here = reverse("web:form", args=[view.record.id, view.field])
    seen = request.POST.get("seen", "")

    def act() -> str:
        records.edit(
            by=request.user, record=view.record, values={view.field: read()},
            seen=int(seen) if seen.isdecimal() else view.record.version,
        )  # fmt: skip
        messages.success(request, f"已保存：{view.title}")
        return here

    try:
        return once.do(request, act)
    except (NotFound, NotAllowed):
        raise
    except Stale as late:
        told = [ErrorItem(f"{late}；您填写的都还在下面，核对后再保存")]
        return _page(request, view, Errors("在您填写时，别人改过这张表", told), 409, typed=sent)
    except FieldErrors as wrong:
        told = [ErrorItem(text) for text in wrong.errors.values()]
        return _page(request, view, Errors("还不能保存", told), 422, typed=sent)
    except (BadInput, JixiaoError) as refused:
        return _page(request, view, Errors("还不能保存", [ErrorItem(str(refused))]), 422, typed=sent)


def _page(
    request: HttpRequest,
    view: FormView,
    errors: Errors | None = None,
    status: int = 200,
    *,
    typed: dict[str, str] | None = None,
    more: int = form_grid.MORE_ROWS,
) -> HttpResponse:
    at = [view.record.id, view.field]
    broken = [one for one in view.findings if one.verdict is Verdict.BROKEN]
    context = {
        "view": view,
        "form": view.filled.form,
        "year": view.filled.year,
        "deviations": cell_deviations.told(request, view),
        "sources": basis(view.filled.form, view.record.org_id),
        "crumbs": [*record_crumbs(view.record), {"title": view.title}],
        "parts": form_grid.parts(view, typed, more),
        "broken": broken,
        "copies": _repeated(view) if view.may_edit else [],
        "checked": len([one for one in view.findings if one.verdict is not Verdict.NOT_APPLICABLE]),
        "more": more,
        "errors": errors,
        "form_id": once.fresh(),
        "seen": view.record.version,
        "upload_url": reverse("web:form_upload", args=at),
        "xlsx_url": reverse("web:form_xlsx", args=at),
        "docx_url": reverse("web:form_docx", args=at),
        "back_url": reverse("web:record", args=[view.record.id]),
    }
    return render(request, "web/forms/form.html", context, status=status)


def _more(request: HttpRequest) -> int:
    asked = request.POST.get("more", "")
    return min((int(asked) if asked.isdecimal() and len(asked) < 4 else 0) + form_grid.MORE_ROWS, 60)


def _with_copy(view: FormView, sent: dict[str, str], address: str) -> FormView:
    """The form with one more copy of a repeated row, which is there to be filled in."""
    block, _, row = address.partition(".")
    copies = [key.split(".")[1] for key in sent if key.startswith(f"{block}.{row}#")]
    number = max((int(copy.split("#")[1]) for copy in copies), default=1) + 1
    grid = view.filled.grid(block)
    name = next(iter(grid.block.columns))
    entries = {**sent, f"{block}.{row}#{number}.title": "", f"{block}.{row}#{number}.{name}": " "}
    data = {
        **view.record.data,
        view.field: {"entries": entries, "lists": form_grid.stored(view, sent)["lists"]},
    }
    filled = filling.filled_form(view.record, view.field, data)
    return FormView(view.record, view.field, view.title, filled, (), view.locked, view.may_edit)


def _repeated(view: FormView) -> list[dict[str, str]]:
    """The rows of which there may be more."""
    return [
        {"address": f"{grid.block.id}.{name}", "title": row.title}
        for grid in view.filled.grids
        for name, row in grid.block.rows.items()
        if row.repeat
    ]
