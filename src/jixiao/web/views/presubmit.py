"""报送前自查: the score a report would be given and every place that costs points, before the bureau says so."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import BadInput, FieldErrors
from jixiao.evaluation.presubmission import Fault, Sheet
from jixiao.ledger import queries
from jixiao.ledger.queries.presubmit import presubmit, presubmit_file
from jixiao.values import decimal_text
from jixiao.web.context import choose_org
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.gate import gate
from jixiao.web.uploads import MIB, read_upload

LARGEST = 20 * MIB


@gate("GET", "POST")
def show(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """Check the year's own report; or, posted, a file somebody wrote elsewhere. Nothing is kept of the file."""
    place = queries.org_for(request.user, org)
    choose_org(request, place)
    file = Entry(
        "file",
        "别处写的报告，或拟公开的表",
        "file",
        required=True,
        accept=".docx,.pdf,.html,.txt,.xlsx",
        is_whole_line=True,
    )
    notes = Entry(
        "notes", "整改材料", "file", accept=".docx,.pdf,.html,.txt", is_whole_line=True,
        hint="可不选；选了就与自评表和报告对着看",
    )  # fmt: skip
    context: dict[str, Any] = {
        "org": place,
        "year": year,
        "entries": [file, notes],
        "crumbs": [
            {"title": "绩效流程", "url": reverse("web:cycle", args=[org, year])},
            {"title": "报送前自查"},
        ],
        "crumb_root": {"title": "年度", "url": reverse("web:year", args=[org, year])},
    }
    if request.method == "GET":
        checked = presubmit(request.user, org, year, request.GET.get("outline") or None)
        return _page(request, context | {"name": checked.view.document.title}, checked.sheet)
    try:
        content, name = read_upload(request, "file", LARGEST, "写好的报告")
        beside = read_upload(request, "notes", LARGEST, "整改材料") if request.FILES.get("notes") else None
        sheet = presubmit_file(request.user, org, content, name, beside)
    except (BadInput, FieldErrors) as refused:
        told = refused.errors.get("file", str(refused)) if isinstance(refused, FieldErrors) else str(refused)
        file.error = told
        errors = Errors("还不能自查", [ErrorItem(told, file.anchor)])
        return _page(request, context | {"errors": errors}, None, 422)
    return _page(request, context | {"name": name, "is_file": True}, sheet)


def _page(
    request: HttpRequest, context: dict[str, Any], sheet: Sheet | None, status: int = 200
) -> HttpResponse:
    told = {} if sheet is None else {"sheet": shown(sheet)}
    return render(request, "web/cycle/presubmit.html", context | told, status=status)


def shown(sheet: Sheet) -> dict[str, Any]:
    """The sheet in plain words."""
    return {
        "title": sheet.title,
        "points": decimal_text(sheet.points),
        "earned": decimal_text(sheet.earned),
        "count": len(sheet.faults),
        "lines": [
            {
                "title": line.item.title,
                "points": decimal_text(line.item.points),
                "earned": decimal_text(line.earned),
                "is_full": line.earned == line.item.points,
                "faults": [_fault(one) for one in line.faults],
                "unasked": "、".join(line.unasked),
            }
            for line in sheet.lines
        ],
        "publication": [_fault(one) for one in sheet.publication],
    }


def _fault(one: Fault) -> dict[str, str]:
    return {"title": one.title, "place": one.place, "found": one.found, "mend": one.mend}
