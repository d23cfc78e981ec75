"""The office's calendar: what it has put right, by whom and why, and which due days moved by it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.ledger import permissions, workdays
from jixiao.ledger.actions import calendars
from jixiao.ledger.queries.calendars import calendar_acts, local_days, moved
from jixiao.web.context import frame_of
from jixiao.web.entries import DAYS, Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate

ANEW = "anew"


class CalendarPage(FormPage):
    template = "web/office/calendar.html"


@gate("GET", "POST")
def show(request: HttpRequest) -> HttpResponse:
    """Everybody of the office may look; who manages it may put a day right, or have all open cases computed anew."""
    org = frame_of(request).require_org()
    day = Entry("day", "日期", "date", required=True, hint=DAYS)
    sort = Entry("sort", "改为", "choices", required=True, offered=list(workdays.SORTS.items()))
    name = Entry("name", "叫什么", hint="如“春节假期延长”；上班的可不填")
    why = Entry("reason", "依据", "lines", required=True, hint="哪份通知、谁决定的；会留在经过里")
    boxes = [day, sort, name, why]
    page = CalendarPage(request, f"{org.title}的工作日历", "改动并重算期限", boxes, reverse("web:calendar"))
    may_manage = permissions.can(request.user, "manage", org=org.id)
    page.extra = {"org": org, "may_manage": may_manage, "anew": ANEW, **_told(request, org)}
    if request.method == "GET":
        return page.show()
    permissions.require(request.user, "manage", org=org.id)
    page.refill()

    def act() -> str:
        if request.POST.get("do") == ANEW:
            page.values([], [why])
            found = calendars.recompute(by=request.user, org=org.id, reason=why.raw)
        else:
            page.values([], boxes)
            found = calendars.put_right(
                by=request.user,
                org=org.id,
                day=date.fromisoformat(day.raw),
                sort=sort.raw,
                name=name.raw,
                reason=why.raw,
            )
        messages.success(request, f"已重算，{len(found)} 件的期限有变动" if found else "已重算，没有期限变动")
        return f"{page.back_url}#moved"

    return page.do(act, "还不能改动")


def _told(request: HttpRequest, org: Any) -> dict[str, Any]:
    acts = calendar_acts(request.user, org)
    return {
        "days": [
            {"day": day, "title": "上班" if one.is_workday else "放假", "name": one.name}
            for day, one in local_days(request.user, org).items()
        ],
        "acts": [
            {
                "day": one.facts["day"],
                "title": workdays.SORTS[one.facts["sort"]],
                "name": one.facts["name"],
                "reason": one.reason,
                "by": one.done_by,
                "at": one.done_at,
            }
            for one in acts
        ],
        "moved": [
            {
                "title": f"{one.record.number} {one.record.label}".strip(),
                "url": reverse("web:record", args=[one.record.pk]) + "#due",
                "deadline": one.deadline,
                "old": one.old,
                "new": one.new,
                "note": one.note,
                "on": one.on,
            }
            for one in moved(request.user, org)
        ],
    }
