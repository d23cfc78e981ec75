"""Hand a person's work to another, and the lists of what was handed over, to see and to sign."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import BadInput, NotAllowed, NotFound
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions import handovers, taking_back
from jixiao.ledger.queries import handovers as queries
from jixiao.reports import write_docx
from jixiao.web.context import choose_org, frame_of
from jixiao.web.entries import DAYS, Entry, ErrorItem, Errors
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate


class HandoverPage(FormPage):
    template = "web/office/handovers.html"


@gate("GET", "POST")
def index(request: HttpRequest) -> HttpResponse:
    """Those there were, and the form for another one."""
    org = frame_of(request).require_org()
    manages = permissions.can(request.user, "manage", org=org.id)
    people = {one.username: one for one in queries.candidates(request.user, org)}
    offered = [(name, f"{one.display_name}（{name}）") for name, one in people.items()]
    mine = offered if manages else [pair for pair in offered if pair[0] == request.user.username]
    others = [pair for pair in offered if manages or pair[0] != request.user.username]
    entries = [
        Entry("giver", "移交人", "select", required=True, offered=mine, raw="" if manages else mine[0][0]),
        Entry("taker", "接收人", "select", required=True, offered=others),
        Entry(
            "on", "从哪天起", "date", raw=clock.today().isoformat(), required=True,
            hint=f"从这一天起由接收人办，{DAYS}",
        ),
        Entry("note", "说明", "lines", hint="如调离、轮岗；会印在清单上"),
    ]  # fmt: skip
    page = HandoverPage(request, "工作交接", "办理交接", entries, reverse("web:handovers"))
    page.extra = {"org": org, "done": _done(request, org), "manages": manages}
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], entries)
        given = {entry.name: entry.raw for entry in entries}
        if given["giver"] not in dict(mine) or given["taker"] not in people:
            raise NotFound("没有这个人，或者他不在您能交接的范围内")
        try:
            made = handovers.hand_over(
                by=request.user, org=org, giver=people[given["giver"]], taker=people[given["taker"]],
                on=date.fromisoformat(given["on"]), note=given["note"],
            )  # fmt: skip
        except NotAllowed as refused:  # it speaks of the two who were chosen: choose otherwise, on this page
            raise BadInput(str(refused)) from refused
        messages.success(request, "交接已办理；请打印清单，由移交人、接收人、监交人签字")
        return reverse("web:handover", args=[made.pk])

    return page.do(act, "还不能办理交接")


def _done(request: HttpRequest, org: Any) -> list[dict[str, Any]]:
    return [
        {"pk": one.pk, "facts": one.facts, "is_undone": taking_back.is_undone(one)}
        for one in queries.handovers(request.user, org)
    ]


@gate()
def show(request: HttpRequest, handover: Any, form: str = "html") -> HttpResponse:
    """The list of one hand-over, as a page or on paper."""
    found = queries.handover(request.user, str(handover))
    if form == "html":
        choose_org(request, found.org)
        may_undo = permissions.can(request.user, "manage", org=found.org_id)
        context = {
            "act": found,
            "facts": found.facts,
            "on": date.fromisoformat(found.facts["on"]),
            "is_undone": taking_back.is_undone(found),
            "may_undo": may_undo,
        }
        return render(request, "web/office/handover.html", context)
    document = queries.document(found)
    if form == "pdf":
        from jixiao.reports import write_pdf  # the typesetter is loaded for those who print

        content, media = write_pdf.write(document, None), "application/pdf"
    else:
        content, media = write_docx.write(document, None), write_docx.MEDIA_TYPE
    answer = HttpResponse(content, content_type=media)
    name = quote(f"工作交接清单_{found.facts['giver_name']}_{found.facts['on']}.{form}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@gate("GET", "POST")
def undo(request: HttpRequest, handover: Any) -> HttpResponse:
    """Take a hand-over back with a reason, while the taker has done nothing in its strength."""
    found = queries.handover(request.user, str(handover))
    choose_org(request, found.org)
    permissions.require(request.user, "manage", org=found.org_id)
    facts, back = found.facts, reverse("web:handover", args=[found.pk])
    why = Entry("reason", "理由", "lines", required=True, hint="如人没有调走、登记有误；会永久保留")
    page = FormPage(request, "撤销交接", "撤销交接", [why], back)
    page.extra = {
        "crumbs": [{"title": "工作交接", "url": reverse("web:handovers")}, {"title": "撤销"}],
        "lead": f"{facts['on']} 起由{facts['giver_name']}移交{facts['taker_name']}的工作。撤销后，角色、草稿和没有做完的导入"
        f"退回{facts['giver_name']}；交接清单和这次撤销都留在流转记录里。",
        "is_risky": True,
    }
    against = list(taking_back.against_handover(found))
    if request.method == "GET":
        return page.show(Errors("还不能撤销", [ErrorItem(one) for one in against]) if against else None)
    page.refill()

    def act() -> str:
        page.values([], [why])
        taking_back.undo_handover(by=request.user, handover=found.pk, reason=why.raw)
        messages.success(request, f"交接已撤销，工作退回{facts['giver_name']}")
        return back

    return page.do(act, "还不能撤销")
