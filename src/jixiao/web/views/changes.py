"""Pages that make a record or take it out: create, void, undo. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jixiao.catalogue.kinds import Kind
from jixiao.errors import NotFound
from jixiao.ledger import clock, handed, own, permissions, queries, step_fields
from jixiao.ledger.actions import drafts, records
from jixiao.ledger.actions.records.last_act import TAKEN_BACK
from jixiao.ledger.queries.names import RecordRow
from jixiao.ledger.queries.similar import similar_to, similar_to_draft
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import alike, keeping
from jixiao.web import entries as boxes
from jixiao.web.context import choose_org, frame_of, kind_in
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.options import options_for

REASON = "reason"


@gate("GET", "POST")
def create(request: HttpRequest, pack: str, kind: str) -> HttpResponse:
    """A new record of a root kind in the org one works in."""
    org = frame_of(request).require_org()
    found = kind_in(request.user, org, f"{pack}/{kind}")
    crumbs = [_register(found), {"title": f"登记{found.title}"}]
    return _create(request, org, found, None, crumbs, reverse("web:register", args=[pack, kind]))


@gate("GET", "POST")
def create_child(request: HttpRequest, record: Any, pack: str, kind: str) -> HttpResponse:
    """A new child below a record."""
    above = queries.record(request.user, str(record))
    org = choose_org(request, above.org)
    found = in_force().kind(f"{pack}/{kind}")
    if found.parent != above.kind:
        raise NotFound("这类记录不能登记在这条记录之下")
    crumbs = [*record_crumbs(above), {"title": f"添加{found.title}"}]
    return _create(request, org, found, above, crumbs, reverse("web:record", args=[above.id]))


@gate("GET", "POST")
def void(request: HttpRequest, record: Any) -> HttpResponse:
    """Take a record out of every count, with a reason; nothing is deleted."""
    row = queries.record(request.user, str(record))
    choose_org(request, row.org)
    permissions.require(request.user, "void", org=row.org_id)
    lead = "作废后，这条记录和它下面的记录都不再计入任何数据；经过仍然保留，可以撤销。"

    def act(why: str) -> None:
        records.void(by=request.user, record=row.id, reason=why)

    return _with_reason(request, row, "作废", "作废", lead, act)


@gate("GET", "POST")
def undo(request: HttpRequest, record: Any) -> HttpResponse:
    """Take back the last step, edit or voiding, with a reason."""
    row = queries.record(request.user, str(record))
    choose_org(request, row.org)
    lead = "撤销会留下一条相反的经过；佐证和关联不受影响。"
    last = next(
        (act for act in queries.history(request.user, row) if act.act in TAKEN_BACK and not act.undone), None
    )
    if last is not None:
        lead = f"将撤销：{last.title}（{last.happened_on.isoformat()}）。{lead}"

    def act(why: str) -> None:
        records.undo(by=request.user, record=row.id, reason=why)

    return _with_reason(request, row, "撤销上一步", "撤销", lead, act)


def beside(request: HttpRequest, kind: Kind, row: RecordRow) -> dict[str, Any]:
    """The like of a case, while it stands where they matter; nothing for the others."""
    if kind.similar is None or row.state not in kind.similar.during:
        return {"similar": None}
    found = similar_to(request.user, row)
    return {
        "kind": kind,
        "similar": alike.lines(kind, found) or None,
        "more_url": reverse("web:similar", args=[row.id]),
    }


def record_crumbs(row: RecordRow) -> list[dict[str, str]]:
    """The way from the register to this record."""
    parents = []
    above: RecordRow | None = row
    while above is not None:
        parents.append({"title": above.number or above.label, "url": reverse("web:record", args=[above.id])})
        above = above.parent
    root = in_force().root_of(row.kind)
    return [_register(root), *reversed(parents)]


def _create(
    request: HttpRequest,
    org: Any,
    kind: Kind,
    above: RecordRow | None,
    crumbs: list[dict[str, str]],
    back_url: str,
) -> HttpResponse:
    if above is None:
        own.require_create(request.user, kind, org.id)
    else:
        handed.require_add(request.user, kind, above)
    catalogue = in_force()
    options = options_for(request.user, org, catalogue, on=clock.today())
    fields = open_to(request, kind, org.id, above, boxes.entries_of(kind, options))
    _offer_own(request, kind, org.id, fields)
    page = FormPage(request, f"{'添加' if above else '登记'}{kind.title}", "登记", fields, back_url)
    draft_id = keeping.draft_id(request)
    page.extra = {"crumbs": crumbs, "may_draft": True, "draft": draft_id, "lead": kind.note, "similar": None}
    page.extra |= {"kind": kind, "may_compare": kind.similar is not None}
    if request.method == "GET":
        if draft_id:
            boxes.refill(fields, keeping.own_draft(request, draft_id).data)
        else:
            boxes.refill(fields, request.GET)  # a link may say what the boxes begin with
        return page.show()
    page.refill()
    if request.POST.get("do") == keeping.KEEP:
        return keeping.keep(request, org, kind, above, keeping.typed(fields))
    if request.POST.get("do") == "similar":
        page.extra["similar"] = alike.lines(
            kind, similar_to_draft(request.user, org, kind, keeping.typed(fields))
        )
        return page.show()
    if request.POST.get("do") in ("draft", "discard"):
        return _draft(request, org, kind, above, fields, draft_id)

    def act() -> str:
        made = records.create(
            by=request.user, org=org.id, kind=kind.full_id, values=page.values(fields), parent=above
        )
        if draft_id:
            drafts.discard(by=request.user, draft=draft_id)
        messages.success(request, f"已登记{kind.title}")
        return reverse("web:record", args=[made.id])

    return page.do(act, "还不能登记")


def open_to(
    request: HttpRequest, kind: Kind, org: str, row: RecordRow | None, fields: list[Entry]
) -> list[Entry]:
    """The boxes this person fills outside of steps; what steps count has none."""
    closed = step_fields.closed_to(request.user, kind, org, row) | step_fields.counters(kind)
    is_new = (
        row is None or row.kind != kind.full_id
    )  # what is required of a new record is asked whoever enters it
    return [one for one in fields if one.name not in closed or (is_new and one.required)]


def _offer_own(request: HttpRequest, kind: Kind, org: str, fields: list[Entry]) -> None:
    """Who creates in a subject's name chooses among their own subjects alone."""
    offered = own.choices(request.user, kind, org)
    for one in fields:
        if one.name in offered:
            one.offered, one.widget, one.raw = offered[one.name], "select", offered[one.name][0][0]


