"""The numbers an org files because no record gives them: to see, to enter, to correct, to report as nil."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jixiao.errors import BadInput, FieldErrors, NotFound
from jixiao.ledger import clock, permissions, queries
from jixiao.ledger.actions import filed
from jixiao.ledger.actions.filed_records import file_record
from jixiao.ledger.queries import FiledRow
from jixiao.ledger.rules import catalogue as in_force
from jixiao.values import Qualifier
from jixiao.web.context import frame_of
from jixiao.web.entries import DAYS, Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate

QUALIFIERS = (
    (Qualifier.EXACT.value, "准确数"),
    (Qualifier.APPROX.value, "约"),
    (Qualifier.OVER.value, "余"),
    (Qualifier.AT_LEAST.value, "以上"),
    (Qualifier.AT_MOST.value, "以下"),
)


class FiledPage(FormPage):
    template = "web/year/filed.html"


@gate("GET", "POST")
def show(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """Every filed item of the year; with ?item= the form to enter or correct one."""
    place = frame_of(request).require_org()
    if place.id != org:
        raise NotFound("没有找到这个单位，或者您不在其中任职")
    rows = queries.filed_values(request.user, place, year)
    may_file = permissions.can(request.user, "file", org=place.id)
    item = request.GET.get("item", "")
    chosen = next((row for row in rows if row.item.full_id == item), None)
    register = in_force().kinds.get(item)
    here = reverse("web:filed", args=[place.id, year])
    entries = _entries(chosen, _last_day(request, place, year)) if may_file and (chosen or register) else []
    page = FiledPage(request, f"{year}年度填报数", "填报", entries, here)
    page.extra = {
        "year": year,
        "org": place,
        "year_url": reverse("web:year", args=[place.id, year]),
        "lines": [_line(row, here if may_file else "") for row in rows],
        "may_file": may_file,
        "entry_title": f"填报：{chosen.item.title}"
        if chosen
        else f"零报告：{register.title}"
        if register
        else "",
        "is_nil": register is not None,
    }
    if request.method == "GET":
        return page.show()
    permissions.require(request.user, "file", org=place.id)
    if not entries:
        raise NotFound("没有这个填报项；请从填报数页面中选取")
    page.refill()

    def act() -> str:
        page.values([], entries)
        title = chosen.item.title if chosen else register.title if register else ""
        filed.file(
            by=request.user, org=place.id, item=item, value=_typed(entries, "value") or "0",
            stated_on=date.fromisoformat(_typed(entries, "stated_on")), source=_typed(entries, "source"),
            qualifier=_typed(entries, "qualifier") or Qualifier.EXACT.value,
            period=_period(request, place, year, chosen.item.basis if chosen else "calendar_year"),
        )  # fmt: skip
        messages.success(request, f"已填报：{title}")
        return here

    return page.do(act, "还不能填报")


def _entries(chosen: FiledRow | None, last_day: date) -> list[Entry]:
    """The boxes for one item; a nil return has no number to type. A day after `last_day` would count nowhere."""
    hint = f"这个数是哪一天的，{DAYS}；晚于 {last_day.isoformat()} 的不计入本年度"
    when = Entry("stated_on", "数据日期", "date", raw=last_day.isoformat(), required=True, hint=hint)
    source = Entry("source", "来源", required=True, hint="文件、报表或统计口径")
    if chosen is None:
        return [when, source]
    item = chosen.item
    value = Entry("value", item.title, "figure", required=True, unit=item.unit, hint="可写 73万")
    qualifier = Entry("qualifier", "准确程度", "choices", raw=Qualifier.EXACT.value, offered=QUALIFIERS)
    if chosen.current is not None:
        value.raw, source.raw = f"{chosen.value:f}", chosen.current.source
        qualifier.raw = chosen.current.qualifier
    return [value, qualifier, when, source]


def _last_day(request: HttpRequest, org: Any, year: int) -> date:
    """The last day of the year's periods, or today while it runs."""
    ends = [period.to_on for period in queries.periods_for(request.user, org).filter(year=year)]
    return min(max(ends, default=clock.today()), clock.today())


def _line(row: FiledRow, here: str) -> dict[str, Any]:
    current = row.current
    nature = in_force().natures.get(row.item.nature or "")
    return {
        "title": row.item.title,
        "nature": f"资金性质：{nature.title}" if nature else "",
        "text": row.text if current else "",
        "period": current.label if current else "",
        "stated_on": current.stated_on.isoformat() if current else "",
        "source": current.source if current else "",
        "is_invented": bool(current and current.invented),
        "old": [
            f"{FiledRow(row.item, one, ()).text}（{one.stated_on}，{one.source}）"
            for one in row.versions
            if one != current
        ],
        "url": f"{here}?item={row.item.full_id}#enter" if here else "",
    }


def _typed(entries: list[Entry], name: str) -> str:
    return next((entry.raw for entry in entries if entry.name == name), "")


def _period(request: HttpRequest, org: Any, year: int, basis: str) -> Any:
    found = queries.periods_for(request.user, org).filter(year=year, basis=basis).first()
    if found is None:
        raise FieldErrors({"stated_on": f"本单位没有设置 {year} 年度的这一口径期间，请先由管理员设置"})
    return found


@gate("POST")
def from_record(request: HttpRequest, record: Any) -> HttpResponse:
    """File what a record counted, with the record as its source."""
    row = queries.record(request.user, str(record))
    back = redirect("web:record", row.id)
    try:
        made = file_record(by=request.user, record=row.id)
    except BadInput as refused:
        messages.error(request, str(refused))
        return back
    except FieldErrors as refused:
        messages.error(request, "；".join(refused.errors.values()))
        return back
    titles = [in_force().filed_item(one.item).title for one in made]
    messages.success(request, f"已作为填报数：{'、'.join(titles)}")
    return back
