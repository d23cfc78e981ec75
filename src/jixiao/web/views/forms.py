"""An official form of a record: filled in on a page, taken from a workbook, given out as .xlsx and .docx."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import BadInput, FieldErrors, JixiaoError, NotAllowed, NotFound, Stale
from jixiao.forms import read_xlsx, write_docx, write_xlsx
from jixiao.ledger import filling
from jixiao.ledger.actions import records
from jixiao.ledger.queries import forms as queries
from jixiao.ledger.queries.forms import FormView
from jixiao.ledger.queries.names import data_at
from jixiao.ledger.rules import catalogue as in_force
from jixiao.values import Verdict
from jixiao.web import form_grid, form_typed, once
from jixiao.web.context import choose_org
from jixiao.web.entries import ErrorItem, Errors
from jixiao.web.gate import gate
from jixiao.web.keeping import KEEP, FormDraft
from jixiao.web.uploads import MIB, read_upload
from jixiao.web.views import cell_deviations
from jixiao.web.views.changes import record_crumbs
from jixiao.web.words import basis

LARGEST = 10 * MIB
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHUT = "这张表现在不能改；请看记录页上可以办理的步骤"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@gate("GET", "POST")
def show(request: HttpRequest, record: Any, field: str) -> HttpResponse:
    """The form as a grid of boxes; saving takes it however wrong it is, and what is not saved keeps itself as a draft."""
    view = queries.form(request.user, str(record), field)
    choose_org(request, view.record.org)
    if request.method == "GET":
        return _page(request, view)
    kept, do = _draft(request, view), request.POST.get("do", "")
    typed = form_typed.cells(view, {name: str(text) for name, text in request.POST.items()})
    if not view.may_edit and do == KEEP:
        return JsonResponse({"draft": "", "told": SHUT})
    if not view.may_edit and do != "discard":
        raise NotAllowed(SHUT)
    if kept.is_asked:
        return kept.answer(typed, reverse("web:record", args=[view.record.id]))
    if do == "more" or do.startswith("copy:"):
        return _further(request, view, typed)
    return _keep(request, view, lambda: form_grid.stored(view, typed), typed)


@gate("POST")
def upload(request: HttpRequest, record: Any, field: str) -> HttpResponse:
    """Take the form from a workbook: ours, or anybody's with the same words."""
    view = queries.form(request.user, str(record), field)
    choose_org(request, view.record.org)
    if not view.may_edit:
        raise NotAllowed(SHUT)
    told: list[str] = []

    def read() -> dict[str, Any]:
        content, _ = read_upload(request, "file", LARGEST, "填好的 Excel 表")
        found = read_xlsx.read(content, view.filled.form, org=view.record.org_id, year=view.filled.year)
        told.extend([*found.told, *(f"{where}：{why}" for where, why in found.filled.problems.items())])
        return filling.with_ids(filling.as_texts(found.filled), view.filled)

    answer = _keep(request, view, read)
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


def _draft(request: HttpRequest, view: FormView) -> FormDraft:
    return FormDraft(request, view.record, in_force().kind(view.record.kind), form=view.field)


def _keep(
    request: HttpRequest, view: FormView, read: Callable[[], Any], typed: dict[str, str] | None = None
) -> HttpResponse:
    """Save what `read` gives and forget the draft; refused, the page comes back with what was typed."""
    seen = _seen(request, view)

    def act() -> str:
        records.edit(by=request.user, record=view.record, values={view.field: read()}, seen=seen)
        _draft(request, view).forget()
        messages.success(request, f"已保存：{view.title}")
        return reverse("web:form", args=[view.record.id, view.field])

    try:
        return once.do(request, act)
    except (NotFound, NotAllowed):
        raise
    except Stale as late:
        return _stale(request, view, late, typed)
    except FieldErrors as wrong:
        told = [ErrorItem(text) for text in wrong.errors.values()]
        return _page(request, view, Errors("还不能保存", told), 422, typed=typed)
    except (BadInput, JixiaoError) as refused:
        return _page(request, view, Errors("还不能保存", [ErrorItem(str(refused))]), 422, typed=typed)


