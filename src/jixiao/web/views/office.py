"""A year as the office keeps it: opened, carried over, closed and opened again, and what came late."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.errors import FieldErrors, NotFound
from jixiao.ledger import clock, permissions, queries
from jixiao.ledger.actions import closing, year_opening
from jixiao.ledger.carrying import is_waiting_since_last_year
from jixiao.ledger.names import names_of
from jixiao.ledger.queries import office
from jixiao.ledger.queries.filed import FiledRow
from jixiao.ledger.queries.late import late_words
from jixiao.ledger.queries.office import Carried, Plan
from jixiao.web import words
from jixiao.web.context import frame_of
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate

SHOWN = 20
ACTS = {"close": closing.close_period, "reopen": closing.reopen_period}


class OfficePage(FormPage):
    template = "web/office/year.html"


@gate("GET", "POST")
def show(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The year's periods, plans, carried cases, closings and late entries; for who manages, the forms too."""
    place = frame_of(request).require_org()
    if place.id != org:
        raise NotFound("没有找到这个单位，或者您不在其中任职")
    here = reverse("web:office", args=[org, year])
    reason = Entry("reason", "理由", "lines", required=True, hint="谁要求的、为什么；会永久保留")
    page = OfficePage(request, f"{year}年度事务", "", [reason], here)
    page.extra = _told(request, place, year)
    if request.method == "GET":
        return page.show()
    permissions.require(request.user, "manage", org=org)
    page.refill()
    do = request.POST.get("do", "")
    if do == "open":
        return page.do(lambda: _open(request, place, year, here), "还不能开年")
    if do not in ACTS:
        raise NotFound("没有这个操作")
    return page.do(
        lambda: _turn(request, place, year, here, do),
        "还不能关账" if do == "close" else "还不能重新开账",
    )


def _told(request: HttpRequest, org: Any, year: int) -> dict[str, Any]:
    periods = office.periods(request.user, org, year)
    late = office.late_entries(request.user, org, year)
    with_page = office.records_of(late)
    late_names = names_of({one.entered_by for one in late})
    names = names_of({one.closed_by for one in periods if one.closed_by})
    return {
        "org": org,
        "year": year,
        "next_year": year + 1,
        "year_url": reverse("web:year", args=[org.id, year]) if periods else "",
        "periods": [{"row": one, "by": names.get(one.closed_by or "", "")} for one in periods],
        "closable": [one for one in periods if not one.closed_at and one.to_on <= clock.today()],
        "closed": [one for one in periods if one.closed_at],
        "closings": office.closings(request.user, org, year),
        "plans": [_plan(one) for one in office.plans(request.user, org, year)],
        "carried": [_carried(one) for one in office.carried(request.user, org, year)],
        "late": [
            {
                "title": one.title,
                "url": reverse("web:record", args=[one.subject])
                if one.subject in with_page
                else reverse("web:filed", args=[org.id, year]),
                "day": one.day,
                "mark": late_words(one),
                "by": late_names[one.entered_by],
                "at": one.entered_at,
            }
            for one in late[:100]
        ],
        "late_count": len(late),
        "may_manage": permissions.can(request.user, "manage", org=org.id),
        "lacking": queries.bases_lacking(request.user, org, year),
        "changes": office.changes(request.user, org),
    }


def _plan(one: Plan) -> dict[str, str]:
    return {
        "title": one.item.title,
        "now": FiledRow(one.item, one.current, ()).text,
        "before": FiledRow(one.item, one.before, ()).text,
        "source": one.current.source if one.current else "",
    }


def _carried(one: Carried) -> dict[str, Any]:
    return {
        "title": one.kind.title,
        "unit": one.kind.unit,
        "count": len(one.rows),
        "open": one.open_now,
        "rows": [
            {
                "title": row.label,
                "number": row.number,
                "state": words.state(one.kind, row.state),
                "is_open": is_waiting_since_last_year(one.kind, row),
                "org": row.org.title if row.org.valid_to else "",
                "url": reverse("web:record", args=[row.id]),
            }
            for row in one.rows[:SHOWN]
        ],
        "more": max(len(one.rows) - SHOWN, 0),
        "url": reverse("web:register", args=[one.kind.pack, one.kind.id]) if one.kind.parent is None else "",
    }


def _open(request: HttpRequest, org: Any, year: int, here: str) -> str:
    opened = year_opening.open_year(by=request.user, org=org, year=year)
    if opened.periods or opened.plans:
        told = f"新设期间 {len(opened.periods)} 个，沿用上年计划 {len(opened.plans)} 项"
        messages.success(request, f"{year}年度已开：{told}")
    else:
        messages.info(request, f"{year}年度早已开好，没有改动什么")
    return here


def _turn(request: HttpRequest, org: Any, year: int, here: str, do: str) -> str:
    chosen = set(request.POST.getlist("period"))
    periods = [one for one in office.periods(request.user, org, year) if str(one.pk) in chosen]
    if not periods:
        raise FieldErrors({"period": "请至少勾选一个期间"})
    for period in periods:
        ACTS[do](by=request.user, period=period, reason=request.POST.get("reason", ""))
    labels = "、".join(one.label for one in periods)
    messages.success(request, f"已{'关账' if do == 'close' else '重新开账'}：{labels}")
    return here
