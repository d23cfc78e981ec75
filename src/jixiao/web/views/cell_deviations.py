"""Another number for a bound cell of a form: entered with reason and orderer, approved by a second person, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.errors import BadInput
from jixiao.ledger import filling, permissions
from jixiao.ledger.actions import cell_deviations as actions
from jixiao.ledger.queries import cell_deviations as queries
from jixiao.ledger.queries.cell_deviations import CellDeviation
from jixiao.ledger.queries.forms import FormView, form
from jixiao.web import once
from jixiao.web.context import choose_org
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.views.changes import record_crumbs
from jixiao.web.words import moment

LEAD = (
    "这个格由台账、填报数或本表算出。确需写另一个数的，写明理由和提出人，由另一位可以签发报告的人批准后才生效；"
    "算出的数不变，表下、报告和定稿存证都会写明。"
)


@gate("GET", "POST")
def state(request: HttpRequest, record: Any, field: str, cell: str) -> HttpResponse:
    """Enter another number for a cell."""
    view = form(request.user, str(record), field)
    choose_org(request, view.record.org)
    permissions.require(request.user, "file", org=view.record.org_id)
    plain = filling.filled_form(view.record, field, as_ledger=True)
    title = actions.cell_title(plain, cell)
    entries = [
        Entry("value", "本表写作", "figure", required=True, hint="按这一列的单位写"),
        Entry(
            "reason",
            "理由",
            "lines",
            required=True,
            hint="为什么不取算出的数，依据是什么",
            is_whole_line=True,
        ),
        Entry("ordered_by", "提出人职务", required=True),
    ]
    page = _page(request, view, f"不取台账数：{title}", "报送批准", entries)
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], entries)
        actions.state(
            by=request.user, record=view.record, field=field, cell=cell,
            **{entry.name: entry.raw for entry in entries},
        )  # fmt: skip
        messages.success(request, "已录入，等另一位可以签发报告的人批准；批准以前仍用算出的数")
        return page.back_url

    return page.do(act, "还不能录入")


@gate("POST")
def approve(request: HttpRequest, record: Any, field: str, cell: str) -> HttpResponse:
    """Approve the version that was seen."""
    view = form(request.user, str(record), field)
    page = _page(request, view, "批准", "批准", [])

    def act() -> str:
        seen = request.POST.get("seen", "")
        if not seen.isdecimal() or len(seen) > 9:
            raise BadInput("表单不完整：缺少版本号；请回到表中重新打开")
        actions.approve(by=request.user, record=view.record, field=field, cell=cell, seen=int(seen))
        messages.success(request, "已批准；表、报告从现在起写这个数，并写明不取台账数的理由")
        return page.back_url

    return page.do(act, "还不能批准")


@gate("GET", "POST")
def withdraw(request: HttpRequest, record: Any, field: str, cell: str) -> HttpResponse:
    """Go back to what the ledger or the form gives."""
    view = form(request.user, str(record), field)
    choose_org(request, view.record.org)
    permissions.require(request.user, "file", org=view.record.org_id)
    title = actions.cell_title(view.filled, cell)
    why = Entry("reason", "理由", "lines", required=True)
    page = _page(request, view, f"改回台账数：{title}", "改回台账数", [why])
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], [why])
        actions.withdraw(by=request.user, record=view.record, field=field, cell=cell, reason=why.raw)
        messages.success(request, "已改回台账数")
        return page.back_url

    return page.do(act, "还不能改回")


def told(request: HttpRequest, view: FormView) -> list[dict[str, Any]]:
    """What the page of a form shows of them, and what this person may do next."""
    in_force = queries.deviations_of(view.record, view.field)
    waiting = queries.waiting_in(view.record, view.field)
    return [
        _line(request, view, one, waits)
        for several, waits in ((in_force, False), (waiting, True))
        for one in several
    ]


def _line(request: HttpRequest, view: FormView, one: CellDeviation, waits: bool) -> dict[str, Any]:
    at = [view.record.id, view.field, one.cell]
    version = one.version
    may_approve = (
        waits
        and version.entered_by != request.user.username
        and permissions.can(request.user, "issue", org=view.record.org_id)
    )
    who = f"{one.entered_by}录入" + (f"，{one.approved_by}批准" if one.approved_by else "")
    return {
        "title": one.title,
        "ledger": one.ledger,
        "stated": one.stated,
        "waits": waits,
        "state": "待批准" if waits else "已批准",
        "detail": f"{version.reason}；{version.ordered_by}提出；{who}，{moment(version.stated_at)}",
        "seen": version.version,
        "approve_url": reverse("web:cell_deviation_approve", args=at) if may_approve else "",
        "withdraw_url": reverse("web:cell_deviation_withdraw", args=at) if view.may_state else "",
    }


def _page(request: HttpRequest, view: FormView, title: str, button: str, entries: list[Entry]) -> FormPage:
    back = f"{reverse('web:form', args=[view.record.id, view.field])}#otherwise"
    page = FormPage(request, title, button, entries, back)
    crumbs = [*record_crumbs(view.record), {"title": view.title, "url": back}, {"title": "不取台账数"}]
    page.extra = {"lead": LEAD, "crumbs": crumbs, "form_id": once.fresh()}
    return page
