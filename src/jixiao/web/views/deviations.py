"""Stating a figure otherwise than the ledger, with reason, orderer and a second person's approval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.errors import BadInput
from jixiao.ledger import permissions, queries
from jixiao.ledger.actions import deviations
from jixiao.ledger.names import names_of
from jixiao.ledger.queries.deviations import DeviationRow, versions
from jixiao.reports.issue_record import DeviationEntry
from jixiao.web import once
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.paper import FORM
from jixiao.web.words import moment
from jixiao.web.year_lines import address_of

LEAD = (
    "报告里的数一般就是台账数。确需写另一个数的，在这里写明理由和提出人，由另一位可以签发报告的人批准后才生效；"
    "台账数不变，预览、定稿存证和核查结果都会写明。"
)


@gate("GET", "POST")
def state(request: HttpRequest, org: str, year: int, pack: str, indicator: str) -> HttpResponse:
    """Enter another value for a figure."""
    view = queries.figure(request.user, org, f"{pack}/{indicator}", year)
    permissions.require(request.user, "file", org=org)
    entries = [
        Entry(
            "value", "报告写作", required=True, hint=f"台账为{view.figure.text}；写法如 20件、95.5%、73万元"
        ),
        Entry(
            "reason", "理由", "lines", required=True, hint="为什么不取台账数，依据是什么", is_whole_line=True
        ),
        Entry("ordered_by", "提出人职务", required=True),
    ]
    page = _page(request, org, year, view.figure.title, f"{pack}/{indicator}", "报送批准", entries)
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], entries)
        deviations.state(
            by=request.user, org=org, year=year, figure=f"{pack}/{indicator}",
            **{entry.name: entry.raw for entry in entries},
        )  # fmt: skip
        messages.success(request, "已录入，等另一位可以签发报告的人批准；批准以前报告仍用台账数")
        return page.back_url

    return page.do(act, "还不能录入")


@gate("POST")
def approve(request: HttpRequest, org: str, year: int, pack: str, indicator: str) -> HttpResponse:
    """Approve the version that was seen."""
    queries.org_for(request.user, org)
    page = _page(request, org, year, "", f"{pack}/{indicator}", "批准", [])

    def act() -> str:
        seen = request.POST.get("seen", "")
        if not seen.isdecimal() or len(seen) > 9:
            raise BadInput("表单不完整：缺少版本号；请回到数据页重新打开")
        deviations.approve(by=request.user, org=org, year=year, figure=f"{pack}/{indicator}", seen=int(seen))
        messages.success(request, "已批准；报告从现在起写这个数，并写明不取台账数的理由")
        return page.back_url

    return page.do(act, "还不能批准")


@gate("GET", "POST")
def withdraw(request: HttpRequest, org: str, year: int, pack: str, indicator: str) -> HttpResponse:
    """Go back to the ledger's value."""
    view = queries.figure(request.user, org, f"{pack}/{indicator}", year)
    permissions.require(request.user, "file", org=org)
    why = Entry("reason", "理由", "lines", required=True)
    page = _page(request, org, year, view.figure.title, f"{pack}/{indicator}", "改回台账数", [why])
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], [why])
        deviations.withdraw(by=request.user, org=org, year=year, figure=f"{pack}/{indicator}", reason=why.raw)
        messages.success(request, "报告改回台账数")
        return page.back_url

    return page.do(act, "还不能改回")


def panel(request: HttpRequest, org: str, year: int, figure: str) -> dict[str, Any]:
    """What the page of a figure shows of it: every version, and what this person may do next."""
    told = versions(request.user, org, year, figure)
    at = [org, year, *figure.split("/")]
    called = names_of({name for one in told for name in (one.entered_by, one.approved_by) if name})
    last = told[0] if told else None
    waits = bool(last and not last.approved_by)
    may_approve = waits and last is not None and last.entered_by != request.user.username
    may_state = permissions.can(request.user, "file", org=org)
    return {
        "lines": list(_lines(told, called)),
        "state_url": reverse("web:deviation", args=at) if may_state else "",
        "withdraw_url": reverse("web:deviation_withdraw", args=at)
        if may_state and last and last.value
        else "",
        "approve_url": reverse("web:deviation_approve", args=at)
        if may_approve and permissions.can(request.user, "issue", org=org)
        else "",
        "seen": last.version if last else 0,
        "waits": waits,
        "form_id": once.fresh(),
    }


def told_in_report(org: str, year: int, entries: Mapping[str, DeviationEntry]) -> list[dict[str, str]]:
    """The deviations in force, for the preview of a report."""
    return [
        {
            "title": entry["title"],
            "text": f"台账{entry['ledger']}，报告写作{entry['stated']}",
            "detail": f"{entry['reason']}；{entry['ordered_by']}提出，{entry['approved_by']}批准",
            "url": _address(org, year, name),
        }
        for name, entry in entries.items()
    ]


def _address(org: str, year: int, name: str) -> str:
    """Of a figure, or of the form in which a cell stands."""
    if name.startswith(FORM):
        _, record, field, _ = name.split(".", 3)
        return reverse("web:form", args=[record, field]) + "#otherwise"
    return address_of(org, year, name)


def _lines(told: list[DeviationRow], called: dict[str, str]) -> Iterator[dict[str, str]]:
    for one in told:
        if one.approved_by and one.value:
            act = f"{called[one.approved_by]}批准"
        elif one.approved_by:
            act = f"{called[one.entered_by]}改回台账数"
        else:
            act = f"{called[one.entered_by]}录入，待批准"
        yield {
            "text": f"报告写作{one.value}（台账{one.ledger_text}）" if one.value else "改回台账数",
            "detail": f"第 {one.version} 版，{moment(one.stated_at)}，{act}；{one.ordered_by}提出。{one.reason}",
        }


def _page(
    request: HttpRequest, org: str, year: int, title: str, figure: str, button: str, entries: list[Entry]
) -> FormPage:
    back = f"{address_of(org, year, figure)}#otherwise"
    page = FormPage(request, f"不取台账数：{title}" if title else button, button, entries, back)
    page.extra = {
        "lead": LEAD,
        "crumb_root": {"title": "年度", "url": reverse("web:year", args=[org, year])},
        "crumbs": [{"title": title or figure, "url": address_of(org, year, figure)}, {"title": "不取台账数"}],
    }
    return page
