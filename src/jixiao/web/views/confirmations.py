"""待核实: which documents behind the rules nobody has confirmed, a form to confirm one, and to take that back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from jixiao.catalogue.catalogue import TITLES
from jixiao.errors import FieldErrors, NotFound
from jixiao.ledger import permissions
from jixiao.ledger.actions import confirmations as actions
from jixiao.ledger.queries import confirmations as queries
from jixiao.ledger.queries.confirmations import Document, Line
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web.context import frame_of
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate


class ConfirmPage(FormPage):
    template = "web/rules/confirm.html"


@gate()
def index(request: HttpRequest) -> HttpResponse:
    """The documents of one pack, those that wait first; every pack with how many wait."""
    org = frame_of(request).require_org()
    catalogue = in_force()
    packs = {pack: queries.documents(request.user, org, pack) for pack in catalogue.packs}
    asked = request.GET.get("pack", "")
    chosen = asked if asked in packs else next((pack for pack, found in packs.items() if _waiting(found)), "")
    found = sorted(packs.get(chosen, []), key=lambda one: not one.waiting)
    context = {
        "org": org,
        "packs": [
            {
                "id": pack,
                "title": catalogue.packs[pack].title,
                "count": _waiting(found),
                "is_here": pack == chosen,
            }
            for pack, found in packs.items()
            if found
        ],
        "documents": [_document(one) for one in found],
        "may_confirm": permissions.can(request.user, "confirm", org=org.id),
        "who": _who(),
    }
    return render(request, "web/rules/unconfirmed.html", context)


@gate("GET", "POST")
def confirm(request: HttpRequest, pack: str, key: str) -> HttpResponse:
    """Confirm that the chosen definitions say what the document says."""
    org = frame_of(request).require_org()
    found = queries.document(request.user, org, pack, key)
    permissions.require(request.user, "confirm", org=org.id)
    back = f"{reverse('web:unconfirmed')}?pack={pack}#d-{key}"
    number = Entry(
        "document",
        "核对的文件（文号）",
        required=True,
        is_whole_line=True,
        hint="如 财预〔2020〕10号；没有文号的写文件名和日期",
    )
    words = Entry(
        "text",
        "有关原文",
        "lines",
        required=True,
        is_whole_line=True,
        hint="抄录所依据的条款，别人能照着再核一遍",
    )
    note = Entry("note", "说明", is_whole_line=True, hint="可不填，如在哪里查到、与本地做法有什么不同")
    page = ConfirmPage(request, f"核实：{found.text}", "已核对，确认", [number, words, note], back)
    chosen = request.POST.getlist("rule")  # nothing is ticked for anybody
    page.extra = {
        "lines": [_line(one) | {"is_chosen": one.rule in chosen} for one in found.lines],
        "wrong_rules": "",
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        try:
            made = actions.confirm(
                by=request.user, org=org.id, source=found.text, definitions=chosen, document=number.raw,
                text=words.raw, note=note.raw,
            )  # fmt: skip
        except FieldErrors as wrong:
            page.extra["wrong_rules"] = wrong.errors.get("definitions", "")
            raise
        messages.success(request, f"已核实 {len(made)} 条规则")
        return back

    return page.do(act, "还不能确认")


@gate("GET", "POST")
def revoke(request: HttpRequest, act: Any) -> HttpResponse:
    """Take a confirmation back, with the reason."""
    org = frame_of(request).require_org()
    permissions.require(request.user, "confirm", org=org.id)
    standing = queries.confirmations(org.id).standing.values()
    found = next((one for one in standing if one.id == str(act)), None)
    if found is None:
        raise NotFound("没有这条核实，或已经撤回")
    pack = found.rule.split("/")[1]
    back = f"{reverse('web:unconfirmed')}?pack={pack}#d-{queries.key_of(found.source)}"
    reason = Entry(
        "reason",
        "撤回的理由",
        "lines",
        required=True,
        is_whole_line=True,
        hint="会留在经过里；撤回后恢复为待核实",
    )
    page = FormPage(request, "撤回核实", "撤回", [reason], back)
    page.extra = {
        "lead": f"{found.source}：{found.words}",
        "crumbs": [{"title": "待核实的依据", "url": back}, {"title": "撤回核实"}],
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def take_back() -> str:
        if not reason.raw.strip():
            page.values([], [reason])
        actions.revoke(by=request.user, org=org.id, confirmation=found.id, reason=reason.raw)
        messages.success(request, "已撤回，恢复为待核实")
        return back

    return page.do(take_back, "还不能撤回")


def _waiting(found: list[Document]) -> int:
    return sum(len(one.waiting) for one in found)


def _who() -> str:
    titles = [role.title for role in in_force().roles.values() if "confirm" in role.may]
    return "、".join(dict.fromkeys(titles))


def _document(one: Document) -> dict[str, Any]:
    return {
        "key": one.key,
        "text": one.text,
        "waiting": len(one.waiting),
        "lines": [_line(line) for line in one.lines],
        "url": reverse("web:confirm_rule", args=[one.pack, one.key]),
    }


def _line(line: Line) -> dict[str, Any]:
    folder = line.rule.split("/", 1)[0]
    said = line.confirmed or line.outdated
    return {
        "rule": line.rule,
        "sort": TITLES[folder],
        "title": line.definition.title,
        "confirmed": line.confirmed.words if line.confirmed else "",
        "outdated": line.outdated.words if line.outdated else "",
        "text": said.text if said else "",
        "note": said.note if said else "",
        "at": timezone.localtime(said.at) if said else None,
        "revoke_url": reverse("web:revoke_confirmation", args=[line.confirmed.id]) if line.confirmed else "",
    }
