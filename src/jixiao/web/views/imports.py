"""Bring a file in: choose it, say what its headings mean, see what it would do, put it right, take it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao import sheets
from jixiao.errors import JixiaoError, NotAllowed, NotFound
from jixiao.ledger.actions import imports
from jixiao.ledger.evidence_store import NOTICE
from jixiao.ledger.imports import runner
from jixiao.ledger.queries import imports as staged
from jixiao.ledger.queries import kinds_for, workbooks
from jixiao.ledger.rules import catalogue as in_force
from jixiao.sheets import files
from jixiao.sheets.columns import Sort
from jixiao.web import listing as lists
from jixiao.web.context import choose_org, frame_of, kind_in
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.options import options_for
from jixiao.web.pager import pager
from jixiao.web.twins import attachment
from jixiao.web.uploads import MIB, read_upload
from jixiao.web.views import registers

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLES = {
    "wrong": "有问题", "conflict": "两边都改过", "new": "新增", "changed": "有改动", "same": "无变化",
}  # fmt: skip
TONES = {"wrong": "bad", "conflict": "warn", "new": "ok", "changed": "ok", "same": "none"}


@gate()
def export(request: HttpRequest, pack: str, kind: str, form: str = "export") -> HttpResponse:
    """The register under its filters as a workbook, or the empty template."""
    org = frame_of(request).require_org()
    found = kind_in(request.user, org, f"{pack}/{kind}")
    if form == "template":
        content, name = workbooks.template(request.user, found.full_id, org), f"{found.title}模板.xlsx"
    else:
        filters = lists.filters_of(found, options_for(request.user, org, in_force()), request.GET)
        rows = registers.rows_under(request, org, found, filters)
        content, name = workbooks.export(request.user, found.full_id, org, rows), f"{found.title}.xlsx"
    return _workbook(content, name)


@gate("GET", "POST")
def begin(request: HttpRequest) -> HttpResponse:
    """Choose a file; small ones are judged at once."""
    org = frame_of(request).require_org()
    kinds = [(kind.full_id, kind.title) for kind in kinds_for(request.user, org) if kind.parent is None]
    asked = request.GET.get("kind", "")
    what = f".xlsx 或 .csv，不超过 {files.LARGEST // MIB} MB；可以把文件拖到框里。{NOTICE}"
    file = Entry("file", "文件", "file", accept=".xlsx,.csv", hint=what, required=True, is_whole_line=True)
    kind = Entry(
        "kind", "事项类型", "select", raw=asked, offered=kinds, empty="看文件自己写的", is_whole_line=True,
        hint="用本系统的模板或导出文件时不用选",
    )  # fmt: skip
    page = FormPage(request, "导入台账", "上传并检查", [file, kind], reverse("web:registers"))
    page.template = "web/imports/begin.html"
    page.extra = {
        "crumbs": [{"title": "导入"}],
        "earlier": staged.imports(request.user, org)[:10],
        "template_url": _template_url(asked),
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        content, name = read_upload(request, "file", files.LARGEST, "要导入的文件")
        row = imports.begin(by=request.user, org=org, content=content, name=name, kind=kind.raw or None)
        runner.go_on(row, request.user)
        return reverse("web:import", args=[row.pk])

    return page.do(act, "还不能导入")


@gate()
def show(request: HttpRequest, staged_id: Any) -> HttpResponse:
    """An import wherever it stands."""
    return _show(request, str(staged_id))


@gate("POST")
def act(request: HttpRequest, staged_id: Any, what: str) -> HttpResponse:
    """One step on: headings said, checking or commit taken up, a choice made, all accepted, given up."""
    view = staged.import_view(request.user, str(staged_id))
    if what not in _ACTS:
        raise NotFound("没有这一步")
    try:
        _ACTS[what](request, view.row)
    except (NotFound, NotAllowed):
        raise
    except JixiaoError as refused:
        return _show(request, view.row.pk, Errors("没有办成", [ErrorItem(str(refused))]), 422)
    if what == "cancel" and staged.import_view(request.user, view.row.pk).row.state == "cancelled":
        messages.success(request, f"已取消导入“{view.row.file_name}”，台账没有变动")
        return redirect("web:import_begin")
    return redirect("web:import", staged_id=view.row.pk)


def _headings(request: HttpRequest, row: Any) -> None:
    pairs = zip(request.POST.getlist("heading"), request.POST.getlist("column"), strict=False)
    staging = imports.say_headings(by=request.user, staged=row, said=dict(pairs))
    runner.go_on(staging, request.user)


def _wordings(request: HttpRequest, row: Any) -> None:
    given = [request.POST.getlist(name) for name in ("kind", "column", "text", "meant")]
    said = {(kind, column, text): new for kind, column, text, new in zip(*given, strict=False)}
    runner.go_on(imports.say_wordings(by=request.user, staged=row, said=said), request.user)


def _go_on(request: HttpRequest, row: Any) -> None:
    runner.go_on(row, request.user)


def _choose(request: HttpRequest, row: Any) -> None:
    chosen = {
        int(name.removeprefix("keep.")): side
        for name, side in request.POST.items()
        if name.startswith("keep.") and name[5:].isdecimal() and side
    }
    imports.choose(by=request.user, staged=row, keep=chosen, rest=request.POST.get("rest", ""))


def _accept(request: HttpRequest, row: Any) -> None:
    if row.state == "done":
        return  # sent twice: it is done
    accepted = imports.accept(
        by=request.user, staged=row, without_wrong=request.POST.get("without_wrong") == "yes"
    )
    runner.go_on(accepted, request.user)


def _cancel(request: HttpRequest, row: Any) -> None:
    imports.cancel(by=request.user, staged=row)


_ACTS = {
    "headings": _headings,
    "wordings": _wordings,
    "go-on": _go_on,
    "choose": _choose,
    "accept": _accept,
    "cancel": _cancel,
}


@gate()
def marked(request: HttpRequest, staged_id: Any) -> HttpResponse:
    """The file given back with what is wrong; `rows=wrong` gives the wrong rows alone."""
    row = staged.import_view(request.user, str(staged_id)).row
    content = staged.given_back(request.user, row.pk, all_rows=request.GET.get("rows") != "wrong")
    return _workbook(content, f"{row.file_name.rsplit('.', 1)[0]}-标注.xlsx")


def _show(request: HttpRequest, id_: str, errors: Errors | None = None, status: int = 200) -> HttpResponse:
    view = staged.import_view(request.user, id_)
    choose_org(request, view.row.org)
    catalogue = in_force()
    kind = catalogue.kind(view.row.kind)
    context = {
        "view": view,
        "row": view.row,
        "kind": kind,
        "errors": errors,
        "register_url": reverse("web:register", args=[kind.pack, kind.id]),
        "again_url": f"{reverse('web:import_begin')}?kind={kind.full_id}",
        "percent": view.done * 100 // view.total if view.total else 0,
        "is_waiting": view.row.state in ("checking", "committing"),
    }
    if view.row.state == "headings":
        context["headings"] = list(_unknown(view.row, catalogue))
    if view.row.state in ("ready", "done"):
        context |= _judged(request, view, catalogue)
    if view.row.state == "ready" and context["chosen"] == "wrong":
        context["wordings"] = staged.unknown_wordings(request.user, view.row.pk)
    return render(request, "web/imports/import.html", context, status=status)


def _judged(request: HttpRequest, view: staged.ImportView, catalogue: Any) -> dict[str, Any]:
    asked = request.GET.get("rows", "")
    chosen = asked if asked in TITLES else next((one for one in TITLES if view.counts.get(one)), "new")
    tabs = [
        {
            "title": title,
            "count": view.counts[name],
            "tone": TONES[name],
            "url": f"?rows={name}",
            "is_here": name == chosen,
        }
        for name, title in TITLES.items()
        if view.counts[name] or name == "new"
    ]
    page = Paginator(staged.import_rows(request.user, view.row.pk, chosen), PAGE).get_page(
        request.GET.get("page")
    )
    columns = {
        one.full_id: {column.id: column for column in sheets.columns_of(one, catalogue)}
        for one in workbooks.family_of(catalogue.kind(view.row.kind), catalogue)
    }
    return {
        "tabs": tabs,
        "chosen": chosen,
        "lines": [_line(row, columns[row.kind], catalogue) for row in page.object_list],
        "pager": pager(page, {"rows": chosen}),
        "is_clean": not view.counts["wrong"] and not view.undecided,
        "writes": view.counts["new"] + view.counts["changed"] + view.counts["conflict"],
    }


def _line(row: Any, columns: dict[str, Any], catalogue: Any) -> dict[str, Any]:
    """A judged row as people look at it: where it stands, what it is, what is wrong or would change."""
    kind = catalogue.kind(row.kind)
    titles = {id_: column.title for id_, column in columns.items()}
    return {
        "place": row.place,
        "number": row.number,
        "sheet": kind.title,
        "label": row.cells.get(kind.label, "") or "（没有名称）",
        "problems": [
            {"title": titles.get(id_, ""), "found": row.cells.get(id_, ""), "text": text}
            for id_, text in row.problems.items()
        ],
        "warnings": row.warnings,
        "changes": [
            {"title": titles.get(id_, id_), "old": old or "空", "new": new or "空"}
            for id_, (old, new) in row.changes.items()
        ],
        "keep": row.keep,
        "url": reverse("web:record", args=[row.record]) if row.record and row.outcome != "wrong" else "",
    }


def _unknown(row: Any, catalogue: Any) -> Any:
    """Each unknown heading with the columns it may be."""
    for told in row.told.get("sheets", []):
        columns = sheets.columns_of(catalogue.kind(told["kind"]), catalogue)
        offered = [("-", "不导入这一列")]
        offered += [(one.id, one.title) for one in columns if one.sort not in (Sort.SEEN, Sort.PROBLEMS)]
        for number, title in enumerate(told["unknown"]):
            near = told["suggested"].get(title) or [""]
            name = f"{told['kind'].replace('/', '-')}-{number}"
            yield title, Entry("column", f"“{title}”是", "select", raw=near[0] or "-", offered=offered), name


def _template_url(kind: str) -> str:
    pack, _, name = kind.partition("/")
    return reverse("web:template", args=[pack, name]) if name and kind in in_force().kinds else ""


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = attachment(name)
    return response