def _stale(request: HttpRequest, view: FormView, late: Stale, typed: dict[str, str] | None) -> HttpResponse:
    """Both versions side by side; the next saving is against what others saved."""
    now = queries.form(request.user, view.record.id, view.field)
    theirs: list[dict[str, str]] = []
    if typed is not None:
        data = data_at(request.user, now.record, _seen(request, view))
        before = replace(now, filled=filling.filled_form(now.record, now.field, data))
        theirs, typed = form_typed.compared(before, now, typed)
    errors = Errors("在您填写时，别人改过这条记录", [ErrorItem(str(late), "theirs" if theirs else "")])
    more = {"theirs": theirs, "seen": now.record.version} if typed is not None else {}
    return _page(request, now, errors, 409, typed=typed, **more)


def _further(request: HttpRequest, view: FormView, typed: dict[str, str]) -> HttpResponse:
    """The page with three more rows, or with one more copy of a repeated row; what was typed is kept meanwhile."""
    if form_typed.is_changed(view, typed):
        _draft(request, view).hold(typed)
    do = request.POST["do"]
    copied = do.removeprefix("copy:")
    if copied in [one["address"] for one in _repeated(view)]:
        typed |= _copy(view, typed, copied)
    return _page(request, view, typed=typed, further=form_grid.MORE_ROWS if do == "more" else 0)


def _page(
    request: HttpRequest,
    view: FormView,
    errors: Errors | None = None,
    status: int = 200,
    *,
    typed: dict[str, str] | None = None,
    further: int = 0,
    **extra: Any,
) -> HttpResponse:
    """The form with what was typed; with what waits in the draft where nothing was sent. `further` are rows beside those."""
    kept = _draft(request, view)
    seen = view.record.version if typed is None else _seen(request, view)
    if typed is None and view.may_edit and kept.found is not None:
        typed = form_typed.cells(view, kept.found.data)
        extra = kept.since | extra
    elif not view.may_edit:
        extra |= {"shut_since": kept.since.get("kept_at")}
    view = form_typed.with_rows(view, typed or {})
    at = [view.record.id, view.field]
    context = {
        "view": view,
        "form": view.filled.form,
        "year": view.filled.year,
        "deviations": cell_deviations.told(request, view),
        "sources": basis(view.filled.form, view.record.org_id),
        "crumbs": [*record_crumbs(view.record), {"title": view.title}],
        "parts": form_grid.parts(view, typed, further=further),
        "broken": view.broken,
        "copies": _repeated(view) if view.may_edit else [],
        "checked": len([one for one in view.findings if one.verdict is not Verdict.NOT_APPLICABLE]),
        "errors": errors,
        "form_id": once.fresh(),
        "seen": seen,
        "upload_url": reverse("web:form_upload", args=at),
        "xlsx_url": reverse("web:form_xlsx", args=at),
        "docx_url": reverse("web:form_docx", args=at),
        "back_url": reverse("web:record", args=[view.record.id]),
        **kept.told,
        "may_draft": view.may_edit,
        **extra,
    }
    return render(request, "web/forms/form.html", context, status=status)


def _seen(request: HttpRequest, view: FormView) -> int:
    """The version that was on the page."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else view.record.version


def _copy(view: FormView, typed: Mapping[str, str], address: str) -> dict[str, str]:
    """The first box of one more copy of a repeated row: what makes the row stand there to be filled in."""
    block, _, row = address.partition(".")
    keys = {name.split(".")[1] for name in typed if name.startswith(f"{address}#")}
    number = max((int(key.split("#")[1]) for key in keys if key.split("#")[1].isdecimal()), default=1) + 1
    return {f"{block}.{row}#{number}.{next(iter(view.filled.grid(block).block.columns))}": ""}


def _repeated(view: FormView) -> list[dict[str, str]]:
    """The rows of which there may be more."""
    return [
        {"address": f"{grid.block.id}.{name}", "title": row.title}
        for grid in view.filled.grids
        for name, row in grid.block.rows.items()
        if row.repeat
    ]