def _draft(
    request: HttpRequest, org: Any, kind: Kind, above: RecordRow | None, fields: list[Entry], draft_id: str
) -> HttpResponse:
    if request.POST.get("do") == "discard":
        drafts.discard(by=request.user, draft=draft_id)
        messages.success(request, "草稿已丢弃")
        return redirect("web:tasks")
    data = keeping.typed(fields)
    drafts.save(
        by=request.user, kind=kind.full_id, org=org.id, data=data, record=above, draft=draft_id or None
    )
    messages.success(request, "草稿已保存，在“待办”里可以接着填；草稿不计入任何数据")
    return redirect("web:tasks")


def _with_reason(
    request: HttpRequest, row: RecordRow, heading: str, button: str, lead: str, act: Callable[[str], Any]
) -> HttpResponse:
    why = Entry(REASON, "理由", "lines", required=True, hint="会留在经过里")
    page = FormPage(request, heading, button, [why], reverse("web:record", args=[row.id]))
    page.extra = {
        "crumbs": [*record_crumbs(row), {"title": heading}],
        "lead": f"“{row.label}”。{lead}",
        "is_risky": True,
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def run() -> str:
        page.values([], [why])
        act(why.raw)
        messages.success(request, f"已{button}")
        return page.back_url

    return page.do(run, f"还不能{button}")


def _register(kind: Kind) -> dict[str, str]:
    return {"title": kind.title, "url": reverse("web:register", args=[kind.pack, kind.id])}
