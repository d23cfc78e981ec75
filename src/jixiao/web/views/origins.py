"""Where else a record is kept: the platform it came from, and its number there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.errors import BadInput
from jixiao.ledger import permissions, queries
from jixiao.ledger.actions import records
from jixiao.web.context import choose_org
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.views.changes import record_crumbs


@gate("GET", "POST")
def set_origin(request: HttpRequest, record: Any) -> HttpResponse:
    """Say which system a record came from and what it is called there."""
    row = queries.record(request.user, str(record))
    choose_org(request, row.org)
    permissions.require(request.user, "edit", org=row.org_id, kind=row.kind)
    source, outside = origin_entries(row.source_system, row.outside_number)
    page = FormPage(request, "来处", "保存", [source, outside], reverse("web:record", args=[row.id]))
    page.extra = {
        "crumbs": [*record_crumbs(row), {"title": "来处"}],
        "lead": f"“{row.label}”在别的平台上也有的，写明平台和那边的编号，以后可以按编号查到。",
        "seen": row.version,
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        seen = request.POST.get("seen", "")
        if not seen.isdecimal() or len(seen) > 9:
            raise BadInput("表单不完整：缺少版本号；请退回记录页重新打开")
        records.set_origin(
            by=request.user,
            record=row.id,
            source_system=source.raw,
            outside_number=outside.raw,
            seen=int(seen),
        )
        messages.success(request, "已保存来处")
        return page.back_url

    return page.do(act, "还不能保存", row)


def origin_entries(source_system: str = "", outside_number: str = "") -> tuple[Entry, Entry]:
    """The two boxes of an origin."""
    return (
        Entry("source_system", "来源系统", raw=source_system, hint="如 政协云；本单位登记的留空"),
        Entry("outside_number", "外部编号", raw=outside_number, hint="在来源系统里的编号"),
    )
